package dev.playcall.web;

import dev.playcall.domain.Person;
import dev.playcall.security.AuditLog;
import dev.playcall.security.AuditNote;
import dev.playcall.security.Verdict;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what is done with accounts, sessions and tokens. No record, no deed. */
final class Deeds {
    private static final Logger log = LoggerFactory.getLogger(Deeds.class);

    private final AuditLog audit;

    Deeds(AuditLog audit) {
        this.audit = audit;
    }

    /** Records the wish, does it, and records what came of it. */
    <T> T attempt(
            Context ctx,
            Person person,
            String deed,
            String subject,
            Supplier<T> work,
            Function<T, Optional<String>> refusal) {
        var asked = note(ctx, person, deed, subject, Verdict.ASKED, "");
        long wish = record(asked);
        var done = work.get();
        var why = refusal.apply(done);
        var end = note(ctx, person, deed, subject, why.isPresent() ? Verdict.REFUSED : Verdict.DONE, why.orElse(""));
        try {
            audit.record(end.with(AuditNote.WISH, Long.toString(wish)));
        } catch (RuntimeException e) {
            log.error("What came of entry {} of the audit log could not be recorded", wish, e);
        }
        return done;
    }

    /** Records something that is about to take effect. */
    void done(Context ctx, Person person, String deed, String subject) {
        record(note(ctx, person, deed, subject, Verdict.DONE, ""));
    }

    void refused(Context ctx, Person person, String deed, String subject, String why) {
        record(note(ctx, person, deed, subject, Verdict.REFUSED, why));
    }

    /** Somebody who has not said who they are, or has not proven it. */
    static Person stranger(Context ctx) {
        return new Person("address:" + Addresses.client(ctx));
    }

    private static AuditNote note(
            Context ctx, Person person, String deed, String subject, Verdict verdict, String why) {
        var channel = ctx.path().startsWith("/api/") ? "api" : "web";
        return new AuditNote(person, channel, deed, subject, verdict, why, new TreeMap<>())
                .with("address", Addresses.client(ctx));
    }

    private long record(AuditNote note) {
        try {
            return audit.record(note).sequence();
        } catch (RuntimeException e) {
            log.error("\"{}\" of {} was refused because it could not be recorded", note.deed(), note.person(), e);
            throw new ProblemException(
                    503, "nothing was done, because it cannot be recorded; Playcall's log says why", Optional.empty());
        }
    }
}
