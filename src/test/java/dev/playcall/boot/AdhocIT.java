package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.testing.Gateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules without any playbook, on two hosts of real Ansible, through HTTP and a line of chat. */
class AdhocIT {
    private static final String HOSTILE =
            "{{ lookup('pipe', 'touch PWNED') }}; touch PWNED && $(touch PWNED) `touch PWNED`\n- hosts: all\n"
                    + "\"quoted\" 'too' \\ @/etc/passwd {% raw %} #😀";

    @TempDir
    private static Path home;

    private static Gateway gateway;

    @BeforeAll
    static void start() throws Exception {
        // A dozen short runs, for which importing Ansible is most of the work.
        gateway = Gateway.warm(home);
        gateway.environment("prod", List.of("h1", "h2"));
        gateway.file("config/playcall.yml", """
            adhoc:
              modules: [ping, setup, command, shell, copy, debug, file]
            """);
        Files.createDirectories(home.resolve("playbooks/group_vars"));
        gateway.file("playbooks/group_vars/all.yml", "greeting: hello\n");
        gateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static JsonNode done(Map<String, ?> body) {
        var response = gateway.post("/api/v1/runs", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return over(Gateway.json(response).path("id").asLong());
    }

    private static JsonNode over(long id) {
        await().atMost(Duration.ofMinutes(1)).until(() -> gateway.isOver(id));
        return gateway.get("/api/v1/runs/" + id);
    }

    private static String log(JsonNode run) {
        return gateway.send(gateway.request("/api/v1/runs/" + run.path("id").asLong() + "/log"))
                .body();
    }

    private static Map<String, Object> adhoc(String module, Object arguments) {
        return Map.of("operation", "adhoc", "environment", "prod", "module", module, "args", arguments);
    }

    private static JsonNode said(String line) {
        return Gateway.json(gateway.post("/api/v1/console", Map.of("text", line, "width", 400)));
    }

    @Test
    void pingAndSetupReachEveryHostAndTheLogHoldsWhatTheySaid() {
        var ping = done(adhoc("ping", Map.of()));
        assertThat(ping.path("status").asText()).isEqualTo("success");
        assertThat(ping.path("type").asText()).isEqualTo("adhoc");
        assertThat(ping.path("module").asText()).isEqualTo("ping");
        assertThat(ping.path("successful_servers").asInt()).isEqualTo(2);
        assertThat(log(ping)).contains("ok: [h1]", "ok: [h2]", "pong");
        assertThat(said("show " + ping.path("id").asLong()).path("text").asText())
                .as("hosts with the same result are named together")
                .contains("h1, h2:", "ping=pong");
        var setup = done(adhoc("setup", Map.of("filter", "ansible_python_version")));
        assertThat(setup.path("status").asText()).isEqualTo("success");
        assertThat(log(setup)).contains("python_version");
        var types = gateway.get("/api/v1/runs?type=adhoc").path("runs");
        assertThat(types)
                .isNotEmpty()
                .allMatch(r -> r.path("operation").asText().equals("adhoc"));
        assertThat(gateway.get("/api/v1/runs?type=playbook").path("runs"))
                .noneMatch(r -> r.path("operation").asText().equals("adhoc"));
    }

    @Test
    void thePingOfAnEnvironmentNeedsNoPlaybook() {
        var ping = over(gateway.run("ping", "prod", Map.of("limit", "all:&h1:!h2")));
        assertThat(ping.path("status").asText()).isEqualTo("success");
        assertThat(ping.path("type").asText()).isEqualTo("playbook");
        var servers = gateway.get("/api/v1/environments/prod").path("servers");
        assertThat(servers.get(0).path("ssh").path("status").asText()).isEqualTo("ok");
    }

    @Test
    void whateverIsInAnArgumentIsWrittenAsItIs() throws IOException {
        var file = home.resolve("written");
        var run = done(adhoc("copy", Map.of("content", HOSTILE, "dest", file.toString(), "mode", "0600")));
        assertThat(run.path("status").asText()).as(log(run)).isEqualTo("success");
        assertThat(Files.readString(file)).isEqualTo(HOSTILE);
        var shell = done(adhoc("shell", "printf '%s' '{{ 7 * 7 }} {{ greeting }}' > '" + home.resolve("shown") + "'"));
        assertThat(shell.path("status").asText()).as(log(shell)).isEqualTo("success");
        assertThat(Files.readString(home.resolve("shown"))).isEqualTo("{{ 7 * 7 }} {{ greeting }}");
        var command = done(adhoc("command", "echo a;b $(touch PWNED) \"{{ greeting }}\""));
        assertThat(log(command)).contains("a;b $(touch PWNED) {{ greeting }}");
        assertThat(said("show " + command.path("id").asLong()).path("text").asText())
                .contains("h1, h2:", "a;b $(touch PWNED) {{ greeting }}")
                .doesNotContain("rc=0");
        assertThat(home.resolve("PWNED")).doesNotExist();
        assertThat(home.resolve("playbooks/PWNED")).doesNotExist();
    }

    @Test
    void aSecretArgumentIsInNoLogAndInNoFileThatStays() throws IOException {
        var secret = "[hush, {{ hush }}]x9";
        var body = Map.of(
                "content",
                Map.of("secret", secret),
                "dest",
                home.resolve("kept").toString());
        var run = done(adhoc("copy", body));
        assertThat(run.path("status").asText()).as(log(run)).isEqualTo("success");
        assertThat(Files.readString(home.resolve("kept"))).isEqualTo(secret);
        assertThat(log(run) + run).doesNotContain("hush");
        try (var files = Files.walk(home.resolve("data"))) {
            for (var file : files.filter(Files::isRegularFile)
                    .filter(f -> f.endsWith("playbook.yml"))
                    .toList()) {
                assertThat(Files.readString(file)).doesNotContain("hush");
            }
        }
    }

    @Test
    void aLineOfChatDoesTheSameAndARetryRepeatsIt() {
        var refused = said("adhoc prod apt name=x");
        assertThat(refused.path("refused").asBoolean()).isTrue();
        assertThat(refused.path("text").asText()).contains("not allowed", "adhoc.modules");
        assertThat(said("adhoc prod shell echo two words").path("text").asText())
                .contains("in quotes");
        var answer = said("adhoc prod shell 'test {{ inventory_hostname }} = h1 || exit 3' --limit 'h1:h2:!h1'");
        assertThat(answer.path("refused").asBoolean()).as(answer.toString()).isFalse();
        var run = over(answer.path("run").asLong());
        assertThat(run.path("status").asText()).isEqualTo("failed");
        assertThat(run.path("limit").asText()).isEqualTo("h1:h2:!h1");
        assertThat(run.path("args_text").asText()).startsWith("test {{");
        var again = Gateway.json(gateway.post("/api/v1/runs/" + run.path("id").asLong() + "/retry", Map.of()));
        var retried = over(again.path("id").asLong());
        assertThat(retried.path("args_text").asText())
                .isEqualTo(run.path("args_text").asText());
        assertThat(retried.path("retry_of").asLong()).isEqualTo(run.path("id").asLong());
        assertThat(retried.path("total_servers").asInt()).isEqualTo(1);
    }

    @Test
    void optionsReachAnsibleAsWhatTheyAre() {
        gateway.file("playbooks/steps.yml", """
            - hosts: all
              gather_facts: false
              tasks:
                - { name: First step, ansible.builtin.debug: { msg: one } }
                - { name: Second step, ansible.builtin.debug: { msg: two } }
                - { name: Slow step, ansible.builtin.debug: { msg: three }, tags: [slow] }
            """);
        await().until(() -> gateway.get("/api/v1/playbooks").toString().contains("steps"));
        var run = over(said("play steps prod --start-at-task 'Second*' --skip-tags slow -vv --flush-cache")
                .path("run")
                .asLong());
        assertThat(run.path("status").asText()).isEqualTo("success");
        assertThat(log(run)).contains("two", "task path:").doesNotContain("First step", "three");
        assertThat(run.path("options").path("verbosity").asInt()).isEqualTo(2);
        var none = over(gateway.run("play", "prod", Map.of("playbook", "steps", "start_at_task", "--extra-vars=@/x")));
        assertThat(none.path("status").asText()).isEqualTo("failed");
    }
}
