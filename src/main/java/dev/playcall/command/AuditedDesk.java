package dev.playcall.command;

import dev.playcall.journal.RunJournal;
import dev.playcall.security.AuditEntry;
import dev.playcall.security.AuditLog;
import dev.playcall.security.AuditNote;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** No record, no deed: a wish is in the audit log before it is done, and behind it what came of it. */
public final class AuditedDesk implements Desk {
    private static final Logger log = LoggerFactory.getLogger(AuditedDesk.class);

    private final Desk desk;
    private final AuditLog audit;
    private final RunJournal journal;

    public AuditedDesk(Desk desk, AuditLog audit, RunJournal journal) {
        this.desk = desk;
        this.audit = audit;
        this.journal = journal;
    }

    @Override
    public Reply handle(Command command, Caller caller) {
        var account = new Account(journal, command, caller);
        AuditEntry wish;
        try {
            wish = audit.record(account.wish());
        } catch (RuntimeException e) {
            log.error("A command of {} was refused because it could not be recorded", caller.person(), e);
            return new Reply.Unavailable("nothing was done, because it cannot be recorded: the audit log cannot be"
                    + " written; the operator finds the reason in Playcall's log");
        }
        try {
            var reply = desk.handle(command, caller);
            end(wish, account.end(reply));
            return reply;
        } catch (RuntimeException e) {
            end(wish, account.fault(e));
            throw e;
        }
    }

    /** The deed is done and the wish is on record; what is missing then is how it ended, which the journal knows. */
    private void end(AuditEntry wish, AuditNote note) {
        try {
            audit.record(note.with(AuditNote.WISH, Long.toString(wish.sequence())));
        } catch (RuntimeException e) {
            log.error("What came of entry {} of the audit log could not be recorded", wish.sequence(), e);
        }
    }
}
