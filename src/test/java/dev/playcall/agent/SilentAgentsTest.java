package dev.playcall.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.config.RouteOptions;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.agent.HostAgent.AgentReport;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.notify.NotifyFixture;
import dev.playcall.notify.alert.Alert;
import dev.playcall.notify.routing.NotificationRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that falls silent is an alert until it reports again; a restart of the gateway neither opens nor resolves one. */
class SilentAgentsTest {
    private static final EnvironmentName PRODUCTION = new EnvironmentName("production");

    @TempDir
    Path home;

    private NotifyFixture notify;
    private DiskCatalogs catalogs;
    private AgentReports reports;
    private SilentAgents silent;

    @BeforeEach
    void prepare() throws Exception {
        inventory("one:\n    two:\n");
        Files.createDirectories(home.resolve("playbooks"));
        NotificationRules rules = NotifyFixture.rules(RouteOptions.PLAIN, "event");
        notify = new NotifyFixture(home, rules, NotifyFixture.T);
        catalogs = new DiskCatalogs(ConfigFile.load(home, Optional.empty(), Map.of()), notify.clock);
        startGateway();
    }

    private void inventory(String hosts) throws Exception {
        var file = home.resolve("inventory/production/hosts.yml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "all:\n  hosts:\n    " + hosts);
    }

    /** A gateway of this moment. */
    private void startGateway() {
        reports = new AgentReports(catalogs, notify.database.agents(), () -> Duration.ofMinutes(1), notify.clock);
        silent = new SilentAgents(
                reports,
                catalogs,
                notify.database.alerts(),
                notify.notificationEngine.outbox(),
                "https://playcall.example.org/",
                notify.clock);
        reports.step();
    }

    @AfterEach
    void close() {
        notify.close();
    }

    private void reports(String host) {
        var id = reports.serverId(PRODUCTION, host).orElseThrow();
        reports.take(PRODUCTION, new AgentReport(id, host, "v1.1.0"));
    }

    private void pass(int seconds) {
        for (int s = 0; s < seconds; s += 10) {
            notify.clock.go(Duration.ofSeconds(10));
            reports.step();
            silent.step();
        }
        notify.beat();
    }

    private List<String> open() {
        return alerts().stream()
                .map(a -> a.environment() + " " + a.item().title())
                .toList();
    }

    private List<Alert> alerts() {
        return notify.database.alerts().open(100);
    }

    @Test
    void itIsAnAlertUntilTheAgentReportsAgainAndOneWithoutReportIsNone() throws Exception {
        reports("one");
        pass(60);
        assertThat(open()).isEmpty();
        pass(60);
        assertThat(open()).containsExactly("production agent of one is silent");
        var item = alerts().getFirst().item();
        assertThat(item.kind()).isEqualTo("agent.silent");
        assertThat(item.text()).isEqualTo("v1.1.0, last report 2026-03-02 12:00:00 UTC");
        assertThat(item.link()).isEqualTo("https://playcall.example.org/?environment=production&host=one");
        pass(300);
        assertThat(notify.titles("ops")).containsExactly("agent of one is silent");
        reports("one");
        pass(10);
        assertThat(open()).isEmpty();
        assertThat(notify.titles("ops"))
                .containsExactly("agent of one is silent", "agent of one reports again after 7 min 10 s");
    }

    @Test
    void whileTheGatewayWasDownNobodyWasSilentAndWhatWasOpenStaysOpen() {
        reports("one");
        reports("two");
        pass(30);
        reports("two");
        pass(50);
        assertThat(open()).containsExactly("production agent of one is silent");
        notify.clock.go(Duration.ofHours(5));
        startGateway();
        pass(50);
        assertThat(open()).containsExactly("production agent of one is silent");
        reports("one");
        pass(10);
        assertThat(open()).isEmpty();
        pass(40);
        assertThat(open()).containsExactly("production agent of two is silent");
    }

    @Test
    void aSleepOfTheMachineIsNoSilenceOfTheAgents() {
        reports("one");
        pass(20);
        notify.clock.go(Duration.ofHours(9));
        pass(50);
        assertThat(open()).isEmpty();
        pass(30);
        assertThat(open()).hasSize(1);
    }

    @Test
    void whatWasRemovedIsNotMissed() throws Exception {
        reports("one");
        reports("two");
        pass(80);
        assertThat(open()).hasSize(2);
        assertThat(reports.forget(
                        PRODUCTION, reports.serverId(PRODUCTION, "one").orElseThrow()))
                .isTrue();
        pass(10);
        assertThat(open()).containsExactly("production agent of two is silent");
        inventory("{");
        pass(10);
        assertThat(open()).as("an inventory that cannot be read").hasSize(1);
        inventory("one:\n");
        pass(10);
        assertThat(open()).isEmpty();
    }
}
