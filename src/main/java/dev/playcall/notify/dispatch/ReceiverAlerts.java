package dev.playcall.notify.dispatch;

import dev.playcall.domain.Truncate;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.notify.alert.AlertStore;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes an alert of a receiver that takes nothing, told to the others, and closes it when it takes messages again. */
final class ReceiverAlerts implements ReceiverHealth {
    private static final Logger log = LoggerFactory.getLogger(ReceiverAlerts.class);
    private static final String SOURCE = "playcall";
    private static final int LONGEST_TITLE = 120;

    private final Outbox outbox;
    private final AlertStore alerts;
    private final Supplier<Optional<String>> fallback;
    private final String page;
    private final Clock clock;

    /**
     * @param fallback who is told when no route leads to another receiver
     * @param page address of the status page, empty when unknown
     */
    ReceiverAlerts(Outbox outbox, AlertStore alerts, Supplier<Optional<String>> fallback, String page, Clock clock) {
        this.outbox = outbox;
        this.alerts = alerts;
        this.fallback = fallback;
        this.page = page;
        this.clock = clock;
    }

    @Override
    public void failing(Failure failure, int givenUp) {
        var receiver = failure.receiver();
        log.error(
                "Receiver {} is unreachable since {}: {}", receiver, TextFormat.second(failure.since()), failure.why());
        var text = failure.why() + ", since " + TextFormat.second(failure.since())
                + (givenUp == 0
                        ? ""
                        : "; " + TextFormat.count(givenUp, "message") + " failed; send again with: redeliver all dead");
        take(receiver, NotificationEvent.Status.OPEN, failure.since(), AlertText.failing(receiver, text));
    }

    @Override
    public void working(String receiver) {
        if (alerts.isOpen(SOURCE + "/" + subject(receiver))) {
            log.info("Receiver {} takes messages again", receiver);
            take(receiver, NotificationEvent.Status.RESOLVED, clock.instant(), AlertText.working(receiver));
        }
    }

    @Override
    public void messagesFailed(String receiver, int count, String title, String why, Instant now) {
        var subject = subject(receiver) + "/messages/" + now.toEpochMilli();
        var event = new NotificationEvent(
                SOURCE,
                subject,
                subject,
                now,
                ReceiverHealth.KINDS + "message_failed",
                Severity.ERROR,
                NotificationEvent.Status.EVENT,
                new TreeMap<>(Map.of("receiver", receiver)),
                TextFormat.count(count, "message") + " to " + receiver + " failed",
                (count == 1 ? "" : "The last one: ") + "\"" + Truncate.of(title, LONGEST_TITLE) + "\": " + why
                        + ". Other messages arrive; send again with: redeliver all dead",
                page.isEmpty() ? "" : page + "/notifications");
        outbox.takeElsewhere(event, receiver, fallback.get());
    }

    private static String subject(String receiver) {
        return "receiver/" + receiver;
    }

    private record AlertText(String title, String text) {
        static AlertText failing(String receiver, String text) {
            return new AlertText("receiver " + receiver + " is unreachable", text);
        }

        static AlertText working(String receiver) {
            return new AlertText("receiver " + receiver + " takes messages again", "");
        }
    }

    private void take(String receiver, NotificationEvent.Status status, Instant since, AlertText text) {
        var event = new NotificationEvent(
                SOURCE,
                subject(receiver) + "/" + status + "/" + since.toEpochMilli(),
                subject(receiver),
                since,
                ReceiverHealth.KINDS + "failed",
                status == NotificationEvent.Status.OPEN ? Severity.ERROR : Severity.INFO,
                status,
                new TreeMap<>(Map.of("receiver", receiver)),
                text.title(),
                text.text(),
                page.isEmpty() ? "" : page + "/notifications",
                NotificationEvent.Order.repeated(status, Optional.of(since)));
        outbox.takeElsewhere(event, receiver, fallback.get());
    }
}
