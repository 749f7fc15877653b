package dev.playcall.security.audit;

import dev.playcall.security.audit.AuditNote.AuditVerdict;
import java.time.Instant;
import java.util.Optional;

/**
 * A question to the audit log.
 *
 * @param person {@code slack:U0123}, or the part behind the colon on every platform
 * @param run what is about this run or made it
 * @param settled leave out requests whose end is recorded behind them
 * @param before only entries with a smaller sequence, for the next page
 */
public record AuditQuery(
        Optional<String> person,
        Optional<String> environment,
        Optional<Long> run,
        Optional<String> action,
        Optional<AuditVerdict> verdict,
        Optional<Instant> from,
        Optional<Instant> to,
        boolean settled,
        Optional<Long> before,
        int limit) {

    /** The same question, only so many entries before this one; from the newest on when it is empty. */
    public AuditQuery page(Optional<Long> sequence, int size) {
        return new AuditQuery(person, environment, run, action, verdict, from, to, settled, sequence, size);
    }

    /** Everything, newest first. */
    public static AuditQuery all(int limit) {
        return new AuditQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                limit);
    }
}
