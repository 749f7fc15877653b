package dev.playcall.chat.discord.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.chat.ChatAlertSink;
import dev.playcall.chat.discord.DiscordFixture;
import dev.playcall.chat.message.Channel;
import dev.playcall.config.ReceiverConfig.Mention;
import dev.playcall.notify.NotificationSamples;
import dev.playcall.notify.dispatch.Sink;
import dev.playcall.notify.dispatch.Sink.Result;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import dev.playcall.notify.routing.Mentions;
import dev.playcall.notify.template.NotificationTemplates;
import dev.playcall.rehearsal.discord.DiscordServer;
import dev.playcall.rehearsal.discord.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is called by an alert on Discord. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AlertMentionsIT {
    private static final String EVIL = "@everyone @here <@300000000000000001> full";

    private static final String POST = "POST /channels/{channel}/messages";

    @TempDir
    Path home;

    private final DiscordServer discord = DiscordServer.start();
    private final String room = discord.channel("deployments");
    private DiscordFixture fixture;

    @BeforeEach
    void open() {
        discord.person("300000000000000001", "alice");
        fixture = new DiscordFixture(home, discord).up(discord);
    }

    @AfterEach
    void close() {
        fixture.close();
        discord.close();
    }

    private Sink sink(Mention... who) {
        var rules = List.of(new dev.playcall.config.ReceiverConfig.Ping("here", "error", List.of(who)));
        var mentions = Mentions.of("ops", rules) instanceof Mentions.Built.Valid(var good) ? good : Mentions.NONE;
        return new ChatAlertSink(fixture.adapter, new Channel("discord", room), NotificationTemplates.USUAL, mentions);
    }

    /** Who may be called by the message that was sent last: the platform calls nobody else. */
    private String allowed() {
        return discord.calls().stream()
                .filter(c -> c.route().equals(POST))
                .toList()
                .getLast()
                .body()
                .path("allowed_mentions")
                .toString();
    }

    private static dev.playcall.notify.event.Notification alert(
            long id, Optional<String> earlier, NotificationEvent.Status status) {
        return NotificationSamples.of(
                id,
                earlier,
                NotificationSamples.content(NotificationSamples.item(status, Severity.ERROR, EVIL, EVIL, "")));
    }

    @Test
    void onlyWhoIsNamedIsCalledAndAnEndCallsNobody() {
        var role = discord.role("dbas").id();
        var sink = sink(new Mention(Mention.Kind.GROUP, role));
        assertThat(sink.deliver(alert(1, Optional.empty(), NotificationEvent.Status.OPEN)))
                .isInstanceOf(Result.Delivered.class);
        assertThat(allowed())
                .contains("\"parse\":[]", "\"roles\":[\"" + role + "\"]")
                .doesNotContain("users");
        var message = discord.messages(room).getLast();
        assertThat(message.content()).startsWith("<@&" + role + "> ");

        sink.deliver(alert(2, Optional.of(message.id()), NotificationEvent.Status.OPEN));
        assertThat(discord.thread(message.id())).hasSize(1);
        assertThat(discord.thread(message.id()).getLast().flags() & DiscordMessage.SILENT)
                .as("who is called is to hear it")
                .isZero();
        assertThat(allowed()).contains(role);
        sink.deliver(alert(3, Optional.of(message.id()), NotificationEvent.Status.RESOLVED));
        assertThat(discord.thread(message.id()).getLast().text()).contains("Resolved");
        assertThat(allowed()).isEqualTo("{\"parse\":[],\"replied_user\":false}");
        assertThat(discord.thread(message.id()).getLast().flags() & DiscordMessage.SILENT)
                .isNotZero();
    }

    @Test
    void whereEverybodyIsMeantSomebodyElsesWordsStillCallNobody() {
        sink(new Mention(Mention.Kind.HERE, "")).deliver(alert(1, Optional.empty(), NotificationEvent.Status.OPEN));
        assertThat(allowed()).isEqualTo("{\"parse\":[\"everyone\"],\"replied_user\":false}");
        var content = discord.messages(room).getLast().content();
        assertThat(content.split("@here", -1)).as("ours alone").hasSize(2);
        assertThat(content).doesNotContain("@everyone");
    }

    @Test
    void aMessageThatIsRefusedForItsFormArrivesAsALine() {
        discord.fault(POST, Fault.refused(400, 50035, "Invalid Form Body"));
        var result = sink().deliver(alert(1, Optional.empty(), NotificationEvent.Status.OPEN));
        assertThat(result)
                .isInstanceOf(Result.Delivered.class)
                .asString()
                .contains("the full message was rejected; one line was accepted");
        assertThat(discord.messages(room)).hasSize(1);
        assertThat(allowed()).isEqualTo("{\"parse\":[],\"replied_user\":false}");
    }
}
