package dev.playcall.store.sql;

import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;

/**
 * Takes away what held work back; what waited for that is due in the same transaction.
 *
 * @param wakeUp called after a commit that made work due
 */
public record ReleaseHold(Transactions transactions, DueWork due, Runnable wakeUp) {
    /** @param deletion how many rows it took away; whether there were any is the answer */
    public boolean by(ToIntFunction<Handle> deletion) {
        boolean freed = transactions.in(h -> {
            int rows = deletion.applyAsInt(h);
            if (rows > 0) {
                due.makeAll(h);
            }
            return rows > 0;
        });
        if (freed) {
            wakeUp.run();
        }
        return freed;
    }
}
