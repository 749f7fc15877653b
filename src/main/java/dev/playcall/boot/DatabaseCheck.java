package dev.playcall.boot;

import dev.playcall.store.Database;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the database answers, asked before whatever needs it: who asks whether the gateway is ready waits for one that is silent
 * once, and not for each part.
 */
final class DatabaseCheck {
    static final Optional<String> SILENT = Optional.of("cannot be read: the database is not responding");

    private final Database database;
    private volatile boolean answered = true;

    DatabaseCheck(Database database) {
        this.database = database;
    }

    Optional<String> problem() {
        answered = database.isHealthy();
        return answered ? Optional.empty() : Optional.of("is not responding");
    }

    /** What is found in the database, or this where it did not answer the last time that it was asked. */
    <T> Optional<T> unless(Supplier<Optional<T>> found, Optional<T> otherwise) {
        return answered ? found.get() : otherwise;
    }
}
