package dev.playcall.ansible;

import dev.playcall.domain.Revision;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunRequest;
import dev.playcall.runner.Launcher.CannotLaunchException;
import dev.playcall.runner.Launcher.ContentHold;
import dev.playcall.runner.Launcher.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Where what runs are made of comes from. */
public interface ContentSource {
    /** Files that nobody replaces, and that come from nowhere. */
    ContentSource FIXED = new ContentSource() {
        @Override
        public ContentHold holdContent(Run run, Waiting waiting) {
            return () -> {};
        }

        @Override
        public Optional<Revision> revision(Run run) {
            return Optional.empty();
        }
    };

    /** See {@link dev.playcall.runner.Launcher#holdContent}. */
    ContentHold holdContent(Run run, Waiting waiting) throws CannotLaunchException;

    /** See {@link dev.playcall.runner.Launcher#revision}. */
    Optional<Revision> revision(Run run);

    /** The Python environment of its playbook, where that has one of its own that is there now. */
    default Optional<PlaybookEnvironment> pythonEnvironment(RunRequest request) {
        return Optional.empty();
    }

    /**
     * The host that executes it, when that is another one than the gateway's.
     *
     * @throws CannotLaunchException why that host cannot
     */
    default Optional<RunHost> elsewhere(RunRequest request) throws CannotLaunchException {
        return Optional.empty();
    }

    /**
     * A host of the inventory that executes a run.
     *
     * @param venv the Python environment there; empty for Ansible as that host has it
     * @param lostAfter how long the run goes on without contact before it counts as interrupted
     */
    record RunHost(String name, Optional<PlaybookEnvironment> venv, Duration lostAfter) {}

    /**
     * A playbook that is written for this run alone, into its folder; empty for those that the repository has.
     *
     * @throws CannotLaunchException why it cannot be written now
     */
    default Optional<Path> write(RunRequest request, Path folder) throws CannotLaunchException, IOException {
        return Optional.empty();
    }

    /** A Python environment with an Ansible and collections of its own. */
    record PlaybookEnvironment(Path folder) {
        String program() {
            return folder.resolve("bin/ansible-playbook").toString();
        }

        /** Has a run find it first. */
        void addTo(Map<String, String> environment) {
            environment.merge("PATH", folder.resolve("bin").toString(), (path, own) -> own + ":" + path);
            environment.merge(
                    "ANSIBLE_COLLECTIONS_PATH",
                    folder.resolve("collections").toString(),
                    (path, own) -> own + ":" + path);
            environment.put("VIRTUAL_ENV", folder.toString());
        }
    }
}
