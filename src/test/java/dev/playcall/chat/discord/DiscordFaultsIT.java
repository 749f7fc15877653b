package dev.playcall.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.chat.ChatAdapter.Health;
import dev.playcall.chat.ChatAdapter.Post;
import dev.playcall.chat.ChatAdapter.Sent;
import dev.playcall.chat.PlatformFinding;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.config.Config;
import dev.playcall.rehearsal.discord.DiscordServer;
import dev.playcall.rehearsal.discord.Fault;
import dev.playcall.rehearsal.discord.Person;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong between us and Discord, and what is made of it. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class DiscordFaultsIT {
    private static final String CREATE = "POST /channels/{channel}/messages";
    private static final String EDIT = "PATCH /channels/{channel}/messages/{message}";
    private static final String CALLBACK = "POST /interactions/{interaction}/{token}/callback";
    private static final Message HELLO = Message.line(Tone.PLAIN, "#1 hello → production queued");

    @TempDir
    Path home;

    private final DiscordServer discord = DiscordServer.start();
    private final Person alice = discord.person("300000000000000001", "alice");
    private final String room = discord.channel("deployments");
    private DiscordFixture fixture;

    @BeforeEach
    void open() {
        fixture = new DiscordFixture(home, discord).up(discord);
    }

    @AfterEach
    void close() {
        fixture.close();
        discord.close();
    }

    private Post hello(String key) {
        return new Post(new Channel("discord", room), Optional.empty(), false, HELLO, key);
    }

    private Sent edit(String ref) {
        return fixture.adapter.edit(new Channel("discord", room), ref, Message.line(Tone.GOOD, "edited"));
    }

    private String said(String key) {
        return ((Sent.Done) fixture.adapter.post(hello(key))).ref();
    }

    @Test
    void tooMuchIsLaterByWhatHeaderOrBodySays() {
        discord.fault(CREATE, Fault.tooMany(Duration.ofSeconds(2)));
        assertThat(fixture.adapter.post(hello("r1.card.1")))
                .isInstanceOfSatisfying(
                        Sent.Later.class, l -> assertThat(l.after()).isGreaterThanOrEqualTo(Duration.ofSeconds(2)));
        assertThat(fixture.adapter.post(hello("r1.card.1")))
                .as("the way is known to be closed")
                .isInstanceOf(Sent.Later.class);
        assertThat(discord.calls().stream().filter(c -> c.route().equals(CREATE)))
                .hasSize(1);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> fixture.adapter.post(hello("r1.card.1")) instanceof Sent.Done);
        discord.fault(EDIT, Fault.tooManyWithoutHeader(Duration.ofMillis(1500)));
        assertThat(edit(discord.messages(room).getFirst().id()))
                .isInstanceOfSatisfying(
                        Sent.Later.class, l -> assertThat(l.after()).isEqualTo(Duration.ofMillis(1500)));
    }

    @Test
    void aLimitOfTheWholeBotClosesEveryWay() {
        discord.fault(CREATE, Fault.tooManyGlobally(Duration.ofSeconds(5)));
        fixture.adapter.post(hello("r1.card.1"));
        assertThat(edit("1")).isInstanceOf(Sent.Later.class);
        assertThat(discord.slash(alice, room, "playcall queue", Map.of()).acknowledged())
                .as("answers to people are not counted")
                .isTrue();
    }

    @Test
    void aLostAnswerIsLookedForAndNothingStandsTwice() {
        for (var fault : List.of(
                Fault.status(502).afterApplying(),
                Fault.cut().afterApplying(),
                Fault.html(200).afterApplying(),
                Fault.status(500).afterApplying())) {
            var key = "r" + discord.calls().size() + ".card.1";
            int before = discord.messages(room).size();
            discord.fault(CREATE, fault);
            assertThat(fixture.adapter.post(hello(key))).isInstanceOf(Sent.Unknown.class);
            assertThat(fixture.adapter.find(hello(key))).isInstanceOf(Sent.Done.class);
            assertThat(fixture.adapter.post(hello(key))).as("the same key").isEqualTo(fixture.adapter.find(hello(key)));
            assertThat(discord.messages(room)).hasSize(before + 1);
        }
    }

    @Test
    void aLineThatWasSaidBeforeIsNotTakenForTheOneThatIsLookedFor() {
        fixture.adapter.post(hello("r1.card.1"));
        discord.fault(CREATE, Fault.status(500));
        assertThat(fixture.adapter.post(hello("r2.card.1"))).isInstanceOf(Sent.Unknown.class);
        assertThat(fixture.adapter.find(hello("r2.card.1"))).isInstanceOf(Sent.Gone.class);
        assertThat(fixture.adapter.find(hello("r1.card.1"))).isInstanceOf(Sent.Done.class);
    }

    @Test
    void whatWasNotDoneIsNotFound() {
        discord.fault(CREATE, Fault.status(500));
        assertThat(fixture.adapter.post(hello("r1.card.1"))).isInstanceOf(Sent.Unknown.class);
        assertThat(fixture.adapter.find(hello("r1.card.1"))).isInstanceOf(Sent.Gone.class);
    }

    @Test
    void editsAreRepeatableAndOldMessagesAreGivenUp() {
        var ref = said("r1.card.1");
        discord.fault(EDIT, Fault.html(502));
        assertThat(edit(ref)).isInstanceOf(Sent.Later.class);
        discord.fault(EDIT, Fault.refused(429, 30046, "Maximum number of edits to messages older than 1 hour reached"));
        assertThat(edit(ref)).isInstanceOf(Sent.Gone.class);
        discord.fault(EDIT, Fault.refused(404, 10008, "Unknown Message"));
        assertThat(edit(ref)).isInstanceOf(Sent.Gone.class);
        assertThat(edit(ref)).isEqualTo(new Sent.Done(ref));
        assertThat(discord.messages(room).getFirst().text()).contains("edited");
    }

    @Test
    void aPlaceThatTakesNothingIsRefusedWithTheRemedy() {
        discord.fault(CREATE, Fault.refused(403, 50013, "Missing Permissions"));
        assertThat(fixture.adapter.post(hello("r1.card.1")))
                .isInstanceOfSatisfying(
                        Sent.Refused.class, r -> assertThat(r.why()).contains("Send Messages in Threads"));
        assertThat(fixture.adapter.post(
                        new Post(new Channel("discord", "999"), Optional.empty(), false, HELLO, "r1.card.2")))
                .isInstanceOf(Sent.Refused.class);
    }

    @Test
    void whereNoThreadCanBeMadeTheCardIsAnswered() {
        var ref = said("r1.card.1");
        discord.fault(
                "POST /channels/{channel}/messages/{message}/threads",
                Fault.refused(400, 160006, "Maximum number of active threads reached"));
        var under = new Post(new Channel("discord", room), Optional.of(ref), false, HELLO, "r1.say1.1");
        assertThat(fixture.adapter.post(under)).isInstanceOf(Sent.Done.class);
        assertThat(discord.messages(room).getLast().reference()).isEqualTo(ref);
        assertThat(fixture.adapter.find(under)).isInstanceOf(Sent.Done.class);
    }

    @Test
    void anAckWhoseAnswerIsLostStillCounts() {
        discord.fault(CALLBACK, Fault.status(502).afterApplying());
        assertThat(discord.slash(alice, room, "deploy", Map.of("env", "production"))
                        .acknowledged())
                .isTrue();
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        discord.replies(alice).stream().anyMatch(r -> r.text().contains("#1 deploy")));
        discord.fault(CALLBACK, Fault.cut());
        assertThat(discord.slash(alice, room, "playcall queue", Map.of()).acknowledged())
                .isTrue();
    }

    @Test
    void whoseInteractionDiedIsToldDirectly() {
        for (int i = 0; i < 2; i++) {
            discord.fault(CALLBACK, Fault.refused(404, 10062, "Unknown interaction"));
        }
        discord.fault("PATCH /webhooks/{app}/{token}/messages/{message}", Fault.refused(404, 10015, "Unknown Webhook"));
        discord.slash(alice, room, "deploy", Map.of("env", "production"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> discord.messages(discord.direct(alice)).stream()
                        .anyMatch(m -> m.text().contains("#1 deploy")));
    }

    @Test
    void anOutageEndsByItself() {
        discord.slash(alice, room, "deploy", Map.of("env", "production"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !discord.messages(room).isEmpty());
        discord.refuse(true);
        assertThat(fixture.adapter.post(hello("r9.card.1"))).isInstanceOf(Sent.Later.class);
        await().atMost(Duration.ofSeconds(30)).until(() -> fixture.adapter.health() instanceof Health.Connecting);
        fixture.begin();
        discord.refuse(false);
        await().atMost(Duration.ofSeconds(90))
                .until(() -> discord.transcript(room).contains("running"));
        assertThat(discord.messages(room)).hasSize(1);
        assertThat(discord.slash(alice, room, "playcall queue", Map.of()).acknowledged())
                .isTrue();
    }

    @Test
    void theConnectionIsMendedWhateverHappensToIt() {
        List<Runnable> accidents = List.of(
                discord::dropGateway,
                discord::askToReconnect,
                () -> discord.invalidateSession(true),
                () -> discord.invalidateSession(false),
                () -> discord.closeGateway(4000));
        for (var accident : accidents) {
            accident.run();
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> discord.slash(alice, room, "playcall queue", Map.of())
                            .acknowledged());
        }
    }

    @Test
    void aRevokedTokenStopsAndSaysWhatToDo() {
        discord.revoke();
        await().atMost(Duration.ofSeconds(30)).until(() -> fixture.adapter.health() instanceof Health.Stopped);
        assertThat(((Health.Stopped) fixture.adapter.health()).why()).contains("DISCORD_TOKEN");
        assertThat(fixture.adapter.post(hello("r1.card.1"))).isInstanceOf(Sent.Stopped.class);
    }

    @Test
    void disallowedIntentsStopAndSayWhatToDo() {
        discord.closeGateway(4014);
        await().atMost(Duration.ofSeconds(30)).until(() -> fixture.adapter.health() instanceof Health.Stopped);
    }

    @Test
    void aWrongTokenIsNotTriedForEver() {
        var wrong = DiscordFixture.settings(discord, List.of());
        var config = new Config.Discord(
                new Config.Secret("MTA.wrong"), wrong.guilds(), wrong.apiBase(), wrong.gateway(), "");
        var discordConnection = new DiscordConnection(config, new DiscordListener());
        discordConnection.start(() -> true);
        await().atMost(Duration.ofSeconds(30)).until(() -> discordConnection.health() instanceof Health.Stopped);
        discordConnection.close();
        assertThat(DiscordAdapter.check(config, Clock.systemUTC()).getFirst().text())
                .contains("DISCORD_TOKEN");
    }

    @Test
    void theDoctorKnowsWhetherTheBotMayWriteInTheDefaultChannel() {
        var settings = DiscordFixture.settings(discord, List.of("209999999999999999"));
        var config =
                new Config.Discord(settings.token(), settings.guilds(), settings.apiBase(), settings.gateway(), room);
        assertThat(DiscordAdapter.check(config, Clock.systemUTC()))
                .contains(PlatformFinding.ok("the bot may write in default_channel deployments"))
                .anySatisfy(f -> assertThat(f)
                        .isEqualTo(PlatformFinding.error("the bot is not in the configured server 209999999999999999: "
                                + BotInvitation.link(DiscordServer.BOT))));
    }

    @Test
    void whoeverDoesNotAnswerIsNotWaitedForForEver() {
        discord.fault(CALLBACK, Fault.hang(Duration.ofSeconds(20)));
        assertThat(discord.slash(alice, room, "playcall queue", Map.of()).acknowledged())
                .as("acknowledged by the second try")
                .isTrue();
        discord.fault(CREATE, Fault.hang(Duration.ofSeconds(20)).afterApplying());
        assertThat(fixture.adapter.post(hello("r1.card.1"))).isInstanceOf(Sent.Unknown.class);
        assertThat(fixture.adapter.find(hello("r1.card.1"))).isInstanceOf(Sent.Done.class);
    }

    @Test
    void aDeletedThreadDoesNotKeepTheEndBack() {
        var ref = said("r1.card.1");
        var channel = new Channel("discord", room);
        fixture.adapter.post(new Post(channel, Optional.of(ref), false, HELLO, "r1.say1.1"));
        assertThat(discord.thread(ref)).hasSize(1);
        assertThat(discord.threadName(ref)).contains("#1 hello → production");
        discord.fault(CREATE, Fault.refused(404, 10003, "Unknown Channel"));
        assertThat(fixture.adapter.post(new Post(channel, Optional.of(ref), false, HELLO, "r1.say2.1")))
                .isInstanceOf(Sent.Done.class);
        assertThat(discord.messages(room).getLast().reference()).isEqualTo(ref);
    }
}
