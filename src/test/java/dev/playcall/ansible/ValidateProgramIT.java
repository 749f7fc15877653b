package dev.playcall.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The validate program with real Ansible on small projects. */
class ValidateProgramIT {
    private static final String GOOD_INVENTORY = """
        all:
          children:
            web:
              hosts: {web1: {}, web2: {}}
            db:
              hosts: {db1: {}}
        """;
    private static final String GOOD_PLAYBOOK = """
        ---
        - name: Deploy
          hosts: web
          tasks:
            - name: Say hello
              ansible.builtin.debug:
                msg: hello
        """;

    @TempDir
    Path project;

    private SupervisedRun validate(boolean lint, String... playbooks) throws IOException {
        var request = new ObjectMapper().createObjectNode();
        request.putArray("inventories")
                .add(project.resolve("inventory/hosts.yml").toString());
        var list = request.putArray("playbooks");
        Arrays.stream(playbooks)
                .map(p -> project.resolve("playbooks").resolve(p).toString())
                .forEach(list::add);
        request.put("lint", lint).put("root", project.toString());
        var file = Files.writeString(project.resolve("request.json"), request.toString());
        return SupervisedRun.ansible(
                        project.resolve("run"),
                        "/usr/bin/python3",
                        "-I",
                        SupervisedRun.PROGRAMS.resolve("validate.py").toString(),
                        file.toString())
                // As the gateway sets them: only YAML, and what does not parse is an error.
                .env("ANSIBLE_INVENTORY_ENABLED", "yaml")
                .env("ANSIBLE_INVENTORY_UNPARSED_FAILED", "1")
                .env("ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED", "1");
    }

    private void file(String name, String content) throws IOException {
        var file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static List<JsonNode> events(SupervisedRun run, String kind) {
        return run.events().stream()
                .filter(e -> e.path("e").asText().equals(kind))
                .toList();
    }

    private static List<String> findings(SupervisedRun run, String severity) {
        return events(run, "finding").stream()
                .filter(e -> e.path("severity").asText().equals(severity))
                .map(e -> e.path("file").asText() + ":" + e.path("line").asText() + ": "
                        + e.path("text").asText())
                .toList();
    }

    private static String step(SupervisedRun run, String name) {
        return events(run, "step").stream()
                .filter(e -> e.path("name").asText().equals(name))
                .reduce((_, last) -> last)
                .map(e -> e.path("st").asText())
                .orElse("absent");
    }

    @Test
    void aSoundProjectPasses() throws Exception {
        file("inventory/hosts.yml", GOOD_INVENTORY);
        file("playbooks/deploy.yml", GOOD_PLAYBOOK);
        file("playbooks/update.yml", GOOD_PLAYBOOK);
        try (var run = validate(true, "deploy.yml", "update.yml")) {
            assertThat(run.toEnd().path("rc").asInt()).isZero();
            assertThat(run.output()).contains("✓ inventory parses: 3 hosts in 2 groups", "2 playbooks passed");
            assertThat(findings(run, "error")).isEmpty();
            assertThat(List.of(step(run, "yaml"), step(run, "inventory"), step(run, "syntax")))
                    .containsOnly("ok");
            var all = run.events();
            assertThat(all.stream().map(e -> e.path("n").asInt()))
                    .containsExactlyElementsOf(java.util.stream.IntStream.rangeClosed(1, all.size())
                            .boxed()
                            .toList());
            assertThat(all.getFirst().path("e").asText()).isEqualTo("start");
            assertThat(all.getFirst().path("core").asText()).startsWith("2.");
            assertThat(all.getLast().path("e").asText()).isEqualTo("stats");
            assertThat(all.getLast().path("hosts").asInt()).isEqualTo(3);
            assertThat(all.getLast().path("failed").asInt()).isZero();
        }
    }

    @Test
    void everyFaultIsNamedWithItsPlace() throws Exception {
        file("inventory/hosts.yml", GOOD_INVENTORY);
        file("inventory/group_vars/web.yml", "web_port: 80\nweb_user: deploy\nweb_port: 81\n");
        file("playbooks/good.yml", GOOD_PLAYBOOK);
        file("playbooks/indent.yml", "- hosts: web\n  tasks:\n    - name: x\n      debug:\n     when: a\n");
        file("playbooks/module.yml", "- hosts: web\n  tasks:\n    - name: unknown\n      no.such.module:\n");
        file("playbooks/keyword.yml", "- hosts: web\n  tsks: []\n");
        file("playbooks/role.yml", "- hosts: web\n  roles: [broken]\n");
        file("playbooks/roles/broken/tasks/main.yml", "- name: x\n  debug:\n    msg: [\n");
        try (var run =
                validate(false, "good.yml", "indent.yml", "module.yml", "keyword.yml", "role.yml", "absent.yml")) {
            assertThat(run.toEnd().path("rc").asInt()).isEqualTo(2);
            assertThat(findings(run, "error"))
                    .hasSize(5)
                    .anySatisfy(f -> assertThat(f).startsWith("playbooks/indent.yml:5: "))
                    .anySatisfy(f ->
                            assertThat(f).startsWith("playbooks/module.yml:3: ").contains("no.such.module"))
                    // The line of the play, or since 2.19 that of the keyword.
                    .anySatisfy(f -> assertThat(f).matches("playbooks/keyword.yml:[12]: .*tsks.*"))
                    .anySatisfy(f -> assertThat(f)
                            .startsWith("playbooks/roles/broken/tasks/main.yml:")
                            .contains("found through playbooks/role.yml"))
                    .anySatisfy(f -> assertThat(f).isEqualTo("playbooks/absent.yml:null: is missing"));
            assertThat(findings(run, "warning"))
                    .singleElement()
                    .asString()
                    .startsWith("inventory/group_vars/web.yml:3: ");
            assertThat(run.output()).contains("✗ playbooks/module.yml:3: ").doesNotContain("✗ playbooks/good.yml");
            assertThat(run.events().getLast().path("failed").asInt()).isEqualTo(5);
            assertThat(step(run, "lint")).isEqualTo("skipped");
        }
    }

    @Test
    void whatTheLinterSaysIsAWarning() throws Exception {
        file("inventory/hosts.yml", GOOD_INVENTORY);
        file("playbooks/deploy.yml", "- hosts: web\n  tasks:\n    - command: echo hello\n");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/ansible-lint")));
        try (var run = validate(true, "deploy.yml")) {
            assertThat(run.toEnd().path("rc").asInt()).isZero();
            assertThat(findings(run, "error")).isEmpty();
            assertThat(findings(run, "warning"))
                    .isNotEmpty()
                    .allSatisfy(f -> assertThat(f).startsWith("playbooks/deploy.yml:"));
            assertThat(step(run, "lint")).isEqualTo("ok");
        }
    }

    @Test
    void anInventoryThatCannotBeReadIsOneErrorWithItsLine() throws Exception {
        file("inventory/hosts.yml", "all:\n  hosts:\n    a:\n   b: x\n");
        file("playbooks/deploy.yml", GOOD_PLAYBOOK);
        try (var run = validate(false, "deploy.yml")) {
            assertThat(run.toEnd().path("rc").asInt()).isEqualTo(2);
            assertThat(findings(run, "error")).singleElement().asString().startsWith("inventory/hosts.yml:4: ");
            assertThat(step(run, "inventory")).isEqualTo("failed");
            assertThat(step(run, "syntax")).isEqualTo("ok");
        }
    }

    @Test
    void anInventoryWithoutHostsIsAnError() throws Exception {
        file("inventory/hosts.yml", "all:\n  children:\n    web:\n      hosts: {}\n");
        try (var run = validate(false)) {
            assertThat(run.toEnd().path("rc").asInt()).isEqualTo(2);
            assertThat(findings(run, "error")).containsExactly("inventory/hosts.yml:null: has no hosts");
            assertThat(run.events().getLast().path("hosts").asInt()).isZero();
        }
    }

    @Test
    void aMissingInventoryIsAnError() throws Exception {
        try (var run = validate(false)) {
            assertThat(run.toEnd().path("rc").asInt()).isEqualTo(2);
            assertThat(findings(run, "error")).containsExactly("inventory/hosts.yml:null: is missing");
        }
    }

    @Test
    void withoutAnsibleOneLineSaysSo() throws Exception {
        file("inventory/hosts.yml", GOOD_INVENTORY);
        try (var run = validate(false)) {
            assertThat(run.env("PATH", "/nowhere").toEnd().path("rc").asInt()).isEqualTo(2);
            assertThat(findings(run, "error")).singleElement().asString().contains("is not installed");
            assertThat(run.events().getLast().path("failed").asInt()).isEqualTo(1);
        }
    }
}
