package dev.playcall.notify.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.notify.StandardWebhook;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PushHookTest {
    private static final String SECRET = "It's a Secret to Everybody";

    private final AtomicInteger pushes = new AtomicInteger();
    private final PushHook hook = new PushHook(SECRET, "main"::equals, pushes::incrementAndGet);

    private static String signed(String secret, String body) {
        return "sha256="
                + HexFormat.of()
                        .formatHex(StandardWebhook.hmac(
                                secret.getBytes(StandardCharsets.UTF_8), body.getBytes(StandardCharsets.UTF_8)));
    }

    private int post(Map<String, String> headers, String body) {
        return hook.handle(headers, body.getBytes(StandardCharsets.UTF_8)).status();
    }

    @Test
    void whoeverKnowsTheSecretIsHeard() {
        var body = "{\"ref\":\"refs/heads/main\"}";
        assertThat(post(Map.of("x-hub-signature-256", signed(SECRET, body)), body))
                .isEqualTo(202);
        assertThat(post(Map.of("X-Gitlab-Token", SECRET), body)).isEqualTo(202);
        assertThat(pushes).hasValue(2);
        assertThat(post(Map.of("X-Hub-Signature-256", signed("other", body)), body))
                .isEqualTo(401);
        assertThat(post(Map.of("X-Hub-Signature-256", signed(SECRET, body)), body + " "))
                .isEqualTo(401);
        assertThat(post(Map.of(), body)).isEqualTo(401);
        assertThat(pushes).hasValue(2);
    }

    /** How GitHub posts unless its content type is changed by hand; the signature covers the form as it came. */
    @Test
    void aPushInAFormIsHeard() {
        var body = "payload=%7B%22ref%22%3A%22refs%2Fheads%2Fmain%22%7D";
        var type = Map.of(
                "Content-Type", "application/x-www-form-urlencoded", "X-Hub-Signature-256", signed(SECRET, body));
        assertThat(post(type, body)).isEqualTo(202);
        assertThat(pushes).hasValue(1);
    }

    /** The example of GitHub's documentation, so that both sides of the test are not ours. */
    @Test
    void githubsOwnExampleFits() {
        var body = "Hello, World!";
        var signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        assertThat(signed(SECRET, body)).isEqualTo(signature);
        assertThat(post(Map.of("X-Hub-Signature-256", signature), body)).isEqualTo(400);
    }

    @Test
    void otherBranchesAndTagsAreNotOurs() {
        for (var ref : new String[] {"refs/heads/feature", "refs/tags/main", "main", ""}) {
            assertThat(post(Map.of("X-Gitlab-Token", SECRET), "{\"ref\":\"" + ref + "\"}"))
                    .isEqualTo(202);
        }
        assertThat(post(Map.of("X-Gitlab-Token", SECRET), "{\"zen\":\"ping\"}")).isEqualTo(202);
        assertThat(pushes).hasValue(0);
    }

    @Test
    void withoutASecretNobodyIsHeard() {
        var open = new PushHook("", _ -> true, pushes::incrementAndGet);
        assertThat(open.handle(Map.of("X-Gitlab-Token", ""), "{}".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(401);
    }
}
