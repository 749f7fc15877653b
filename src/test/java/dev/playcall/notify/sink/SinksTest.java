package dev.playcall.notify.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.config.ReceiverConfig.Connection;
import dev.playcall.config.ReceiverConfig.Mention;
import dev.playcall.config.ReceiverConfig.Ping;
import dev.playcall.notify.dispatch.Sink;
import dev.playcall.notify.dispatch.Sink.Result;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import dev.playcall.notify.routing.Mentions;
import dev.playcall.notify.template.NotificationTemplates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SinksTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String SECRET =
            "whsec_" + Base64.getEncoder().encodeToString(bytes("a secret of some length"));
    private static final ObjectMapper JSON = new ObjectMapper();

    private Receiver receiver;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @BeforeEach
    void open() throws IOException {
        receiver = new Receiver();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private static Notification parcel(String title, String text) {
        var item = new Notification.Item(
                NotificationEvent.Status.OPEN,
                Severity.ERROR,
                "run.failed",
                title,
                text,
                "http://page/runs/7",
                NOW,
                new TreeMap<>());
        var content = new Notification.Content(
                false, Severity.ERROR, 1, 0, 0, new TreeMap<>(Map.of("environment", "production")), List.of(item));
        return new Notification(7, "hook", "group/1", Optional.empty(), true, 0, NOW, false, content);
    }

    private Sink webhook(String... secrets) {
        return new WebhookSink(
                receiver.address("/in"), List.of(secrets), Connection.PRIVATE, NotificationTemplates.USUAL, () -> NOW);
    }

    @Test
    void aWebhookIsSignedOverItsIdItsTimeAndItsBodyWithEveryKey() throws Exception {
        assertThat(webhook(SECRET, "old-secret").deliver(parcel("#7 deploy failed", "disk full")))
                .isInstanceOf(Result.Delivered.class);
        var got = receiver.got().getFirst();
        assertThat(got.header("webhook-id")).isEqualTo("playcall-7");
        assertThat(got.header("webhook-timestamp")).isEqualTo(Long.toString(NOW.getEpochSecond()));
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(bytes("a secret of some length"), "HmacSHA256"));
        mac.update(bytes("playcall-7." + NOW.getEpochSecond() + "."));
        var wanted = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(bytes(got.text())));
        assertThat(got.header("webhook-signature").split(" ")).hasSize(2).contains(wanted);
        var json = JSON.readTree(got.text());
        assertThat(json.path("summary").asText()).isEqualTo("ERROR: #7 deploy failed");
        assertThat(json.at("/group/environment").asText()).isEqualTo("production");
        assertThat(json.at("/notices/0/text").asText()).isEqualTo("disk full");
    }

    @Test
    void whatMayGetBetterIsTriedAgainAndWhatWillNotIsNot() {
        record Row(int status, Map<String, String> headers, Class<? extends Result> result) {}
        var rows = List.of(
                new Row(204, Map.of(), Result.Delivered.class),
                new Row(500, Map.of(), Result.Retry.class),
                new Row(503, Map.of(), Result.Retry.class),
                new Row(429, Map.of(), Result.Retry.class),
                new Row(408, Map.of(), Result.Retry.class),
                new Row(400, Map.of(), Result.Rejected.class),
                new Row(401, Map.of(), Result.Rejected.class),
                new Row(404, Map.of(), Result.Rejected.class),
                new Row(410, Map.of(), Result.Rejected.class),
                new Row(302, Map.of("Location", "http://169.254.169.254/"), Result.Rejected.class));
        for (var row : rows) {
            receiver.says(row.status(), row.headers());
            assertThat(webhook().deliver(parcel("t", "")))
                    .as("%d", row.status())
                    .isInstanceOf(row.result());
        }
        assertThat(receiver.got()).hasSize(rows.size());
    }

    @Test
    void theReceiverSaysHowLongToWait() {
        for (var wait : Map.of("7", 7_000L, "0.5", 500L).entrySet()) {
            receiver.says(429, Map.of("Retry-After", wait.getKey()));
            assertThat(webhook().deliver(parcel("t", "")))
                    .isEqualTo(new Result.Retry("it answered 429", Optional.of(Duration.ofMillis(wait.getValue()))));
        }
        for (var nonsense : List.of("abc", "-1", "Sun, 01 Mar 1970 00:00:00 GMT", "")) {
            receiver.says(503, Map.of("Retry-After", nonsense));
            assertThat(webhook().deliver(parcel("t", "")))
                    .as(nonsense)
                    .isEqualTo(new Result.Retry("it answered 503", Optional.empty()));
        }
    }

    @Test
    void whereNobodyAnswersItIsTriedAgainAndTheAddressIsNotTold() throws IOException {
        URI gone;
        try (var closed = new Receiver()) {
            gone = closed.address("/T0KEN/secret");
        }
        var result = new WebhookSink(gone, List.of(), Connection.PRIVATE, NotificationTemplates.USUAL, () -> NOW)
                .deliver(parcel("t", ""));
        assertThat(result).isInstanceOf(Result.Retry.class);
        assertThat(result.toString()).doesNotContain("T0KEN", "secret", "127.0.0.1");
        var nameless = URI.create("http://no-such-host.invalid/T0KEN");
        assertThat(new WebhookSink(nameless, List.of(), Connection.PRIVATE, NotificationTemplates.USUAL, () -> NOW)
                        .deliver(parcel("t", ""))
                        .toString())
                .doesNotContain("T0KEN", "no-such-host");
    }

    @Test
    void anAddressInsideIsRefusedUnlessItIsAllowed() {
        var sink = new WebhookSink(
                receiver.address("/in"), List.of(), Connection.PUBLIC, NotificationTemplates.USUAL, () -> NOW);
        assertThat(sink.deliver(parcel("t", ""))).isInstanceOf(Result.Refused.class);
        assertThat(receiver.got()).isEmpty();
    }

    @Test
    void everyAddressInsideIsKnown() throws Exception {
        for (var inside : List.of(
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "0.0.0.0",
                "100.64.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "ff02::1")) {
            assertThat(Destinations.isInside(InetAddress.getByName(inside)))
                    .as(inside)
                    .isTrue();
        }
        for (var outside : List.of("8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::808:808")) {
            assertThat(Destinations.isInside(InetAddress.getByName(outside)))
                    .as(outside)
                    .isFalse();
        }
    }

    @Test
    void aTextOfSomebodyElseCallsNobodyInTheWebhooksOfChats() throws Exception {
        var evil = parcel("<!channel> @everyone <@U1>", "*bold* <http://evil|x>");
        for (var kind : ChatWebhookSink.Kind.values()) {
            new ChatWebhookSink(
                            receiver.address("/" + kind),
                            kind,
                            Connection.PRIVATE,
                            NotificationTemplates.USUAL,
                            Mentions.NONE)
                    .deliver(evil);
        }
        var slack = JSON.readTree(receiver.got().getFirst().text());
        assertThat(slack.path("text").asText()).doesNotContain("<!channel>", "<@U1>");
        assertThat(slack.findValuesAsText("type")).doesNotContain("mrkdwn");
        var discord = JSON.readTree(receiver.got().getLast().text());
        assertThat(discord.at("/allowed_mentions/parse").isArray()).isTrue();
        assertThat(discord.at("/allowed_mentions/parse")).isEmpty();
    }

    @Test
    void whatIsTooLongForAPlatformIsCutBetweenCharacters() throws Exception {
        var long_ = parcel("x".repeat(5_000), "😀".repeat(20_000));
        for (var kind : ChatWebhookSink.Kind.values()) {
            new ChatWebhookSink(
                            receiver.address("/" + kind),
                            kind,
                            Connection.PRIVATE,
                            NotificationTemplates.USUAL,
                            Mentions.NONE)
                    .deliver(long_);
        }
        new NtfySink(receiver.address("/alerts"), Optional.of("tk_1"), Connection.PRIVATE, NotificationTemplates.USUAL)
                .deliver(long_);
        var slack = JSON.readTree(receiver.got().get(0).text());
        slack.path("blocks")
                .forEach(b -> assertThat(b.at("/text/text").asText().length()).isLessThanOrEqualTo(3_000));
        var discord = JSON.readTree(receiver.got().get(1).text());
        assertThat(discord.path("content").asText().length()).isLessThanOrEqualTo(2_000);
        assertThat(discord.at("/embeds/0/description").asText().length()).isLessThanOrEqualTo(4_096);
        for (var got : receiver.got()) {
            assertThat(got.text())
                    .doesNotContain("?", "\ufffd")
                    .matches(t -> !t.matches("(?s).*[\\ud800-\\udbff](?![\\udc00-\\udfff]).*"));
        }
    }

    @Test
    void ntfyIsToldTheTopicTheTokenAndHowBadItIs() throws Exception {
        assertThat(new NtfySink(
                                receiver.address("/base/alerts"),
                                Optional.of("tk_1"),
                                Connection.PRIVATE,
                                NotificationTemplates.USUAL)
                        .deliver(parcel("down", "x")))
                .isInstanceOf(Result.Delivered.class);
        var got = receiver.got().getFirst();
        assertThat(got.path()).isEqualTo("/base/");
        assertThat(got.header("Authorization")).isEqualTo("Bearer tk_1");
        var json = JSON.readTree(got.text());
        assertThat(json.path("topic").asText()).isEqualTo("alerts");
        assertThat(json.path("priority").asInt()).isEqualTo(4);
        assertThat(json.path("click").asText()).isEqualTo("http://page/runs/7");
    }

    private static Mentions pings(Mention... who) {
        return Mentions.of("ops", List.of(new Ping("here", "error", List.of(who))))
                        instanceof Mentions.Built.Valid(var mentions)
                ? mentions
                : Mentions.NONE;
    }

    @Test
    void whoIsNamedInTheConfigurationIsCalledAndNobodyElse() throws Exception {
        var evil = parcel("@everyone <@U9> <@&666> <!channel>", "@here");
        new ChatWebhookSink(
                        receiver.address("/s"),
                        ChatWebhookSink.Kind.SLACK,
                        Connection.PRIVATE,
                        NotificationTemplates.USUAL,
                        pings(new Mention(Mention.Kind.GROUP, "S1"), new Mention(Mention.Kind.PERSON, "U1")))
                .deliver(evil);
        var slack = JSON.readTree(receiver.got().getFirst().text());
        var markup = slack.path("blocks")
                .valueStream()
                .map(b -> b.path("text"))
                .filter(t -> t.path("type").asText().equals("mrkdwn"))
                .map(t -> t.path("text").asText())
                .toList();
        assertThat(markup).containsExactly("<!subteam^S1> <@U1>");
        assertThat(slack.path("text").asText()).doesNotContain("<");

        new ChatWebhookSink(
                        receiver.address("/d"),
                        ChatWebhookSink.Kind.DISCORD,
                        Connection.PRIVATE,
                        NotificationTemplates.USUAL,
                        pings(
                                new Mention(Mention.Kind.GROUP, "77"),
                                new Mention(Mention.Kind.PERSON, "55"),
                                new Mention(Mention.Kind.EVERYBODY, "")))
                .deliver(evil);
        var discord = JSON.readTree(receiver.got().getLast().text());
        assertThat(discord.at("/allowed_mentions").toString())
                .isEqualTo("{\"parse\":[\"everyone\"],\"users\":[\"55\"],\"roles\":[\"77\"]}");
        assertThat(discord.path("content").asText().split("@everyone", -1))
                .as("only ours")
                .hasSize(2);
        assertThat(discord.path("content").asText()).startsWith("<@&77> <@55> @everyone ERROR: ");
    }

    @Test
    void whatIsRefusedForItsFormIsSaidAgainInOneLine() throws Exception {
        var big = parcel("x".repeat(400), "y".repeat(50_000));
        for (var kind : ChatWebhookSink.Kind.values()) {
            receiver.says(400, Map.of());
            assertThat(new ChatWebhookSink(
                                    receiver.address("/c"),
                                    kind,
                                    Connection.PRIVATE,
                                    NotificationTemplates.USUAL,
                                    Mentions.NONE)
                            .deliver(big))
                    .isEqualTo(
                            new Result.Delivered("", "it answered 400 to the full message and accepted a plain one"));
            assertThat(receiver.got().getLast().text().length()).isLessThan(700);
        }
        receiver.says(413, Map.of());
        assertThat(new NtfySink(
                                receiver.address("/t"),
                                Optional.empty(),
                                Connection.PRIVATE,
                                NotificationTemplates.USUAL)
                        .deliver(big))
                .isInstanceOf(Result.Delivered.class);
        receiver.says(413, Map.of());
        assertThat(webhook(SECRET).deliver(big)).isInstanceOf(Result.Delivered.class);
        var cut = JSON.readTree(receiver.got().getLast().text());
        assertThat(cut.path("cut").asBoolean()).isTrue();
        assertThat(cut.path("notices").isMissingNode()).isTrue();
        assertThat(cut.path("open").asInt()).isEqualTo(1);
        receiver.says(400, Map.of());
        receiver.says(400, Map.of());
        assertThat(new NtfySink(
                                receiver.address("/t"),
                                Optional.empty(),
                                Connection.PRIVATE,
                                NotificationTemplates.USUAL)
                        .deliver(big))
                .isEqualTo(new Result.Rejected("it answered 400"));
    }

    @Test
    void ntfyIsNotToldMoreBytesThanItTakes() throws Exception {
        new NtfySink(receiver.address("/t"), Optional.empty(), Connection.PRIVATE, NotificationTemplates.USUAL)
                .deliver(parcel("t", "値".repeat(3_000)));
        var said =
                JSON.readTree(receiver.got().getFirst().text()).path("message").asText();
        assertThat(bytes(said).length).isBetween(1_000, 4_000);
    }

    @Test
    void anAppriseServerIsToldAndItsOwnAnswersAreUnderstood() throws Exception {
        var sink = new AppriseApiSink(
                receiver.address("/notify/abc"), "ops", Connection.PRIVATE, NotificationTemplates.USUAL);
        assertThat(sink.deliver(parcel("down", "x"))).isEqualTo(new Result.Delivered(""));
        var json = JSON.readTree(receiver.got().getFirst().text());
        assertThat(json.path("title").asText()).isEqualTo("ERROR: down");
        assertThat(json.path("type").asText()).isEqualTo("failure");
        assertThat(json.path("tag").asText()).isEqualTo("ops");
        for (var row : Map.of(204, Result.Rejected.class, 424, Result.Retry.class, 500, Result.Retry.class)
                .entrySet()) {
            receiver.says(row.getKey(), Map.of());
            assertThat(sink.deliver(parcel("t", ""))).as("%d", row.getKey()).isInstanceOf(row.getValue());
        }
    }

    @Test
    void aNameInAnAddressIsSaidAsItShouldBe() {
        var address = receiver.address("/in");
        var named = URI.create(address.toString().replace("//", "//robot:p%40ss@"));
        new WebhookSink(named, List.of(), Connection.PRIVATE, NotificationTemplates.USUAL, () -> NOW)
                .deliver(parcel("t", ""));
        assertThat(receiver.got().getFirst().header("Authorization"))
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString(bytes("robot:p@ss")));
    }
}
