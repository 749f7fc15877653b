package dev.playcall.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.chat.slack.bolt.SlackApp;
import dev.playcall.domain.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs started from a form, against a server that is as strict as Slack. */
class SlackStartIT {
    private static final String OPS = SlackChannel.OPS;
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path home;

    private SlackChannel room;

    @BeforeEach
    void open() {
        room = new SlackChannel(home);
    }

    @AfterEach
    void close() {
        assertThat(room.server.sights().warnings()).isEmpty();
        room.close();
    }

    private Run run() {
        return await().atMost(LONG)
                .until(() -> room.journal.read().queue(), r -> !r.isEmpty())
                .getFirst();
    }

    private List<String> offered(JsonNode view, String option, String typed) {
        var ack = room.server.suggest("UALICE", view.path("id").asText(), option, typed);
        assertThat(ack.problems()).isEmpty();
        return ack.payload().path("options").findValuesAsText("value");
    }

    @Test
    void aCommandAloneOpensItsFormAndTheFormStartsTheRun() {
        room.quiet();
        assertThat(room.server.command("UALICE", OPS, "/deploy", "").acked()).isTrue();
        var view = room.view("UALICE", "start:deploy");
        assertThat(offered(view, "env", "prod")).containsExactly("production");
        assertThat(offered(view, "limit", "")).contains("web");
        assertThat(offered(view, "version", "v9.9.9")).containsExactly("v9.9.9");
        var submitted = room.server.submit(
                "UALICE",
                view.path("id").asText(),
                Map.of(
                        "start.env", "production",
                        "start.version", "v9.9.9",
                        "start.limit", "web",
                        "start.check", "check",
                        "start.reason", "CHG-42 \"hot fix\""));
        assertThat(submitted.problems()).isEmpty();
        var request = run().request();
        assertThat(request.version()).contains("v9.9.9");
        assertThat(request.limit().toString()).contains("web");
        assertThat(request.check()).isTrue();
        assertThat(room.whispered("UALICE").plain()).contains("#1 deploy v9.9.9");
        assertThat(room.server.sights().view("UALICE")).isEmpty();
    }

    @Test
    void hostsAndVersionsAreThoseOfTheEnvironmentThatWasChosen() {
        room.quiet();
        room.server.command("UALICE", OPS, "/deploy", "");
        var view = room.view("UALICE", "start:deploy");
        assertThat(offered(view, "limit", "")).contains("web-1", "stage-web-1");
        assertThat(room.server.chooseInView("UALICE", "env", "staging").acked()).isTrue();
        var chosen = room.view("UALICE", "staging");
        assertThat(chosen.path("id")).isEqualTo(view.path("id"));
        assertThat(offered(chosen, "limit", "")).contains("stage-web-1").doesNotContain("web-1");
        assertThat(room.server.chooseInView("UALICE", "env", "production").acked())
                .isTrue();
        var other = room.view("UALICE", "production");
        assertThat(offered(other, "limit", "")).contains("web-1").doesNotContain("stage-web-1");
    }

    @Test
    void whatIsRefusedStandsAtItsFieldAndTheFormStaysOpen() {
        room.quiet();
        room.server.command("UALICE", OPS, "/deploy", "");
        var view = room.view("UALICE", "start:deploy");
        var submitted = room.server.submit(
                "UALICE", view.path("id").asText(), Map.of("start.env", "nowhere", "start.version", "v1"));
        assertThat(submitted.problems()).isEmpty();
        assertThat(submitted.payload().path("response_action").asText()).isEqualTo("errors");
        assertThat(room.journal.read().queue()).isEmpty();
    }

    @Test
    void theShortcutAsksForTheCommandThenForWhatItNeeds() {
        room.quiet();
        assertThat(room.server.shortcut("UALICE", SlackApp.SHORTCUT).acked()).isTrue();
        var choice = room.view("UALICE", "start.command");
        assertThat(offered(choice, "command", "pla")).contains("play");
        var id = choice.path("id").asText();
        assertThat(room.server
                        .submit("UALICE", id, Map.of("start.command", "play"))
                        .problems())
                .isEmpty();
        var form = room.view("UALICE", "start:play");
        assertThat(offered(form, "playbook", "migr")).containsExactly("migrate");
        assertThat(room.server
                        .submit("UALICE", id, Map.of("start.playbook", "migrate", "start.env", "production"))
                        .problems())
                .isEmpty();
        room.view("UALICE", "migrate needs target");
        assertThat(room.server
                        .submit("UALICE", id, Map.of("field.target", "blue"))
                        .problems())
                .isEmpty();
        assertThat(run().request().playbook().map(p -> p.value())).contains("migrate");
    }

    @Test
    void aRunAboutAMessageNamesItAndItsCardStaysInTheThread() {
        room.start();
        room.server.mention("UBOB", OPS, "HighLoad on web-1", Optional.empty());
        var alert = room.server.sights().messages(OPS).getFirst().ts();
        assertThat(room.server
                        .messageShortcut("UALICE", OPS, alert, SlackApp.MESSAGE_SHORTCUT)
                        .acked())
                .isTrue();
        var id = room.view("UALICE", "start.command").path("id").asText();
        room.server.submit("UALICE", id, Map.of("start.command", "deploy"));
        assertThat(room.view("UALICE", "start:deploy").toString()).contains("HighLoad on web-1");
        room.server.submit("UALICE", id, Map.of("start.env", "production", "start.version", "v1"));
        await().atMost(LONG)
                .until(() ->
                        room.server.sights().thread(OPS, alert).stream().anyMatch(m -> m.hasButton("v1:cancel:1")));
        assertThat(run().request().toString()).contains("HighLoad on web-1");
    }
}
