package dev.playcall.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.Libraries;
import dev.playcall.catalog.RegisteredHost;
import dev.playcall.config.ConfigFile;
import dev.playcall.domain.EnvironmentName;
import dev.playcall.domain.Operation;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunId;
import dev.playcall.domain.RunRequest;
import dev.playcall.runner.Launch;
import dev.playcall.runner.Launcher.CannotLaunchException;
import dev.playcall.store.Database;
import dev.playcall.testing.MemorySecrets;
import dev.playcall.testing.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real Ansible makes of hosts that stand in no file. */
class RegisteredInventoryIT {
    private static final EnvironmentName PRODUCTION = new EnvironmentName("production");
    private static final String TEMPLATE = "{{ lookup('pipe', 'touch stolen; echo stolen') }}";

    @TempDir
    private Path home;

    private Database database;
    private AnsibleLauncher launcher;

    @BeforeEach
    void open() throws IOException {
        write("playbooks/deploy.yml", """
                - name: Write what is known
                  hosts: all
                  gather_facts: false
                  connection: local
                  tasks:
                    - name: Write
                      ansible.builtin.copy:
                        mode: "0600"
                        content: |
                          {{ note | default('-') }}
                          {{ nested.deep[0] | default('-') }}
                          {{ group_names | join(',') }}
                          {{ ansible_host | default('-') }} {{ ansible_port | default('-') }} {{ ansible_user | default('-') }}
                          {{ of_group | default('-') }}
                        dest: "{{ playbook_dir }}/../out/{{ inventory_hostname }}"
                """);
        Files.createDirectories(home.resolve("out"));
        write("inventory/production/group_vars/web.yml", "of_group: from the file\n");
        database = Database.open("jdbc:sqlite:" + home.resolve("playcall.db"), Clock.systemUTC());
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        var settings = new AnsibleSettings(
                home,
                config.paths().inventory(),
                config.paths().playbooks(),
                Libraries.beside(config.paths().playbooks(), Map.of()),
                5,
                true,
                Duration.ofSeconds(1),
                System.getenv());
        var catalogs = new DiskCatalogs(() -> config, database.hosts(), Clock.systemUTC(), _ -> {});
        launcher = new AnsibleLauncher(
                () -> settings,
                new Programs(System.getenv().getOrDefault("PATH", "")),
                PythonFiles.unpack(home.resolve("data/lib")),
                MemorySecrets.emptyVault(),
                Supply.FIXED,
                catalogs::registered);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void write(String file, String text) throws IOException {
        var path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static RegisteredHost host(String name, Optional<String> key) {
        return new RegisteredHost(
                name,
                Optional.of("10.0.0.9"),
                Optional.of(2222),
                Optional.of("deploy"),
                key,
                new TreeSet<>(List.of("canary", "web")),
                new TreeMap<>(Map.of("note", TEMPLATE, "nested", Map.of("deep", List.of(TEMPLATE)))),
                Runs.ALICE,
                Instant.EPOCH);
    }

    private Launch launch(RunRequest request, String folder) throws IOException, CannotLaunchException {
        var run = Run.of(new RunId(1), Runs.asked(request), Instant.EPOCH);
        return launcher.prepare(run, Files.createDirectories(home.resolve(folder)));
    }

    private String execute(Launch launch) throws IOException, InterruptedException {
        var said = Files.createTempFile(home, "said", "");
        var builder = new ProcessBuilder(launch.argv())
                .directory(home.resolve("out").toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        var process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        return Files.readString(said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hosts.yml | all: { children: { site: { children: { web: { hosts: { web-1: } } } } } }
            hosts     | [web]%web-1%[site:children]%web
            """)
    void aRunKeepsTheHostsItBeganWithAndTheirTextsAreNoTemplates(String file, String text) throws Exception {
        write("inventory/production/" + file, text.replace('%', '\n') + "\n");
        assertThat(database.hosts().put(PRODUCTION, host("web-9", Optional.empty()), Optional.empty()))
                .isTrue();
        var begun = launch(Runs.request("deploy"), "run-1");
        database.hosts().remove(PRODUCTION, "web-9");
        execute(begun);
        assertThat(home.resolve("out/web-9"))
                .hasContent(TEMPLATE + "\n" + TEMPLATE + "\ncanary,site,web\n10.0.0.9 2222 deploy\nfrom the file\n");
        assertThat(home.resolve("out/web-1")).exists();
        assertThat(home.resolve("out/stolen")).doesNotExist();

        Files.delete(home.resolve("out/web-9"));
        execute(launch(Runs.request("deploy"), "run-2"));
        assertThat(home.resolve("out/web-9")).doesNotExist();
    }

    @Test
    void itIsValidatedListedAndLimitedLikeAnyOther() throws Exception {
        write("inventory/production/hosts.yml", "all: { hosts: { web-1: } }\n");
        database.hosts().put(PRODUCTION, host("web-9", Optional.empty()), Optional.empty());
        var request = Runs.request("deploy");
        var said = execute(launch(
                new RunRequest(
                        Operation.VALIDATE,
                        PRODUCTION,
                        Optional.empty(),
                        "validate",
                        "",
                        List.of(),
                        List.of(),
                        false,
                        false,
                        new TreeMap<>(),
                        0,
                        Duration.ofMinutes(1),
                        "",
                        "",
                        Optional.empty()),
                "validate"));
        assertThat(said).contains("inventory parses: 2 hosts", "syntax check: 1 playbook passed");
        execute(launch(request.retry(new RunId(1), List.of("web-9")), "limited"));
        assertThat(home.resolve("out/web-9")).exists();
        assertThat(home.resolve("out/web-1")).doesNotExist();
    }

    @Test
    void aKeyThatIsNoLongerKeptIsSaidAndNothingIsStarted() throws Exception {
        write("inventory/production/hosts.yml", "all: { hosts: { web-1: } }\n");
        database.hosts().put(PRODUCTION, host("web-9", Optional.of("fleet")), Optional.empty());
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> launch(Runs.request("deploy"), "run")))
                .isInstanceOf(CannotLaunchException.class)
                .hasMessageContaining("the private key fleet, with which web-9 is registered, is not kept any more");
    }
}
