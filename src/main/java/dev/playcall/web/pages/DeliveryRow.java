package dev.playcall.web.pages;

import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.RunId;
import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.template.DefaultTemplate;
import dev.playcall.web.http.JsonBodies;
import java.time.Instant;

/** One message to one receiver. */
public record DeliveryRow(
        long id,
        String receiver,
        String summary,
        String state,
        String tone,
        String age,
        String when,
        int tries,
        String reason,
        boolean repeatable) {
    /** A state in a word. */
    public static String word(Delivery.State state) {
        return switch (state) {
            case DUE -> "waiting";
            case SENDING -> "sending";
            case DONE -> "delivered";
            case DEAD -> "failed";
            case MUTED -> "muted";
            case FOLDED -> "grouped";
        };
    }

    private static String tone(Delivery d) {
        return switch (d.state()) {
            case DUE -> d.tries() > 0 ? "wait" : "none";
            case SENDING -> "busy";
            case DONE -> "good";
            case DEAD -> "bad";
            case MUTED, FOLDED -> "none";
        };
    }

    /** One message to one receiver, as the list of deliveries shows it. */
    public static DeliveryRow of(Delivery d, Instant now) {
        return of(d, DefaultTemplate.headline(d.content()), now);
    }

    /** The same on the page of a run: a message about many is told by what it says of this run. */
    public static DeliveryRow of(Delivery d, RunId run, Instant now) {
        return of(d, DefaultTemplate.headline(d.content(), run), now);
    }

    private static DeliveryRow of(Delivery d, String summary, Instant now) {
        var last = d.endedAt().orElse(d.createdAt());
        return new DeliveryRow(
                d.id(),
                d.receiver(),
                summary,
                word(d.state()),
                tone(d),
                TextFormat.ago(last, now),
                JsonBodies.time(last),
                d.tries(),
                d.reason(),
                d.state() == Delivery.State.DEAD || d.state() == Delivery.State.DONE);
    }
}
