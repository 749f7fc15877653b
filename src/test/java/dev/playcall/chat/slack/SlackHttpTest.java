package dev.playcall.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.chat.slack.api.SlackSdk;
import dev.playcall.chat.slack.bolt.SlackApp;
import dev.playcall.config.Config.Secret;
import dev.playcall.testing.ManualClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is taken over HTTP, and what is not. */
class SlackHttpTest {
    private static final Secret SECRET = new Secret("8f742231b10e8888abcd99yyyzzz85a5");

    private final ManualClock clock = new ManualClock(Instant.ofEpochSecond(1_531_420_618));
    private final SlackApp slackApp = new SlackApp(SlackSdk.create(URI.create("http://127.0.0.1:9/api/")));
    private final EventAcknowledger eventAcknowledger = new EventAcknowledger(slackApp, Duration.ofMillis(100));
    private final SlackHttp door = new SlackHttp(slackApp, eventAcknowledger, SECRET, clock);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, String> signed(String body, long at, String type) {
        var signature = new SlackSignatures(SECRET, clock).signature(Long.toString(at), bytes(body));
        return Map.of(
                "X-Slack-Request-Timestamp", Long.toString(at), "x-slack-signature", signature, "Content-Type", type);
    }

    private int status(Map<String, String> headers, String body) {
        return door.handle(headers, bytes(body)).status();
    }

    @Test
    void theSignatureIsThatOfSlacksOwnExample() {
        var body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
                + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
                + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
                + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        assertThat(new SlackSignatures(SECRET, clock).signature("1531420618", bytes(body)))
                .isEqualTo("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
    }

    @Test
    void theChallengeIsAnsweredWhenItIsSigned() {
        var body = "{\"type\":\"url_verification\",\"challenge\":\"abc\"}";
        var reply = door.handle(signed(body, clock.instant().getEpochSecond(), "application/json"), bytes(body));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("abc");
    }

    @Test
    void forgedOldFutureAndRepeatedRequestsAreRefused() {
        var body = "command=%2Fdeploy&text=production";
        long now = clock.instant().getEpochSecond();
        var type = "application/x-www-form-urlencoded";
        assertThat(status(Map.of(), body)).isEqualTo(401);
        assertThat(status(signed(body, now - 301, type), body)).isEqualTo(401);
        assertThat(status(signed(body, now + 301, type), body)).isEqualTo(401);
        assertThat(status(signed(body, now, type), body + "x")).isEqualTo(401);
        var good = signed(body, now, type);
        assertThat(status(good, body)).isEqualTo(200);
        assertThat(status(good, body)).isEqualTo(401);
        assertThat(door.handle(good, new byte[(1 << 20) + 1]).status()).isEqualTo(413);
        assertThat(new SlackHttp(slackApp, eventAcknowledger, new Secret(""), clock)
                        .handle(signed(body, now, type), bytes(body))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void whatCannotBeReadIsRefused() {
        long now = clock.instant().getEpochSecond();
        assertThat(status(signed("payload=%zz", now, "x"), "payload=%zz")).isEqualTo(400);
        assertThat(status(signed("{", now, "application/json"), "{")).isEqualTo(400);
        assertThat(status(signed("a=b", now, "x"), "a=b")).isEqualTo(400);
    }
}
