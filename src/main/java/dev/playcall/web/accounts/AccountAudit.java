package dev.playcall.web.accounts;

import dev.playcall.background.Faults;
import dev.playcall.domain.name.Person;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditNote;
import dev.playcall.security.audit.AuditNote.AuditVerdict;
import dev.playcall.security.audit.Unrecorded;
import dev.playcall.web.http.Addresses;
import dev.playcall.web.http.ProblemException;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what is done with accounts, sessions and tokens. Nothing is done that cannot be recorded. */
final class AccountAudit {
    private static final Logger log = LoggerFactory.getLogger(AccountAudit.class);

    private final AuditLog audit;

    public AccountAudit(AuditLog audit) {
        this.audit = audit;
    }

    /** Records the request, does it, and records what came of it. */
    public <T> T attempt(
            Context ctx,
            Person person,
            String action,
            String subject,
            Supplier<T> work,
            Function<T, Optional<String>> refusal) {
        var asked = note(ctx, person, action, subject, AuditVerdict.ASKED, "");
        long request = record(asked);
        var done = work.get();
        var why = refusal.apply(done);
        var end = note(
                ctx,
                person,
                action,
                subject,
                why.isPresent() ? AuditVerdict.REFUSED : AuditVerdict.DONE,
                why.orElse(""));
        try {
            audit.record(end.with(AuditNote.REQUEST, Long.toString(request)));
        } catch (RuntimeException e) {
            log.error("The outcome of audit entry {} could not be recorded: {}", request, Faults.reason(e));
        }
        return done;
    }

    /** Records something that is about to take effect. */
    public void done(Context ctx, Person person, String action, String subject) {
        record(note(ctx, person, action, subject, AuditVerdict.DONE, ""));
    }

    public void refused(Context ctx, Person person, String action, String subject, String why) {
        record(note(ctx, person, action, subject, AuditVerdict.REFUSED, why));
    }

    /** Somebody who has not said who they are, or has not proven it. */
    public static Person unauthenticated(Context ctx) {
        return new Person("address:" + Addresses.client(ctx));
    }

    private static AuditNote note(
            Context ctx, Person person, String action, String subject, AuditVerdict auditVerdict, String why) {
        var channel = ctx.path().startsWith("/api/") ? "api" : "web";
        return new AuditNote(person, channel, action, subject, auditVerdict, why, new TreeMap<>())
                .with("address", Addresses.client(ctx));
    }

    private long record(AuditNote note) {
        try {
            return audit.record(note).sequence();
        } catch (RuntimeException e) {
            Unrecorded.log(log, "\"" + note.action() + "\" of " + note.person(), e);
            throw new ProblemException(503, Unrecorded.refusal(e), Optional.empty());
        }
    }
}
