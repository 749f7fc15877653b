package dev.playcall.runner;

import dev.playcall.domain.Revision;
import dev.playcall.domain.Run;
import dev.playcall.runner.directory.RunDirectory.Launch;
import java.nio.file.Path;
import java.util.Optional;

/** Prepares the program of a run and reads its events. */
public interface Launcher {

    /**
     * Writes the inputs of a run into its folder, which is empty and private.
     *
     * @throws CannotLaunchException when the run cannot be started at all; nothing was executed
     */
    Launch prepare(Run run, Path folder) throws CannotLaunchException;

    /**
     * Until it is closed, what this run is made of stays as it is: it is seen, prepared and named in one state.
     *
     * What it needs and is not there is had first, which may take long.
     *
     * @throws CannotLaunchException when something it needs is not there and cannot be had, or nobody waits any more
     */
    default ContentHold holdContent(Run run, Waiting waiting) throws CannotLaunchException {
        return () -> {};
    }

    /** Whoever waits for a run to begin. */
    interface Waiting {
        /** One line that says what is done now. */
        void doing(String what);

        /** Whether they wait no more. */
        boolean isOver();
    }

    /** To be closed by the thread that asked for it. */
    interface ContentHold extends AutoCloseable {
        /** What was done for it, a line for its log; empty when there is nothing to say. */
        default String note() {
            return "";
        }

        @Override
        void close();
    }

    /** Which state of the files it is made of, where anybody knows. */
    default Optional<Revision> revision(Run run) {
        return Optional.empty();
    }

    /**
     * Hands a prepared run to a supervisor that is there already.
     *
     * @param folder with its spec written
     * @return that supervisor; empty when one has to be started, which may be done in any case
     */
    default Optional<ProcessHandle> startWarm(Launch launch, Path folder) {
        return Optional.empty();
    }

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
