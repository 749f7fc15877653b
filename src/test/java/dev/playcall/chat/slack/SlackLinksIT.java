package dev.playcall.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.domain.Origin;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.Person;
import dev.playcall.testing.PayloadTypes;
import dev.playcall.testing.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Previews of links, against a server that is as strict as Slack. */
class SlackLinksIT {
    private static final String OPS = SlackChannel.OPS;
    private static final String DEV = "C0DEV";
    private static final Path RECORDS = Path.of("target", "payloads", "slack-links");
    private static final String RUN = SlackChannel.PAGE + "/runs/";

    @TempDir
    Path home;

    private SlackChannel room;

    /** What was sent is what the platform's own types describe. */
    @AfterAll
    static void theTypesOfThePlatformFit() throws IOException, InterruptedException {
        assertThat(PayloadTypes.check(RECORDS)).isEmpty();
    }

    @BeforeEach
    void open() {
        room = new SlackChannel(home);
        room.server.channel(DEV, "dev");
        room.server.recordTo(RECORDS);
        room.quiet();
    }

    @AfterEach
    void close() {
        room.close();
    }

    private String asked(String channel) {
        var asked = new RunEvent.Requested(Runs.request("deploy"), new Person("slack:UALICE"), Origin.of(channel));
        return RUN + room.journal.create(asked).run().id().value();
    }

    /** Shares these links, and waits for what they show. */
    private JsonNode previews(String user, String channel, String... urls) {
        room.server.share(user, channel, List.of(urls));
        var ts = room.server.sights().messages(channel).getLast().ts();
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> room.server.sights().unfurls(channel, ts), u -> !u.isEmpty());
    }

    @Test
    void aLinkToARunShowsTheShortFormOfItsCard() {
        var url = asked("slack:" + OPS);
        var preview = previews("UBOB", OPS, url + "?tab=log", "https://ops.example.com.evil/runs/1", RUN + "99", RUN);
        assertThat(preview.propertyStream().map(e -> e.getKey())).containsExactly(url + "?tab=log");
        assertThat(preview.toString())
                .contains("#1 deploy v1 → production queued", "by UALICE", "Next; ")
                .doesNotContain("button", "\"actions\"");
    }

    @Test
    void aChannelSeesOnlyRunsThatAreShownThere() {
        var there = asked("slack:" + DEV);
        var elsewhere = asked("console:main");
        var ops = asked("slack:" + OPS + "/17.1");
        assertThat(previews("UBOB", DEV, there, elsewhere, ops).propertyStream().map(e -> e.getKey()))
                .containsExactly(there);
        // OPS is the default channel.
        assertThat(previews("UBOB", OPS, there, elsewhere, ops).propertyStream().map(e -> e.getKey()))
                .containsExactlyInAnyOrder(elsewhere, ops);
    }

    @Test
    void aGuestGetsNoPreview() {
        var url = asked("slack:" + OPS);
        room.server.share("UGUEST", OPS, List.of(url));
        var ofGuest = room.server.sights().messages(OPS).getLast().ts();
        previews("UBOB", OPS, url);
        assertThat(room.server.sights().unfurls(OPS, ofGuest)).isEmpty();
    }
}
