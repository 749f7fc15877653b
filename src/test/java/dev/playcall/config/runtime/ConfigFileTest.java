package dev.playcall.config.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.playcall.config.AnsibleTuning;
import dev.playcall.config.Config;
import dev.playcall.config.IpNetwork;
import dev.playcall.config.RunIsolation;
import dev.playcall.config.yaml.ConfigException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    @TempDir
    Path home;

    private Path file;

    @BeforeEach
    void makeFolder() throws IOException {
        file = Files.createDirectory(home.resolve("config")).resolve("playcall.yml");
    }

    private Config load(String yaml, Map<String, String> environment) throws IOException {
        Files.writeString(file, yaml);
        return ConfigFile.load(home, Optional.empty(), environment);
    }

    private Config load(String yaml) throws IOException {
        return load(yaml, Map.of());
    }

    private String problems(String yaml, Map<String, String> environment) throws IOException {
        Files.writeString(file, yaml);
        return problems(Optional.empty(), environment);
    }

    private String problems(String yaml) throws IOException {
        return problems(yaml, Map.of());
    }

    private String problems(Optional<Path> chosen, Map<String, String> environment) {
        var thrown = catchThrowableOfType(ConfigException.class, () -> ConfigFile.load(home, chosen, environment));
        return thrown == null ? "" : String.valueOf(thrown.getMessage());
    }

    @Test
    void howMuchOnePersonMayStartIsReadAndChecked() throws IOException {
        assertThat(load("access: {limits: {runs: 5, per: 10m}}\n").limits())
                .isEqualTo(new Config.Limits(5, Duration.ofMinutes(10), 50));
        assertThat(load("").limits()).isEqualTo(new Config.Limits(60, Duration.ofMinutes(1), 50));
        assertThat(problems("access:\n  limits:\n    runs: many\n    pre: 1m\n"))
                .contains("playcall.yml:3: access.limits.runs", "playcall.yml:4", "pre");
    }

    @Test
    void theProxiesThatAreBelievedAreReadAndChecked() throws IOException {
        assertThat(load("server: { trusted_proxies: [127.0.0.1, \"::1\", 10.0.0.0/8] }\n")
                        .server()
                        .trustedProxies())
                .extracting(IpNetwork::toString)
                .containsExactly("127.0.0.1", "0:0:0:0:0:0:0:1", "10.0.0.0/8");
        assertThat(problems("server:\n  trusted_proxies: [10.0.0.1/8, proxy.example.com, 0.0.0.0/0]\n"))
                .contains(
                        "playcall.yml:2: server.trusted_proxies: \"10.0.0.1/8\" is not an address or a range of"
                                + " addresses (try 127.0.0.1 or 10.0.0.0/8)",
                        "\"proxy.example.com\" is not an address",
                        "0.0.0.0/0 is every address there is; name those of your proxies only");
    }

    @Test
    void everythingHasADefault() {
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        assertThat(config.server())
                .isEqualTo(new Config.Server(
                        "127.0.0.1",
                        8080,
                        "",
                        List.of(),
                        new Config.WebSession(Duration.ofHours(12), Duration.ofDays(7)),
                        Config.PublicStatus.OFF));
        assertThat(config.store().url()).isEqualTo("jdbc:sqlite:" + home.resolve("data/playcall.db"));
        assertThat(config.paths().inventory()).isEqualTo(home.resolve("inventory"));
        assertThat(config.ansible())
                .isEqualTo(new Config.Ansible(
                        50,
                        Duration.ofHours(1),
                        true,
                        4,
                        Duration.ofSeconds(10),
                        false,
                        RunIsolation.NONE,
                        AnsibleTuning.DEFAULT));
        assertThat(config.chat().console().enabled()).isTrue();
        assertThat(config.chat().slack().botToken().isEmpty()).isTrue();
        assertThat(config.chat().discord().gateway()).isEqualTo(URI.create("wss://gateway.discord.gg/"));
        assertThat(config.schedule()).isEqualTo(new Config.Schedule(ZoneId.systemDefault(), "run_once"));
        assertThat(config.retention())
                .isEqualTo(new Config.Retention(Duration.ofDays(365), 100_000, Duration.ofDays(90), 0, 5L << 30));
        assertThat(config.secrets()).isEmpty();
    }

    @Test
    void theFileOfTheProductIsUnderstoodAsItStands() throws IOException {
        var config = load("""
            server:    { host: 127.0.0.1, port: 8080, public_url: "" }
            store:     { url: "jdbc:sqlite:data/playcall.db" }
            paths:     { playbooks: playbooks, inventory: inventory, logs: logs, data: data }
            ansible:   { forks: 50, timeout: 1h, host_key_checking: true, max_parallel_runs: 4, cancel_grace: 10s }
            operations:
              deploy:  { playbook: deploy.yml, timeout: 30m, variables: { version: { type: text, required: false } } }
            chat:
              console: { enabled: true }
              slack:   { bot_token: "${SLACK_BOT_TOKEN:-}", app_token: "${SLACK_APP_TOKEN:-}",
                         signing_secret: "${SLACK_SIGNING_SECRET:-}", mode: socket,
                         api_base: "https://slack.com/api/", default_channel: "" }
              discord: { token: "${DISCORD_TOKEN:-}", guilds: [], api_base: "https://discord.com/api/v10/",
                         gateway: "wss://gateway.discord.gg/", default_channel: "" }
            access:    { roles: {}, bindings: [], policies: [] }
            notify:    { receivers: {}, route: {}, sources: {}, templates: {} }
            schedule:  { timezone: system, missed: run_once }
            retention: { runs: { max_age: 365d, max_count: 100000 }, logs: { max_age: 90d, max_count: 50, max_size: 5GB } }
            """);
        var deploy = config.operations().get("deploy");
        assertThat(deploy).isNotNull();
        assertThat(deploy.playbook()).contains("deploy.yml");
        assertThat(deploy.timeout()).contains(Duration.ofMinutes(30));
        assertThat(deploy.variables()).isPresent();
        assertThat(deploy.place()).isEqualTo("config/playcall.yml:6");
    }

    @Test
    void theUserAndTheLimitsOfRunsAreRead() throws IOException {
        assertThat(load("""
            ansible: { run_as: ansible, limits: { memory: 2GiB, cpu: 150%, processes: 500, open_files: 1024 } }
            """).ansible().isolation())
                .isEqualTo(new RunIsolation(
                        Optional.of("ansible"),
                        new RunIsolation.Limits(
                                Optional.of(2L << 30), Optional.of(150), Optional.of(500), Optional.of(1024))));
    }

    @Test
    void everyProblemIsToldAtOnceWithItsPlace() throws IOException {
        assertThat(problems("""
            server:
              port: 99999
              hots: x
              public_url: ftp://x
            ansible:
              timeout: 5 minuets
              forks: many
              host_key_checking: maybe
              cancel_grace: 0s
              run_as: -root
              limits: { memory: 1MB, cpu: half, processes: 3, disk: 1GB }
            chat:
              slack:
                mode: sockets
                api_base: slack.com
                bot_token: ${NOT_THERE}
            schedule: { timezone: Mars/Olympus, missed: runonce }
            retention: { logs: { max_size: big, max_count: few } }
            store: { url: "mysql://x" }
            access: [x]
            anisble: {}
            notifications: {}
            """)).isEqualTo("""
                config/playcall.yml:2: server.port: "99999" is not a number from 0 to 65535 (try 8080)
                config/playcall.yml:4: server.public_url: "ftp://x" is not an address of a page (try https://playcall.example.org)
                config/playcall.yml:3: server.hots: no such key; did you mean host?
                config/playcall.yml:19: store.url: "mysql://x" is not the address of a database (try jdbc:sqlite:data/playcall.db)
                config/playcall.yml:7: ansible.forks: "many" is not a number from 1 to 1000 (try 50)
                config/playcall.yml:6: ansible.timeout: "5 minuets" is not a duration (try 5m)
                config/playcall.yml:8: ansible.host_key_checking: "maybe" is not true or false (try true)
                config/playcall.yml:9: ansible.cancel_grace: "0s" is not a duration (try 10s)
                config/playcall.yml:10: ansible.run_as: "-root" is not the name of a Unix user (try ansible)
                config/playcall.yml:11: ansible.limits.memory: "1MB" is not a size of at least 64MB (try 2GB)
                config/playcall.yml:11: ansible.limits.cpu: "half" is not a share of one processor in percent (try 150%)
                config/playcall.yml:11: ansible.limits.processes: "3" is not a number from 20 to 1000000 (try 500)
                config/playcall.yml:11: ansible.limits.disk: no such key
                config/playcall.yml:16: ${NOT_THERE} is not set (export it, or write ${NOT_THERE:-default})
                config/playcall.yml:14: chat.slack.mode: "sockets" is not one of socket, http; did you mean socket?
                config/playcall.yml:15: chat.slack.api_base: "slack.com" is not an address (try https://slack.com/api/)
                config/playcall.yml:20: access: must be a mapping (key: value)
                config/playcall.yml:17: schedule.timezone: "Mars/Olympus" is not a time zone (try Europe/Berlin)
                config/playcall.yml:17: schedule.missed: "runonce" is not skip, run_once or run_all with a number (try run_all:5)
                config/playcall.yml:18: retention.logs.max_count: "few" is not a number from 0 to 100000000 (try 0)
                config/playcall.yml:18: retention.logs.max_size: "big" is not a size (try 5GB)
                config/playcall.yml:21: anisble: no such key; did you mean ansible?
                config/playcall.yml:22: notifications: no such key; did you mean notify?\
                """);
    }

    @Test
    void theEnvironmentWinsOverTheFile() throws IOException {
        var config = load(
                "server: { port: 1234 }\noperations: { deploy: { timeout: 1m } }\n",
                Map.of(
                        "PLAYCALL_SERVER_PORT", "0",
                        "PLAYCALL_ANSIBLE_MAX_PARALLEL_RUNS", "9",
                        "PLAYCALL_CHAT_SLACK_BOT_TOKEN", "xoxb-1234",
                        "PLAYCALL_CHAT_DISCORD_GUILDS", "1, 2",
                        "PLAYCALL_OPERATIONS_DEPLOY_TIMEOUT", "2m",
                        "PLAYCALL_RETENTION_LOGS_MAX_SIZE", "1GB"));
        assertThat(config.server().port()).isZero();
        assertThat(config.ansible().maxParallelRuns()).isEqualTo(9);
        assertThat(config.chat().slack().botToken().reveal()).isEqualTo("xoxb-1234");
        assertThat(config.chat().discord().guilds()).containsExactly("1", "2");
        assertThat(config.retention().logsMaxSize()).isEqualTo(1L << 30);
        assertThat(config.operations().values()).allMatch(o -> o.timeout().equals(Optional.of(Duration.ofMinutes(2))));
    }

    @Test
    void anOverrideThatNamesNoKeyIsAProblem() throws IOException {
        assertThat(problems(
                        "",
                        Map.of(
                                "PLAYCALL_ANSIBLE_MAX_PARALEL_RUNS",
                                "1",
                                "PLAYCALL_SERVER_PORT",
                                "http",
                                "PLAYCALL_ACCESS_X",
                                "")))
                .isEqualTo("""
                    PLAYCALL_SERVER_PORT: server.port: "http" is not a number from 0 to 65535 (try 8080)
                    environment: PLAYCALL_ACCESS_X is not a configuration key
                    environment: PLAYCALL_ANSIBLE_MAX_PARALEL_RUNS is not a configuration key; did you mean PLAYCALL_ANSIBLE_MAX_PARALLEL_RUNS?\
                    """);
    }

    @Test
    void otherVariablesOfOursAreNoOverrides() throws IOException {
        var config = load(
                "",
                Map.of(
                        "PLAYCALL_CONFIG", "x",
                        "PLAYCALL_ADMIN_TOKEN", "administrator",
                        "PLAYCALL_ADMIN_PASSWORD", "four words and more",
                        "PLAYCALL_HOME", "/x",
                        "PLAYCALL_SERVERS", "x",
                        "PLAYCALL_RUN_DIR", "x",
                        "PATH", "/bin"));
        assertThat(config.secrets()).containsExactly("administrator", "four words and more");
    }

    @Test
    void referencesAreExpanded() throws IOException {
        var environment = Map.of("PORT", "99", "EMPTY", "", "HOST", "${PORT}$1\\");
        var config = load(
                "server: { port: \"${PORT}\", public_url: \"http://a:${PORT}/${EMPTY:-x}\" }\n"
                        + "chat: { slack: { default_channel: \"${HOST}-${EMPTY}-${NONE:-}\" } }\n",
                environment);
        assertThat(config.server().port()).isEqualTo(99);
        assertThat(config.server().publicUrl()).isEqualTo("http://a:99/x");
        assertThat(config.chat().slack().defaultChannel()).isEqualTo("${PORT}$1\\--");
    }

    @Test
    void halfAReferenceIsAProblem() throws IOException {
        assertThat(problems("chat:\n  slack:\n    bot_token: \"${TOKEN\"\n    app_token: \"${A:-${B}}\"\n"))
                .isEqualTo("""
                    config/playcall.yml:3: "${TOKEN" is not a complete reference (write ${NAME} or ${NAME:-default})
                    config/playcall.yml:4: "${A:-${B}}" is not a complete reference (write ${NAME} or ${NAME:-default})\
                    """);
    }

    @Test
    void everySecretIsKnownToTheRedactor() throws IOException {
        var config = load("""
            chat: { slack: { bot_token: xoxb-in-the-file }, discord: { token: "${D}" } }
            store: { url: "jdbc:postgresql://db/x?user=u&password=from-the-url" }
            notify: { receivers: { hook: { webhook: "https://x/${HOOK_SECRET}", secret: "${PLAIN}" } } }
            """, Map.of("D", "discord-token", "HOOK_SECRET", "hook-secret", "PLAIN", "plain"));
        assertThat(config.secrets())
                .containsExactlyInAnyOrder("xoxb-in-the-file", "discord-token", "from-the-url", "hook-secret", "plain");
        assertThat(config.toString()).doesNotContain("xoxb-in-the-file", "discord-token", "from-the-url");
    }

    @Test
    void whoLogsInToPostgresqlIsPutIntoItsUrl() throws IOException {
        var config = load("""
            store: { url: "jdbc:postgresql://db/x?sslmode=require", user: playcall, password: "p&ss w${MORE}" }
            """, Map.of("MORE", "ord"));
        assertThat(config.store().url())
                .isEqualTo("jdbc:postgresql://db/x?sslmode=require&user=playcall&password=p%26ss+word");
        assertThat(config.secrets()).contains("p&ss word");
        assertThat(problems("store: { password: x }\n"))
                .isEqualTo(
                        "config/playcall.yml:1: store.password: is for a store.url that begins with jdbc:postgresql:");
    }

    @Test
    void aNodeIsLostOnlyWherePostgresqlKnowsOfSeveral() throws IOException {
        var cluster = load("""
            store: { url: "jdbc:postgresql://db/x" }
            cluster: { node: gateway-1, lost_after: 2m }
            """, Map.of()).store().cluster();
        assertThat(cluster)
                .isEqualTo(new Config.Cluster("gateway-1", false, Duration.ofMinutes(2), Collections.emptySortedSet()));
        assertThat(problems("cluster: { lost_after: 2m }\n"))
                .isEqualTo(
                        "config/playcall.yml:1: cluster.lost_after: is for a store.url that begins with jdbc:postgresql:");
        assertThat(problems("""
            store: { url: "jdbc:postgresql://db/x" }
            cluster: { enabled: true, lost_after: 20s }
            """))
                .isEqualTo("config/playcall.yml:2: cluster.lost_after: must be 30s or more with cluster.enabled");
        assertThat(problems("cluster: { enabled: true }\n")).contains("cluster.enabled: is for a store.url");
        assertThat(problems("cluster: { node: two words }\n")).contains("cluster.node", "gateway-1");
    }

    @Test
    void labelsOfANodeAreAMappingOrAList() throws IOException {
        for (var written : List.of("{ zone: dmz, rack: 7, ssd: }", "[ssd, zone=dmz, rack=7]")) {
            assertThat(load("cluster: { labels: " + written + " }\n", Map.of())
                            .store()
                            .cluster()
                            .labels())
                    .containsExactly("rack=7", "ssd", "zone=dmz");
        }
        assertThat(load("cluster: { labels: { zone: lan } }\n", Map.of("PLAYCALL_CLUSTER_LABELS", "zone=dmz,ssd"))
                        .store()
                        .cluster()
                        .labels())
                .containsExactly("ssd", "zone=dmz");
        assertThat(problems("cluster: { labels: { zone: a b } }\n"))
                .isEqualTo("config/playcall.yml:1: cluster.labels: \"zone=a b\" is not a label (try zone=dmz)");
    }

    @Test
    void aSecretUnderTheWrongKeyIsNotRepeated() throws IOException {
        assertThat(problems("server: { port: \"${MY_TOKEN}\" }", Map.of("MY_TOKEN", "xoxb-very-secret")))
                .isEqualTo(
                        "config/playcall.yml:1: server.port: \"[secret]\" is not a number from 0 to 65535 (try 8080)");
    }

    @Test
    void undefinedReferencesOfOtherRoomsAreTold() throws IOException {
        assertThat(problems("notify:\n  receivers:\n    x: { webhook: \"${NOPE}\" }\n"))
                .startsWith("config/playcall.yml:3: ${NOPE} is not set");
    }

    @Test
    void relativePathsCountFromTheFolderThatHoldsConfig(@TempDir Path other) throws IOException {
        var file = other.resolve("config/playcall.yml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "server: { port: 0 }\n");
        var config = ConfigFile.load(home, Optional.of(file), Map.of());
        assertThat(config.home()).isEqualTo(other);
        assertThat(config.paths().inventory()).isEqualTo(other.resolve("inventory"));
        assertThat(config.paths().playbooks()).isEqualTo(other.resolve("playbooks"));
        assertThat(config.paths().logs()).isEqualTo(other.resolve("logs"));
        assertThat(config.paths().data()).isEqualTo(other.resolve("data"));
        assertThat(config.store().url()).contains(other.toString());
    }

    @Test
    void specificationsOfEnvironmentsLieInTheDataOrWhereItIsSaidButNotInWhatIsApproved() throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config/playcall.yml"), "paths: { data: kept }\n");
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        assertThat(config.paths().venvSpecs()).isEqualTo(home.resolve("kept/venv_specs"));
        Files.writeString(home.resolve("config/playcall.yml"), "paths: { venv_specs: venv_specs }\n");
        config = ConfigFile.load(home, Optional.empty(), Map.of());
        assertThat(config.paths().venvSpecs()).isEqualTo(home.resolve("venv_specs"));
        assertThat(problems("paths: { venv_specs: playbooks/specs }\n"))
                .isEqualTo("config/playcall.yml:1: paths.venv_specs: may not be in paths.playbooks or paths.inventory");
    }

    @Test
    void anotherFileMustExist() throws IOException {
        var other = home.resolve("other.yml");
        assertThat(problems(Optional.of(other), Map.of())).isEqualTo("other.yml: there is no such file");
        Files.writeString(other, "server: { port: 7 }");
        assertThat(ConfigFile.load(home, Optional.of(other), Map.of()).server().port())
                .isEqualTo(7);
    }

    @Test
    void brokenFilesAndWrongShapesAreOneLineEach() throws IOException {
        assertThat(problems("- a\n- b\n")).isEqualTo("config/playcall.yml:1: must be a mapping (key: value)");
        assertThat(problems("server: 5\n")).isEqualTo("config/playcall.yml:1: server: must be a mapping (key: value)");
        assertThat(problems("server: { port: [1] }\n"))
                .isEqualTo("config/playcall.yml:1: server.port: must be a single value");
        assertThat(problems("chat: { discord: { guilds: [[1]] } }\n"))
                .isEqualTo("config/playcall.yml:1: chat.discord.guilds: must be a list of strings");
        assertThat(problems("server:\n\tport: 1\n"))
                .isEqualTo("config/playcall.yml:2: a tab cannot indent YAML (use spaces)");
        assertThat(problems("paths: { logs: \"a\\0b\" }\n"))
                .isEqualTo("config/playcall.yml:1: paths.logs: \"a�b\" is not a path (try logs)");
        assertThat(problems("server: { host: \"a b\" }\n"))
                .isEqualTo("config/playcall.yml:1: server.host: \"a b\" is not a host to listen on (try 127.0.0.1)");
        assertThat(load("").server().port()).isEqualTo(8080);
        assertThat(load("server:\nchat: ~\n").server().port()).isEqualTo(8080);
    }

    @Test
    void whatEverybodyMayWriteIsRefused() throws IOException {
        Files.writeString(file, "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.setPosixFilePermissions(home.resolve("config"), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(problems(Optional.empty(), Map.of())).isEqualTo("""
            config/playcall.yml: world-writable, so any user could change what is executed (chmod o-w %1$s)
            config: world-writable, so any user could change what is executed (chmod o-w %2$s)\
            """.formatted(file, home.resolve("config")));
    }

    @Test
    void addressesEndWithASlash() throws IOException {
        var config = load(
                "chat: { slack: { api_base: \"http://127.0.0.1:9/api\" }, discord: { gateway: \"ws://127.0.0.1:9\" }"
                        + " }");
        assertThat(config.chat().slack().apiBase().resolve("chat.postMessage"))
                .hasToString("http://127.0.0.1:9/api/chat.postMessage");
        assertThat(config.chat().discord().gateway()).hasToString("ws://127.0.0.1:9/");
    }
}
