package dev.playcall.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.boot.Application;
import dev.playcall.boot.GatewayMode;
import dev.playcall.boot.settings.Settings;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.testing.GalaxyFixture;
import dev.playcall.testing.PlaybookCorpus;
import dev.playcall.testing.WheelFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A playbook that needs a collection and a package which this machine has not: made for it, and run in it. */
class VenvRunIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private static final String INVENTORY = """
        # ours
        h1 ansible_connection=local   # the one
        [jump_hosts]
        localhost ansible_connection=local rack=7 # here
        """;

    @TempDir
    Path home;

    private Application application;
    private HttpGateway gateway;

    @BeforeEach
    void start() throws IOException {
        home = home.toRealPath();
        write("playbooks/deploy.yml", """
            - hosts: all
              gather_facts: false
              roles: [acme.tools.hello]
              tasks:
                - debug: { msg: "run by {{ ansible_playbook_python }}" }
                - command: "{{ ansible_playbook_python }} -c 'import acme_greeting; print(acme_greeting.TEXT)'"
            """);
        write("playbooks/deploy.meta.yml", "venv: { python_packages: [acme-greeting] }\n");
        write("playbooks/other.yml", "- hosts: all\n  gather_facts: false\n  tasks: [{ debug: { msg: hi } }]\n");
        write("playbooks/other.meta.yml", "venv: nobody_made_1\n");
        write("inventory/prod/hosts.ini", INVENTORY);
        write("config/playcall.yml", "venv: { wheels: wheels, collections: archives }\n");
        WheelFolder.make(home.resolve("wheels"));
        GalaxyFixture.collection(home.resolve("archives"), "1.0.0", "hello-from-acme");
        application = Application.open(
                new Settings(() -> ConfigFile.read(home, Optional.empty(), Map.of())), GatewayMode.WORKING, true);
        application.start();
        gateway = new HttpGateway(application.found());
    }

    @AfterEach
    void stop() {
        gateway.close();
        application.close();
    }

    private void write(String file, String text) throws IOException {
        var path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private JsonNode ended(String line) {
        var run = gateway.run(line, new Terminal(80, false, false)).run().orElseThrow();
        return await().atMost(TIMEOUT)
                .until(() -> gateway.run(run), r -> !r.path("end_time").isNull());
    }

    private String say(String line) {
        return gateway.run(line, new Terminal(200, false, false)).text();
    }

    @Test
    void aRunIsExecutedInTheEnvironmentOfItsPlaybookAndSaysWhich() throws Exception {
        var refused = ended("play other prod --limit h1");
        assertThat(refused.path("reason").asText())
                .isEqualTo("the Python environment nobody_made_1 of other is not installed: venv deploy <playbook>"
                        + " localhost");

        var first = ended("deploy prod --limit h1");
        assertThat(first.path("status").asText()).as("%s", first.path("reason")).isEqualTo("success");
        var name = first.path("venv").asText();
        assertThat(name).matches("deploy_[0-9a-f]{8}");
        var id = first.path("id").asLong();
        var link = home.resolve("data/venvs").resolve(name);
        assertThat(say("logs " + id))
                .contains(
                        "Playcall installed the Python environment " + name + " before this run",
                        "hello-from-acme",
                        "run by " + link.toRealPath() + "/bin/python");
        assertThat(say("show " + id)).contains("in the Python environment " + name);

        assertThat(say("venv deploy deploy localhost")).contains(name + " is already installed on localhost");
        assertThat(say("venv list-host localhost")).contains("1 environment on localhost", name);
        assertThat(say("venv cleanup localhost --dry-run")).contains("no unused environments");
        assertThat(say("venv show-spec " + name)).contains("acme.tools", "acme-greeting");
        assertThat(say("venv deploy deploy night2.lan")).contains("there is no host \"night2.lan\" in any inventory");
        assertThat(say("logs "
                        + ended("deploy prod --limit h1 --check").path("id").asLong()))
                .doesNotContain("Playcall installed");
        theInventoryFollows(name);
        whatTheCollectionHasNot();
        theInstalledAnsibleHasNoPartInTheHash();
    }

    private void theInstalledAnsibleHasNoPartInTheHash() throws IOException {
        PlaybookCorpus.write("values of every kind", home.resolve("playbooks"));
        await().until(() -> say("playbooks").contains("site"));
        assertThat(say("venv analyze site"))
                .contains("site_" + PlaybookCorpus.hash("values of every kind").substring(0, 8));
    }

    /** The environment is there already, and it is shared; its Ansible says what is wrong with another playbook. */
    private void whatTheCollectionHasNot() throws IOException {
        write("playbooks/wrong.yml", "- hosts: all\n  roles: [acme.tools.hello]\n  tasks:\n    - acme.tools.nosuch:\n");
        write("playbooks/wrong.meta.yml", "venv: { python_packages: [acme-greeting] }\n");
        await().until(() -> say("playbooks").contains("wrong"));
        assertThat(say("venv deploy wrong localhost"))
                .contains("wrong.yml:4: couldn't resolve module/action 'acme.tools.nosuch'");
        assertThat(say("venv list-host localhost"))
                .contains("1 environment on localhost")
                .doesNotContain("wrong_");
        assertThat(say("venv deploy wrong localhost --no-lint")).contains(" is already installed on localhost");
        assertThat(say("venv list-host localhost")).contains("1 environment on localhost", "wrong_");
    }

    private void theInventoryFollows(String name) throws Exception {
        assertThat(home.resolve("data/host_venvs/localhost.yml")).content().contains("name: \"" + name + "\"");
        assertThat(say("venv sync --check"))
                .contains("installed_venvs of 1 host differs", "localhost in prod", "none", name);
        assertThat(say("venv sync")).contains("installed_venvs of 1 host is updated");
        var inventory = home.resolve("inventory/prod/hosts.ini");
        assertThat(inventory).hasContent(INVENTORY.replace("rack=7", "rack=7 installed_venvs='[\"" + name + "\"]'"));
        assertThat(say("venv sync")).contains("installed_venvs of all inventories is up to date");
        var asked = new ProcessBuilder("ansible-inventory", "-i", inventory.toString(), "--host", "localhost").start();
        var variables = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(JSON.readTree(variables).path("installed_venvs").path(0).asText())
                .isEqualTo(name);
    }
}
