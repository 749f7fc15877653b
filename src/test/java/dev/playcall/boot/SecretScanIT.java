package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.notify.sink.Receiver;
import dev.playcall.rehearsal.discord.DiscordServer;
import dev.playcall.rehearsal.slack.SlackServer;
import dev.playcall.testing.Gateway;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that uses ten secrets of awkward shapes and says them in every way it can. Then everything that can be looked at
 * is looked at: no process, file, channel, answer or page holds one of them.
 */
class SecretScanIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OPS = "C0OPS";
    private static final Map<String, String> SECRETS = AwkwardSecrets.ALL;

    @TempDir
    private Path home;

    private final SlackServer slack = SlackServer.start();
    private final DiscordServer discord = DiscordServer.start();
    private final dev.playcall.rehearsal.discord.Person dora = discord.person("300000000000000001", "dora");
    private final String operations = discord.channel("operations");
    private Receiver receiver;
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        slack.channel(OPS, "ops");
        slack.person("U0ALICE", "alice");
        receiver = new Receiver();
        var settings = new HashMap<>(SlackStage.settings(slack));
        settings.putAll(DiscordStage.settings(discord));
        gateway = new Gateway(home, settings);
        gateway.environment("prod", List.of("h1", "h2"));
        gateway.file("playbooks/deploy.yml", AwkwardSecrets.playbook(home.resolve("go-on")));
        gateway.file("playbooks/deploy.meta.yml", AwkwardSecrets.meta());
        gateway.file("config/playcall.yml", notifications());
        gateway.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> slack.openSockets() > 0 && discord.usable());
    }

    @AfterEach
    void stop() {
        gateway.close();
        slack.close();
        discord.close();
        receiver.close();
    }

    /** Everything goes to a receiver of each kind. */
    private String notifications() {
        return """
            notify:
              receivers:
                ops: { slack: %s }
                guild: { discord: "%s" }
                program: { webhook: "%s", allow_private: true }
                teams: { slack_webhook: "%s", allow_private: true }
                server: { discord_webhook: "%s", allow_private: true }
                phone: { ntfy: "%s", allow_private: true }
              route: { receivers: [ops, guild, program, teams, server, phone], wait: 1s, interval: 1s }
            """.formatted(
                        OPS,
                        operations,
                        receiver.address("/program"),
                        receiver.address("/slack"),
                        receiver.address("/discord"),
                        receiver.address("/topic"));
    }

    private void keep(String name, String value) throws IOException {
        var body = JSON.writeValueAsString(Map.of("value", value));
        var answer = gateway.send(gateway.request("/api/v1/secrets/global/" + name)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void nothingThatCanBeLookedAtHoldsASecret() throws Exception {
        var given = "given-for-this-run-alone-4711";
        var told = gateway.command(SECRETS.get("plain") + "\n", Map.of(), "secret", "set", "plain")
                .join();
        assertThat(told.code()).as(told.out() + told.err()).isZero();
        for (var secret : SECRETS.entrySet().stream().skip(1).toList()) {
            keep(secret.getKey(), secret.getValue());
        }
        var wanted = new LinkedHashSet<String>(AwkwardSecrets.spellings(given));
        for (var value : SECRETS.values()) {
            wanted.addAll(AwkwardSecrets.spellings(value));
        }
        long run = gateway.run("deploy", "prod", Map.of("variables", Map.of("given", Map.of("secret", given))));
        await().atMost(Duration.ofMinutes(2)).until(() -> log(run).contains("TASK [Wait]"));
        assertThat(hits(processes(), wanted)).as("processes").isEmpty();
        assertThat(hits(answers(run), wanted)).as("answers while it runs").isEmpty();
        Files.writeString(home.resolve("go-on"), "");
        await().atMost(Duration.ofMinutes(4)).until(() -> gateway.isOver(run));
        assertThat(gateway.status(run)).isEqualTo("failed");
        assertThat(log(run)).contains("Say s_json", "plain [secret] json", "from outside [secret] and [secret]");
        assertThat(home.resolve("PWNED")).doesNotExist();
        tell(given);
        discord.directMessage(dora, "show " + run);
        discord.directMessage(dora, "logs " + run + " --tail 1000");
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(slack.sights().transcript(OPS)).contains("failed");
            assertThat(discord.transcript(operations)).contains("failed");
            assertThat(discord.messages(discord.direct(dora))).hasSizeGreaterThanOrEqualTo(4);
            for (var path : List.of("/program", "/slack", "/discord", "/")) {
                assertThat(received(path)).as(path).contains("failed").contains("4711 alert");
            }
        });

        assertThat(hits(answers(run), wanted)).as("answers").isEmpty();
        assertThat(hits(channel(), wanted)).as("Slack").isEmpty();
        assertThat(hits(guild(), wanted)).as("Discord").isEmpty();
        assertThat(hits(payloads(), wanted)).as("what receivers were sent").isEmpty();
        assertThat(hits(ledger(), wanted)).as("deliveries").isEmpty();
        assertThat(hits(tables(), wanted)).as("tables").isEmpty();
        assertThat(hits(files(), wanted)).as("files").isEmpty();
    }

    private String log(long run) {
        return gateway.send(gateway.request("/api/v1/runs/" + run + "/log")).body();
    }

    /** What is found, by the place where. */
    private static List<String> hits(Map<String, String> places, Set<String> wanted) {
        var found = new ArrayList<String>();
        places.forEach((place, text) -> wanted.stream()
                .filter(text::contains)
                .forEach(w -> found.add(w + " in " + place + ": " + around(text, w))));
        return found;
    }

    private static String around(String text, String what) {
        int at = text.indexOf(what);
        return text.substring(Math.max(0, at - 60), Math.min(text.length(), at + what.length() + 60));
    }

    /** Every command line, and every environment that another user may read. */
    private static Map<String, String> processes() throws IOException, InterruptedException {
        var all = new LinkedHashMap<String, String>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            processes
                    .filter(p -> p.getFileName().toString().matches("\\d+"))
                    .map(p -> p.resolve("cmdline"))
                    .forEach(p -> all.put(p.toString(), read(p)));
        }
        if (System.getProperty("user.name").equals("root")) {
            var other = new ProcessBuilder(
                            "setpriv",
                            "--reuid=65534",
                            "--regid=65534",
                            "--clear-groups",
                            "sh",
                            "-c",
                            "cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline 2>/dev/null")
                    .start();
            all.put(
                    "what nobody sees of processes",
                    new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            other.waitFor();
        }
        return all;
    }

    private Map<String, String> answers(long run) throws IOException {
        var all = new LinkedHashMap<String, String>();
        for (var path : List.of(
                "/api/v1/runs",
                "/api/v1/runs/" + run,
                "/api/v1/runs/" + run + "/hosts",
                "/api/v1/runs/" + run + "/log",
                "/api/v1/runs/" + run + "/card",
                "/api/v1/secrets",
                "/api/v1/audit",
                "/api/v1/playbooks",
                "/api/v1/environments",
                "/api/v1/queue",
                "/metrics",
                "/readyz")) {
            all.put(path, gateway.send(gateway.request(path)).body());
        }
        if (gateway.isOver(run)) {
            // Both end with the run.
            var stream = "/api/v1/runs/" + run + "/log/stream";
            all.put(stream, gateway.send(gateway.request(stream)).body());
            var events = gateway.send(gateway.request("/api/v1/runs/" + run + "/events"));
            all.put("events", events.body());
        }
        for (var page : List.of("/", "/runs", "/runs/" + run)) {
            all.put(
                    "page " + page,
                    gateway.send(gateway.request(page).header("Accept", "text/html"))
                            .body());
        }
        for (var line : List.of("show " + run, "logs " + run + " --tail 1000", "runs", "secret list", "audit")) {
            all.put(
                    "console: " + line,
                    gateway.post("/api/v1/console", Map.of("text", line)).body());
        }
        return all;
    }

    private Map<String, String> channel() {
        var all = new LinkedHashMap<String, String>();
        all.put("transcript", slack.sights().transcript(OPS));
        slack.sights().messages(OPS).forEach(m -> all.put(m.ts(), m.toString()));
        slack.sights().files(OPS).forEach(f -> all.put(f.title(), f.content()));
        all.put("calls", slack.calls().toString());
        return all;
    }

    private Map<String, String> guild() {
        var all = new LinkedHashMap<String, String>();
        all.put("transcript", discord.transcript(operations));
        discord.messages(operations).forEach(m -> {
            all.put(m.id(), m.toString());
            all.put("thread of " + m.id(), discord.thread(m.id()).toString());
        });
        all.put("direct messages", discord.messages(discord.direct(dora)).toString());
        all.put("calls", discord.calls().toString());
        assertThat(all.values()).anyMatch(t -> t.contains("[secret]"));
        return all;
    }

    /** Another system says a secret in an alert. */
    private void tell(String given) {
        var told = gateway.post(
                "/api/v1/notifications",
                Map.of(
                        "title",
                        "4711 alert about " + given,
                        "key",
                        given,
                        "subject",
                        given,
                        "labels",
                        Map.of("host", given),
                        "text",
                        String.join(" ", SECRETS.values())));
        assertThat(told.statusCode()).as(told.body()).isBetween(200, 299);
    }

    private String received(String path) {
        return receiver.got().stream()
                .filter(g -> g.path().equals(path))
                .map(Object::toString)
                .collect(Collectors.joining("\n"));
    }

    private Map<String, String> payloads() {
        var all = new LinkedHashMap<String, String>();
        receiver.got().forEach(g -> all.merge(g.path(), g + "\n", String::concat));
        assertThat(all.keySet()).contains("/program", "/slack", "/discord", "/");
        assertThat(all.get("/program")).contains("[secret]");
        return all;
    }

    private Map<String, String> ledger() {
        var all = new LinkedHashMap<String, String>();
        var list = gateway.get("/api/v1/deliveries?limit=100").path("deliveries");
        list.forEach(d -> {
            var path = "/api/v1/deliveries/" + d.path("id").asText();
            all.put(path, d + gateway.send(gateway.request(path)).body());
        });
        assertThat(list.size()).isGreaterThanOrEqualTo(12);
        return all;
    }

    /** Every value of every table, as a reader of the database gets it: also what is still in the write-ahead log. */
    private Map<String, String> tables() throws Exception {
        var all = new LinkedHashMap<String, String>();
        try (var database = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("data/playcall.db"));
                var names = database.createStatement()
                        .executeQuery("select name from sqlite_master where type = 'table'")) {
            while (names.next()) {
                var table = names.getString(1);
                all.put(table, rows(database, table));
            }
        }
        assertThat(all.keySet()).anyMatch(t -> t.startsWith("notice")).anyMatch(t -> t.startsWith("deliver"));
        return all;
    }

    private static String rows(Connection database, String table) throws SQLException {
        var text = new StringBuilder();
        try (var rows = database.createStatement().executeQuery("select * from \"" + table + "\"")) {
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    var bytes = rows.getBytes(i);
                    text.append(bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8))
                            .append('\n');
                }
            }
        }
        return text.toString();
    }

    /** Everything the gateway has on the disk, database, logs and run directories among it. */
    private Map<String, String> files() throws IOException {
        Predicate<Path> own = p -> p.startsWith(home.resolve("data"))
                || p.startsWith(home.resolve("logs"))
                || p.startsWith(home.resolve("inventory"))
                || p.getFileName().toString().matches("gateway.err|command.*");
        var all = new LinkedHashMap<String, String>();
        try (Stream<Path> files = Files.walk(home)) {
            files.filter(Files::isRegularFile).filter(own).forEach(p -> all.put(p.toString(), read(p)));
        }
        assertThat(all.keySet()).anyMatch(p -> p.endsWith("playcall.db")).anyMatch(p -> p.endsWith(".log"));
        return all;
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // it ended meanwhile
        }
    }
}
