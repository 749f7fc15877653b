package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.playcall.notify.sink.Receiver;
import dev.playcall.rehearsal.discord.DiscordServer;
import dev.playcall.rehearsal.slack.SlackServer;
import dev.playcall.testing.Gateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets of awkward shapes in everything that can be notified, to every kind of receiver, and receivers that answer with
 * the secrets in their own addresses. Then everything that was sent or kept is looked at.
 */
class SinkSecretsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OPS = "C0OPS";
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Map<String, String> SECRETS = Map.of(
            "plain", "S3cr3t-plain-0123456789",
            "quotes", "it's \"quoted\" and \\back\\ slashed",
            "lines", "-----BEGIN THING-----\nbGluZSBvbmUgb2YgaXQ=\n-----END THING-----",
            "unicode", "пароль-ключ-ß-値-🔑",
            "address", "a b+c%2F/d?e=f&g#h<i>");
    /** In the addresses of receivers and the ways they are reached. */
    private static final List<String> OWN = List.of(
            "T0KENofTheSlackWebhook42",
            "T0KENofTheDiscordWebhook42",
            "T0KENofTheWebhook42",
            "tk_ofTheNtfyTopic42",
            "T0KENofApprise42",
            "T0KENofTheAppriseServer42",
            "m4il-p4ssword-of-the-robot",
            "am-t0ken-of-the-source-42");

    @TempDir
    private Path home;

    private final SlackServer slack = SlackServer.start();
    private final DiscordServer discord = DiscordServer.start();
    private final GreenMail mail = new GreenMail(setup());
    private Receiver good;
    private Receiver bad;
    private Gateway gateway;
    private String channel;

    private static ServerSetup setup() {
        var setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        setup.setServerStartupTimeout(30_000);
        return setup;
    }

    @BeforeEach
    void start() throws Exception {
        good = new Receiver();
        bad = new Receiver();
        bad.always(500, "refused: " + String.join(" ", OWN) + String.join(" ", SECRETS.values()));
        mail.setUser("robot", "robot", "m4il-p4ssword-of-the-robot");
        mail.start();
        mail.getUserManager().setAuthRequired(true);
        slack.channel(OPS, "ops");
        channel = discord.channel("operations");
        var settings = new HashMap<>(SlackStage.settings(slack));
        settings.putAll(DiscordStage.settings(discord));
        gateway = new Gateway(home, settings);
        gateway.environment("prod", List.of("h1"));
        gateway.file("playbooks/deploy.yml", "- hosts: all\n  tasks: []\n");
        gateway.file("config/playcall.yml", config());
        gateway.start();
        await().atMost(SOON).until(() -> slack.openSockets() > 0 && discord.usable());
    }

    @AfterEach
    void stop() {
        gateway.close();
        slack.close();
        discord.close();
        mail.stop();
        good.close();
        bad.close();
    }

    private String config() {
        var receivers = new StringBuilder();
        receivers.append("    slack: { slack: " + OPS + " }\n    discord: { discord: \"" + channel + "\" }\n");
        for (var kind : Map.of("good", good, "bad", bad).entrySet()) {
            var at = kind.getValue().address("").toString();
            var port = kind.getValue().address("").getPort();
            var k = kind.getKey();
            receivers.append("""
                        %1$s-webhook: { webhook: "%2$s/in/T0KENofTheWebhook42", allow_private: true, secret: "T0KENofTheWebhook42" }
                        %1$s-slack: { slack_webhook: "%2$s/services/T1/T0KENofTheSlackWebhook42", allow_private: true }
                        %1$s-discord: { discord_webhook: "%2$s/api/webhooks/1/T0KENofTheDiscordWebhook42", allow_private: true }
                        %1$s-ntfy: { ntfy: "%2$s/alerts", token: tk_ofTheNtfyTopic42, allow_private: true }
                        %1$s-apprise: { apprise: "json://robot:T0KENofApprise42@127.0.0.1:%3$s/apprise" }
                        %1$s-api: { apprise_api: "%2$s/notify/T0KENofTheAppriseServer42", allow_private: true }
                    """.formatted(k, at, port));
        }
        receivers.append("    inside: { webhook: \"" + good.address("/in/T0KENofTheWebhook42") + "\" }\n");
        receivers.append(
                "    mail: { email: { host: 127.0.0.1, port: " + mail.getSmtp().getPort()
                        + ", encryption: none, user: robot, password: m4il-p4ssword-of-the-robot, from: ops@example.org,"
                        + " to: [a@example.org] } }\n");
        receivers.append("    wrongmail: { email: { host: 127.0.0.1, port: "
                + mail.getSmtp().getPort()
                + ", encryption: none, user: T0KENofTheWebhook42, password: T0KENofApprise42, from: ops@example.org,"
                + " to: [a@example.org] } }\n");
        var names = receivers
                .toString()
                .lines()
                .map(l -> l.strip().split(":", 2)[0])
                .toList();
        return "notify:\n  templates: { text: \"{{body}} {{labels.given}} {{#notices}}{{link}}{{/notices}}\" }\n"
                + "  receivers:\n" + receivers + "  route: { receivers: " + names + ", wait: 0s, interval: 1s }\n"
                + "  sources:\n    hook: { kind: notices, token: am-t0ken-of-the-source-42 }\n";
    }

    private void keep(String name, String value) throws IOException {
        var answer = gateway.send(gateway.request("/api/v1/secrets/global/" + name)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("value", value)))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static Set<String> spellings() throws IOException {
        var all = new LinkedHashSet<String>();
        for (var value : Stream.concat(SECRETS.values().stream(), OWN.stream()).toList()) {
            all.add(value);
            value.lines().map(String::strip).filter(l -> l.length() > 8).forEach(all::add);
            var json = JSON.writeValueAsString(value);
            all.add(json.substring(1, json.length() - 1));
            all.add(java.net.URLEncoder.encode(value, StandardCharsets.UTF_8));
            all.add(Base64.getEncoder().withoutPadding().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
        }
        return all;
    }

    private void tell() throws IOException {
        var events = new ArrayList<Map<String, Object>>();
        for (var secret : SECRETS.entrySet()) {
            var v = secret.getValue();
            events.add(Map.of(
                    "title", "failed over " + v,
                    "text",
                            "json " + JSON.writeValueAsString(v) + " plain " + v + " base64 "
                                    + Base64.getEncoder().encodeToString(v.getBytes(StandardCharsets.UTF_8)),
                    "severity", "error",
                    "link", "https://x.example.org/?q=" + java.net.URLEncoder.encode(v, StandardCharsets.UTF_8),
                    "labels", Map.of("given", v, "case", secret.getKey())));
        }
        for (var own : OWN) {
            events.add(
                    Map.of("title", "said " + own, "text", own, "severity", "error", "labels", Map.of("given", own)));
        }
        var answer = gateway.post(
                "/hooks/hook", Map.of("notifications", events), "Authorization", "Bearer am-t0ken-of-the-source-42");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    @Test
    void noReceiverAndNoPlaceHoldsASecret() throws Exception {
        for (var secret : SECRETS.entrySet()) {
            keep(secret.getKey(), secret.getValue());
        }
        tell();
        await().atMost(SOON).untilAsserted(() -> {
            var states = new HashMap<String, String>();
            gateway.get("/api/v1/deliveries?limit=200")
                    .path("deliveries")
                    .forEach(d -> states.put(
                            d.path("receiver").asText(),
                            d.path("state").asText() + d.path("tries").asInt()));
            assertThat(states).hasSize(17);
            assertThat(states.entrySet())
                    .filteredOn(s -> s.getKey().startsWith("good-")
                            || List.of("slack", "discord", "mail").contains(s.getKey()))
                    .allMatch(s -> s.getValue().startsWith("done"));
            assertThat(states.entrySet())
                    .filteredOn(s -> s.getKey().startsWith("bad-") || s.getKey().equals("wrongmail"))
                    .allMatch(s -> s.getValue().matches("(due|sending)[1-9].*"));
            assertThat(states).containsEntry("inside", "dead1");
        });
        var wanted = spellings();
        assertThat(hits(sent(), wanted)).as("what was sent").isEmpty();
        assertThat(hits(answers(), wanted)).as("what can be asked").isEmpty();
        // The configuration is where they are meant to be.
        assertThat(hits(files(), wanted)).as("what was kept").isEmpty();
        assertThat(sent().toString()).as("something was sent").contains("failed over [secret]");
    }

    private Map<String, String> sent() throws Exception {
        var all = new LinkedHashMap<String, String>();
        for (var receiver : Map.of("good", good, "bad", bad).entrySet()) {
            receiver.getValue()
                    .got()
                    .forEach(g -> all.merge(
                            receiver.getKey() + g.path().replaceAll("T0KEN\\w+", ""), g.text(), String::concat));
        }
        all.put("slack", slack.sights().transcript(OPS));
        slack.calls().forEach(c -> all.merge("slack calls", c.toString(), String::concat));
        all.put("discord", discord.transcript(channel));
        discord.calls().forEach(c -> all.merge("discord calls", c.toString(), String::concat));
        for (var message : mail.getReceivedMessages()) {
            var out = new ByteArrayOutputStream();
            message.writeTo(out);
            all.merge("mail", out.toString(StandardCharsets.UTF_8), String::concat);
            var parts = (jakarta.mail.Multipart) message.getContent();
            for (int i = 0; i < parts.getCount(); i++) {
                all.merge("mail", String.valueOf(parts.getBodyPart(i).getContent()), String::concat);
            }
        }
        assertThat(all.keySet())
                .contains("slack", "discord", "mail", "good/apprise", "good/alerts".replace("alerts", ""));
        return all;
    }

    private Map<String, String> answers() {
        var all = new LinkedHashMap<String, String>();
        for (var path : List.of("/api/v1/deliveries?limit=200", "/metrics", "/readyz", "/api/v1/audit", "/")) {
            all.put(path, gateway.send(gateway.request(path)).body());
        }
        gateway.get("/api/v1/deliveries?limit=200").path("deliveries").forEach(d -> {
            var path = "/api/v1/deliveries/" + d.path("id").asText();
            all.put(path, gateway.send(gateway.request(path)).body());
        });
        return all;
    }

    private Map<String, String> files() throws IOException {
        var all = new LinkedHashMap<String, String>();
        try (Stream<Path> files = Files.walk(home)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (!file.startsWith(home.resolve("config")) && !file.toString().contains("/data/apprise/")) {
                    all.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
                    all.put(file + " in UTF-8", new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
                }
            }
        }
        return all;
    }

    private static List<String> hits(Map<String, String> places, Set<String> wanted) {
        var found = new ArrayList<String>();
        places.forEach((place, text) -> wanted.stream().filter(text::contains).forEach(w -> {
            int at = text.indexOf(w);
            found.add(w + " in " + place + ": "
                    + text.substring(Math.max(0, at - 60), Math.min(text.length(), at + w.length() + 60)));
        }));
        return found;
    }
}
