package dev.playcall.command.alert;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.command.AlertCommand;
import dev.playcall.command.AlertCommand.ReceiverCommand;
import dev.playcall.command.Caller;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.command.StartCommand;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.notify.alert.Alert;
import dev.playcall.notify.alert.AlertAction;
import dev.playcall.notify.alert.Alerts;
import dev.playcall.notify.alert.Silence;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What is done about alerts and messages; everything else is for the command handler behind. */
final class AlertCommandHandler implements FamilyHandler<AlertCommand> {
    private static final Duration USUAL = Duration.ofHours(2);
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final int LONGEST_TITLE = 100;
    private static final int LONGEST_REASON = 300;

    private final FamilyHandler<StartCommand> starts;
    private final Alerts alerts;
    private final Rights rights;
    private final Catalogs catalogs;
    private final FamilyHandler<ReceiverCommand> receivers;

    AlertCommandHandler(
            FamilyHandler<StartCommand> starts,
            Alerts alerts,
            Rights rights,
            Catalogs catalogs,
            FamilyHandler<ReceiverCommand> receivers) {
        this.receivers = receivers;
        this.starts = starts;
        this.alerts = alerts;
        this.rights = rights;
        this.catalogs = catalogs;
    }

    @Override
    public Reply handle(AlertCommand command, Caller caller) {
        return switch (command) {
            case AlertCommand.Mute mute -> mute(mute, caller);
            case AlertCommand.ExtendMute(var id, var time) -> onMute(id, caller, m -> extend(m, time));
            case AlertCommand.Unmute(var id) -> onMute(id, caller, m -> unmute(m, caller));
            case AlertCommand.Acknowledge(var ids) -> acknowledge(ids, caller);
            case AlertCommand.Resolve(var id, var reason) -> resolve(id, reason.strip(), caller);
            case AlertCommand.RunAction(var offer) -> act(offer, caller);
            case AlertCommand.SendTest(var target) -> sendTest(target, caller);
            case AlertCommand.Redeliver(var delivery) -> redeliver(delivery, caller);
            case ReceiverCommand receiver -> receivers.handle(receiver, caller);
        };
    }

    private Reply mute(AlertCommand.Mute command, Caller caller) {
        return switch (new MuteParser(catalogs.current(), alerts).read(command.words())) {
            case MuteParser.Parsed.Invalid(var message) ->
                rights.anywhere(caller, Permission.LOCK)
                        .<Reply>map(d -> d)
                        .orElseGet(() -> new Reply.Invalid(
                                "what", message, Optional.of("mute production --for 2h disks are replaced")));
            case MuteParser.Parsed.Valid what -> {
                var time = command.time().orElse(USUAL);
                yield rights.refusal(caller, Permission.LOCK, target(what.environment()))
                        .<Reply>map(d -> d)
                        .orElseGet(() -> mute(what, time, caller));
            }
        };
    }

    private Reply mute(MuteParser.Parsed.Valid what, Duration time, Caller caller) {
        if (time.compareTo(LONGEST) > 0) {
            return new Reply.Invalid("for", "a mute can last at most 365d", Optional.of("--for 2h"));
        }
        var silence = alerts.mute(
                what.matchers(),
                what.reason(),
                caller.person().value(),
                caller.origin().channel(),
                Optional.of(time));
        return new Reply.Done("notifications muted: " + what.words() + " for " + TextFormat.duration(time)
                + ", until " + silence.until().map(TextFormat::minute).orElse("unmuted")
                + "; alerts still open then are sent. unmute " + silence.id() + " ends it");
    }

    private static Target target(Optional<EnvironmentName> environment) {
        return environment.map(Target::of).orElse(Target.EVERYTHING);
    }

    /** What is done to a mute by those who may mute what it mutes. */
    private Reply onMute(long id, Caller caller, Function<Silence, Reply> action) {
        var found = alerts.mutes().stream().filter(m -> m.id() == id).findFirst();
        if (found.isEmpty()) {
            return rights.anywhere(caller, Permission.LOCK)
                    .<Reply>map(d -> d)
                    .orElseGet(() -> new Reply.NotFound("there is no mute " + id + "; mutes lists them"));
        }
        var environment = MuteParser.environment(found.get().matchers())
                .filter(e -> catalogs.current().environment(e).isPresent());
        return rights.refusal(caller, Permission.LOCK, target(environment))
                .<Reply>map(d -> d)
                .orElseGet(() -> action.apply(found.get()));
    }

    private Reply unmute(Silence silence, Caller caller) {
        return alerts.unmute(silence.id(), caller.person().value())
                ? new Reply.Done(
                        silence.what() + " is unmuted; open alerts are sent now (suppressed: " + silence.hidden() + ")")
                : ended(silence);
    }

    private Reply extend(Silence silence, Duration time) {
        if (silence.until().isEmpty()) {
            return new Reply.Conflict("mute " + silence.id() + " has no end; unmute " + silence.id() + " ends it");
        }
        var until = silence.until().get().plus(time);
        if (until.isAfter(alerts.now().plus(LONGEST))) {
            return new Reply.Invalid("for", "a mute can last at most 365d", Optional.of("2h"));
        }
        return alerts.extend(silence.id(), until)
                ? new Reply.Done("mute " + silence.id() + " lasts until " + TextFormat.minute(until))
                : ended(silence);
    }

    private static Reply ended(Silence silence) {
        return new Reply.NotFound("mute " + silence.id() + " has just ended");
    }

    /** What an alert says of its environment counts where there is such an environment. */
    private Optional<Reply.Denied> refusal(Caller caller, Alert alert) {
        return rights.caring(
                caller,
                Optional.ofNullable(alert.item().labels().get("environment"))
                        .flatMap(e -> catalogs.current().environment(e))
                        .map(Environment::name));
    }

    private Reply acknowledge(List<Long> ids, Caller caller) {
        if (ids.isEmpty()) {
            return new Reply.NotFound("none of these alerts is open");
        }
        var taken = new ArrayList<String>();
        var left = new ArrayList<String>();
        for (long id : ids) {
            var alert = alerts.alert(id);
            var denied = alert.flatMap(a -> refusal(caller, a))
                    .or(() -> alert.isEmpty() ? rights.anywhere(caller, Permission.LOCK) : Optional.empty());
            if (denied.isPresent()) {
                return denied.get();
            }
            if (alert.isPresent() && alerts.acknowledge(id, caller.person().value())) {
                taken.add(id + ": " + title(alert.get()));
            } else {
                left.add(alert.map(AlertCommandHandler::why).orElse("there is no alert " + id));
            }
        }
        var why = String.join("; ", left);
        return taken.isEmpty()
                ? new Reply.NotFound(why)
                : new Reply.Done(
                        "acknowledged: " + String.join("; ", taken) + (left.isEmpty() ? "" : " (" + why + ")"));
    }

    private Reply resolve(long id, String reason, Caller caller) {
        var found = alerts.alert(id);
        var denied = found.isPresent() ? refusal(caller, found.get()) : rights.anywhere(caller, Permission.LOCK);
        if (denied.isPresent()) {
            return denied.get();
        }
        if (found.isEmpty()) {
            return new Reply.NotFound("there is no alert " + id + "; alerts shows what is open");
        }
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            return wrongReason(id, reason);
        }
        return alerts.resolve(id, caller.person().value(), reason)
                ? new Reply.Done("alert " + id + " is resolved: " + title(found.get())
                        + ". Everyone notified of it is informed; it opens again if its source reports it again")
                : new Reply.Conflict(
                        alerts.alert(id).map(AlertCommandHandler::why).orElse("there is no alert " + id));
    }

    private static Reply wrongReason(long id, String reason) {
        var message = reason.isEmpty()
                ? "say why the alert is resolved by hand"
                : "a reason may have up to " + LONGEST_REASON + " characters";
        return new Reply.Invalid("reason", message, Optional.of("resolve " + id + " the playbook was deleted"));
    }

    private static String why(Alert alert) {
        return alert.resolvedAt()
                .map(at -> "alert " + alert.id() + " was resolved at " + TextFormat.minute(at))
                .or(() -> alert.standing().acknowledgedBy().map(by -> by + " already acknowledged alert " + alert.id()))
                .orElse("alert " + alert.id() + " has just changed; look again");
    }

    private static String title(Alert alert) {
        var title = alert.item().title();
        return Truncate.of(title, LONGEST_TITLE);
    }

    /** Goes on as a request of this person: with their rights, through every check of a typed one. */
    private Reply act(long number, Caller caller) {
        var denied = rights.anywhere(caller, Permission.START);
        if (denied.isPresent()) {
            return denied.get();
        }
        return switch (alerts.claim(number, caller.person().value())) {
            case AlertAction.Claim.Unknown() -> new Reply.NotFound("there is no action " + number);
            case AlertAction.Claim.Over(var alertAction) ->
                new Reply.NotFound("what “" + alertAction.parameters().label() + "” was for is over; nothing was done");
            case AlertAction.Claim.Cooling(var alertAction, var until) ->
                new Reply.NotFound(alertAction.by().orElse("somebody") + " already ran this at "
                        + alertAction.at().map(TextFormat::minute).orElse("?")
                        + alertAction.run().map(r -> " (#" + r + ")").orElse("") + "; possible again after "
                        + TextFormat.minute(until));
            case AlertAction.Claim.Yours(var alertAction) -> start(alertAction, caller);
        };
    }

    private Reply start(AlertAction alertAction, Caller caller) {
        var request = alertAction.parameters();
        var start = new StartCommand(
                request.operation(),
                request.environment(),
                request.playbook(),
                request.limit(),
                List.of(),
                false,
                false,
                new HashMap<String, Object>(request.variables()),
                "",
                "for alert " + alertAction.alert() + ": " + request.label());
        Reply reply;
        try {
            reply = starts.handle(start, caller.through("alert:" + alertAction.alert()));
        } catch (RuntimeException e) {
            alerts.leave(alertAction);
            throw e;
        }
        switch (reply) {
            case Reply.Accepted(var run) ->
                alerts.started(alertAction, run.id().value(), caller.person().value());
            case Reply.Duplicate(var run) ->
                alerts.started(alertAction, run.id().value(), caller.person().value());
            case Reply.Done _,
                    Reply.Detailed _,
                    Reply.Scheduled _,
                    Reply.Batched _,
                    Reply.Invalid _,
                    Reply.NotFound _,
                    Reply.TooLate _,
                    Reply.Conflict _,
                    Reply.Denied _,
                    Reply.TooMany _,
                    Reply.Unavailable _ -> alerts.leave(alertAction);
        }
        return reply;
    }

    private Reply sendTest(String target, Caller caller) {
        var refusal = rights.refusal(caller, Permission.ADMIN, Target.EVERYTHING);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (!alerts.targets().contains(target)) {
            return new Reply.NotFound("there is no receiver or route \""
                    + Truncate.of(target, 60) + "\"; there are "
                    + (alerts.targets().isEmpty() ? "none yet" : String.join(", ", alerts.targets())));
        }
        var sent = alerts.sendTest(target, caller.person().value());
        return new Reply.Done("test message queued for " + target + "; delivery " + sent.getFirst()
                + (sent.size() > 1 ? " to " + sent.getLast() : "") + " shows the result");
    }

    private Reply redeliver(Optional<Long> delivery, Caller caller) {
        var refusal = rights.refusal(caller, Permission.ADMIN, Target.EVERYTHING);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (delivery.isEmpty()) {
            int count = alerts.redeliverDead();
            return new Reply.Done(count == 0 ? "no dead deliveries" : count + " dead deliveries queued again");
        }
        long id = delivery.get();
        if (alerts.redeliver(id)) {
            return new Reply.Done("delivery " + id + " is queued again");
        }
        return alerts.delivery(id)
                .<Reply>map(d -> new Reply.Invalid(
                        "delivery",
                        "delivery " + id + " is " + d.state().word() + ": delivery is still in progress",
                        Optional.empty()))
                .orElseGet(() -> new Reply.NotFound("there is no delivery " + id));
    }
}
