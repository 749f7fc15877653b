package dev.playcall.chat.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.EnvironmentRules;
import dev.playcall.catalog.layout.EnvironmentSource;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.HostStatus;
import dev.playcall.journal.HostStatus.Column;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StatusTableTest {
    private static final Instant NOW = Instant.parse("2026-01-31T09:30:00Z");

    private static List<Block> blocks(List<String> hosts, HostStatus... known) {
        var folder = Path.of("/inventory/production");
        var environment = new Environment(
                EnvironmentSource.of(new EnvironmentName("production"), folder, List.of(folder.resolve("hosts.yml"))),
                hosts,
                new TreeMap<>(),
                EnvironmentRules.NONE,
                List.of(),
                new TreeMap<>());
        return new StatusTable(NOW).blocks(environment, Arrays.asList(known));
    }

    private static List<String> row(HostStatus known) {
        var table = (Block.Table) blocks(List.of(known.host()), known).getLast();
        return table.rows().getFirst();
    }

    private static String title(List<Block> blocks) {
        return ((Block.Title) blocks.getFirst()).text();
    }

    private static Optional<Column> column(String status, String version, OptionalLong latency, String error) {
        Optional<Instant> completed =
                status.equals("running") ? Optional.empty() : Optional.of(NOW.minus(Duration.ofMinutes(5)));
        return Optional.of(new Column(
                status,
                new RunId(1),
                NOW.minus(Duration.ofMinutes(6)),
                completed,
                version,
                latency,
                error,
                Optional.empty(),
                Optional.empty()));
    }

    private static Optional<Column> ok(String version) {
        return column("ok", version, OptionalLong.empty(), "");
    }

    @Test
    void whatIsFineIsTickedWithLatencyVersionAndAge() {
        var row = row(new HostStatus(
                "web-1",
                column("ok", "", OptionalLong.of(12), ""),
                ok(""),
                ok("v1.2.3"),
                Optional.empty(),
                Optional.empty()));
        assertThat(row).containsExactly("web-1", "✓ 12 ms 5 min ago", "✓ 5 min ago", "✓ v1.2.3 5 min ago", "✓ Running");
    }

    @Test
    void aHostNobodyTouchedIsUnknown() {
        var row = row(new HostStatus(
                "web-1", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(row).containsExactly("web-1", "–", "–", "–", "– Unknown");
        assertThat(title(blocks(List.of("web-1")))).isEqualTo("production: 1 server");
    }

    @Test
    void whatWorksNowHasItsSign() {
        var row = row(new HostStatus(
                "web-1",
                Optional.empty(),
                ok(""),
                column("running", "v2", OptionalLong.empty(), ""),
                Optional.empty(),
                Optional.empty()));
        assertThat(row).containsExactly("web-1", "–", "✓ 5 min ago", "⧗ v2", "⧗ Deploying");
    }

    @Test
    void troubleIsNamedCountedAndCannotBreakTheTable() {
        var failed = new HostStatus(
                "web-1",
                Optional.empty(),
                ok(""),
                column("failed", "v2", OptionalLong.empty(), "answered\n503"),
                Optional.empty(),
                Optional.empty());
        var away = new HostStatus(
                "web-2",
                column("unreachable", "", OptionalLong.of(9), "No route"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThat(row(failed).getLast()).startsWith("✗ Failed: answered").doesNotContain("\n");
        assertThat(row(away).get(1)).isEqualTo("✗ 5 min ago");
        assertThat(row(away).getLast()).isEqualTo("✗ Failed: No route");
        assertThat(title(blocks(List.of("web-1", "web-2", "web-3"), failed, away)))
                .isEqualTo("production: 3 servers, 2 failing");
    }

    @Test
    void aHostThatLeftTheInventoryIsNotShownAndTheOrderIsTheInventorys() {
        var gone = new HostStatus("old", ok(""), ok(""), ok(""), Optional.empty(), Optional.empty());
        var table = (Block.Table) blocks(List.of("web-2", "web-1"), gone).getLast();
        assertThat(table.rows()).extracting(List::getFirst).containsExactly("web-2", "web-1");
    }

    @Test
    void aHostThatWasLeftBehindIsMarkedAndNamed() {
        var none = Optional.<Column>empty();
        var blocks = blocks(
                List.of("web-1", "web-2", "web-3"),
                new HostStatus("web-1", none, none, ok("v2"), Optional.empty(), Optional.empty()),
                new HostStatus("web-2", none, none, ok("v1"), Optional.empty(), Optional.empty()),
                new HostStatus("web-3", none, none, ok("v2"), Optional.empty(), Optional.empty()));
        var table = (Block.Table) blocks.get(1);
        assertThat(table.rows())
                .extracting(r -> r.get(3))
                .containsExactly("✓ v2 5 min ago", "✓ v1 5 min ago ≠", "✓ v2 5 min ago");
        assertThat(((Block.Line) blocks.getLast()).text()).isEqualTo("≠ web-2 has v1, 2 others of all have v2");
    }
}
