package dev.playcall.store.run;

import dev.playcall.store.sql.Dialect;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Tells when the database refused a second active run of a lock, which is no fault. */
final class LockRefusal {
    private static final String INDEX = "one_active_run_per_lock";
    private static final String COLUMNS = "run.lock_name";

    private LockRefusal() {}

    /** The index on the lock has the last word; when it refuses, somebody else holds the lock, which is no fault. */
    static <T> Optional<T> unlessHeld(Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (UnableToExecuteStatementException e) {
            if (Dialect.isRefusal(e, INDEX, COLUMNS)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
