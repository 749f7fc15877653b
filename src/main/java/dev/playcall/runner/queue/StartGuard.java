package dev.playcall.runner.queue;

import dev.playcall.domain.Run;
import dev.playcall.journal.EventStore;
import java.util.List;
import java.util.Optional;

/** What is asked before a run starts, besides for its own lock. */
public interface StartGuard extends EventStore.Admission {
    StartGuard ALL = new StartGuard() {
        @Override
        public Optional<String> waitsFor(Run run, List<Run> running) {
            return Optional.empty();
        }

        @Override
        public Optional<String> voids(Run run) {
            return Optional.empty();
        }
    };

    /** Why what people agreed to is not what would run now; asked last, when it was taken from the queue. */
    Optional<String> voids(Run run);
}
