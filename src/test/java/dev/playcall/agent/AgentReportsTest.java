package dev.playcall.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.selection.ServerUuid;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.agent.HostAgent;
import dev.playcall.domain.agent.HostAgent.AgentReport;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.store.Database;
import dev.playcall.testing.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports are taken into memory and written together; the clock of the gateway says who is silent. */
class AgentReportsTest {
    private static final EnvironmentName PRODUCTION = new EnvironmentName("production");
    private static final int HOSTS = 2000;

    @TempDir
    Path home;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-31T12:00:00Z"));
    private final Written written = new Written();
    private DiskCatalogs catalogs;
    private AgentReports reports;

    /** A store that counts its transactions. */
    private static final class Written implements HostAgentStore {
        private final List<Collection<HostAgent>> saved = new ArrayList<>();
        private List<HostAgent> kept = List.of();
        private boolean broken;

        @Override
        public List<HostAgent> all() {
            return kept;
        }

        @Override
        public void save(Collection<HostAgent> agents) {
            if (broken) {
                throw new IllegalStateException("disk full");
            }
            saved.add(agents);
        }

        @Override
        public void forget(Instant before) {}

        @Override
        public void forget(EnvironmentName environment, String host) {}
    }

    @BeforeEach
    void open() throws Exception {
        write(
                "inventory/production/hosts.yml",
                "all: {hosts: {'h[1:" + HOSTS + "]': , own: {server_uuid: \"u-7\"}}}\n");
        write("inventory/production/host_vars/h2.yml", "agent_server_id: two\n");
        write("playbooks/ping.yml", "- hosts: all\n  tasks: []\n");
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        catalogs = new DiskCatalogs(config, clock);
        reports = opened();
    }

    private AgentReports opened() {
        var opened = new AgentReports(catalogs, written, () -> Duration.ofMinutes(1), clock);
        opened.step();
        return opened;
    }

    private void write(String name, String text) throws Exception {
        var file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static AgentReport report(String id, String version) {
        return new AgentReport(id, "", version);
    }

    private String id(int host) {
        return reports.serverId(PRODUCTION, "h" + host).orElseThrow();
    }

    @Test
    void idsAreThoseOfTheRole() {
        assertThat(id(1)).isEqualTo(ServerUuid.of("production", "h1"));
        assertThat(id(2)).isEqualTo("two");
        assertThat(reports.serverId(PRODUCTION, "own")).contains("u-7");
        assertThat(reports.take(PRODUCTION, report("two", "v1"))).contains("h2");
        assertThat(reports.take(PRODUCTION, report(ServerUuid.of("production", "h2"), "v1")))
                .isEmpty();
    }

    @Test
    void tenThousandReportsOfTwoThousandAgentsAreOneTransactionWithTheLastOfEach() throws Exception {
        try (var agents = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 1; round <= 5; round++) {
                var version = "v1." + round;
                for (int host = 1; host <= HOSTS; host++) {
                    var id = id(host);
                    agents.execute(() -> reports.take(PRODUCTION, report(id, version)));
                }
            }
        }
        reports.step();
        assertThat(written.saved).hasSize(1);
        assertThat(written.saved.getFirst()).hasSize(HOSTS);
        reports.step();
        assertThat(written.saved).hasSize(1);
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenTheNextTime() {
        reports.take(PRODUCTION, report(id(1), "v1"));
        written.broken = true;
        assertThatThrownBy(reports::step).hasMessage("disk full");
        written.broken = false;
        reports.step();
        assertThat(written.saved).singleElement().matches(s -> s.size() == 1);
    }

    @Test
    void anAgentIsSilentAfterAMinuteOrThreeOfItsIntervals() {
        assertThat(reports.state(PRODUCTION, "h1").words(clock.instant())).isEqualTo("never reported");
        reports.take(PRODUCTION, report(id(1), "v1.1.0"));
        reports.take(PRODUCTION, report(id(3), "v1.1.0"));
        clock.go(Duration.ofMinutes(5));
        reports.take(PRODUCTION, report(id(3), "v1.1.0"));
        assertThat(reports.state(PRODUCTION, "h1").words(clock.instant())).isEqualTo("v1.1.0, silent for 5 min");
        clock.go(Duration.ofSeconds(10));
        assertThat(reports.state(PRODUCTION, "h3").words(clock.instant())).isEqualTo("v1.1.0, 10 s ago");
        clock.go(Duration.ofMinutes(14));
        assertThat(reports.state(PRODUCTION, "h3").word()).isEqualTo("reporting");
        clock.go(Duration.ofMinutes(2));
        assertThat(reports.state(PRODUCTION, "h3").word()).isEqualTo("silent");
    }

    @Test
    void afterAStartNobodyIsSilentBeforeThereWasTimeToHearOfThem() {
        var before = clock.instant().minus(Duration.ofHours(5));
        written.kept = List.of(new HostAgent(PRODUCTION, "h1", id(1), "v1", before, before, Duration.ofSeconds(5)));
        var again = opened();
        clock.go(Duration.ofSeconds(59));
        assertThat(again.state(PRODUCTION, "h1").word()).isEqualTo("reporting");
        clock.go(Duration.ofSeconds(2));
        assertThat(again.state(PRODUCTION, "h1").word()).isEqualTo("silent");
    }

    @Test
    void unknownIdsAreBounded() {
        for (int i = 0; i < 5000; i++) {
            reports.take(PRODUCTION, report("stray-" + i, "v1"));
        }
        assertThat(reports.unknown(PRODUCTION)).hasSize(1000);
    }

    @Test
    void whatIsWrittenIsThereAfterARestart() {
        try (var database = Database.open("jdbc:sqlite:" + home.resolve("a.db"), Clock.systemUTC())) {
            var real = new AgentReports(catalogs, database.agents(), () -> Duration.ofMinutes(1), clock);
            real.step();
            real.take(PRODUCTION, report(id(1), "v1"));
            clock.go(Duration.ofSeconds(5));
            real.take(PRODUCTION, report(id(1), "v2"));
            real.step();
            var again = new AgentReports(catalogs, database.agents(), () -> Duration.ofMinutes(1), clock);
            again.step();
            assertThat(again.agent(PRODUCTION, id(1)))
                    .contains(new HostAgent(
                            PRODUCTION,
                            "h1",
                            id(1),
                            "v2",
                            Instant.parse("2026-01-31T12:00:00Z"),
                            clock.instant(),
                            Duration.ofSeconds(5)));
        }
    }
}
