package dev.playcall.notify.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FailedMessagesTest {
    private static final Instant T = Instant.parse("2026-03-02T12:00:00Z");

    private final List<String> told = new ArrayList<>();
    private final FailedMessages failedMessages = new FailedMessages(new ReceiverHealth() {
        @Override
        public void failing(Failure failure, int givenUp) {}

        @Override
        public void working(String receiver) {}

        @Override
        public void messagesFailed(String receiver, int count, String title, String why, Instant now) {
            told.add(receiver + " " + count + " " + title + " " + why);
        }
    });

    private void fails(String receiver, String kind, String title, Instant now) {
        var item = new Notification.Item(
                NotificationEvent.Status.EVENT, Severity.ERROR, kind, title, "", "", T, new TreeMap<>());
        var content = new Notification.Content(false, Severity.ERROR, 0, 0, 1, new TreeMap<>(), List.of(item));
        failedMessages.add(
                new Notification(1, receiver, "t", Optional.empty(), true, 4, T, true, content), "refused", now);
    }

    @Test
    void ofEachReceiverTheFirstIsToldAtOnceAndTheOthersOnceAnHourWithTheirNumber() {
        fails("a", "run.failed", "one", T);
        fails("a", "run.failed", "two", T.plusSeconds(1));
        fails("b", "run.failed", "three", T.plusSeconds(2));
        fails("a", "run.failed", "four", T.plusSeconds(3));
        assertThat(told).containsExactly("a 1 one refused", "b 1 three refused");
        failedMessages.report(T.plus(Duration.ofMinutes(59)));
        assertThat(told).hasSize(2);
        failedMessages.report(T.plus(FailedMessages.AT_MOST_EACH));
        failedMessages.report(T.plus(FailedMessages.AT_MOST_EACH.multipliedBy(3)));
        assertThat(told).containsExactly("a 1 one refused", "b 1 three refused", "a 2 four refused");
    }

    @Test
    void aMessageAboutAReceiverIsNotFollowedByOneAboutItself() {
        fails("a", "receiver.message_failed", "1 message to b failed", T);
        fails("a", "receiver.failed", "receiver b is unreachable", T);
        assertThat(told).isEmpty();
    }
}
