package dev.playcall.boot.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.command.Reply;
import dev.playcall.config.Config;
import dev.playcall.config.SettingsStore;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.config.runtime.RuntimeSettingKeys;
import dev.playcall.domain.name.Person;
import dev.playcall.store.Database;
import dev.playcall.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is set while Playcall works, in a real database. */
class SettingsTest {
    private static final Person ADA = new Person("slack:ada");
    private static final String OTHER = """
        ansible: { forks: 7, timeout: 1h30m, max_parallel_runs: 2, cancel_grace: 90s, host_key_checking: false }
        schedule: { timezone: Asia/Tokyo, missed: "run_all:7" }
        retention: { runs: { max_age: 30d, max_count: 5000 }, logs: { max_age: 36h, max_count: 20, max_size: 700MB } }
        access: { limits: { runs: 5, per: 2m } }
        git: { remote: upstream, branch: main, interval: 5m, timeout: 20s, channel: "slack:C1", edits: false,
               webhook_secret: abc-4711-def }
        galaxy: { before_runs: refuse, offline: true, timeout: 3m, keep: 2d }
        """;

    @TempDir
    Path home;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T12:00:00Z"));
    private Database database;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(home.resolve("data"));
        database = Database.open("jdbc:sqlite:" + home.resolve("data/playcall.db"), clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void file(String yaml) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config/playcall.yml"), yaml);
    }

    private Settings settings() {
        var settings = new Settings(() -> ConfigFile.read(home, Optional.empty(), Map.of()));
        settings.adjust(database.settings(), clock);
        return settings;
    }

    private static List<String> row(Settings settings, String key) {
        return ((Reply.Listed) settings.list())
                .rows().stream()
                        .filter(r -> r.getFirst().equals(key))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void whatIsSetCountsMoreThanTheFileUntilItIsReset() throws Exception {
        file("ansible: { max_parallel_runs: 3 }\n");
        var settings = settings();
        assertThat(row(settings, "ansible.max_parallel_runs")).contains("3", "config/playcall.yml:1");
        assertThat(row(settings, "ansible.forks")).contains("50", "default");
        assertThat(settings.set("ansible.max_parallel_runs", " 8 ", ADA))
                .isInstanceOfSatisfying(
                        Reply.Done.class, d -> assertThat(d.message()).contains("is 8 now, was 3", "settings reset"));
        assertThat(settings.config().ansible().maxParallelRuns()).isEqualTo(8);
        assertThat(row(settings, "ansible.max_parallel_runs"))
                .contains("8", "slack:ada 2026-11-20T12:00:00Z, config/playcall.yml:1: 3");
        assertThat(settings.reading().effective())
                .filteredOn(e -> e.key().equals("ansible.max_parallel_runs"))
                .singleElement()
                .satisfies(e ->
                        assertThat(e.value() + " " + e.origin()).isEqualTo("8 set by slack:ada 2026-11-20T12:00:00Z"));

        file("ansible: { max_parallel_runs: 4, forks: 9 }\n");
        assertThat(settings.reload())
                .isInstanceOfSatisfying(
                        Reply.Done.class,
                        d -> assertThat(d.message())
                                .startsWith("applied from config/playcall.yml: ansible.forks; changed, but what was set"
                                        + " here counts until it is reset: ansible.max_parallel_runs"));
        assertThat(settings.config().ansible().maxParallelRuns()).isEqualTo(8);
        assertThat(settings.config().ansible().forks()).isEqualTo(9);
        assertThat(settings().config().ansible().maxParallelRuns())
                .as("after a restart")
                .isEqualTo(8);

        assertThat(settings.reset("ansible.max_parallel_runs")).isInstanceOf(Reply.Done.class);
        assertThat(settings.config().ansible().maxParallelRuns()).isEqualTo(4);
        assertThat(settings.reset("ansible.max_parallel_runs")).isInstanceOf(Reply.Invalid.class);
        assertThat(database.settings().all()).isEmpty();
    }

    @Test
    void aReloadSaysWhatItLeftOut() throws Exception {
        Files.createDirectories(home.resolve("playbooks"));
        Files.writeString(home.resolve("playbooks/deploy.yml"), "- hosts: all\n  tasks: []\n");
        Files.writeString(home.resolve("playbooks/deploy.meta.yml"), "titel: Deploy\n");
        file("ansible: { forks: 5 }\nserver: { port: 8080 }\n");
        var settings =
                new Settings(() -> ConfigFile.read(home, Optional.empty(), Map.of("PLAYCALL_ANSIBLE_FORKS", "20")));
        settings.adjust(database.settings(), clock);
        file("ansible: { forks: 6 }\nserver: { port: 9090 }\n");
        assertThat(settings.reload())
                .isInstanceOfSatisfying(
                        Reply.Done.class,
                        d -> assertThat(d.message())
                                .startsWith("no changes in config/playcall.yml; changed, needs a restart: server.port")
                                .contains("the environment says otherwise: ansible.forks (PLAYCALL_ANSIBLE_FORKS)")
                                .contains("left out of the catalogue: ", "titel"));
    }

    @Test
    void whatDoesNotFitIsRefusedWithWhatItMayBe() {
        var settings = settings();
        var before = settings.config();
        var wrong = new HashMap<>(Map.of(
                "ansible.forks", "5000",
                "ansible.timeout", "1s",
                "ansible.cancel_grace", "soon",
                "retention.runs.max_age", "1m",
                "retention.runs.max_count", "5",
                "retention.logs.max_size", "1kB",
                "schedule.timezone", "Mars/Olympus",
                "schedule.missed", "perhaps",
                "git.interval", "1s",
                "galaxy.before_runs", "never"));
        wrong.put("git.branch", "--upload-pack=x");
        wrong.forEach((key, value) -> assertThat(settings.set(key, value, ADA))
                .as(key)
                .isInstanceOfSatisfying(Reply.Invalid.class, i -> {
                    assertThat(i.line())
                            .contains("allowed: "
                                    + RuntimeSettingKeys.key(key).orElseThrow().range())
                            .doesNotContain("PLAYCALL_");
                }));
        assertThat(settings.set("ansible.fork", "3", ADA))
                .isInstanceOfSatisfying(
                        Reply.Invalid.class,
                        i -> assertThat(i.line()).contains("not a runtime setting", "ansible.forks"));
        assertThat(settings.set("ansible.host_key_checking", "false", ADA)).isInstanceOf(Reply.Invalid.class);
        assertThat(settings.set("access.roles", "x", ADA)).isInstanceOf(Reply.Invalid.class);
        assertThat(settings.config()).isEqualTo(before);
        assertThat(database.settings().all()).isEmpty();
    }

    @Test
    void whatNoLongerFitsDoesNotCountAndIsTold() {
        for (var one : Map.of("ansible.forks", "5000", "gone.with.the.wind", "1", "git.timeout", "2m")
                .entrySet()) {
            database.settings().set(new SettingsStore.Adjusted(one.getKey(), one.getValue(), ADA, clock.instant()));
        }
        var settings = settings();
        assertThat(settings.config().ansible().forks()).isEqualTo(50);
        assertThat(settings.config().git().timeout()).hasMinutes(2);
        var told = ((Reply.Listed) settings.list()).lines();
        assertThat(told)
                .hasSize(2)
                .anySatisfy(l -> assertThat(l).contains("ansible.forks is ignored", "settings reset ansible.forks"))
                .anySatisfy(l -> assertThat(l).contains("gone.with.the.wind", "settings reset gone.with.the.wind"));
        assertThat(RuntimeSettings.of(settings.config(), database.settings()).rejectedSettings())
                .isEqualTo(told);
        assertThat(settings.reset("gone.with.the.wind")).isInstanceOf(Reply.Done.class);
        assertThat(((Reply.Listed) settings.list()).lines()).hasSize(1);
    }

    /** Each key reads back what it shows, changes what it is named after, and leaves everything else alone. */
    @Test
    void everyKeyIsWhatItSays() throws Exception {
        var defaults = ConfigFile.load(home, Optional.empty(), Map.of());
        file(OTHER);
        var other = ConfigFile.load(home, Optional.empty(), Map.of());
        var all = new HashMap<String, String>();
        for (var key : RuntimeSettingKeys.KEYS) {
            var there = key.now().apply(other);
            assertThat(there).as(key.name()).isNotEqualTo(key.now().apply(defaults));
            assertThat(RuntimeSettingKeys.apply(other, Map.of(key.name(), there)))
                    .isEqualTo(other);
            var set = RuntimeSettingKeys.apply(defaults, Map.of(key.name(), there));
            assertThat(RuntimeSettingKeys.KEYS.stream()
                            .filter(k -> !k.now().apply(set).equals(k.now().apply(defaults))))
                    .containsExactly(key);
            all.put(key.name(), there);
        }
        isWithoutTheRest(RuntimeSettingKeys.apply(defaults, all), defaults);
    }

    /** What cannot be set while Playcall works. */
    private static void isWithoutTheRest(Config tuned, Config defaults) {
        assertThat(tuned.ansible().hostKeyChecking()).isTrue();
        assertThat(tuned.git().remote()).isEqualTo("origin");
        assertThat(tuned.git().webhookSecret().isEmpty()).isTrue();
        assertThat(tuned.access()).isEqualTo(defaults.access());
        assertThat(tuned.knownSecrets()).isEqualTo(defaults.knownSecrets());
    }
}
