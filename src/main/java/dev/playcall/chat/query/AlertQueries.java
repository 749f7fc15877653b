package dev.playcall.chat.query;

import dev.playcall.chat.command.CommandWords;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.notify.alert.Alert;
import dev.playcall.notify.alert.Alerts;
import dev.playcall.notify.alert.Silence;
import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.template.DefaultTemplate;
import dev.playcall.security.access.VisibleEnvironments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Answers what is open, what is muted, and what became of messages. */
final class AlertQueries {
    private static final int SHOWN = 15;
    private static final int LINE = 160;

    private final Alerts alerts;

    AlertQueries(Alerts alerts) {
        this.alerts = alerts;
    }

    Answer open(VisibleEnvironments visible) {
        var open = alerts.open(e -> visible.seesAlertsOf(e), Optional.empty(), SHOWN);
        long count = alerts.count(e -> visible.seesAlertsOf(e));
        if (open.isEmpty()) {
            return Answer.of(Message.line(Tone.GOOD, "No open alerts."));
        }
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(Tone.BAD, count == 1 ? "1 open alert" : count + " open alerts"));
        open.forEach(a -> blocks.add(new Block.Line(line(a))));
        if (count > open.size()) {
            blocks.add(new Block.Line("and " + (count - open.size()) + " more"));
        }
        var next = new ArrayList<String>();
        open.stream()
                .filter(a -> a.standing().acknowledgedBy().isEmpty())
                .findFirst()
                .ifPresent(a -> next.add("ack " + a.id()));
        open.stream()
                .flatMap(a -> a.standing().offers().stream())
                .findFirst()
                .ifPresent(o -> next.add("act " + o.offer()));
        open.stream()
                .filter(a -> alerts.mutes(a).isEmpty())
                .findFirst()
                .ifPresent(a -> next.add("mute " + a.id() + " --for 2h"));
        next.add("resolve " + open.getFirst().id() + " REASON");
        blocks.add(new Block.Next(next));
        return Answer.of(new Message(blocks));
    }

    List<Alert> open(VisibleEnvironments visible, int most) {
        return alerts.open(e -> visible.seesAlertsOf(e), Optional.empty(), most);
    }

    long count(VisibleEnvironments visible) {
        return alerts.count(e -> visible.seesAlertsOf(e));
    }

    String line(Alert a) {
        var s = a.standing();
        var age = TextFormat.duration(Duration.between(s.since(), alerts.now()));
        var offers = s.offers().stream()
                .map(o -> "; act " + o.offer() + ": " + o.label())
                .collect(Collectors.joining());
        return UntrustedText.line(
                a.id() + "  " + a.item().severity().word() + "  "
                        + UntrustedText.line(a.item().title(), LINE) + " · for " + age
                        + (s.times() > 1 ? ", " + s.times() + " occurrences" : "")
                        + s.acknowledgedBy()
                                .map(by -> ", acknowledged by " + by)
                                .orElse(", unacknowledged")
                        + alerts.mutes(a).stream()
                                .findFirst()
                                .map(m -> ", muted by " + m.by() + " (" + left(m) + ")")
                                .orElse("")
                        + offers,
                400);
    }

    Answer mutes() {
        var mutes = alerts.mutes();
        if (mutes.isEmpty()) {
            return Answer.of(Message.line(Tone.GOOD, "No active mutes."));
        }
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(Tone.WAITING, mutes.size() == 1 ? "1 mute" : mutes.size() + " mutes"));
        mutes.forEach(m -> blocks.add(new Block.Line(UntrustedText.line(line(m), 400))));
        blocks.add(new Block.Next(List.of("unmute " + mutes.getFirst().id())));
        return Answer.of(new Message(blocks));
    }

    private String line(Silence m) {
        return m.id() + "  " + alerts.what(m) + " · by " + m.by() + ", " + left(m)
                + (m.reason().isEmpty() ? "" : ", because: " + m.reason()) + " · " + m.hidden() + " suppressed";
    }

    private String left(Silence m) {
        return m.until()
                .map(u -> TextFormat.duration(Duration.between(alerts.now(), u)) + " left")
                .orElse("no end");
    }

    Answer ledger(String name, List<String> words) {
        return name.equals("delivery") ? one(words) : list(words);
    }

    private Answer list(List<String> words) {
        var state = words.isEmpty() ? Optional.<Delivery.State>empty() : Delivery.State.of(words.getFirst());
        if (!words.isEmpty() && (state.isEmpty() || words.size() > 1)) {
            return Answer.refusal("\"" + UntrustedText.line(String.join(" ", words), 40) + "\" is not a state; use "
                    + Arrays.stream(Delivery.State.values())
                            .map(Delivery.State::word)
                            .collect(Collectors.joining(", ")));
        }
        var found = alerts.deliveries(state, SHOWN);
        var waits = state.isPresent() ? List.<Block>of() : waits();
        if (found.isEmpty()) {
            var blocks = new ArrayList<Block>(Message.line(
                            Tone.PLAIN,
                            state.map(s -> "No delivery is " + s.word() + ".").orElse("No deliveries yet."))
                    .blocks());
            blocks.addAll(waits);
            return Answer.of(new Message(blocks));
        }
        var counts = alerts.counts().entrySet().stream()
                .filter(e -> e.getValue() > 0)
                .map(e -> e.getValue() + " " + e.getKey().word())
                .collect(Collectors.joining(", "));
        var rows = found.stream()
                .map(d -> List.of(
                        Long.toString(d.id()),
                        TextFormat.ago(d.createdAt(), alerts.now()),
                        d.receiver(),
                        d.state().word(),
                        UntrustedText.line(DefaultTemplate.headline(d.content()), 60),
                        UntrustedText.line(why(d), 80)))
                .toList();
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(Tone.PLAIN, "Deliveries: " + counts));
        blocks.addAll(waits);
        blocks.add(new Block.Table(List.of("ID", "Time", "Receiver", "State", "Message", "Reason"), rows));
        var dead = found.stream().filter(d -> d.state() == Delivery.State.DEAD).findFirst();
        blocks.add(new Block.Next(dead.map(d -> List.of("redeliver " + d.id(), "redeliver all dead"))
                .orElse(List.of("delivery " + found.getFirst().id()))));
        return Answer.of(new Message(blocks));
    }

    /** What is not a message yet, so that nobody looks for it in vain. */
    private List<Block> waits() {
        return alerts.waits().stream()
                .<Block>map(w -> new Block.Line(UntrustedText.line(w, LINE)))
                .toList();
    }

    private String why(Delivery d) {
        var again = d.due()
                .filter(t -> d.tries() > 0 && t.isAfter(alerts.now()))
                .map(t -> "next attempt in " + TextFormat.duration(Duration.between(alerts.now(), t)))
                .orElse("");
        return d.reason().isEmpty() || again.isEmpty() ? d.reason() + again : d.reason() + "; " + again;
    }

    private Answer one(List<String> words) {
        var number = words.size() == 1 ? CommandWords.number(words.getFirst()) : Optional.<Long>empty();
        if (number.isEmpty()) {
            return Answer.refusal("which delivery? For example: delivery 71");
        }
        return number.flatMap(alerts::delivery)
                .map(d -> Answer.of(details(d)))
                .orElseGet(() -> Answer.refusal("there is no delivery " + number.get()));
    }

    private Message details(Delivery d) {
        var blocks = new ArrayList<Block>();
        var tone = d.state() == Delivery.State.DEAD ? Tone.BAD : Tone.PLAIN;
        blocks.add(new Block.Title(
                tone,
                "Delivery " + d.id() + " to " + d.receiver() + ": " + d.state().word()));
        blocks.add(new Block.Line(UntrustedText.line(DefaultTemplate.headline(d.content()), LINE)));
        if (!d.reason().isBlank()) {
            blocks.add(new Block.Line(UntrustedText.line(d.reason(), LINE)));
        }
        d.due().ifPresent(t -> blocks.add(new Block.Line("next attempt at " + TextFormat.minute(t))));
        var rows = d.attempts().stream().map(AlertQueries::row).toList();
        if (!rows.isEmpty()) {
            blocks.add(new Block.Table(List.of("Attempt", "Time", "Duration", "Response"), rows));
        }
        return new Message(blocks);
    }

    private static List<String> row(Delivery.Attempt a) {
        return List.of(
                Integer.toString(a.number()),
                TextFormat.second(a.at()),
                a.millis() + " ms",
                UntrustedText.line(a.answer(), 100));
    }
}
