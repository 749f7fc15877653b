package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.rehearsal.slack.SlackServer;
import dev.playcall.testing.Gateway;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
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
    private static final Map<String, String> SECRETS = secrets();

    @TempDir
    private Path home;

    private final SlackServer slack = SlackServer.start();
    private Gateway gateway;

    private static Map<String, String> secrets() {
        var all = new LinkedHashMap<String, String>();
        all.put("plain", "S3cr3t-plain-0123456789");
        all.put("quotes", "it's \"quoted\" and \\back\\ slashed");
        all.put("json", "{\"user\":\"robot\",\"pass\":\"hunter-two\"}");
        all.put("lines", "-----BEGIN THING-----\nbGluZSBvbmUgb2YgaXQ=\n  indented line two\n-----END THING-----");
        all.put("unicode", "пароль-ключ-ß-値-🔑");
        all.put("address", "a b+c%2F/d?e=f&g#h<i>");
        all.put("braces", "{{ lookup('env', 'HOME') }}-and-{% raw %}");
        all.put("shell", "$(touch PWNED);`id`|&>x");
        all.put("dashes", "-rf --help  two  blanks");
        all.put("short", "Zq9!k");
        return all;
    }

    @BeforeEach
    void start() throws Exception {
        slack.channel(OPS, "ops");
        slack.person("U0ALICE", "alice");
        gateway = new Gateway(home, SlackStage.settings(slack));
        gateway.environment("prod", List.of("h1", "h2"));
        gateway.file("playbooks/deploy.yml", playbook());
        gateway.file("playbooks/deploy.meta.yml", meta());
        gateway.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> slack.openSockets() > 0);
    }

    @AfterEach
    void stop() {
        gateway.close();
        slack.close();
    }

    /** The first of them goes into the environment, the others are variables. */
    private static String meta() {
        var text = new StringBuilder("title: Deploy with secrets\nvariables:\n");
        text.append("  PLAIN_TOKEN: { secret: { name: plain, as: environment } }\n");
        SECRETS.keySet().stream()
                .skip(1)
                .forEach(name -> text.append("  s_" + name + ": { secret: { name: " + name + " } }\n"));
        return text.append("  given: { secret: true, required: true }\n").toString();
    }

    private String playbook() {
        var tasks = new StringBuilder();
        SECRETS.keySet().stream().skip(1).forEach(name -> tasks.append("""
                    - name: Say s_NAME
                      ansible.builtin.debug:
                        msg: "plain {{ s_NAME }} json {{ s_NAME | to_json }} base64 {{ s_NAME | b64encode }} more {{ ('user:' ~ s_NAME) | b64encode }} url {{ s_NAME | urlencode }} quoted {{ s_NAME | quote }} html {{ s_NAME | e }}"
                    - name: Pipe s_NAME
                      ansible.builtin.command: { cmd: cat, stdin: "{{ s_NAME }}" }
                      changed_when: false
                      register: said
                    - ansible.builtin.debug: { var: said }
                    - name: Stumble over s_NAME
                      ansible.builtin.fail: { msg: "it is {{ s_NAME }}" }
                      ignore_errors: true
                """.replace("NAME", name)));
        return """
                - name: Use secrets
                  hosts: all
                  gather_facts: false
                  tasks:
                    - ansible.builtin.debug: { msg: "from outside {{ lookup('env', 'PLAIN_TOKEN') }} and {{ given }}" }
                    - ansible.builtin.set_fact: { kept: "{{ given }}", list: ["{{ given }}"] }
                    - ansible.builtin.debug: { msg: "{{ item }}" }
                      loop: "{{ list }}"
                    - name: Wait
                      ansible.builtin.wait_for: { path: %s, timeout: 120 }
                """.formatted(home.resolve("go-on")) + tasks + """
                    - name: Give up over {{ given }}
                      ansible.builtin.fail: { msg: "all of them: {{ given }} {{ s_quotes }} {{ s_lines }} {{ s_unicode }} {{ lookup('env', 'PLAIN_TOKEN') }}" }
                """;
    }

    /** How it may be written; a piece that is short could be anything. */
    private static Set<String> spellings(String value) throws IOException {
        var all = new LinkedHashSet<String>();
        all.add(value);
        value.lines().map(String::strip).forEach(all::add);
        for (var text : List.copyOf(all)) {
            var json = JSON.writeValueAsString(text);
            all.add(json.substring(1, json.length() - 1));
            all.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
            all.add(Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        }
        all.removeIf(s -> s.length() < 5);
        return all;
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
        var wanted = new LinkedHashSet<String>(spellings(given));
        for (var value : SECRETS.values()) {
            wanted.addAll(spellings(value));
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
        await().atMost(Duration.ofMinutes(1))
                .until(() -> slack.sights().transcript(OPS).contains("failed"));

        assertThat(hits(answers(run), wanted)).as("answers").isEmpty();
        assertThat(hits(channel(), wanted)).as("channel").isEmpty();
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
