package dev.playcall.runner;

import dev.playcall.runner.directory.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;

/** Why a supervisor is gone without a record of how its run ended. */
record LostSupervisor(RunDirectory directory) {
    /** With fewer bytes than this on its disk, a supervisor cannot start. */
    private static final long WORK_SPACE = 65_536;

    String reason() {
        if (directory.supervisor().isEmpty()) {
            return "the supervisor did not start" + errorMessage();
        }
        return "the process that ran Ansible ended without a record; check the hosts before you retry: how far it came"
                + " is unknown";
    }

    private String errorMessage() {
        try {
            var complaints = Files.readString(directory.supervisorLog()).strip();
            // Without room it cannot complain either.
            boolean full =
                    complaints.isEmpty() && Files.getFileStore(directory.path()).getUsableSpace() < WORK_SPACE;
            return full
                    ? ": no space left on device (" + directory.path().getParent() + ")"
                    : complaints.isEmpty() ? "" : ": " + complaints;
        } catch (IOException e) {
            return "";
        }
    }
}
