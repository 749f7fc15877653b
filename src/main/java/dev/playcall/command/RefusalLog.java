package dev.playcall.command;

import dev.playcall.background.Faults;
import dev.playcall.domain.name.Person;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditNote;
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
public final class RefusalLog {
    private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final int MANY = 10_000;

    private final AuditLog audit;
    private final Clock clock;
    private final Map<Refused, Instant> recorded = new ConcurrentHashMap<>();

    public RefusalLog(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    private record Refused(Person person, String action, String subject) {}

    /** A refusal stands also when it cannot be recorded. */
    public void note(Caller caller, String action, String subject, Reply.Denied denied) {
        var now = clock.instant();
        var refused = new Refused(caller.person(), action, subject);
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
            audit.record(AuditNote.refused(caller.person(), channel, action, subject, denied.line()));
        } catch (RuntimeException e) {
            log.error("A refusal could not be recorded ({}): {}", Faults.reason(e), denied.line());
        }
    }
}
