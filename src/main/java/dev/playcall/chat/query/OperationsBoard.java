package dev.playcall.chat.query;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.chat.card.RunCard;
import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.message.Action;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Button;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.Message.Weight;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.Caller;
import dev.playcall.command.Rights;
import dev.playcall.domain.Run;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.RunQuery;
import dev.playcall.notify.alert.Alert;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.VisibleEnvironments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A page of one person: what waits for their approval, what runs, what is open, what is live where, and buttons for what
 * they may do about it. Each part shows some and says how many more there are, so that the page fits any platform.
 */
record OperationsBoard(Catalog catalog, EventStore store, RunCards cards, Rights rights, AlertQueries alerts) {
    /** With buttons of its own each is two blocks; a home tab of Slack has a hundred. */
    private static final int MOST = 5;

    private static final int MOST_ENVIRONMENTS = 20;
    private static final Button STATUS = Button.plain("Status", Action.of(Action.Kind.SHOW_STATUS), "status");
    private static final Button QUEUE = Button.plain("Queue", Action.of(Action.Kind.SHOW_QUEUE), "queue");
    private static final Button ALERTS = Button.plain("Alerts", Action.of(Action.Kind.SHOW_ALERTS), "alerts");

    Message of(Caller caller) {
        var visible = rights.visibleEnvironments(caller);
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(Tone.PLAIN, "Operations"));
        blocks.add(new Block.Buttons(top(caller)));
        approvals(caller, visible, blocks);
        running(caller, visible, blocks);
        open(caller, visible, blocks);
        environments(visible, blocks);
        own(caller, visible, blocks);
        return new Message(blocks);
    }

    private List<Button> top(Caller caller) {
        var buttons = new ArrayList<Button>();
        if (rights.anywhere(caller, Permission.START).isEmpty()) {
            buttons.add(new Button("Run…", Action.of(Action.Kind.START), "help", Weight.FIRST, ""));
        }
        buttons.addAll(List.of(STATUS, QUEUE, ALERTS));
        return buttons;
    }

    private void approvals(Caller caller, VisibleEnvironments visible, List<Block> blocks) {
        var now = now();
        var asked = store.queue().stream()
                .filter(r -> isSeen(r, visible) && rights.isAsked(caller, r, now))
                .toList();
        if (asked.isEmpty()) {
            return;
        }
        blocks.add(new Block.Title(Tone.WAITING, "Waiting for your approval: " + asked.size()));
        for (var run : asked.stream().limit(MOST).toList()) {
            var n = run.id().value();
            blocks.add(new Block.Line(line(run) + left(run, now)));
            reason(run).ifPresent(blocks::add);
            blocks.add(new Block.Buttons(List.of(
                    new Button("Approve", new Action(Action.Kind.APPROVE, n), "approve " + n, Weight.FIRST, ""),
                    new Button("Reject", new Action(Action.Kind.REJECT, n), "reject " + n, Weight.DANGER, ""),
                    details(run))));
        }
        more(asked.size() - MOST, QUEUE, blocks);
    }

    private static String left(Run run, Instant now) {
        return run.approvalState()
                .terms()
                .until()
                .map(u -> ", expires " + TextFormat.until(u, now))
                .orElse("");
    }

    private static Optional<Block> reason(Run run) {
        var why = run.request().description();
        return why.isBlank()
                ? Optional.empty()
                : Optional.of(new Block.Line("reason: " + UntrustedText.line(why, 300)));
    }

    private static boolean isSeen(Run run, VisibleEnvironments visible) {
        return visible.sees(run.request().environment());
    }

    private String line(Run run) {
        return run.id() + " " + RunCard.what(run) + " by " + cards.name(run.requestedBy());
    }

    private static String since(Run run, Instant now) {
        var took = run.duration(now).map(d -> " for " + TextFormat.duration(d)).orElse("");
        return ", " + RunCard.word(run) + took;
    }

    private static Button details(Run run) {
        var n = run.id().value();
        return Button.plain("Details", new Action(Action.Kind.DETAILS, n), "show " + n);
    }

    private void running(Caller caller, VisibleEnvironments visible, List<Block> blocks) {
        var running = store.running().stream().filter(r -> isSeen(r, visible)).toList();
        var waiting = store.queue().stream().filter(r -> isSeen(r, visible)).toList();
        var title = running.isEmpty() ? "Nothing is running" : running.size() + " running";
        blocks.add(new Block.Title(
                running.isEmpty() ? Tone.PLAIN : Tone.BUSY,
                title + (waiting.isEmpty() ? "" : ", " + QueuePlaces.counts(waiting))));
        for (var run : running.stream().limit(MOST).toList()) {
            var n = run.id().value();
            var buttons = new ArrayList<>(
                    List.of(details(run), Button.plain("Log", new Action(Action.Kind.LOG, n), "logs " + n)));
            if (rights.refusal(caller, Permission.CANCEL, run).isEmpty()) {
                buttons.add(new Button(
                        "Cancel",
                        new Action(Action.Kind.CANCEL, n),
                        "cancel " + n,
                        Weight.DANGER,
                        "Cancel " + run.id() + "? Ansible is stopped immediately."));
            }
            blocks.add(new Block.Line(line(run) + since(run, now())));
            blocks.add(new Block.Buttons(buttons));
        }
        more(running.size() - MOST, QUEUE, blocks);
    }

    private void open(Caller caller, VisibleEnvironments visible, List<Block> blocks) {
        long count = alerts.count(visible);
        blocks.add(new Block.Title(
                count == 0 ? Tone.GOOD : Tone.BAD,
                count == 0 ? "No open alerts" : TextFormat.count(count, "open alert")));
        for (var alert : alerts.open(visible, MOST)) {
            blocks.add(new Block.Line(alerts.line(alert)));
            if (alert.standing().acknowledgedBy().isEmpty() && mayAcknowledge(caller, alert)) {
                blocks.add(new Block.Buttons(List.of(new Button(
                        "Acknowledge",
                        new Action(Action.Kind.ACK, alert.id()),
                        "ack " + alert.id(),
                        Weight.FIRST,
                        ""))));
            }
        }
        more(count - MOST, ALERTS, blocks);
    }

    private boolean mayAcknowledge(Caller caller, Alert alert) {
        var environment = Optional.ofNullable(alert.item().labels().get("environment"))
                .flatMap(catalog::environment)
                .map(Environment::name);
        return rights.caring(caller, environment).isEmpty();
    }

    private void environments(VisibleEnvironments visible, List<Block> blocks) {
        var seen = catalog.environments().values().stream()
                .filter(e -> visible.sees(e.name()))
                .toList();
        blocks.add(new Block.Title(Tone.PLAIN, "Environments"));
        var rows = seen.stream()
                .limit(MOST_ENVIRONMENTS)
                .map(e -> EnvironmentSummary.row(e, store.statuses(e.name())))
                .toList();
        blocks.add(
                rows.isEmpty()
                        ? new Block.Line("none that you may see")
                        : new Block.Table(EnvironmentSummary.HEADER, rows));
        cards.closed(visible::sees).stream()
                .limit(MOST)
                .forEach(l -> blocks.add(new Block.Line(UntrustedText.line(l, 300))));
        more(seen.size() - MOST_ENVIRONMENTS, STATUS, blocks);
    }

    private void own(Caller caller, VisibleEnvironments visible, List<Block> blocks) {
        var query = RunQuery.by(caller.person().value(), MOST)
                .within(visible.narrowed(catalog.environments().keySet()));
        var mine = store.list(query).runs();
        if (mine.isEmpty()) {
            blocks.add(new Block.Title(Tone.PLAIN, "You have not started any runs yet"));
            blocks.add(new Block.Next(List.of("validate staging", "help")));
        } else {
            blocks.add(new Block.Title(Tone.PLAIN, "Your last runs"));
            blocks.add(RunCards.runs(mine.stream().map(cards::row).toList()));
        }
    }

    private static void more(long left, Button all, List<Block> blocks) {
        if (left > 0) {
            blocks.add(new Block.Line("and " + left + " more"));
            blocks.add(new Block.Buttons(List.of(new Button("Show all", all.action(), all.typed(), Weight.PLAIN, ""))));
        }
    }

    private Instant now() {
        return cards.clock().instant();
    }
}
