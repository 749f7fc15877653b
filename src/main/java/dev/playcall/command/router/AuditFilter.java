package dev.playcall.command.router;

import dev.playcall.background.Faults;
import dev.playcall.command.Caller;
import dev.playcall.command.Command;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.Reply;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.audit.AuditEntry;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditNote;
import dev.playcall.security.audit.Unrecorded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** No record, no action: a request is in the audit log before it is done, and behind it what came of it. */
public final class AuditFilter implements CommandHandler {
    private static final Logger log = LoggerFactory.getLogger(AuditFilter.class);

    private final CommandHandler commands;
    private final AuditLog audit;
    private final RunJournal journal;

    public AuditFilter(CommandHandler commands, AuditLog audit, RunJournal journal) {
        this.commands = commands;
        this.audit = audit;
        this.journal = journal;
    }

    @Override
    public Reply handle(Command command, Caller caller) {
        var auditDescription = new AuditDescription(journal, command, caller);
        AuditEntry request;
        try {
            request = audit.record(auditDescription.entry());
        } catch (RuntimeException e) {
            Unrecorded.log(log, "A command of " + caller.person(), e);
            return new Reply.Unavailable(Unrecorded.refusal(e));
        }
        try {
            var reply = commands.handle(command, caller);
            end(request, auditDescription.end(reply));
            return reply;
        } catch (RuntimeException e) {
            end(request, auditDescription.fault(e));
            throw e;
        }
    }

    /** The action is done and the request is on record; what is missing then is how it ended, which the journal knows. */
    private void end(AuditEntry request, AuditNote note) {
        try {
            audit.record(note.with(AuditNote.REQUEST, Long.toString(request.sequence())));
        } catch (RuntimeException e) {
            log.error(
                    "The result of entry {} of the audit log could not be recorded: {}",
                    request.sequence(),
                    Faults.reason(e));
        }
    }
}
