package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.store.Database;
import dev.playcall.testing.Gateway;
import dev.playcall.testing.Gateway.Told;
import dev.playcall.testing.Runs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was broken on purpose is found, and each finding says what to do. */
class DoctorIT {
    private static final String PLAY =
            "- hosts: all\n  gather_facts: false\n  tasks:\n    - ansible.builtin.command: \"true\"\n";

    @TempDir
    Path home;

    private Gateway project;

    @BeforeEach
    void make() {
        project = new Gateway(home);
    }

    private void sound() {
        project.environment("prod", List.of("h1"));
        project.file("playbooks/deploy.yml", PLAY);
    }

    private Told doctor(Map<String, String> environment) {
        return project.inProcess(environment, "doctor");
    }

    /** Each line of the doctor that is no {@code ok}. */
    private List<String> complaints(Map<String, String> environment) {
        var told = doctor(environment);
        assertThat(told.err()).as(told.out()).doesNotContain("unexpected error");
        return told.out().lines().filter(l -> !l.startsWith("ok")).toList();
    }

    private static void found(List<String> errors, String level, String what, String remedy) {
        assertThat(errors).as(what).anyMatch(l -> l.startsWith(level) && l.contains(what) && l.contains(remedy));
    }

    @Test
    void aSoundProjectHasNoError() {
        sound();
        project.file("playbooks/other.yml", PLAY);
        var told =
                project.command(Map.of("PLAYCALL_SERVER_PORT", "0"), "doctor").join();
        assertThat(told.code()).as(told.out() + told.err()).isZero();
        assertThat(told.out())
                .contains("2 playbooks", "environment prod: 1 host")
                .doesNotContain("error ");
        var record = project.inProcess(Map.of("PLAYCALL_SERVER_PORT", "0"), "doctor", "--json");
        assertThat(record.code()).isZero();
        assertThat(record.out())
                .startsWith("{\"findings\":[{\"level\":\"ok\",\"text\":\"")
                .endsWith("}]}\n");
        assertThat(project.inProcess(Map.of(), "doctor", "-o", "yaml").out()).contains("  - level: ok\n    text: ");
    }

    @Test
    void whatIsWrongWithContentAndConfigurationIsFound() {
        sound();
        project.file("playbooks/broken.yml", "- hosts: all\n  tasks:\n    - ansible.builtin.comand: date\n");
        project.file("playbooks/torn.yml", PLAY);
        project.file("playbooks/torn.meta.yml", "title: Torn\ntimeout: soon\n");
        project.file("playbooks/secret.yml", PLAY);
        project.file("playbooks/secret.meta.yml", "title: S\nvariables: { token: { secret: { name: api_token } } }\n");
        project.file("inventory/empty/hosts.yml", "all: { hosts: {} }\n");
        project.file("inventory/torn/hosts.yml", "all: { hosts: { a: \n");
        project.file("inventory/prod/group_vars/all/vault.yml", "$ANSIBLE_VAULT;1.1;AES256\n6162\n");
        project.environment("odd", List.of("h2"));
        project.file("inventory/odd/group_vars/all.yml", "a: [1\n");
        project.file("config/playcall.yml", """
            server: { public_url: "http://ops.example.com" }
            operations: { migrate: { playbook: nowhere.yml } }
            access:
              bindings:
                - { role: admin, people: [web:anna] }
                - { role: viewer, people: [web:bert], environments: [produktion] }
            notify:
              receivers:
                hook: { webhook: "http://127.0.0.1:9/x" }
                post: { email: { host: 127.0.0.1, port: 9, encryption: none, from: a@example.com, to: [b@example.com] } }
              route: { receiver: hook }
            """);
        var errors = complaints(Map.of("PLAYCALL_SERVER_PORT", "0"));
        found(errors, "error", "playbook broken", "fix it");
        found(errors, "error", "torn.meta.yml:2", "timeout");
        found(errors, "error", "inventory/torn/hosts.yml", "");
        found(errors, "error", "inventory of odd", "fix it");
        found(errors, "error", "nowhere.yml", "");
        found(errors, "warning", "environment empty has no host", "./playcall host add empty");
        found(errors, "warning", "missing secret api_token", "./playcall secret set api_token");
        found(errors, "warning", "vault.yml is encrypted", "--kind vault_password");
        found(errors, "warning", "produktion", "fix the name");
        found(errors, "warning", "public_url is not https", "put a TLS proxy in front");
        found(errors, "warning", "receiver hook: neither https nor a secret", "");
        found(errors, "warning", "receiver post", "");
    }

    /** Each is carried out as it stands, until nothing is left to do. */
    @Test
    void theRemediesForAnInventoryWork() throws Exception {
        project.file("playbooks/deploy.yml", PLAY);
        Files.createDirectories(home.resolve("inventory"));
        var done = new ArrayList<String>();
        try (var running = project.start()) {
            for (var left = inventory(); !left.isEmpty() && done.size() < 5; left = inventory()) {
                done.add(left.getFirst().replace(home.toString(), ""));
                carryOut(running, left.getFirst());
            }
        }
        assertThat(done)
                .containsExactly("create /inventory/production/hosts.yml", "./playcall host add production web-1");
    }

    /** What the doctor would have people do about environments. */
    private List<String> inventory() {
        return complaints(Map.of("PLAYCALL_SERVER_PORT", "0")).stream()
                .filter(l -> l.contains("environment"))
                .map(l -> l.replaceFirst("^.*(create /|\\./playcall )", "$1"))
                .toList();
    }

    private static void carryOut(Gateway running, String remedy) throws IOException {
        if (remedy.startsWith("create ")) {
            var file = Path.of(remedy.substring("create ".length()));
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        } else {
            var told = running.inProcess(
                    Map.of(), remedy.substring("./playcall ".length()).split(" "));
            assertThat(told.code()).as(told.out() + told.err()).isZero();
        }
    }

    @Test
    void whatIsMissingOnTheMachineIsFound() throws IOException {
        var bare = Files.createDirectory(home.resolve("bin"));
        project.file(
                "config/playcall.yml",
                "notify: { receivers: { phone: { apprise: \"json://localhost\" } }, route: { receiver: phone } }\n");
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var errors = complaints(
                    Map.of("PATH", bare.toString(), "PLAYCALL_SERVER_PORT", Integer.toString(taken.getLocalPort())));
            found(errors, "error", "ansible-playbook is missing", "apt-get install");
            found(errors, "warning", "ssh is not installed", "apt-get install openssh-client");
            found(errors, "warning", "ansible-lint is not installed", "apt-get install ansible-lint");
            found(errors, "error", "apprise is not installed", "apt-get install apprise");
            found(errors, "warning", "no admin configured", "./playcall user add");
            found(errors, "warning", "no environments", "/production/hosts.yml");
            found(errors, "warning", "no playbooks", "add one to");
            found(errors, "error", "port " + taken.getLocalPort(), "PLAYCALL_SERVER_PORT");
        }
    }

    @Test
    void whatIsWrongWithWhatIsKeptIsFound() throws Exception {
        sound();
        assertThat(project.command("hunter two three", "secret", "set", "api_token", "--env", "prod")
                        .join()
                        .code())
                .isZero();
        var url = "jdbc:sqlite:" + home.resolve("data/playcall.db");
        var tomorrow = Instant.now().plus(Duration.ofDays(1));
        try (var database = Database.open(url, Clock.systemUTC())) {
            database.events().create(Runs.asked("deploy"), tomorrow);
        }
        sql(url, "drop trigger audit_is_never_changed", "update audit set subject = 'something else'");
        var keys = home.resolve("data/keys");
        Files.move(keys.resolve("secrets.json"), home.resolve("kept-elsewhere.json"));
        Files.setPosixFilePermissions(keys.resolve("audit.key"), PosixFilePermissions.fromString("rw-r--r--"));
        var errors = complaints(Map.of("PLAYCALL_SERVER_PORT", "0"));
        found(errors, "error", "the clock of this machine", "timedatectl");
        found(errors, "error", "the audit log was altered", "./playcall audit verify");
        found(errors, "error", "api_token", "restore ");
        found(errors, "error", "other users can read audit.key", "chmod");
    }

    private static void sql(String url, String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var work = connection.createStatement()) {
            for (var statement : statements) {
                work.execute(statement);
            }
        }
    }

    @Test
    void aDatabaseThatIsNoneAndFoldersThatAreFilesAreFound() {
        sound();
        project.file("data/playcall.db", "this is no database, however long one looks at it\n".repeat(100));
        project.file("logs", "a file\n");
        var errors = complaints(Map.of("PLAYCALL_SERVER_PORT", "0"));
        found(errors, "error", "playcall.db", "./playcall restore");
        found(errors, "error", "logs is a file", "move it away");
    }

    @Test
    void aWrongLineOfTheConfigurationIsNamed() {
        sound();
        project.file("config/playcall.yml", "server:\n  port: eighty\n");
        var told = doctor(Map.of());
        assertThat(told.code()).isEqualTo(2);
        assertThat(told.err()).contains("playcall.yml:2", "port", "eighty");
    }
}
