package dev.playcall.command.router;

import dev.playcall.command.Caller;
import dev.playcall.command.Command;
import dev.playcall.command.Reply;
import dev.playcall.domain.Batch;
import dev.playcall.domain.Run;
import dev.playcall.domain.Value;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.audit.AuditNote;
import dev.playcall.security.audit.AuditNote.AuditVerdict;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the audit log says of a command. */
record AuditDescription(RunJournal journal, Command command, Caller caller) {

    /** Of variables only the names: nobody has checked yet whether one is a secret. */
    AuditNote entry() {
        return note(AuditVerdict.ASKED, "", details());
    }

    AuditNote end(Reply reply) {
        var details = details();
        return switch (reply) {
            case Reply.Accepted(var run) -> note(AuditVerdict.DONE, "", outcome(run));
            case Reply.Done(var message) -> note(AuditVerdict.DONE, message, details);
            case Reply.Detailed detailed -> note(AuditVerdict.DONE, detailed.message(), details);
            case Reply.Scheduled(var _, var message) -> note(AuditVerdict.DONE, message, details);
            case Reply.Batched(var batch, var runs, var before) ->
                note(
                        AuditVerdict.DONE,
                        before ? "the same request was accepted before" : "",
                        batched(batch, runs, details));
            case Reply.Duplicate(var run) ->
                note(AuditVerdict.DONE, "the same request was accepted before", outcome(run));
            case Reply.Invalid invalid ->
                note(AuditVerdict.REFUSED, invalid.line().replaceAll("\n *", " "), details);
            case Reply.NotFound(var message) -> note(AuditVerdict.REFUSED, message, details);
            case Reply.TooLate(var _, var message) -> note(AuditVerdict.REFUSED, message, details);
            case Reply.Denied denied -> note(AuditVerdict.REFUSED, denied.line(), details);
            case Reply.TooMany(var message, var _) -> note(AuditVerdict.REFUSED, message, details);
            case Reply.Conflict(var message) -> note(AuditVerdict.REFUSED, message, details);
            case Reply.Unavailable(var message) -> note(AuditVerdict.REFUSED, message, details);
        };
    }

    AuditNote fault(RuntimeException fault) {
        return note(AuditVerdict.FAILED, fault.getClass().getSimpleName(), details());
    }

    private AuditNote note(AuditVerdict auditVerdict, String reason, SortedMap<String, String> details) {
        return new AuditNote(
                caller.person(),
                caller.origin().channel(),
                command.auditAction(),
                subject(),
                auditVerdict,
                reason,
                details);
    }

    private String subject() {
        return command.runId().map(RunId::toString).orElseGet(command::subject);
    }

    private SortedMap<String, String> details() {
        var details = new TreeMap<String, String>();
        command.environmentName().ifPresent(e -> details.put(AuditNote.ENVIRONMENT, e));
        command.auditDetails().forEach((name, value) -> put(details, name, value));
        command.runId().flatMap(journal.read()::find).ifPresent(r -> about(details, r));
        return details;
    }

    /** One request stands for all of them; the runs themselves are in the journal. */
    private static SortedMap<String, String> batched(Batch batch, List<Run> runs, SortedMap<String, String> request) {
        var details = new TreeMap<>(request);
        runs.stream().findFirst().ifPresent(r -> details.putAll(outcome(r)));
        // The first run of a rollout is limited to its wave, and that is not what somebody asked for.
        if (request.containsKey("selection")) {
            details.remove("limit");
        }
        details.remove(AuditNote.RUN);
        details.put("batch", Long.toString(batch.id()));
        details.put("on_failure", batch.onFailure().word());
        details.put("runs", runs.stream().map(r -> r.id().toString()).collect(Collectors.joining(" ")));
        put(
                details,
                AuditNote.ENVIRONMENT,
                runs.stream().map(r -> r.request().environment().value()).collect(Collectors.joining(" ")));
        return details;
    }

    private static void about(Map<String, String> details, Run run) {
        details.put(AuditNote.ENVIRONMENT, run.request().environment().value());
        details.put(AuditNote.RUN, Long.toString(run.id().value()));
        run.approvalState().terms().contentDigest().ifPresent(s -> details.put("seal", s.brief()));
    }

    /** Now the variables have been checked; a secret one shows as such. */
    private static SortedMap<String, String> outcome(Run run) {
        var request = run.request();
        var details = new TreeMap<String, String>();
        about(details, run);
        details.put("operation", request.operation().value());
        request.playbook().ifPresent(p -> details.put("playbook", p.value()));
        request.task().ifPresent(t -> details.put("module", t.module() + t.words()));
        put(details, "options", request.options().words());
        put(details, "override", run.approvalState().terms().override());
        put(details, "limit", request.limit());
        put(details, "tags", String.join(",", request.tags()));
        put(details, "check", request.check() ? "true" : "");
        put(details, "variables", variables(request.variables()));
        return details;
    }

    private static String variables(SortedMap<String, Value> variables) {
        return variables.entrySet().stream()
                .map(v -> v.getKey() + "=" + v.getValue().display())
                .collect(Collectors.joining(" "));
    }

    private static void put(Map<String, String> details, String name, String value) {
        if (!value.isBlank()) {
            details.put(name, value);
        }
    }
}
