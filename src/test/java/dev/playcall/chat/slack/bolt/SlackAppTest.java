package dev.playcall.chat.slack.bolt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.chat.slack.api.SlackSdk;
import dev.playcall.chat.slack.bolt.SlackApp.SlackDelivery;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What Bolt makes of Slack's envelopes, and what of them is for us. */
class SlackAppTest {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9/api/");

    private final SlackApp app = new SlackApp(SlackSdk.create(NOWHERE));

    private Optional<SlackDelivery> delivered(String type, String payload) {
        return app.frame("{\"type\": \"" + type + "\", \"envelope_id\": \"e1\", \"payload\": " + payload + "}");
    }

    private List<SlackRequest> received(String type, String payload) {
        var received = new ArrayList<SlackRequest>();
        delivered(type, payload).ifPresent(d -> app.run(d, received::add));
        return received;
    }

    private List<SlackRequest> event(String event) {
        return received(
                "events_api", "{\"type\": \"event_callback\", \"event_id\": \"Ev1\", \"event\": " + event + "}");
    }

    private static String message(String more) {
        return "{\"type\": \"message\", \"channel_type\": \"im\", \"user\": \"UALICE\", \"channel\": \"D1\","
                + " \"ts\": \"1.5\", \"text\": \"status\"" + more + "}";
    }

    @Test
    void aSlashCommandKeepsItsWords() {
        var payload = """
            {"command": "/deploy", "text": "production", "user_id": "UALICE", "channel_id": "C0OPS",
             "trigger_id": "t1", "response_url": "https://hooks.slack.com/x"}\
            """;
        assertThat(received("slash_commands", payload))
                .containsExactly(new SlackRequest.Command(
                        "UALICE", "C0OPS", "/deploy", "production", "t1", Optional.of("https://hooks.slack.com/x")));
        assertThat(delivered("slash_commands", payload).orElseThrow().key()).contains("command:t1");
    }

    @Test
    void aButtonOfACardStaysInTheThreadOfTheCard() {
        var payload = """
            {"type": "block_actions", "trigger_id": "t1", "user": {"id": "UALICE"}, "channel": {"id": "C0OPS"},
             "container": {"message_ts": "2.0", "thread_ts": "1.0", "channel_id": "C0OPS"},
             "message": {"ts": "2.0", "metadata": {"event_type": "playcall", "event_payload": {"key": "%s"}}},
             "actions": [{"type": "button", "action_id": "v1:log:1", "value": "v1:log:1"}]}\
            """;
        assertThat(received("interactive", payload.formatted("r1.card")))
                .singleElement()
                .isInstanceOfSatisfying(
                        SlackRequest.Press.class, p -> assertThat(p.thread()).contains("1.0"));
        assertThat(received("interactive", payload.formatted("alert.1")))
                .singleElement()
                .isInstanceOfSatisfying(
                        SlackRequest.Press.class, p -> assertThat(p.thread()).isEmpty());
    }

    @Test
    void whatSomebodyTypesJustNowIsALineAndNothingElse() {
        var line = new SlackRequest.Line("UALICE", "D1", Optional.empty(), "1.5", "status", true, "Ev1");
        assertThat(event(message(""))).containsExactly(line);
        assertThat(event(message(", \"subtype\": \"file_share\""))).containsExactly(line);
        assertThat(event(message(", \"subtype\": \"thread_broadcast\""))).containsExactly(line);
        assertThat(event(message(", \"subtype\": \"message_changed\""))).isEmpty();
        assertThat(event(message(", \"subtype\": \"bot_message\""))).isEmpty();
        assertThat(event(message(", \"bot_id\": \"B1\""))).isEmpty();
        assertThat(event(message(", \"edited\": {\"user\": \"UALICE\", \"ts\": \"1.6\"}")))
                .isEmpty();
        assertThat(event(message("").replace("\"im\"", "\"channel\""))).isEmpty();
    }

    @Test
    void aMentionByABotIsHeardSoThatItCanBeRefused() {
        var mention = "{\"type\": \"app_mention\", \"user\": \"UBOT\", \"bot_id\": \"B1\", \"channel\": \"C1\","
                + " \"ts\": \"1.5\", \"text\": \"x\"}";
        assertThat(event(mention)).hasSize(1);
        assertThat(event("{\"type\": \"app_home_opened\", \"user\": \"UALICE\", \"tab\": \"home\"}"))
                .containsExactly(new SlackRequest.Home("UALICE"));
        assertThat(event("{\"type\": \"app_home_opened\", \"user\": \"UALICE\", \"tab\": \"messages\"}"))
                .isEmpty();
    }

    @Test
    void whatNoListenerIsForReachesNobody() {
        assertThat(delivered("interactive", "{\"type\": \"unheard_of\"}")).isEmpty();
        assertThat(delivered("unheard_of", "{}")).isEmpty();
        assertThat(app.frame("[]")).isEmpty();
        assertThat(received("interactive", """
            {"type": "view_submission", "user": {"id": "UALICE"},
             "view": {"type": "modal", "id": "V1", "callback_id": "of another app"}}\
            """)).isEmpty();
        assertThat(event("{\"type\": \"reaction_added\", \"user\": \"UALICE\"}"))
                .isEmpty();
        assertThat(received("slash_commands", "{\"command\": \"/deploy\", \"channel_id\": \"../../x\"}"))
                .isEmpty();
    }

    @Test
    void itKeepsNoThreadsOfTheSdk() {
        var before = statistics();
        new SlackApp(SlackSdk.create(NOWHERE)).warmUp();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(statistics()).isSubsetOf(before));
    }

    private static Set<Thread> statistics() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().matches("slack-api-metrics.*|bolt-app-threads.*"))
                .collect(Collectors.toSet());
    }
}
