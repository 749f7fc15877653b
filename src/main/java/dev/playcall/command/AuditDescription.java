package dev.playcall.command;

import dev.playcall.domain.Batch;
import dev.playcall.domain.Run;
import dev.playcall.domain.Value;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.audit.AuditNote;
import dev.playcall.security.audit.AuditVerdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            case Reply.Told told -> note(AuditVerdict.DONE, told.message(), details);
            case Reply.Scheduled(var _, var message) -> note(AuditVerdict.DONE, message, details);
            case Reply.Batched(var batch, var runs, var before) ->
                note(
                        AuditVerdict.DONE,
                        before ? "the same wish was accepted before" : "",
                        batched(batch, runs, details));
            case Reply.Again(var run) -> note(AuditVerdict.DONE, "the same wish was accepted before", outcome(run));
            case Reply.Invalid invalid -> note(AuditVerdict.REFUSED, invalid.line(), details);
            case Reply.NotFound(var message) -> note(AuditVerdict.REFUSED, message, details);
            case Reply.TooLate(var _, var message) -> note(AuditVerdict.REFUSED, message, details);
            case Reply.Denied denied -> note(AuditVerdict.REFUSED, denied.line(), details);
            case Reply.TooMany(var message, var _) -> note(AuditVerdict.REFUSED, message, details);
            case Reply.Taken(var message) -> note(AuditVerdict.REFUSED, message, details);
            case Reply.Unavailable(var message) -> note(AuditVerdict.REFUSED, message, details);
        };
    }

    AuditNote fault(RuntimeException fault) {
        return note(AuditVerdict.FAILED, fault.getClass().getSimpleName(), details());
    }

    private AuditNote note(AuditVerdict auditVerdict, String reason, SortedMap<String, String> details) {
        return new AuditNote(
                caller.person(), caller.origin().channel(), action(), subject(), auditVerdict, reason, details);
    }

    private String action() {
        return switch (command) {
            case Command.Start _ -> "start";
            case Command.Cancel _ -> "cancel";
            case Command.Retry _ -> "retry";
            case Command.Rerun _ -> "rerun";
            case Command.Link _ -> "link";
            case Command.Unlink _ -> "unlink";
            case Command.Approve _ -> "approve";
            case Command.Reject _ -> "reject";
            case Command.Pin _ -> "pin";
            case Command.Unpin _ -> "unpin";
            case Command.EditHosts(var _, var change) ->
                switch (change) {
                    case Command.HostChange.Add _ -> "host.add";
                    case Command.HostChange.Remove _ -> "host.remove";
                    case Command.HostChange.Tag _ -> "host.tag";
                    case Command.HostChange.Untag _ -> "host.untag";
                    case Command.HostChange.AddGroup _ -> "group.add";
                    case Command.HostChange.RemoveGroup _ -> "group.remove";
                    case Command.HostChange.RenameGroup(var _, var _) -> "group.rename";
                };
            case Command.Lock _ -> "lock";
            case Command.Unlock _ -> "unlock";
            case Command.Mute _ -> "mute";
            case Command.Unmute _ -> "unmute";
            case Command.Acknowledge _ -> "ack";
            case Command.Act _ -> "act";
            case Command.Drill _ -> "notify.test";
            case Command.Redeliver _ -> "redeliver";
            case Command.SetSecret _ -> "secret.set";
            case Command.RemoveSecret _ -> "secret.remove";
            case Command.RotateSecrets() -> "secret.rotate";
            case Command.Standing standing -> standing.auditAction();
        };
    }

    private String subject() {
        return run().map(RunId::toString).orElseGet(() -> switch (command) {
            case Command.Start s ->
                s.operation() + s.playbook().map(p -> " " + p).orElse("") + " " + s.environment();
            case Command.EditHosts(var environment, var change) ->
                (change.host() + " " + environment + (change.group().equals("all") ? "" : " " + change.group())).strip()
                        + (change instanceof Command.HostChange.RenameGroup(var _, var to) ? " to " + to : "");
            case Command.Lock(var environment, var _, var _) -> environment;
            case Command.Unlock(var environment) -> environment;
            case Command.Link(var person) -> person;
            case Command.Unlink(var person) -> person;
            case Command.Cancel _,
                    Command.Retry _,
                    Command.Rerun _,
                    Command.Approve _,
                    Command.Reject _,
                    Command.Pin _,
                    Command.Unpin _,
                    Command.RotateSecrets _ -> "";
            case Command.Mute(var words, var _) -> String.join(" ", words);
            case Command.Unmute(var mute) -> "mute " + mute;
            case Command.Acknowledge(var alerts) ->
                "alert " + alerts.stream().map(Object::toString).collect(Collectors.joining(", "));
            case Command.Act(var offer) -> "offer " + offer;
            case Command.Drill(var target) -> target;
            case Command.Redeliver(var delivery) ->
                delivery.map(d -> "delivery " + d).orElse("all dead");
            case Command.SetSecret(var ref, var _, var _) -> ref.toString();
            case Command.RemoveSecret(var ref) -> ref.toString();
            case Command.Standing standing -> standing.subject();
        });
    }

    private Optional<RunId> run() {
        return switch (command) {
            case Command.OnWork work -> Optional.of(work.run());
            case Command.Start _,
                    Command.EditHosts _,
                    Command.Lock _,
                    Command.Unlock _,
                    Command.Link _,
                    Command.Unlink _,
                    Command.OnSecrets _,
                    Command.OnAlerts _,
                    Command.Standing _ -> Optional.empty();
            case Command.Cancel(var run) -> Optional.of(run);
            case Command.Retry(var run, var _) -> Optional.of(run);
            case Command.Rerun(var run, var _) -> Optional.of(run);
            case Command.Approve(var run) -> Optional.of(run);
            case Command.Reject(var run, var _) -> Optional.of(run);
            case Command.Pin(var run, var _) -> Optional.of(run);
            case Command.Unpin(var run) -> Optional.of(run);
        };
    }

    private SortedMap<String, String> details() {
        var details = new TreeMap<String, String>();
        if (command instanceof Command.Start start) {
            details.put(AuditNote.ENVIRONMENT, start.environment());
            start(details, start);
        }
        switch (command) {
            case Command.Lock(var environment, var reason, var time) -> {
                details.put(AuditNote.ENVIRONMENT, environment);
                put(details, "reason", reason);
                put(details, "for", time.map(Object::toString).orElse(""));
            }
            case Command.EditHosts(var environment, var _) -> details.put(AuditNote.ENVIRONMENT, environment);
            case Command.Unlock(var environment) -> details.put(AuditNote.ENVIRONMENT, environment);
            case Command.Reject(var _, var reason) -> put(details, "reason", reason);
            case Command.RetryBatch(var _, var why) -> why(details, why);
            case Command.PauseRun(var _, var reason) -> put(details, "reason", reason);
            case Command.StartBatch(var environments, var policy, var start) -> {
                put(details, "environments", String.join(",", environments));
                put(details, "on_failure", policy);
                start(details, start);
            }
            case Command.SetSetting(var _, var _, var reason) -> put(details, "reason", reason);
            case Command.ResetSetting(var _, var reason) -> put(details, "reason", reason);
            case Command.Standing standing -> standing.place().ifPresent(p -> details.put(AuditNote.ENVIRONMENT, p));
            case Command.Retry(var _, var why) -> why(details, why);
            case Command.Rerun(var _, var why) -> why(details, why);
            case Command.Pin(var _, var reason) -> put(details, "reason", reason);
            case Command.Mute(var _, var time) ->
                put(details, "for", time.map(Object::toString).orElse(""));
            default -> {}
        }
        run().flatMap(journal.read()::find).ifPresent(r -> about(details, r));
        return details;
    }

    private static void start(Map<String, String> details, Command.Start start) {
        put(details, "override", start.override());
        put(details, "limit", start.limit());
        put(details, "tags", String.join(",", start.tags()));
        put(details, "check", start.check() ? "true" : "");
        put(details, "variables", start.variables().keySet().stream().sorted().collect(Collectors.joining(" ")));
    }

    /** One request stands for all of them; the runs themselves are in the journal. */
    private static SortedMap<String, String> batched(Batch batch, List<Run> runs, SortedMap<String, String> request) {
        var details = new TreeMap<>(request);
        runs.stream().findFirst().ifPresent(r -> details.putAll(outcome(r)));
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

    private static void why(Map<String, String> details, Command.Why why) {
        put(details, "reason", why.reason());
        put(details, "override", why.override());
    }

    private static void about(Map<String, String> details, Run run) {
        details.put(AuditNote.ENVIRONMENT, run.request().environment().value());
        details.put(AuditNote.RUN, Long.toString(run.id().value()));
        run.agreement().terms().seal().ifPresent(s -> details.put("seal", s.brief()));
    }

    /** Now the variables have been checked; a secret one shows as such. */
    private static SortedMap<String, String> outcome(Run run) {
        var request = run.request();
        var details = new TreeMap<String, String>();
        about(details, run);
        details.put("operation", request.operation().value());
        request.playbook().ifPresent(p -> details.put("playbook", p.value()));
        put(details, "override", run.agreement().terms().override());
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
