package dev.playcall.store.run;

import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells when the database refused a second active run of a lock, which is no fault. */
final class LockRefusal {
    /** The columns of {@code one_active_run_per_lock}. */
    private static final String LOCK_INDEX = "run.lock_name";

    private LockRefusal() {}

    /** The index on the lock has the last word; when it refuses, somebody else holds the lock, which is no fault. */
    static <T> Optional<T> unlessHeld(Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (UnableToExecuteStatementException e) {
            if (refusedBy(e, LOCK_INDEX)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Whether the unique index on exactly these columns refused a row; SQLite names the columns and not the index.
     *
     * @param columns {@code table.column}, several divided by a comma and a space
     */
    private static boolean refusedBy(UnableToExecuteStatementException fault, String columns) {
        return fault.getCause() instanceof SQLiteException e
                && e.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE
                && String.valueOf(e.getMessage()).contains("(UNIQUE constraint failed: " + columns + ")");
    }
}
