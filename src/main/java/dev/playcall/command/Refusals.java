package dev.playcall.command;

import dev.playcall.domain.Person;
import dev.playcall.security.AuditLog;
import dev.playcall.security.AuditNote;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that somebody was not shown something. The same refusal is recorded once a minute: nobody may fill the audit log
 * by being refused.
 */
public final class Refusals {
    private static final Logger log = LoggerFactory.getLogger(Refusals.class);
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final int MANY = 10_000;

    private final AuditLog audit;
    private final Clock clock;
    private final Map<Refused, Instant> recorded = new ConcurrentHashMap<>();

    public Refusals(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    private record Refused(Person person, String deed, String subject) {}

    /** A refusal stands also when it cannot be recorded. */
    public void note(Caller caller, String deed, String subject, Reply.Denied denied) {
        var now = clock.instant();
        var refused = new Refused(caller.person(), deed, subject);
        var before = recorded.put(refused, now);
        if (before != null && now.isBefore(before.plus(QUIET))) {
            recorded.put(refused, before);
            return;
        }
        if (recorded.size() > MANY) {
            recorded.values().removeIf(at -> !now.isBefore(at.plus(QUIET)));
        }
        var channel = caller.origin().channel();
        try {
            audit.record(AuditNote.refused(caller.person(), channel, deed, subject, denied.line()));
        } catch (RuntimeException e) {
            log.error("A refusal could not be recorded: {}", denied.line(), e);
        }
    }
}
