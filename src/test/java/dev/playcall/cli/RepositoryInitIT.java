package dev.playcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.cli.CommandInProcess.Result;
import dev.playcall.testing.RepositoryFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code init} makes a configuration for the layouts that repositories have, and leaves their files alone. */
class RepositoryInitIT {
    private static final String HOSTS = "[web]\nw1 ansible_connection=local\n";
    private static final String YAML = "web:\n  hosts:\n    w1: { ansible_connection: local }\n";
    private static final String PLAY = "- hosts: all\n  gather_facts: false\n  tasks: []\n";

    @TempDir
    Path home;

    @TempDir
    Path repository;

    private void write(String file, String text) throws IOException {
        var path = repository.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private Result init(String... more) {
        var words = new java.util.ArrayList<>(java.util.List.of("init", repository.toString(), "--yes"));
        words.addAll(java.util.List.of(more));
        return CommandInProcess.run(
                home, Map.of("PATH", System.getenv("PATH"), "HOME", home.toString()), "", words.toArray(String[]::new));
    }

    private Map<String, String> tree() throws IOException {
        var found = new TreeMap<String, String>();
        try (var all = Files.walk(repository)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                found.put(repository.relativize(file).toString(), Files.readString(file));
            }
        }
        return found;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        inventories/production          | site.yml            | play site production
        inventories/production.ini      | playbooks/site.yaml | play site production
        inventories/production/hosts    | site.yml            | play site production
        inventory/production/hosts.yaml | deploy.yml          | deploy production
        hosts/production.yml            | db/backup.yml       | play db.backup production
        environments/production/01-web  | site.yml            | play site production
        production.ini                  | site.yml            | play site production
        hosts                           | site.yml            | play site default
        inventory                       | playbooks/site.yml  | play site default
        """)
    void aRepositoryOfAnyLayoutCanBeStartedOnAsItIs(String inventory, String playbook, String command)
            throws Exception {
        write(inventory, inventory.contains(".y") ? YAML : HOSTS);
        write(playbook, PLAY);
        var before = tree();
        var result = init("--no-ping");
        assertThat(result.out()).endsWith("with a slash in Slack and Discord: " + command + "\n");
        assertThat(result.code()).as(result.out() + result.err()).isZero();
        assertThat(tree()).isEqualTo(before);
        assertThat(Files.readString(home.resolve("config/playcall.yml")))
                .contains("inventory: [" + inventory.replaceFirst("/01-web$", "/01-web"));
    }

    @Test
    void whatIsFoundAndWhatCannotBeUsedIsSaidAndHostsArePinged() throws Exception {
        write("inventories/production", HOSTS);
        write("inventories/aws.yml", "plugin: amazon.aws.aws_ec2\n");
        write("inventories/group_vars/all/vault.yml", "$ANSIBLE_VAULT;1.1;AES256\n00\n");
        write("ansible.cfg", "[defaults]\nlog_path = ansible.log\nroles_path = roles\n");
        write("roles/greet/tasks/main.yml", "[]\n");
        write("requirements.yml", "roles: []\n");
        write("site.yml", PLAY);
        assertThat(init().out())
                .contains(
                        "  environment production: inventories/production\n",
                        "  playbook site: site.yml\n",
                        "  ansible.cfg: it counts for every run\n",
                        "  1 role in roles/\n",
                        "  encrypted files: inventories/group_vars/all/vault.yml (./playcall secret set vault",
                        "  not used: inventories/aws.yml uses the inventory plugin amazon.aws.aws_ec2, which",
                        "  not used: ansible.cfg:2: [defaults] log_path is not used: Playcall keeps the log of each"
                                + " run\n",
                        "warning  ansible.cfg:2: [defaults] log_path is not used");
        assertThat(repository.resolve("ansible.log")).doesNotExist();
    }

    @Test
    void groupsThatAreCalledLikeEnvironmentsAreProposedAsSuch() throws Exception {
        write("hosts.ini", "[production]\nh1 ansible_connection=local\n[staging]\nh2 ansible_connection=local\n");
        write("site.yml", PLAY);
        var config = home.resolve("other.yml").toString();
        assertThat(init("--config", config).out())
                .contains("environments: { production: { inventory: [hosts.ini], group: production },"
                        + " staging: { inventory: [hosts.ini], group: staging } }")
                .contains("ok       1 playbook\n")
                .contains("Start Playcall with ./playcall serve --config " + config + ". Then type");
        var environment = Map.of("PATH", System.getenv("PATH"), "HOME", home.toString(), "PLAYCALL_CONFIG", config);
        assertThat(CommandInProcess.run(home, environment, "", "deploy", "production")
                        .err())
                .contains("there is no command deploy; did you mean deployments? A playbook is run with: play site");
        assertThat(CommandInProcess.run(home, environment, "", "site", "production")
                        .err())
                .contains("there is no command site; a playbook is run with: play site");
    }

    @Test
    void saidAgainItKeepsWhatWasWrittenByHand() throws Exception {
        write("inventories/production", HOSTS);
        write("site.yml", PLAY);
        Files.createDirectories(home.resolve("config"));
        var config = home.resolve("config/playcall.yml");
        Files.writeString(config, """
            # ours
            paths:
              playbooks: playbooks # the sample
              inventory: inventory
            ansible:
              forks: 7 # enough
            environments: {}
            """);
        assertThat(init("--no-ping").code()).isZero();
        var written = Files.readString(config);
        assertThat(written)
                .contains("# ours\n", "  forks: 7 # enough\n", "  playbooks: " + repository + " # the sample\n");
        assertThat(init("--no-ping").out()).contains(config + " is up to date");
        Files.writeString(config, written.replace("inventories/production", "inventories/mine"));
        write("inventories/mine", HOSTS);
        assertThat(init("--no-ping").out())
                .contains(
                        "environments.production stays as it is; init would set { inventory: [inventories/production] }"
                                + " (--replace does)");
        assertThat(Files.readString(config)).contains("production: { inventory: [inventories/mine] }");
        assertThat(init("--no-ping", "--replace").out()).doesNotContain("stays as it is");
        assertThat(Files.readString(config)).contains("production: { inventory: [inventories/production] }");
    }

    @Test
    void aRepositoryIsClonedByItsAddress() throws Exception {
        write("inventories/production", HOSTS);
        write("site.yml", PLAY);
        RepositoryFixture.commit(repository);
        var address = "file://" + repository;
        var result = CommandInProcess.run(
                home,
                Map.of("PATH", System.getenv("PATH"), "HOME", home.toString()),
                "",
                "init",
                address,
                "--yes",
                "--no-ping");
        assertThat(result.code()).as(result.out() + result.err()).isZero();
        assertThat(home.resolve("repositories/" + repository.getFileName() + "/site.yml"))
                .exists();
    }

    /** An environment that an older configuration has must not look as if it was found here. */
    @Test
    void whatIsNoAnsibleRepositoryIsRefusedAndNothingIsLeft() throws Exception {
        write("README.md", "# A web shop\n");
        write("docker-compose.yml", "services: { web: { image: nginx } }\n");
        var refused = init("--no-ping");
        assertThat(refused.code()).isEqualTo(Main.USAGE);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err().lines())
                .singleElement()
                .asString()
                .startsWith("playcall: " + repository + " has nothing of an Ansible repository; looked for inventories")
                .contains("production.ini", "inventories/", "playbooks", "ansible.cfg");
        assertThat(home).isEmptyDirectory();

        RepositoryFixture.commit(repository);
        var cloned = CommandInProcess.run(
                home,
                Map.of("PATH", System.getenv("PATH"), "HOME", home.toString()),
                "",
                "init",
                "file://" + repository,
                "--yes");
        assertThat(cloned.code()).isEqualTo(Main.USAGE);
        assertThat(cloned.err()).contains("has nothing of an Ansible repository");
        assertThat(home).isEmptyDirectory();
    }
}
