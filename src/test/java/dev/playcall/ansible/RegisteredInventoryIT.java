package dev.playcall.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.ansible.event.EventFold;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.file.RolesPath;
import dev.playcall.catalog.inventory.RegisteredHost;
import dev.playcall.catalog.selection.ServerUuid;
import dev.playcall.config.AnsibleTuning;
import dev.playcall.config.RunIsolation;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.ansible.AnsibleOptions;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.RunId;
import dev.playcall.runner.Launcher.CannotLaunchException;
import dev.playcall.runner.directory.ExitRecord;
import dev.playcall.runner.directory.RunDirectory.Launch;
import dev.playcall.store.Database;
import dev.playcall.testing.MemorySecrets;
import dev.playcall.testing.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
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
              vars: { ansible_python_interpreter: /usr/bin/python3 }
              tasks:
                - name: Write
                  ansible.builtin.raw: |
                    cat >'{{ playbook_dir }}/../out/{{ inventory_hostname }}' <<'END'
                    {{ note | default('-') }}
                    {{ nested.deep[0] | default('-') }}
                    {{ group_names | join(',') }}
                    {{ ansible_host | default('-') }} {{ ansible_port | default('-') }} {{ ansible_user | default('-') }}
                    {{ of_group | default('-') }}
                    {{ ((inventory_dir | basename) ~ '/' ~ inventory_hostname) | to_uuid }}
                    END
            """);
        Files.createDirectories(home.resolve("out"));
        write("inventory/production/group_vars/web.yml", "of_group: from the file\n");
        database = Database.open("jdbc:sqlite:" + home.resolve("playcall.db"), Clock.systemUTC());
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        var settings = new AnsibleSettings(
                home,
                config.paths().inventory(),
                config.paths().playbooks(),
                config.paths().project(),
                RolesPath.of(config.paths(), Map.of()),
                5,
                AnsibleTuning.DEFAULT,
                home.resolve("data/facts"),
                true,
                Duration.ofSeconds(1),
                RunIsolation.NONE,
                System.getenv());
        var catalogs = new DiskCatalogs(() -> config, database.hosts(), Clock.systemUTC(), _ -> {});
        launcher = new AnsibleLauncher(
                () -> settings,
                new ProgramPaths(System.getenv().getOrDefault("PATH", "")),
                PythonFiles.unpack(home.resolve("data/lib")),
                MemorySecrets.emptyVault(),
                ContentSource.FIXED,
                catalogs);
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
        return execute(launch, 0);
    }

    private String execute(Launch launch, int code) throws IOException, InterruptedException {
        return execute(launch.argv(), launch.environment(), code);
    }

    private String execute(List<String> argv, Map<String, String> environment, int code)
            throws IOException, InterruptedException {
        var said = Files.createTempFile(home, "said", "");
        var builder = new ProcessBuilder(argv)
                .directory(home.resolve("out").toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isEqualTo(code);
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
                .hasContent(TEMPLATE + "\n" + TEMPLATE
                        + "\ncanary,site,tag_canary,tag_web,web\n10.0.0.9 2222 deploy\nfrom the file\n"
                        + ServerUuid.of("production", "web-9") + "\n");
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
                        Optional.empty(),
                        0,
                        AnsibleOptions.NONE,
                        Optional.empty()),
                "validate"));
        assertThat(said).contains("inventory parses: 2 hosts", "syntax check: 1 playbook passed");
        execute(launch(request.retry(new RunId(1), List.of("web-9")), "limited"));
        assertThat(home.resolve("out/web-9")).exists();
        assertThat(home.resolve("out/web-1")).doesNotExist();
    }

    @Test
    void ansibleIsToldWhatMakesManyHostsFastWhereTheRepositorySaysNothing() throws Exception {
        write("inventory/production/hosts.yml", "all: { hosts: { web-1: } }\n");
        assertThat(settings(launch(Runs.request("deploy"), "fast")))
                .contains("DEFAULT_GATHERING() = smart", "DEFAULT_TIMEOUT() = 30", "pipelining() = True");
        write("ansible.cfg", "[defaults]\npipelining = False\ntimeout = 7\n");
        assertThat(settings(launch(Runs.request("deploy"), "own")))
                .contains("DEFAULT_GATHERING() = smart", "DEFAULT_TIMEOUT() = 7")
                .doesNotContain("pipelining() = True");
    }

    /** What Ansible itself says that counts. */
    private String settings(Launch launch) throws IOException, InterruptedException {
        var config = Path.of(launch.argv().getFirst()).resolveSibling("ansible-config");
        var argv = List.of(config.toString(), "dump", "--only-changed", "-t", "all");
        return execute(argv, launch.environment(), 0)
                .replace(String.valueOf(launch.environment().get("ANSIBLE_CONFIG")), "");
    }

    @Test
    void aKeyThatIsNoLongerKeptIsSaidAndNothingIsStarted() throws Exception {
        write("inventory/production/hosts.yml", "all: { hosts: { web-1: } }\n");
        database.hosts().put(PRODUCTION, host("web-9", Optional.of("fleet")), Optional.empty());
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> launch(Runs.request("deploy"), "run")))
                .isInstanceOf(CannotLaunchException.class)
                .hasMessageContaining("the private key fleet, with which web-9 is registered, is not kept any more");
    }

    private static RegisteredHost at(String name, String address, String tag) {
        return new RegisteredHost(
                name,
                Optional.of(address),
                Optional.of(1),
                Optional.empty(),
                Optional.empty(),
                new TreeSet<>(List.of(tag)),
                new TreeMap<>(),
                Runs.ALICE,
                Instant.EPOCH);
    }

    private static final String PINGS = """
        - hosts: all
          gather_facts: false
          vars: { ansible_python_interpreter: /usr/bin/python3 }
          tasks:
            - ansible.builtin.ping:
              ignore_unreachable: true
            - ansible.builtin.meta: refresh_inventory
            - ansible.builtin.ping:
              ignore_unreachable: true
        - hosts: all
          gather_facts: false
          vars: { ansible_python_interpreter: /usr/bin/python3 }
          connection: local
          tasks:
            - ansible.builtin.ping:
        """;

    private EventFold events(String folder) throws IOException {
        var reader = new EventFold(Duration.ofMinutes(1), false);
        Files.readAllLines(home.resolve(folder + "/events")).forEach(reader::line);
        return reader;
    }

    private Outcome verdict(String folder, int code) throws IOException {
        return events(folder)
                .verdict(
                        new ExitRecord(
                                OptionalInt.of(code), OptionalInt.empty(), ExitRecord.Why.EXITED, Optional.empty(), 0),
                        "");
    }

    /** Nothing listens at any of the addresses, so whoever answers is not the host that was meant. */
    @Test
    void aHostIsReachedAtItsAddressWhateverItsGroupsSayAndWhatReachedItIsKnown() throws Exception {
        write("inventory/production/hosts.yml", """
            all: { hosts: { web-1: }, children: { a: { vars: { ansible_connection: local } }, b: , c: , d: } }
            """);
        write("inventory/production/group_vars/b.yml", "ansible_connection: ansible.builtin.local\n");
        write("inventory/production/host_vars/web-1.yml", "ansible_connection: local\n");
        write("playbooks/group_vars/c.yml", "ansible_connection: \"{{ 'lo' ~ 'cal' }}\"\n");
        write("playbooks/deploy.yml", PINGS);
        for (var tag : List.of("a", "b", "c", "d")) {
            database.hosts().put(PRODUCTION, at("in_" + tag, "127.0.0.7", tag), Optional.empty());
        }
        execute(launch(Runs.request("deploy"), "run"));
        var events = Files.readString(home.resolve("run/events"));
        assertThat(events.lines().filter(l -> l.contains("\"e\":\"unreachable\"")))
                .as("each, before and after the inventory is read again")
                .hasSize(8);
        assertThat(verdict("run", 0)).isEqualTo(new Outcome.Success());
        var hosts =
                events("run").takeChanged().stream().collect(Collectors.toMap(HostResult::host, Function.identity()));
        assertThat(hosts).containsOnlyKeys("web-1", "in_a", "in_b", "in_c", "in_d");
        assertThat(hosts)
                .hasEntrySatisfying("web-1", h -> assertThat(h.connection()).contains("local"));
        // The second play says by itself that it works on the gateway.
        hosts.remove("web-1");
        assertThat(hosts.values()).extracting(HostResult::connection).containsOnly(Optional.of("ssh, local"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        inventory/production/host_vars/web-9.yml | ansible_connection: local      | ansible_connection is local for it
        playbooks/host_vars/web-9.yml            | ansible_host: 127.0.0.1        | ansible_host is 127.0.0.1 for it
        inventory/production/group_vars/all.yml  | ansible_ssh_host: 127.0.0.1    | ansible_ssh_host is 127.0.0.1 for it
        """)
    void aHostThatCannotBeReachedAtItsAddressIsRefusedBeforeAnythingIsDone(String file, String text, String why)
            throws Exception {
        write("inventory/production/hosts.yml", "all: { hosts: { web-1: } }\n");
        write(file, text + "\n");
        write("playbooks/late.yml", "- hosts: web\n  gather_facts: false\n  tasks: [ansible.builtin.ping: ]\n");
        Files.writeString(
                home.resolve("playbooks/deploy.yml"),
                "\n- ansible.builtin.import_playbook: late.yml\n",
                StandardOpenOption.APPEND);
        database.hosts().put(PRODUCTION, at("web-9", "127.0.0.7", "web"), Optional.empty());
        execute(launch(Runs.request("deploy"), "run"), 1);
        var outcome = new Outcome.Failed(1, "1 error: web-9: is registered with the address 127.0.0.7, but " + why);
        assertThat(verdict("run", 1))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class, f -> assertThat(f.reason()).startsWith(outcome.reason()));
        assertThat(home.resolve("out")).isEmptyDirectory();
    }
}
