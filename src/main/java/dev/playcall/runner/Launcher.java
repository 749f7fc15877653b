package dev.playcall.runner;

import dev.playcall.domain.Run;
import java.nio.file.Path;

/** Knows what a run executes and how to read what it writes. */
public interface Launcher {

    /**
     * Writes the inputs of a run into its folder, which is empty and private.
     *
     * @throws CannotLaunchException when the run cannot be started at all; nothing was executed
     */
    Launch prepare(Run run, Path folder) throws CannotLaunchException;

    /** A fresh reader of the events of this run. */
    EventReader reader(Run run);

    /** Why a run cannot be started, one line for the person who asked. */
    final class CannotLaunchException extends Exception {
        private static final long serialVersionUID = 1;

        private final String reason;

        public CannotLaunchException(String reason) {
            super(reason);
            this.reason = reason;
        }

        public String reason() {
            return reason;
        }
    }
}
