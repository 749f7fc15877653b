package dev.playcall.store;

import static dev.playcall.testing.Runs.asked;

import dev.playcall.domain.Outcome;
import dev.playcall.domain.RunEvent;
import java.time.Clock;
import java.time.Instant;

/** A gateway that accepts, starts and ends runs until it is killed, and says what it has accepted. */
final class CrashingWriter {
    private CrashingWriter() {}

    @SuppressWarnings("InfiniteLoopStatement")
    public static void main(String[] arguments) {
        try (var database = Database.open(arguments[0], Clock.systemUTC())) {
            var store = database.events();
            database.workQueue()
                    .start(
                            "node",
                            lock -> store.claim(lock, 2, "child", (_, _) -> "log", Instant::now)
                                    .ifPresent(entry -> store.append(
                                            entry.run().id(),
                                            new RunEvent.Finished(new Outcome.Success()),
                                            Instant.now())));
            for (int i = 0; ; i++) {
                var run = store.create(asked(i % 3 == 0 ? "other" : "deploy"), Instant.now())
                        .run();
                System.out.println(run.id().value());
                System.out.flush();
            }
        }
    }
}
