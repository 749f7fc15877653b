package dev.playcall.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.name.RunId;
import dev.playcall.notify.NotificationSamples;
import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotificationEvent.Status;
import dev.playcall.notify.event.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One message to one receiver, on the page of a run and in the list of all. */
class DeliveryRowTest {
    private static Notification.Item about(Severity severity, String title, String run) {
        return new Notification.Item(
                Status.OPEN,
                severity,
                "run.failed",
                title,
                "",
                "",
                NotificationSamples.NOW,
                new TreeMap<>(Map.of("run", run)));
    }

    private static Delivery delivery(Notification.Item... items) {
        var now = NotificationSamples.NOW;
        var content = NotificationSamples.content(items);
        return new Delivery(
                1,
                "ops",
                "group/1",
                Delivery.State.DONE,
                now,
                Optional.empty(),
                Optional.of(now),
                "",
                "",
                1,
                content,
                List.of());
    }

    @Test
    void aRunsPageShowsWhatAGroupedMessageSaysOfThisRun() {
        var grouped = delivery(
                about(Severity.CRITICAL, "#4 deploy → production failed", "4"),
                about(Severity.ERROR, "#41 deploy → staging failed", "41"),
                about(Severity.ERROR, "#5 deploy → test failed", "5"));
        var now = NotificationSamples.NOW;
        assertThat(DeliveryRow.of(grouped, new RunId(41), now).summary())
                .isEqualTo("ERROR: #41 deploy → staging failed (sent with 2 others)");
        assertThat(DeliveryRow.of(grouped, now).summary())
                .isEqualTo("CRITICAL: #4 deploy → production failed (3 open)");
        var alone = delivery(about(Severity.ERROR, "#5 deploy → test failed", "5"));
        assertThat(DeliveryRow.of(alone, new RunId(5), now).summary())
                .isEqualTo(DeliveryRow.of(alone, now).summary());
    }
}
