package dev.playcall.chat.conversation;

import dev.playcall.chat.message.Choice;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.notify.alert.Alert;
import dev.playcall.notify.alert.Alerts;
import dev.playcall.security.access.VisibleEnvironments;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Numbers of what is open or muted, offered while a command about it is typed. */
record AlertChoices(Alerts alerts) {
    private static final int MOST = 50;

    /** Empty for an option that takes no such number. */
    public Stream<Choice> of(String command, String option, VisibleEnvironments visible) {
        return switch (command + " " + option) {
            case "ack alerts" -> open(visible).sorted(unacknowledgedFirst()).map(AlertChoices::alert);
            case "resolve alert", "mute what" -> open(visible).map(AlertChoices::alert);
            case "act offer" -> open(visible).flatMap(AlertChoices::offers);
            case "unmute mute" -> alerts.mutes().stream().map(m -> choice(m.id(), "  " + m.what() + " · by " + m.by()));
            default -> Stream.empty();
        };
    }

    private Stream<Alert> open(VisibleEnvironments visible) {
        return alerts.open(e -> visible.seesAlertsOf(e), Optional.empty(), MOST).stream();
    }

    private static Comparator<Alert> unacknowledgedFirst() {
        return Comparator.comparing(a -> a.standing().acknowledgedBy().isPresent());
    }

    private static Choice alert(Alert a) {
        return choice(
                a.id(), "  " + a.item().severity().word() + "  " + a.item().title());
    }

    private static Stream<Choice> offers(Alert a) {
        return a.standing().offers().stream()
                .map(o -> choice(o.offer(), "  " + o.label() + " · " + a.item().title()));
    }

    private static Choice choice(long number, String about) {
        return new Choice(number + UntrustedText.line(about, 90), Long.toString(number));
    }
}
