package dev.playcall.ansible;

import dev.playcall.domain.Revision;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunRequest;
import dev.playcall.runner.Launcher.CannotLaunchException;
import dev.playcall.runner.Launcher.ContentHold;
import dev.playcall.runner.Launcher.Waiting;
import java.io.IOException;
import java.nio.file.Path;
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
