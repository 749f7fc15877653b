package dev.playcall.chat;

import dev.playcall.chat.message.Action;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Button;
import dev.playcall.chat.message.Message.Weight;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotificationEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What can be done about a message about alerts: take care of them, or start what they offer. */
final class AlertButtons {
    private static final Pattern GROUP = Pattern.compile("group/([1-9]\\d{0,14})");
    private static final int MOST = 5;

    private AlertButtons() {}

    public static List<Block> of(Notification notification) {
        var open = notification.content().items().stream()
                .filter(i -> i.status() == NotificationEvent.Status.OPEN)
                .flatMap(i -> i.standing().stream())
                .toList();
        var buttons = new ArrayList<Button>();
        acknowledge(notification, open).ifPresent(buttons::add);
        open.stream()
                .flatMap(s -> s.offers().stream())
                .map(o -> Button.plain(
                        UntrustedText.line(o.label(), 38), new Action(Action.Kind.ACT, o.offer()), "act " + o.offer()))
                .forEach(buttons::add);
        return buttons.isEmpty()
                ? List.of()
                : List.of(new Block.Buttons(buttons.stream().limit(MOST).toList()));
    }

    private static Optional<Button> acknowledge(Notification notification, List<Notification.Standing> open) {
        var free = open.stream().filter(s -> s.acknowledgedBy().isEmpty()).toList();
        if (free.isEmpty()) {
            return Optional.empty();
        }
        var typed = "ack " + free.stream().map(s -> Long.toString(s.alert())).collect(Collectors.joining(" "));
        if (free.size() == 1) {
            var action = new Action(Action.Kind.ACK, free.getFirst().alert());
            return Optional.of(new Button("Ack", action, typed, Weight.FIRST, ""));
        }
        var group = GROUP.matcher(notification.thread());
        return group.matches()
                ? Optional.of(new Button(
                        "Ack all",
                        new Action(Action.Kind.ACK_ALL, Long.parseLong(group.group(1))),
                        typed,
                        Weight.FIRST,
                        ""))
                : Optional.empty();
    }
}
