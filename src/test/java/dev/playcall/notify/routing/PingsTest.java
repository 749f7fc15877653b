package dev.playcall.notify.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.config.ReceiverConfig.Mention;
import dev.playcall.config.ReceiverConfig.Mention.Kind;
import dev.playcall.config.ReceiverConfig.Ping;
import dev.playcall.notify.NotificationSamples;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class PingsTest {
    private static final Mention ALICE = new Mention(Kind.PERSON, "U1");
    private static final Mention DBAS = new Mention(Kind.GROUP, "S1");
    private static final Mention HERE = new Mention(Kind.HERE, "");

    private static Mentions pings(Ping... all) {
        return Mentions.of("ops", List.of(all)) instanceof Mentions.Built.Valid(var mentions)
                ? mentions
                : Mentions.NONE;
    }

    private static Ping when(String when, Mention... who) {
        return new Ping("config/playcall.yml:3", when, List.of(who));
    }

    private static Notification.Content content(NotificationEvent.Status status, Severity severity) {
        return NotificationSamples.content(NotificationSamples.item(status, severity, "<@U9> @everyone", "", ""));
    }

    @Test
    void aSeverityMeansThisBadOrWorseAndAConditionLooksAtLabels() {
        var mentions =
                pings(when("critical", HERE), when("error", ALICE), when("team=\"db\"", DBAS), when("team=web", HERE));
        assertThat(mentions.of(content(NotificationEvent.Status.OPEN, Severity.WARNING)))
                .containsExactly(DBAS);
        assertThat(mentions.of(content(NotificationEvent.Status.OPEN, Severity.ERROR)))
                .containsExactly(ALICE, DBAS);
        assertThat(mentions.of(content(NotificationEvent.Status.EVENT, Severity.CRITICAL)))
                .containsExactly(HERE, ALICE, DBAS);
    }

    @Test
    void whatIsOverCallsNobody() {
        assertThat(pings(when("info", ALICE)).of(content(NotificationEvent.Status.RESOLVED, Severity.CRITICAL)))
                .isEmpty();
    }

    @Test
    void aConditionThatMeansNothingIsTold() {
        assertThat(Mentions.of("ops", List.of(when("critcal", ALICE))))
                .isInstanceOfSatisfying(
                        Mentions.Built.Invalid.class,
                        b -> assertThat(b.problems())
                                .singleElement()
                                .asString()
                                .contains("config/playcall.yml:3: notify.receivers.ops.mention: \"critcal\""));
    }

    @Test
    void eachPlatformHasItsOwnMarkup() {
        var all = List.of(ALICE, DBAS, HERE, new Mention(Kind.EVERYBODY, ""));
        assertThat(Mentions.slack(all)).isEqualTo("<@U1> <!subteam^S1> <!here> <!channel>");
        assertThat(Mentions.discord(all)).isEqualTo("<@U1> <@&S1> @here @everyone");
    }
}
