package dev.playcall.ansible;

import dev.playcall.domain.Revision;
import dev.playcall.domain.Run;
import dev.playcall.runner.Launcher.CannotLaunchException;
import dev.playcall.runner.Launcher.ContentHold;
import dev.playcall.runner.Launcher.Waiting;
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
}
