package dev.playcall.doctor;

import dev.playcall.ansible.AnsibleVersion;
import dev.playcall.ansible.ProgramPaths;
import dev.playcall.chat.PlatformFinding;
import java.io.IOException;
import java.util.List;

/** Whether the programs are there that runs are made of. */
final class ProgramFindings {
    /** Releases of ansible-core 2: the oldest that the callback plugin knows, and the newest that the tests have met. */
    private static final int OLDEST = 14;

    private static final int NEWEST = 22;
    private static final String INSTALL = "apt-get install --no-install-recommends ansible-core";

    private ProgramFindings() {}

    public static List<PlatformFinding> of(ProgramPaths programPaths) {
        return List.of(
                PlatformFinding.ok("Java " + Runtime.version()),
                ansible(programPaths),
                needed(programPaths.python().isPresent(), "python3", "apt-get install python3"),
                wanted(
                        programPaths.find("ssh").isPresent(),
                        "ssh",
                        "apt-get install openssh-client; without it only local hosts can be reached"),
                wanted(
                        programPaths.find("ansible-lint").isPresent(),
                        "ansible-lint",
                        "apt-get install ansible-lint for more checks in validate"));
    }

    private static PlatformFinding ansible(ProgramPaths programPaths) {
        try {
            return programPaths
                    .ansibleVersion()
                    .map(ProgramFindings::ansible)
                    .orElseGet(() -> PlatformFinding.error("ansible-playbook is missing: " + INSTALL));
        } catch (IOException e) {
            return PlatformFinding.error("ansible-playbook does not work: " + e.getMessage());
        }
    }

    private static PlatformFinding ansible(AnsibleVersion version) {
        var core = "ansible-core " + version.text();
        if (version.isBefore(OLDEST)) {
            return PlatformFinding.error(
                    core + " is too old; Playcall needs 2." + OLDEST + " or newer: pipx install ansible-core");
        }
        if (version.isAfter(NEWEST)) {
            return PlatformFinding.warning(
                    core + " is newer than 2." + NEWEST + ", the newest version that Playcall was tested with");
        }
        return version.prerelease()
                ? PlatformFinding.warning(core + " is a pre-release; use a release in production")
                : PlatformFinding.ok("ansible-playbook (" + core + ")");
    }

    private static PlatformFinding needed(boolean there, String what, String remedy) {
        return there ? PlatformFinding.ok(what) : PlatformFinding.error(what + " is missing: " + remedy);
    }

    private static PlatformFinding wanted(boolean there, String what, String remedy) {
        return there ? PlatformFinding.ok(what) : PlatformFinding.warning(what + " is not installed: " + remedy);
    }
}
