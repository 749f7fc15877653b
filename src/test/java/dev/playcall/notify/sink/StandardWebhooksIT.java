package dev.playcall.notify.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.config.Config.Secret;
import dev.playcall.config.NotifyConfig;
import dev.playcall.config.ReceiverConfig.Connection;
import dev.playcall.notify.NotificationSamples;
import dev.playcall.notify.dispatch.NotificationEngine;
import dev.playcall.notify.inbound.InboundHook;
import dev.playcall.notify.template.NotificationTemplates;
import dev.playcall.store.Database;
import dev.playcall.testing.PayloadTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our signatures and those of the reference library of Standard Webhooks mean the same, in both directions. */
class StandardWebhooksIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NEW =
            "whsec_" + Base64.getEncoder().encodeToString("the new key of the hook".getBytes(StandardCharsets.UTF_8));
    private static final String OLD =
            "whsec_" + Base64.getEncoder().encodeToString("the old key of the hook".getBytes(StandardCharsets.UTF_8));
    private static final String SCRIPT = """
        const { Webhook } = require('standardwebhooks');
        const ask = JSON.parse(require('fs').readFileSync(0, 'utf8'));
        const hook = new Webhook(ask.secret);
        if (ask.sign) {
          const at = new Date();
          process.stdout.write(JSON.stringify({ at: Math.floor(at.getTime() / 1000).toString(),
              signature: hook.sign(ask.id, at, ask.body) }));
        } else {
          let good = true;
          try { hook.verify(ask.body, ask.headers); } catch (e) { good = false; }
          process.stdout.write(JSON.stringify({ good }));
        }
        """;

    @TempDir
    private Path folder;

    private static JsonNode node(Map<String, ?> ask) throws IOException, InterruptedException {
        var process = new ProcessBuilder("node", "-e", SCRIPT)
                .directory(PayloadTypes.packages().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var in = process.getOutputStream()) {
            in.write(JSON.writeValueAsBytes(ask));
        }
        var said = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return JSON.readTree(said);
    }

    private static boolean verified(String secret, Receiver.Got got, String body)
            throws IOException, InterruptedException {
        var headers = new HashMap<String, String>();
        List.of("webhook-id", "webhook-timestamp", "webhook-signature").forEach(h -> headers.put(h, got.header(h)));
        return node(Map.of("secret", secret, "headers", headers, "body", body))
                .path("good")
                .asBoolean();
    }

    @Test
    void theLibraryVerifiesWhatWeSend() throws Exception {
        try (var receiver = new Receiver()) {
            var sink = new WebhookSink(
                    receiver.address("/in"),
                    List.of(NEW, OLD),
                    Connection.PRIVATE,
                    NotificationTemplates.USUAL,
                    Clock.systemUTC());
            sink.deliver(NotificationSamples.open("Größe – диск full 🔥", "97 %\n\u2028"));
            var got = receiver.got().getFirst();
            assertThat(verified(NEW, got, got.text())).isTrue();
            assertThat(verified(OLD, got, got.text()))
                    .as("while one key replaces the other")
                    .isTrue();
            assertThat(verified(NEW, got, got.text() + " ")).isFalse();
            assertThat(verified("whsec_" + Base64.getEncoder().encodeToString(new byte[24]), got, got.text()))
                    .isFalse();
        }
    }

    @Test
    void weVerifyWhatTheLibrarySends() throws Exception {
        try (var database = Database.open("jdbc:sqlite:" + folder.resolve("n.db"), Clock.systemUTC())) {
            var notificationEngine = new NotificationEngine(
                    database.notices(),
                    database.alerts(),
                    database.events(),
                    () -> dev.playcall.notify.routing.NotificationRules.of(Optional.empty()),
                    () -> Map.of(),
                    new NotificationEngine.Texts(t -> t, ""),
                    new NotificationEngine.Timing(Clock.systemUTC(), System::nanoTime, new Random(1)));
            var source = new NotifyConfig.Source(NotifyConfig.Kind.NOTICES, new Secret(""), new Secret(NEW));
            var inboundHook = new InboundHook("hook", source, notificationEngine.outbox(), Clock.systemUTC());
            var body = "{\"title\":\"Größe – 🔥\"}";
            var signed = node(Map.of("secret", NEW, "sign", true, "id", "m1", "body", body));
            var headers = Map.of(
                    "webhook-id", "m1",
                    "webhook-timestamp", signed.path("at").asText(),
                    "webhook-signature", signed.path("signature").asText());
            assertThat(inboundHook
                            .handle(headers, body.getBytes(StandardCharsets.UTF_8))
                            .status())
                    .isEqualTo(202);
            assertThat(inboundHook
                            .handle(headers, (body + " ").getBytes(StandardCharsets.UTF_8))
                            .status())
                    .isEqualTo(401);
        }
    }
}
