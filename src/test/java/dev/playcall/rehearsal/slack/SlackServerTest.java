package dev.playcall.rehearsal.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.slack.api.methods.SlackApiException;
import com.slack.api.model.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Each has a server of its own, and they mostly wait. */
@Execution(ExecutionMode.CONCURRENT)
class SlackServerTest {
    private static final String OPS = "C0OPS";
    private static final String BUTTONS = """
        [{"type":"section","text":{"type":"mrkdwn","text":"*run* 1 &lt;ok&gt;"}},
         {"type":"actions","elements":[
           {"type":"button","action_id":"cancel","value":"run-1","text":{"type":"plain_text","text":"Cancel"}}]}]\
        """;
    private static final String FORM = """
        {"type":"modal","callback_id":"run","title":{"type":"plain_text","text":"Run"},
         "submit":{"type":"plain_text","text":"Go"},"notify_on_close":true,"blocks":[
          {"type":"input","block_id":"env","label":{"type":"plain_text","text":"Where"},
           "element":{"type":"static_select","action_id":"e","options":[
             {"text":{"type":"plain_text","text":"test"},"value":"test"}]}},
          {"type":"input","block_id":"limit","optional":true,"label":{"type":"plain_text","text":"Limit"},
           "element":{"type":"plain_text_input","action_id":"l","initial_value":"all"}}]}\
        """;

    private final SlackServer server = SlackServer.start();
    private final Bot bot = new Bot(server);

    @BeforeEach
    void people() {
        server.person("U0ALICE", "alice");
        server.person("U0GUEST", "gus", Trait.GUEST);
    }

    @AfterEach
    void close() throws Exception {
        bot.close();
        server.close();
    }

    private String post(String text) throws Exception {
        var answer = bot.api().chatPostMessage(r -> r.channel(OPS).text(text));
        assertThat(answer.isOk()).as("%s", answer).isTrue();
        return answer.getTs();
    }

    private String postButtons() throws Exception {
        return bot.api()
                .chatPostMessage(r -> r.channel(OPS).text("run 1").blocksAsString(BUTTONS))
                .getTs();
    }

    private String refused(String blocks) throws Exception {
        return bot.call("chat.postMessage", "{\"channel\":\"C0OPS\",\"text\":\"t\",\"blocks\":" + blocks + "}")
                .toString();
    }

    private static String section(String text) {
        return "{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"" + text + "\"}}";
    }

    private static String many(int n, String item) {
        return "[" + String.join(",", java.util.Collections.nCopies(n, item)) + "]";
    }

    @Test
    void itSaysWhoTheBotIsAndWhatItMay() throws Exception {
        var answer = bot.api().authTest(r -> r);
        assertThat(answer.getUserId()).isEqualTo(SlackServer.BOT_USER);
        assertThat(answer.getHttpResponseHeaders().toString()).contains("chat:write");
    }

    @Test
    void wrongTokensAndUnknownMethodsAreRefused() throws Exception {
        assertThat(bot.call("chat.invented", "{}").path("error").asText()).isEqualTo("unknown_method");
        assertThat(bot.call("apps.connections.open", "{}").path("error").asText())
                .isEqualTo("not_allowed_token_type");
        assertThat(bot.post(server.apiBase() + "auth.test", "").body()).contains("not_authed");
        server.faults().revoke();
        assertThat(bot.api().authTest(r -> r).getError()).isEqualTo("token_revoked");
    }

    @Test
    void aPostIsSeenAndEdited() throws Exception {
        var ts = postButtons();
        var seen = server.sights().messages(OPS).getFirst();
        assertThat(seen.plain()).isEqualTo("*run* 1 <ok>\n[Cancel]");
        assertThat(seen.buttons()).containsExactly(new Button("cancel", "Cancel", "run-1"));
        assertThat(bot.api().chatUpdate(r -> r.channel(OPS).ts(ts).text("done")).isOk())
                .isTrue();
        var edited = server.sights().messages(OPS).getFirst();
        assertThat(edited.blocks()).isEmpty();
        assertThat(edited.edits()).isOne();
        assertThat(server.calls()).extracting(Call::method).containsExactly("chat.postMessage", "chat.update");
        assertThat(server.calls()).allMatch(Call::ok);
    }

    @Test
    void threadsAndBroadcastsStandWhereTheyBelong() throws Exception {
        var ts = post("parent");
        var loud = bot.api()
                .chatPostMessage(
                        r -> r.channel("#ops").threadTs(ts).replyBroadcast(true).text("loud"));
        bot.api().chatPostMessage(r -> r.channel(OPS).threadTs(ts).text("quiet"));
        assertThat(server.sights().messages(OPS)).extracting(Shown::text).containsExactly("parent", "loud");
        assertThat(server.sights().thread(OPS, ts)).extracting(Shown::text).containsExactly("loud", "quiet");
        assertThat(server.sights().transcript(OPS)).contains("\n    playcall: quiet");
        assertThat(bot.api()
                        .chatPostMessage(
                                r -> r.channel(OPS).threadTs(loud.getTs()).text("deeper"))
                        .getError())
                .isEqualTo("cannot_reply_to_message");
    }

    @Test
    void metadataIsFoundAgainAndSurvivesAnEdit() throws Exception {
        var metadata = Message.Metadata.builder()
                .eventType("op")
                .eventPayload(Map.of("op", "42"))
                .build();
        var ts = bot.api()
                .chatPostMessage(r -> r.channel(OPS).text("a").metadata(metadata))
                .getTs();
        bot.api().chatUpdate(r -> r.channel(OPS).ts(ts).text("b"));
        var found = bot.api()
                .conversationsHistory(r -> r.channel(OPS).includeAllMetadata(true))
                .getMessages()
                .getFirst();
        assertThat(found.getMetadata().getEventPayload()).containsEntry("op", "42");
        var replies = bot.api().conversationsReplies(r -> r.channel(OPS).ts(ts));
        assertThat(replies.getMessages().getFirst().getMetadata()).isNull();
    }

    @Test
    void whatSlackRefusesIsRefused() throws Exception {
        assertThat(refused(many(51, section("x")))).contains("invalid_blocks", "no more than 50 items");
        assertThat(refused("[" + section("x".repeat(3001)) + "]"))
                .contains("must be less than 3001 characters [json-pointer:/blocks/0/text/text]");
        assertThat(refused(many(5, section("x".repeat(2500))))).contains("msg_blocks_too_long");
        assertThat(refused("[{\"type\":\"header\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"x\"}}]"))
                .contains("unsupported type: mrkdwn");
        assertThat(refused("[{\"type\":\"divider\",\"colour\":\"red\"}]"))
                .contains("invalid additional property: colour");
        assertThat(refused("[{\"type\":\"divider\",\"block_id\":\"a\"},{\"type\":\"divider\",\"block_id\":\"a\"}]"))
                .contains("block_id already exists");
        var cell = "{\"type\":\"raw_text\",\"text\":\"x\"}";
        assertThat(refused("[{\"type\":\"table\",\"rows\":" + many(101, "[" + cell + "]") + "}]"))
                .contains("no more than 100 items");
        assertThat(refused("[{\"type\":\"table\",\"rows\":[" + many(21, cell) + "]}]"))
                .contains("no more than 20 items");
        assertThat(refused(many(2, "{\"type\":\"table\",\"rows\":[[" + cell + "]]}")))
                .contains("only_one_table");
        assertThat(bot.call("chat.postMessage", "{\"channel\":\"C0NONE\",\"text\":\"t\"}")
                        .toString())
                .contains("channel_not_found");
        assertThat(server.sights().messages(OPS)).isEmpty();
    }

    @Test
    void buttonsHaveTheirBounds() throws Exception {
        var button =
                "{\"type\":\"button\",\"action_id\":\"%s\",\"value\":\"%s\",\"text\":{\"type\":\"plain_text\",\"text\":\"%s\"}}";
        var actions = "[{\"type\":\"actions\",\"elements\":%s}]";
        for (var bad : List.of(
                button.formatted("a", "v", "x".repeat(76)),
                button.formatted("a", "v".repeat(2001), "x"),
                button.formatted("a".repeat(256), "v", "x"))) {
            assertThat(refused(actions.formatted("[" + bad + "]"))).contains("must be less than");
        }
        var fine = button.formatted("a", "v", "x");
        assertThat(refused(actions.formatted(many(2, fine)))).contains("action_id already exists");
        assertThat(refused(actions.formatted(many(26, fine)))).contains("no more than 25 items");
    }

    @Test
    void textHasItsBounds() throws Exception {
        var ts = post("short");
        assertThat(bot.api()
                        .chatUpdate(r -> r.channel(OPS).ts(ts).text("x".repeat(4001)))
                        .getError())
                .isEqualTo("msg_too_long");
        assertThat(bot.api()
                        .chatPostMessage(r -> r.channel(OPS).text("x".repeat(40_001)))
                        .getError())
                .isEqualTo("msg_too_long");
        bot.api().chatPostMessage(r -> r.channel(OPS).blocksAsString(BUTTONS));
        assertThat(server.sights().warnings()).hasSize(1);
    }

    @Test
    void aCommandIsAcknowledgedWithAnAnswer() throws Exception {
        bot.connect();
        bot.answers = _ -> Optional.of("{\"text\":\"queued\"}");
        var ack = server.command("U0ALICE", OPS, "/ansible", "run a & b");
        assertThat(ack.acked()).isTrue();
        assertThat(ack.problems()).isEmpty();
        assertThat(server.sights().ephemerals("U0ALICE"))
                .extracting(Shown::text)
                .containsExactly("queued");
        assertThat(bot.last("slash_commands").path("text").asText()).isEqualTo("run a &amp; b");
    }

    @Test
    void nobodyListeningMeansNoAcknowledgement() throws Exception {
        assertThat(server.command("U0ALICE", OPS, "/ansible", "").acked()).isFalse();
        bot.connect();
        server.faults().deaf(true);
        assertThat(server.openSockets()).isOne();
        assertThat(server.command("U0ALICE", OPS, "/ansible", "").acked()).isFalse();
        assertThat(bot.of("slash_commands")).isEmpty();
    }

    @Test
    void onlyButtonsOnShowCanBePressed() throws Exception {
        bot.connect();
        var ts = postButtons();
        assertThat(server.press("U0ALICE", OPS, ts, "cancel").acked()).isTrue();
        var seen = bot.last("interactive");
        assertThat(seen.at("/actions/0/value").asText()).isEqualTo("run-1");
        assertThat(seen.at("/message/ts").asText()).isEqualTo(ts);
        assertThat(seen.at("/container/channel_id").asText()).isEqualTo(OPS);
        assertThatThrownBy(() -> server.press("U0ALICE", OPS, ts, "approve")).hasMessageContaining("no such control");
        var url = seen.path("response_url").asText();
        assertThat(bot.post(url, "{\"replace_original\":true,\"text\":\"stopped\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.sights().messages(OPS).getFirst().plain()).isEqualTo("stopped");
        for (int i = 0; i < 4; i++) {
            bot.post(url, "{\"text\":\"only you\"}");
        }
        assertThat(bot.post(url, "{\"text\":\"one too many\"}").body()).contains("used_url");
        assertThat(server.sights().ephemerals("U0ALICE")).hasSize(4);
    }

    @Test
    void aModalIsFilledRefusedAndClosed() throws Exception {
        bot.connect();
        server.command("U0ALICE", OPS, "/ansible", "run");
        var trigger = bot.last("slash_commands").path("trigger_id").asText();
        assertThat(bot.api()
                        .viewsOpen(r -> r.triggerId(trigger).viewAsString(FORM))
                        .isOk())
                .isTrue();
        assertThat(bot.api()
                        .viewsOpen(r -> r.triggerId(trigger).viewAsString(FORM))
                        .getError())
                .isEqualTo("exchanged_trigger_id");
        var id = server.sights().view("U0ALICE").orElseThrow().path("id").asText();
        assertThatThrownBy(() -> server.submit("U0ALICE", id, Map.of())).hasMessageContaining("needs env");
        assertThatThrownBy(() -> server.submit("U0ALICE", id, Map.of("env", "moon")))
                .hasMessageContaining("offers");
        bot.answers = _ -> Optional.of("{\"response_action\":\"errors\",\"errors\":{\"limit\":\"no such host\"}}");
        assertThat(server.submit("U0ALICE", id, Map.of("env", "test")).problems())
                .isEmpty();
        assertThat(server.sights().view("U0ALICE")).isPresent();
        assertThat(bot.last("interactive")
                        .at("/view/state/values/limit/l/value")
                        .asText())
                .isEqualTo("all");
        bot.answers = _ -> Optional.of("");
        server.submit("U0ALICE", id, Map.of("e", "test"));
        assertThat(server.sights().view("U0ALICE")).isEmpty();
    }

    @Test
    void aModalThatIsTooBigIsNotShown() throws Exception {
        bot.connect();
        server.command("U0ALICE", OPS, "/ansible", "run");
        var trigger = bot.last("slash_commands").path("trigger_id").asText();
        var answer = bot.api()
                .viewsOpen(r ->
                        r.triggerId(trigger).viewAsString(FORM.replace("\"Run\"", "\"" + "x".repeat(25) + "\"")));
        assertThat(answer.getResponseMetadata().getMessages().getFirst()).contains("/view/title");
        assertThat(bot.api()
                        .viewsOpen(r -> r.triggerId("made.up").viewAsString(FORM))
                        .getError())
                .isEqualTo("invalid_trigger_id");
    }

    @Test
    void aClosedModalIsToldWhenAskedFor() throws Exception {
        bot.connect();
        server.command("U0ALICE", OPS, "/ansible", "run");
        var trigger = bot.last("slash_commands").path("trigger_id").asText();
        bot.api().viewsOpen(r -> r.triggerId(trigger).viewAsString(FORM));
        var id = server.sights().view("U0ALICE").orElseThrow().path("id").asText();
        assertThat(server.closeView("U0ALICE", id))
                .hasValueSatisfying(a -> assertThat(a.acked()).isTrue());
        assertThat(bot.last("interactive").path("type").asText()).isEqualTo("view_closed");
    }

    @Test
    void theHomeTabIsPublished() throws Exception {
        bot.connect();
        assertThat(server.openHome("U0ALICE").acked()).isTrue();
        var home = "{\"type\":\"home\",\"blocks\":" + BUTTONS + "}";
        assertThat(bot.api()
                        .viewsPublish(r -> r.userId("U0ALICE").viewAsString(home))
                        .isOk())
                .isTrue();
        assertThat(server.pressInView("U0ALICE", "cancel").acked()).isTrue();
        assertThat(bot.last("interactive").at("/container/type").asText()).isEqualTo("view");
    }

    @Test
    void anEventComesAgainUntilItIsAcknowledged() throws Exception {
        bot.connect();
        server.faults().eventRetries(Duration.ofMillis(200), List.of(Duration.ofMillis(50), Duration.ofMillis(50)));
        bot.answers = f -> f.path("retry_attempt").asInt() == 1 ? Optional.of("") : Optional.empty();
        assertThat(server.mention("U0ALICE", OPS, "status", Optional.empty()).acked())
                .isFalse();
        await().until(() -> bot.of("events_api").size() == 2);
        var both = bot.of("events_api");
        assertThat(both.get(0).at("/payload/event_id")).isEqualTo(both.get(1).at("/payload/event_id"));
        assertThat(both.get(0).path("envelope_id")).isNotEqualTo(both.get(1).path("envelope_id"));
        assertThat(both.get(1).path("retry_reason").asText()).isEqualTo("timeout");
        assertThat(server.faults().redeliverLast().acked()).isFalse();
        assertThat(bot.of("events_api")).hasSize(3);
        assertThat(bot.last("events_api").at("/event/text").asText()).isEqualTo("<@U0PLAYCALL> status");
    }

    @Test
    void aDirectMessageOpensItsConversation() throws Exception {
        bot.connect();
        assertThat(server.directMessage("U0GUEST", "hello <b>").acked()).isTrue();
        var event = bot.last("events_api").path("event");
        assertThat(event.path("channel_type").asText()).isEqualTo("im");
        assertThat(event.path("text").asText()).isEqualTo("hello &lt;b&gt;");
        var channel =
                bot.api().conversationsOpen(r -> r.users(List.of("U0GUEST"))).getChannel();
        assertThat(channel.getId()).isEqualTo(event.path("channel").asText());
        bot.api().chatPostMessage(r -> r.channel(channel.getId()).text("hi"));
        assertThat(server.sights().direct("U0GUEST")).hasSize(2);
        assertThat(bot.api().usersInfo(r -> r.user("U0GUEST")).getUser().isRestricted())
                .isTrue();
    }

    @Test
    void envelopesGoRoundTheSockets() throws Exception {
        bot.connect();
        try (var other = new Bot(server)) {
            other.connect();
            server.command("U0ALICE", OPS, "/ansible", "1");
            server.command("U0ALICE", OPS, "/ansible", "2");
            assertThat(bot.of("slash_commands")).hasSize(1);
            assertThat(other.of("slash_commands")).hasSize(1);
        }
    }

    @Test
    void socketsAreRefreshedDroppedAndRefused() throws Exception {
        bot.connect();
        server.faults().refreshSockets(Duration.ofMillis(300));
        await().until(() -> bot.of("disconnect").size() == 1);
        assertThat(server.command("U0ALICE", OPS, "/ansible", "late").acked()).isTrue();
        await().until(() -> bot.ended.get() == 1 && server.openSockets() == 0);
        bot.connect();
        server.faults().dropSockets();
        await().until(() -> bot.ended.get() == 2);
        server.faults().refuse(true);
        assertThatThrownBy(bot::connect).isInstanceOf(SlackApiException.class);
        server.faults().refuse(false);
        bot.connect();
        server.faults().disableLink();
        await().until(() ->
                bot.of("disconnect").getLast().path("reason").asText().equals("link_disabled"));
        assertThat(server.calls().getLast().method()).isEqualTo("apps.connections.open");
    }

    @Test
    void pingsAreAnsweredUnlessDeaf() throws Exception {
        var socket = bot.connect();
        socket.sendPing(ByteBuffer.allocate(0)).get();
        await().until(() -> bot.pongs.get() == 1);
        server.faults().deaf(true);
        socket.sendPing(ByteBuffer.allocate(0)).get();
        server.faults().refuse(true);
        await().during(Duration.ofMillis(300)).until(() -> bot.pongs.get() == 1);
    }

    @Test
    void answersGoWrongOnDemand() throws Exception {
        server.faults()
                .next(
                        "chat.postMessage",
                        Fault.rateLimited(Optional.of(7)),
                        Fault.status(502),
                        Fault.error("internal_error"));
        assertThatThrownBy(() -> post("a"))
                .isInstanceOfSatisfying(
                        SlackApiException.class,
                        e -> assertThat(e.getResponse().header("Retry-After")).isEqualTo("7"));
        assertThatThrownBy(() -> post("a")).isInstanceOf(SlackApiException.class);
        assertThat(bot.api().chatPostMessage(r -> r.channel(OPS).text("a")).getError())
                .isEqualTo("internal_error");
    }

    @Test
    void answersAreLostOnDemand() throws Exception {
        // the JDK's client: OkHttp by itself repeats a call when a pooled connection ends
        var body = "{\"channel\":\"C0OPS\",\"text\":\"a\"}";
        server.faults().next("chat.postMessage", Fault.cut(), Fault.cut().after(), Fault.hang(Duration.ofMinutes(1)));
        assertThatThrownBy(() -> bot.call("chat.postMessage", body)).isInstanceOf(IOException.class);
        assertThat(server.sights().messages(OPS)).isEmpty();
        assertThatThrownBy(() -> bot.call("chat.postMessage", body)).isInstanceOf(IOException.class);
        assertThat(server.sights().messages(OPS)).hasSize(1);
        assertThatThrownBy(() -> post("a")).isInstanceOf(IOException.class);
        server.faults().next("auth.test", Fault.html(), Fault.empty());
        assertThatThrownBy(() -> bot.api().authTest(r -> r)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void limitsHoldTheApplicationBack() throws Exception {
        server.limits(true);
        for (int i = 0; i < 5; i++) {
            post("burst");
        }
        assertThatThrownBy(() -> post("too fast"))
                .isInstanceOfSatisfying(
                        SlackApiException.class,
                        e -> assertThat(e.getResponse().header("Retry-After")).isNotNull());
        assertThat(server.overruns()).isOne();
        assertThat(bot.api()
                        .chatPostMessage(r -> r.channel("C0GENERAL").text("elsewhere"))
                        .isOk())
                .isTrue();
    }

    @Test
    void aFileIsSharedToAThread() throws Exception {
        var ts = post("run");
        var bytes = "ok: [web1]\n".getBytes(StandardCharsets.UTF_8);
        bot.api()
                .filesUploadV2(
                        r -> r.channel(OPS).threadTs(ts).filename("run.log").fileData(bytes));
        assertThat(server.sights().files(OPS)).singleElement().satisfies(f -> {
            assertThat(f.content()).isEqualTo("ok: [web1]\n");
            assertThat(f.threadTs()).contains(ts);
        });
        assertThat(server.sights().transcript(OPS)).contains("(file run.log, 11 bytes)");
        server.removeBot(OPS);
        assertThatThrownBy(() -> bot.api()
                        .filesUploadV2(r -> r.channel(OPS).filename("b.log").fileData(bytes)))
                .isInstanceOf(RuntimeException.class);
        assertThat(server.calls().getLast().answer()).contains("not_in_channel");
    }

    @Test
    void oneExampleOfEveryShapeIsKept(@TempDir Path folder) throws Exception {
        server.recordTo(folder);
        post("one");
        post("two");
        postButtons();
        try (var kept = java.nio.file.Files.list(folder)) {
            assertThat(kept).hasSize(2).allMatch(p -> p.getFileName().toString().startsWith("chat.postMessage-"));
        }
    }
}
