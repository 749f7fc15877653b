package dev.playcall.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.domain.Outcome;
import dev.playcall.rehearsal.discord.DiscordServer;
import dev.playcall.rehearsal.discord.Person;
import dev.playcall.rehearsal.discord.Shown;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people see and press, against a local server that speaks Discord's protocol. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DiscordIT {
    private static final int DEFERRED = 5;
    private static final int MODAL = 9;

    @TempDir
    Path home;

    private final DiscordServer discord = DiscordServer.start();
    private final Person alice = discord.person("300000000000000001", "alice");
    private final Person bob = discord.person("300000000000000002", "bob");
    private final String room = discord.channel("deployments");
    private DiscordFixture fixture;

    @BeforeEach
    void open() {
        discord.patience(Duration.ofSeconds(30));
        fixture = new DiscordFixture(home, discord).up(discord);
    }

    @AfterEach
    void close() {
        fixture.close();
        discord.close();
    }

    private Shown answer(Person person, Predicate<Shown> is) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> discord.replies(person).stream().anyMatch(r -> !r.loading() && is.test(r)));
        return discord.replies(person).stream()
                .filter(r -> !r.loading() && is.test(r))
                .toList()
                .getLast();
    }

    private Shown answer(Person person, String text) {
        return answer(person, r -> r.text().contains(text));
    }

    private Shown card(String text) {
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        discord.messages(room).stream().anyMatch(m -> m.text().contains(text)));
        return discord.messages(room).stream()
                .filter(m -> m.text().contains(text))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRunIsAskedForWatchedAndRetriedByTheFirstWhoPresses() {
        var ack = discord.slash(alice, room, "deploy", Map.of("env", "production", "limit", "web-1"));
        assertThat(ack.acknowledged()).isTrue();
        assertThat(ack.type()).isEqualTo(DEFERRED);
        assertThat(answer(alice, "#1 deploy").ephemeral()).isTrue();
        var card = card("#1 deploy → production (web-1) queued");
        assertThat(card.text()).contains("by alice", "[Cancel]");

        var run = fixture.begin();
        fixture.fails(run, "```@everyone <@300000000000000002> is down");
        card("running");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> discord.thread(card.id()).stream()
                        .anyMatch(m -> m.text().contains("Check health")));
        assertThat(discord.threadName(card.id())).contains("#1 deploy → production (web-1)");
        fixture.ends(run, new Outcome.Failed(2, "web-1 failed"));

        await().atMost(Duration.ofSeconds(20))
                .until(() -> discord.messages(room).size() == 2);
        var failed = card("failed");
        assertThat(failed.id()).isEqualTo(card.id());
        assertThat(failed.text()).contains("[Retry failed hosts]");
        var alert = discord.messages(room).getLast();
        assertThat(alert.reference()).isEqualTo(card.id());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> discord.thread(card.id()).stream()
                        .anyMatch(m -> !m.attachments().isEmpty()));

        assertThat(discord.press(alice, room, card.id(), "Retry failed hosts").acknowledged())
                .isTrue();
        answer(alice, "#2 deploy");
        discord.press(bob, room, card.id(), "Retry failed hosts");
        assertThat(answer(bob, "was faster").ephemeral()).isTrue();
        assertThat(fixture.queue()).hasSize(1);
        discord.press(bob, room, card.id(), "Full log");
        var log = answer(bob, r -> !r.attachments().isEmpty());
        assertThat(log.ephemeral()).isTrue();
        assertThat(log.attachments().getFirst().text()).contains("FAILED");
        discord.press(bob, room, card.id(), "Details");
        answer(bob, "web-1 failed");
        assertThat(discord.pings()).isEmpty();
    }

    @Test
    void whatIsMissingIsAskedForInAForm() {
        var ack = discord.slash(alice, room, "playcall play", Map.of("playbook", "migrate", "env", "production"));
        assertThat(ack.type()).isEqualTo(MODAL);
        var form = discord.modal(alice).orElseThrow();
        assertThat(form.toString()).contains("target", "blue", "green");
        discord.submit(alice, form.path("custom_id").asText(), Map.of("target", "red"));
        answer(alice, "red");
        assertThat(fixture.queue()).isEmpty();

        discord.slash(alice, room, "playcall play", Map.of("playbook", "migrate", "env", "production"));
        discord.submit(
                alice, discord.modal(alice).orElseThrow().path("custom_id").asText(), Map.of("target", "blue"));
        answer(alice, "#1 play migrate");
    }

    @Test
    void whatCanDoHarmIsDoneWhenItsAuthorSaysSo() {
        discord.slash(alice, room, "playcall play", Map.of("playbook", "wipe", "env", "production"));
        var question = answer(alice, "Start it?");
        discord.press(alice, room, question.id(), "Yes, start");
        assertThat(answer(alice, "#1 play wipe").id()).isEqualTo(question.id());
        assertThat(fixture.queue()).hasSize(1);
    }

    @Test
    void aRunningRunIsStoppedAfterAQuestion() {
        discord.slash(alice, room, "deploy", Map.of("env", "production"));
        card("queued");
        fixture.begin();
        var card = card("running");
        discord.press(bob, room, card.id(), "Cancel");
        var question = answer(bob, "Stop deploy");
        assertThat(question.ephemeral()).isTrue();
        discord.press(bob, room, question.id(), "Yes, cancel");
        var done = answer(bob, "is being cancelled");
        assertThat(done.buttons()).isEmpty();
        card("cancelling, requested by bob");
    }

    @Test
    void optionsAreCompletedInTime() {
        var ack = discord.complete(alice, room, "deploy", Map.of("env", "prod"), "env");
        assertThat(ack.data().at("/choices/0/value").asText()).isEqualTo("production");
        var again = discord.complete(alice, room, "playcall versions", Map.of("env", "prod"), "env");
        assertThat(again.data().at("/choices").toString()).contains("production");
        assertThat(again.acknowledged()).isTrue();
        var inGroup = discord.complete(alice, room, "playcall control lock", Map.of("env", ""), "env");
        assertThat(inGroup.data().at("/choices/0/value").asText()).isEqualTo("production");
    }

    @Test
    void mentionsAreAnsweredInAThreadAndDirectMessagesDirectly() {
        var said = discord.mention(alice, room, "deploy productoin");
        await().atMost(Duration.ofSeconds(20)).until(() -> !discord.thread(said).isEmpty());
        assertThat(discord.thread(said).getFirst().text()).contains("did you mean production");
        discord.mention(alice, room, "deploy production");
        card("#1 deploy");
        discord.directMessage(bob, "queue");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> discord.messages(discord.direct(bob)).stream()
                        .anyMatch(m -> m.text().contains("queued")));
    }

    @Test
    void aThreadIsAPlaceLikeAnyOther() {
        discord.mention(alice, room, "whoami");
        var start = discord.messages(room).getFirst().id();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !discord.thread(start).isEmpty());
        discord.slash(alice, start, "deploy", Map.of("env", "production"));
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        discord.thread(start).stream().anyMatch(m -> m.text().contains("#1 deploy")));
        var run = fixture.begin();
        fixture.fails(run, "down");
        fixture.ends(run, new Outcome.Failed(2, "web-1 failed"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> discord.thread(start).stream()
                        .anyMatch(m -> !m.attachments().isEmpty()));
        assertThat(discord.messages(room)).hasSize(1);
    }

    @Test
    void aSubscriptionIsToldToTheChannel() {
        discord.slash(alice, room, "playcall manage subscribe", Map.of("what", "production failures"));
        answer(alice, r -> !r.ephemeral() && r.text().contains("is now subscribed to every failed run"));
    }

    @Test
    void twiceDeliveredIsDoneOnce() {
        discord.slash(alice, room, "deploy", Map.of("env", "production"));
        answer(alice, "#1 deploy");
        discord.redeliverLast();
        discord.slash(bob, room, "playcall queue", Map.of());
        answer(bob, "queued");
        assertThat(fixture.queue()).hasSize(1);
    }

    @Test
    void botsAndStrangersAreToldOnceThatTheyAreNotHeard() {
        fixture.close();
        fixture = new DiscordFixture(home, discord, 64, List.of(DiscordServer.GUILD)).up(discord);
        var robot = discord.bot("300000000000000009", "robot");
        discord.mention(robot, room, "deploy production");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> discord.transcript(room).contains(GuildFilter.BOT));
        var stranger = discord.stranger("300000000000000008", "mallory");
        discord.directMessage(stranger, "deploy production");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !discord.messages(discord.direct(stranger)).isEmpty());
        assertThat(fixture.queue()).isEmpty();
    }

    @Test
    void commandsAreRegisteredOnlyWhenTheyChange() {
        // Each of the two servers is asked what it has, and gets what is new.
        await().atMost(Duration.ofSeconds(60)).until(() -> registrations() == 2);
        long before = registrations();
        fixture.close();
        fixture = new DiscordFixture(home, discord).start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> discord.calls().stream()
                                .filter(c -> c.route().startsWith("GET /applications"))
                                .count()
                        >= 4);
        assertThat(registrations()).isEqualTo(before);
        assertThat(before).isGreaterThan(0);
    }

    private long registrations() {
        return discord.calls().stream()
                .filter(c -> c.route().startsWith("PUT /"))
                .count();
    }

    @Test
    void aServerThatIsNotConfiguredIsRefused() {
        fixture.close();
        fixture = new DiscordFixture(home, discord, 64, List.of(DiscordServer.OTHER_GUILD)).start();
        await().atMost(Duration.ofSeconds(60)).until(discord::connected);
        discord.slash(alice, room, "deploy", Map.of("env", "production"));
        assertThat(answer(alice, GuildFilter.ELSEWHERE).ephemeral()).isTrue();
        assertThat(fixture.queue()).isEmpty();
    }

    @Test
    void whoIsBusySaysSoAtOnce() {
        fixture.close();
        fixture = new DiscordFixture(home, discord, 0, List.of()).start();
        await().atMost(Duration.ofSeconds(60)).until(discord::usable);
        var ack = discord.slash(alice, room, "deploy", Map.of("env", "production"));
        assertThat(ack.acknowledged()).isTrue();
        answer(alice, "is busy");
    }
}
