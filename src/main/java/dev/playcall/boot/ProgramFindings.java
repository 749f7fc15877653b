package dev.playcall.boot;

import dev.playcall.ansible.Programs;
import dev.playcall.chat.Finding;
import java.util.List;

/** Whether the programs are there that runs are made of. */
final class ProgramFindings {
    private ProgramFindings() {}

    static List<Finding> of(Programs programs) {
        return List.of(
                Finding.ok("Java " + Runtime.version()),
                needed(
                        programs.find("ansible-playbook").isPresent(),
                        "ansible-playbook",
                        "apt-get install --no-install-recommends ansible-core"),
                needed(programs.python().isPresent(), "python3", "apt-get install python3"),
                wanted(
                        programs.find("ssh").isPresent(),
                        "ssh",
                        "apt-get install openssh-client, without it only local hosts are reached"),
                wanted(
                        programs.find("ansible-lint").isPresent(),
                        "ansible-lint",
                        "apt-get install ansible-lint, validate then says more"));
    }

    private static Finding needed(boolean there, String what, String remedy) {
        return there ? Finding.ok(what) : Finding.error(what + " is missing: " + remedy);
    }

    private static Finding wanted(boolean there, String what, String remedy) {
        return there ? Finding.ok(what) : Finding.warning(what + " is not installed: " + remedy);
    }
}
