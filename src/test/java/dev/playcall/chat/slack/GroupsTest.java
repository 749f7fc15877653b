package dev.playcall.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.chat.slack.api.SlackApi;
import dev.playcall.chat.slack.api.SlackSdk;
import dev.playcall.config.Config;
import dev.playcall.rehearsal.slack.Fault;
import dev.playcall.rehearsal.slack.SlackServer;
import dev.playcall.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is in which user group, as far as Slack tells. */
class GroupsTest {
    private static final String LIST = "usergroups.list";

    private final SlackServer server = SlackServer.start();
    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-31T09:30:00Z"));
    private final SlackUserGroups slackUserGroups = groups(true);

    private SlackUserGroups groups(boolean wanted) {
        var config = new Config.Slack(
                new Config.Secret(SlackServer.BOT_TOKEN),
                new Config.Secret(SlackServer.APP_TOKEN),
                new Config.Secret(""),
                "socket",
                server.apiBase(),
                "");
        return new SlackUserGroups(new SlackApi(SlackSdk.create(config.apiBase()), config), clock, () -> wanted);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private long asked() {
        return server.calls().stream().filter(c -> c.method().equals(LIST)).count();
    }

    @Test
    void everyGroupOfAPersonIsFoundAndSlackIsAskedOnceInFiveMinutes() {
        server.person("UALICE", "alice");
        server.group("S0OPS", "UALICE");
        server.group("S0DEV", "UALICE", "UBOB");
        assertThat(slackUserGroups.of("UALICE")).containsExactlyInAnyOrder("slack:S0OPS", "slack:S0DEV");
        assertThat(slackUserGroups.of("UBOB")).containsExactly("slack:S0DEV");
        assertThat(slackUserGroups.of("UEVE")).isEmpty();
        assertThat(asked()).isEqualTo(1);
        server.group("S0OPS");
        clock.go(Duration.ofMinutes(4));
        assertThat(slackUserGroups.of("UALICE")).contains("slack:S0OPS");
        clock.go(Duration.ofMinutes(2));
        assertThat(slackUserGroups.of("UALICE")).containsExactly("slack:S0DEV");
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void slackIsNotAskedWhenNoRightsHangOnGroups() {
        server.group("S0OPS", "UALICE");
        assertThat(groups(false).of("UALICE")).isEmpty();
        assertThat(asked()).isZero();
    }

    @Test
    void whatWasHeardHoldsForAnHourWithoutSlackAndNoLonger() {
        server.group("S0OPS", "UALICE");
        assertThat(slackUserGroups.of("UALICE")).containsExactly("slack:S0OPS");
        for (int i = 0; i < 9; i++) {
            server.faults().next(LIST, Fault.status(503));
        }
        clock.go(Duration.ofMinutes(6));
        assertThat(slackUserGroups.of("UALICE")).containsExactly("slack:S0OPS");
        assertThat(slackUserGroups.of("UALICE")).containsExactly("slack:S0OPS");
        assertThat(asked()).isEqualTo(2);
        clock.go(Duration.ofMinutes(53));
        assertThat(slackUserGroups.of("UALICE")).containsExactly("slack:S0OPS");
        clock.go(Duration.ofMinutes(2));
        assertThat(slackUserGroups.of("UALICE")).isEmpty();
    }

    @Test
    void aRefusalOfSlackTakesTheGroupsAwayAtOnce() {
        server.group("S0OPS", "UALICE");
        assertThat(slackUserGroups.of("UALICE")).containsExactly("slack:S0OPS");
        server.faults().next(LIST, Fault.error("plan_upgrade_required"));
        clock.go(Duration.ofMinutes(6));
        assertThat(slackUserGroups.of("UALICE")).isEmpty();
        clock.go(Duration.ofMinutes(1));
        assertThat(slackUserGroups.of("UALICE")).containsExactly("slack:S0OPS");
    }
}
