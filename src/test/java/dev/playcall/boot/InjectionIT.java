package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.testing.Gateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people type is data. None of these executes, and none that is wrong leaves a run behind. */
class InjectionIT {
    private static final List<String> REFUSED = List.of(
            "deploy prod --limit @/etc/passwd",
            "deploy prod --limit ~.*",
            "deploy prod --limit h1:&h2",
            "deploy prod --limit h1[0]",
            "deploy prod --limit=-i,/tmp",
            "deploy prod --limit ../../etc",
            "deploy prod --limit '{{ lookup(\"pipe\", \"touch PWNED\") }}'",
            "deploy prod --limit '$(touch PWNED)'",
            "deploy prod --tags '-e@/etc/passwd'",
            "deploy prod --tags '{{ x }}'",
            "deploy prod --tags 'a b'",
            "deploy prod --inventory /tmp/x",
            "deploy prod -i /tmp/x",
            "deploy prod -vvvvv",
            "deploy prod --connection local",
            "deploy prod --become",
            "deploy prod --start-at-task 'a\nb'",
            "deploy prod --skip-tags '{{ x }}'",
            "deploy prod --vault-password-file PWNED",
            "deploy prod -e @/etc/passwd",
            "deploy prod -e ansible_connection=local",
            "deploy prod -e ansible_ssh_common_args='-o ProxyCommand=\"touch PWNED\"'",
            "deploy prod -e ansible_python_interpreter=/tmp/x",
            "deploy prod -e ansible_ssh_executable=/tmp/x",
            "deploy prod -e become_user=root",
            "deploy prod -e unknown=1",
            "deploy prod version='v1; touch PWNED'",
            "deploy prod version='{{ lookup(\"pipe\", \"touch PWNED\") }}'",
            "deploy prod version=../../../etc",
            "deploy ../prod",
            "deploy /etc",
            "deploy prod/../prod",
            "deploy '{{ env }}'",
            "deploy prod; touch PWNED",
            "deploy prod && touch PWNED",
            "deploy prod | touch PWNED",
            "play ../../etc/x prod",
            "play /tmp/evil.yml prod",
            "play ../playbooks/deploy.yml prod",
            "play -i prod",
            "`touch PWNED`",
            "$(touch PWNED)",
            "deploy \u202eprod",
            "deploy prod\u0000",
            "retry 1; touch PWNED",
            "cancel -1",
            "retry 99999999999999999999",
            "deploy prod --limit \"unclosed");

    private static final Map<String, String> SECRETS =
            Map.of("SLACK_SIGNING_SECRET", "hush-hush-value", "MY_PASSWORD", "other-value");

    @TempDir
    private static Path home;

    private static Gateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = new Gateway(home, SECRETS);
        gateway.environment("prod", List.of("h1", "h2"));
        gateway.file(
                "playbooks/deploy.yml",
                "- hosts: all\n"
                        + "  gather_facts: false\n"
                        + "  tasks:\n"
                        + "    - ansible.builtin.debug:\n"
                        + "        msg: \"note is {{ note }}\"\n"
                        + "    - ansible.builtin.copy:\n"
                        + "        content: \"{{ note }}\"\n"
                        + "        dest: \"{{ playbook_dir }}/../out-{{ inventory_hostname }}\"\n"
                        + "        mode: \"0600\"\n");
        gateway.file(
                "playbooks/deploy.meta.yml",
                "variables:\n  version: { type: version, default: v1 }\n  note: { type: text, default: none }\n"
                        + "  words: { type: list, default: [a] }\n");
        gateway.file(
                "playbooks/environment.yml",
                "- hosts: h1\n"
                        + "  gather_facts: false\n"
                        + "  tasks:\n"
                        + "    - ansible.builtin.command: env\n"
                        + "      changed_when: false\n"
                        + "      register: e\n"
                        + "    - ansible.builtin.debug: {var: e.stdout_lines}\n");
        gateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void whatIsWrongIsRefusedInOneLineAndLeavesNothingBehind() {
        int before = runs();
        for (var line : REFUSED) {
            var answer = Gateway.json(gateway.post("/api/v1/console", Map.of("text", line, "width", 400)));
            assertThat(answer.path("refused").asBoolean())
                    .as("%s → %s", line, answer)
                    .isTrue();
            assertThat(answer.path("text").asText().strip().lines()).as(line).hasSize(1);
        }
        assertThat(runs()).isEqualTo(before);
        nothingWasExecuted();
    }

    @Test
    void theSameGoesForTheApi() {
        var bad = List.<Map<String, Object>>of(
                Map.of("operation", "deploy", "environment", "prod", "limit", "@/etc/passwd"),
                Map.of("operation", "deploy", "environment", "prod", "tags", List.of("--inventory=/tmp")),
                Map.of("operation", "deploy", "environment", "prod", "variables", Map.of("ansible_connection", "ssh")),
                Map.of(
                        "operation",
                        "deploy",
                        "environment",
                        "prod",
                        "variables",
                        Map.of("note", Map.of("__ansible_vault", "x"))),
                Map.of("operation", "deploy", "environment", "prod", "variables", Map.of("note", "a\nb")),
                Map.of("operation", "deploy", "environment", "prod", "variables", Map.of("version", List.of("a", "b"))),
                Map.of("operation", "deploy", "environment", "../prod"),
                Map.of("operation", "../deploy", "environment", "prod"),
                Map.of("operation", "play", "environment", "prod", "playbook", "../../x"),
                Map.of("operation", "deploy", "environment", "prod", "argv", List.of("sh")),
                Map.of("operation", "deploy", "environment", "prod", "check", "yes"));
        int before = runs();
        for (var body : bad) {
            var response = gateway.post("/api/v1/runs", body);
            assertThat(response.statusCode()).as("%s", body).isEqualTo(400);
            assertThat(Gateway.json(response).path("field").asText())
                    .as("%s", body)
                    .isNotEmpty();
        }
        assertThat(runs()).isEqualTo(before);
    }

    @Test
    void bracesInAValueAreBracesAndAreNeverLookedUp() throws Exception {
        var hostile = "{{ lookup('pipe', 'touch " + home.resolve("PWNED") + "') }}";
        long run =
                gateway.run("deploy", "prod", Map.of("variables", Map.of("note", hostile, "words", List.of(hostile))));
        await().atMost(Duration.ofMinutes(1)).until(() -> gateway.isOver(run));
        assertThat(gateway.status(run)).isEqualTo("success");
        assertThat(Files.readString(home.resolve("out-h1"))).isEqualTo(hostile);
        nothingWasExecuted();
    }

    private static int runs() {
        return gateway.get("/api/v1/runs?limit=500").path("runs").size();
    }

    private static void nothingWasExecuted() {
        assertThat(home.resolve("PWNED")).doesNotExist();
        assertThat(Path.of("PWNED")).doesNotExist();
    }

    @Test
    void anInventoryThatIsAProgramIsNotEvenOffered() throws Exception {
        var evil = home.resolve("inventory/evil/hosts.yml");
        Files.createDirectories(evil.getParent());
        Files.writeString(evil, "#!/bin/sh\ntouch " + home.resolve("PWNED") + "\necho '{}'\n");
        evil.toFile().setExecutable(true);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> gateway.get("/api/v1/environments")
                        .path("problems")
                        .toString()
                        .contains("is an inventory script"));
        var answer = gateway.post("/api/v1/runs", Map.of("operation", "ping", "environment", "evil"));
        assertThat(answer.statusCode()).isEqualTo(400);
        nothingWasExecuted();
    }

    @Test
    void aSecretOfTheGatewayIsNotInAnsiblesEnvironment() {
        long run = gateway.run("play", "prod", Map.of("playbook", "environment"));
        await().atMost(Duration.ofMinutes(1)).until(() -> gateway.isOver(run));
        var log = gateway.send(gateway.request("/api/v1/runs/" + run + "/log")).body();
        assertThat(log).contains("PATH=").doesNotContain(SECRETS.values());
    }
}
