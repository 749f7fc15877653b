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
import java.util.concurrent.LinkedBlockingDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** No record, no action: a request is in the audit log before it is done, and behind it what came of it. */
public final class AuditFilter implements CommandHandler {
    private static final Logger log = LoggerFactory.getLogger(AuditFilter.class);

    /** Results in memory at most: a full disk refuses the next request, so that there are as many as were under way. */
    private static final int LATE = 1000;

    private final CommandHandler commands;
    private final AuditLog audit;
    private final RunJournal journal;
    private final LinkedBlockingDeque<AuditNote> late = new LinkedBlockingDeque<>(LATE);

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
        recordLate();
        try {
            var reply = commands.handle(command, caller);
            end(request, auditDescription.end(reply));
            return reply;
        } catch (RuntimeException e) {
            end(request, auditDescription.fault(e));
            throw e;
        }
    }

    /** The action is done and the request is on record; how it ended is recorded as soon as that is possible again. */
    private void end(AuditEntry request, AuditNote result) {
        var note = result.with(AuditNote.REQUEST, Long.toString(request.sequence()));
        try {
            audit.record(note);
        } catch (RuntimeException e) {
            boolean kept = late.offer(note);
            log.error(
                    "The result of entry {} of the audit log could not be recorded: {}{}",
                    request.sequence(),
                    Faults.reason(e),
                    kept ? "; it is retried with the next command" : "");
        }
    }

    /** One at a time, and put back at the first that fails: the command at hand is on record and goes on. */
    private void recordLate() {
        for (var note = late.poll(); note != null; note = late.poll()) {
            try {
                audit.record(note);
            } catch (RuntimeException e) {
                if (!late.offerFirst(note)) {
                    log.error("A late result of the audit log could not be recorded: {}", Faults.reason(e));
                }
                return;
            }
        }
    }
}
