package dev.playcall.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.config.Receiver.Mention;
import dev.playcall.config.Receiver.Mention.Kind;
import dev.playcall.config.Receiver.Ping;
import java.util.List;
import org.junit.jupiter.api.Test;

class PingsTest {
    private static final Mention ALICE = new Mention(Kind.PERSON, "U1");
    private static final Mention DBAS = new Mention(Kind.GROUP, "S1");
    private static final Mention HERE = new Mention(Kind.HERE, "");

    private static Pings pings(Ping... all) {
        return Pings.of("ops", List.of(all)) instanceof Pings.Built.Good(var pings) ? pings : Pings.NONE;
    }

    private static Ping when(String when, Mention... who) {
        return new Ping("config/playcall.yml:3", when, List.of(who));
    }

    private static Parcel.Content content(Notice.Status status, Severity severity) {
        return Parcels.content(Parcels.item(status, severity, "<@U9> @everyone", "", ""));
    }

    @Test
    void aSeverityMeansThisBadOrWorseAndAConditionLooksAtLabels() {
        var pings =
                pings(when("critical", HERE), when("error", ALICE), when("team=\"db\"", DBAS), when("team=web", HERE));
        assertThat(pings.of(content(Notice.Status.OPEN, Severity.WARNING))).containsExactly(DBAS);
        assertThat(pings.of(content(Notice.Status.OPEN, Severity.ERROR))).containsExactly(ALICE, DBAS);
        assertThat(pings.of(content(Notice.Status.EVENT, Severity.CRITICAL))).containsExactly(HERE, ALICE, DBAS);
    }

    @Test
    void whatIsOverCallsNobody() {
        assertThat(pings(when("info", ALICE)).of(content(Notice.Status.RESOLVED, Severity.CRITICAL)))
                .isEmpty();
    }

    @Test
    void aConditionThatMeansNothingIsTold() {
        assertThat(Pings.of("ops", List.of(when("critcal", ALICE))))
                .isInstanceOfSatisfying(
                        Pings.Built.Bad.class,
                        b -> assertThat(b.problems())
                                .singleElement()
                                .asString()
                                .contains("config/playcall.yml:3: notify.receivers.ops.mention: \"critcal\""));
    }

    @Test
    void eachPlatformHasItsOwnMarkup() {
        var all = List.of(ALICE, DBAS, HERE, new Mention(Kind.EVERYBODY, ""));
        assertThat(Pings.slack(all)).isEqualTo("<@U1> <!subteam^S1> <!here> <!channel>");
        assertThat(Pings.discord(all)).isEqualTo("<@U1> <@&S1> @here @everyone");
    }
}
