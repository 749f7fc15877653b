package dev.playcall.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.boot.Application;
import dev.playcall.boot.GatewayMode;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.config.runtime.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Playbooks written over HTTP, each looked at by the real Ansible first. */
class PlaybookIT {
    private static final String PATH = "/api/v1/playbooks";
    private static final Terminal SCREEN = new Terminal(200, false, false);
    private static final String GOOD = "- hosts: all\n  gather_facts: false\n  roles: [greet]\n";

    @TempDir
    Path home;

    private Application application;
    private HttpGateway gateway;

    @BeforeEach
    void start() throws IOException {
        file("inventory/prod/hosts.yml", "all: { hosts: { h1: { ansible_connection: local } } }\n");
        file("playbooks/deploy.yml", "- hosts: all\n  tasks: []\n");
        file("playbooks/roles/greet/tasks/main.yml", "- ansible.builtin.debug: { msg: hello }\n");
        file("config/playcall.yml", "access: { policies: [{ operations: [play], approvals: 1 }] }\n");
        application = Application.open(ConfigFile.load(home, Optional.empty(), Map.of()), GatewayMode.WORKING, true);
        application.start();
        gateway = new HttpGateway(application.found());
    }

    @AfterEach
    void stop() {
        gateway.close();
        application.close();
    }

    private void file(String name, String text) throws IOException {
        Files.createDirectories(home.resolve(name).getParent());
        Files.writeString(home.resolve(name), text);
    }

    private JsonNode read(String name) {
        return gateway.ask("GET", PATH + "/" + name, Map.of());
    }

    private String create(String name, String playbook) {
        return gateway.ask("POST", PATH, Map.of("name", name, "playbook", playbook))
                .path("message")
                .asText();
    }

    private String write(String name, String playbook, String meta, String tag) {
        var body = new HashMap<String, String>(Map.of("playbook", playbook));
        if (!meta.equals("-")) {
            body.put("meta", meta);
        }
        return gateway.ask("PUT", PATH + "/" + name, body, Map.of("If-Match", tag))
                .path("message")
                .asText();
    }

    private void leavesNothingBehind() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("playbooks"))) {
            assertThat(files).noneMatch(f -> f.getFileName().toString().startsWith(".check"));
        }
    }

    @Test
    void aPlaybookIsWrittenReadChangedAndHadBack() throws IOException {
        assertThat(create("greet", GOOD)).contains("greet is there");
        assertThat(gateway.run("playbook show greet", SCREEN).text()).contains("roles: [greet]");
        var first = read("greet").path("etag").asText();
        assertThat(write("greet", GOOD + "# more\n", "title: Say hello\n", first))
                .contains("is written");
        assertThat(gateway.run("playbooks", SCREEN).text()).contains("Say hello");
        assertThat(gateway.run("playbook restore greet", SCREEN).text()).contains("is again as it was");
        assertThat(read("greet").path("playbook").asText()).isEqualTo(GOOD);
        assertThat(read("greet").path("meta").isNull()).isTrue();
        assertThat(gateway.run("playbook delete greet", SCREEN).refused()).isTrue();
        assertThat(gateway.run("playbook delete greet greet", SCREEN).text()).contains("is deleted");
        assertThat(home.resolve("playbooks/greet.yml")).doesNotExist();
        assertThat(gateway.ask("GET", PATH + "/greet/versions", Map.of()).path("versions"))
                .hasSize(3);
        assertThat(gateway.run("playbook restore greet", SCREEN).refused()).isFalse();
        assertThat(read("greet").path("playbook").asText()).isEqualTo(GOOD);
        leavesNothingBehind();
    }

    @Test
    void whatAnsibleDoesNotUnderstandIsRefusedWithItsLine() throws IOException {
        var before = Files.readString(home.resolve("playbooks/deploy.yml"));
        var tag = read("deploy").path("etag").asText();
        assertThatThrownBy(() -> write(
                        "deploy", "- hosts: all\n  tasks:\n    - nosuch.module.at_all: {}\n      with: [\n", "-", tag))
                .hasMessageContaining("playbooks/deploy.yml:")
                .hasMessageNotContainingAny(".check-", "Traceback");
        assertThatThrownBy(() -> create("lost", "- hosts: all\n  roles: [nowhere]\n"))
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> write("deploy", GOOD, "title: x\nvariables:\n  a: { type: txt }\n", tag))
                .hasMessageContaining("playbooks/deploy.meta.yml:3")
                .hasMessageContaining("text");
        assertThat(home.resolve("playbooks/deploy.yml")).hasContent(before);
        assertThat(home.resolve("playbooks/lost.yml")).doesNotExist();
        leavesNothingBehind();
    }

    @Test
    void ofTwoWritersTheSecondIsTold() {
        var seen = read("deploy").path("etag").asText();
        assertThat(write("deploy", GOOD, "-", '"' + seen + '"')).contains("is written");
        assertThatThrownBy(() -> write("deploy", GOOD + "# mine\n", "-", seen))
                .hasMessageContaining("another user changed");
        assertThatThrownBy(() -> create("deploy", GOOD)).hasMessageContaining("there is a playbook deploy already");
        assertThatThrownBy(() -> gateway.ask("PUT", PATH + "/deploy", Map.of("playbook", GOOD)))
                .hasMessageContaining("If-Match");
    }

    @Test
    void noNameLeadsOutOfTheFolder() throws IOException {
        file("secret.yml", "- hosts: all\n");
        Files.createSymbolicLink(home.resolve("playbooks/link.yml"), home.resolve("secret.yml"));
        for (var name : new String[] {"..%2Fsecret", "%2e%2e%2fsecret", "link"}) {
            assertThatThrownBy(() -> read(name)).as(name).isInstanceOf(RefusedException.class);
        }
        for (var name : new String[] {"../evil", "a/b", ".hidden", "x.meta", ""}) {
            assertThatThrownBy(() -> create(name, GOOD)).as(name).isInstanceOf(RefusedException.class);
        }
        assertThatThrownBy(() -> create("link", GOOD)).isInstanceOf(RefusedException.class);
        assertThat(home.resolve("secret.yml")).hasContent("- hosts: all\n");
    }

    @Test
    void nobodyChangesWhatPeopleAreAskedToAgreeTo() {
        var run = gateway.run("play deploy prod", SCREEN);
        assertThat(run.text()).contains("approval");
        var seen = read("deploy").path("etag").asText();
        assertThatThrownBy(() -> write("deploy", GOOD, "-", seen))
                .hasMessageContaining("#1")
                .hasMessageContaining("is pending");
        assertThat(gateway.run("playbook delete deploy deploy", SCREEN).text()).contains("#1");
        assertThat(create("other", GOOD)).contains("approval of #1 is invalidated");
        gateway.run("cancel 1", SCREEN);
        assertThat(write("deploy", GOOD, "-", seen)).contains("is written");
    }
}
