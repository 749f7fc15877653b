package dev.playcall.doctor;

import dev.playcall.ansible.ProgramPaths;
import dev.playcall.chat.PlatformFinding;
import java.util.List;

/** Whether the programs are there that runs are made of. */
public final class ProgramFindings {
    private ProgramFindings() {}

    public static List<PlatformFinding> of(ProgramPaths programPaths) {
        return List.of(
                PlatformFinding.ok("Java " + Runtime.version()),
                needed(
                        programPaths.find("ansible-playbook").isPresent(),
                        "ansible-playbook",
                        "apt-get install --no-install-recommends ansible-core"),
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

    private static PlatformFinding needed(boolean there, String what, String remedy) {
        return there ? PlatformFinding.ok(what) : PlatformFinding.error(what + " is missing: " + remedy);
    }

    private static PlatformFinding wanted(boolean there, String what, String remedy) {
        return there ? PlatformFinding.ok(what) : PlatformFinding.warning(what + " is not installed: " + remedy);
    }
}
