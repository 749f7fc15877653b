package dev.playcall.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.EnvironmentRules;
import dev.playcall.catalog.layout.EnvironmentSource;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.HostStatus;
import dev.playcall.journal.HostStatus.Column;
import dev.playcall.journal.HostStatus.OpenAlert;
import dev.playcall.journal.HostStatus.Work;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What a reader finds in {@code status.yml} that knows only the words its document lists. */
class StatusYamlTest {
    private static final Instant EARLIER = Instant.parse("2026-01-31T08:15:00Z");
    private static final Instant NOW = Instant.parse("2026-01-31T09:30:00Z");
    private static final Optional<Column> NONE = Optional.empty();

    private static Optional<Column> ended(String status, String error) {
        return Optional.of(new Column(
                status,
                new RunId(1),
                EARLIER,
                Optional.of(EARLIER),
                "",
                OptionalLong.empty(),
                error,
                Optional.empty(),
                Optional.empty()));
    }

    private static Optional<Column> working(String before) {
        var checked = Optional.of(EARLIER).filter(_ -> !before.isEmpty());
        return Optional.of(new Column(
                "running",
                new RunId(2),
                NOW,
                Optional.empty(),
                "",
                OptionalLong.empty(),
                "",
                Optional.empty(),
                Optional.of(new Work(before, checked, "", 1, 3, "Ping"))));
    }

    private static HostStatus host(Optional<Column> ssh, Optional<Column> provision, Optional<Column> deploy) {
        return new HostStatus("web-1", ssh, provision, deploy, Optional.empty(), Optional.empty());
    }

    /** The server as somebody else's YAML reader sees it. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> server(HostStatus... known) {
        var folder = Path.of("/inventory/production");
        var environment = new Environment(
                EnvironmentSource.of(new EnvironmentName("production"), folder, List.of(folder.resolve("hosts.yml"))),
                List.of("web-1"),
                new TreeMap<>(),
                EnvironmentRules.NONE,
                List.of(),
                new TreeMap<>());
        Map<String, Object> file = new Yaml().load(StatusYaml.of(environment, List.of(known), List.of(), NOW));
        return Objects.requireNonNull((List<Map<String, Object>>) file.get("servers"))
                .getFirst();
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object at(Map<String, Object> server, String part, String key) {
        return Objects.requireNonNull((Map<String, Object>) server.get(part)).get(key);
    }

    private static List<@Nullable Object> words(Map<String, Object> server) {
        return Arrays.asList(
                at(server, "ssh", "status"),
                at(server, "provision", "status"),
                at(server, "deploy", "status"),
                server.get("status"));
    }

    @Test
    void aServerThatNobodyTouchedSaysSo() {
        assertThat(words(server())).containsExactly("not_tested", "not_started", "not_deployed", "Unknown");
    }

    @Test
    void whatEndedWellHasTheWordsOfTheDocument() {
        assertThat(words(server(host(ended("ok", ""), ended("ok", ""), ended("ok", "")))))
                .containsExactly("connected", "completed", "deployed", "Running");
    }

    @Test
    void whatIsDoneNowIsSaid() {
        assertThat(words(server(host(ended("ok", ""), working("ok"), NONE))))
                .containsExactly("connected", "in_progress", "not_deployed", "Provisioning");
        assertThat(words(server(host(ended("ok", ""), ended("ok", ""), working("failed")))))
                .containsExactly("connected", "completed", "deploying", "Deploying");
    }

    @Test
    void everyWayToEndBadlyIsFailedAndSaysHowBesideIt() {
        for (var way : List.of("failed", "unreachable", "incomplete", "cancelled", "timed_out", "interrupted")) {
            var server = server(host(ended(way, ""), ended(way, "No space left"), ended(way, "")));
            assertThat(words(server)).as(way).containsExactly("failed", "failed", "failed", "Failed");
            assertThat(at(server, "ssh", "error")).isEqualTo(way.replace('_', ' '));
            assertThat(at(server, "provision", "error")).isEqualTo("No space left");
        }
    }

    @Test
    void aServerThatIsBeingPingedKeepsItsLastAnswerAndItsTime() {
        var server = server(host(working("ok"), NONE, NONE));
        assertThat(words(server)).containsExactly("connected", "not_started", "not_deployed", "Running");
        assertThat(at(server, "ssh", "checked")).isEqualTo("2026-01-31T08:15:00Z");
        var first = server(host(working(""), NONE, NONE));
        assertThat(at(first, "ssh", "status")).isEqualTo("not_tested");
        assertThat(at(first, "ssh", "checked")).isNull();
    }

    @Test
    void anOpenAlertMakesAServerFailed() {
        var alerted = new HostStatus(
                "web-1", ended("ok", ""), NONE, NONE, NONE, Optional.of(new OpenAlert(7, "Disk is full")));
        assertThat(server(alerted).get("status")).isEqualTo("Failed");
    }
}
