package dev.playcall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a route tells: what it says itself, what it has from above, and what is told of a mistake. */
class RouteOptionsConfigTest {
    private static final String RECEIVERS = """
        notify:
          receivers:
            ops: { webhook: "https://example.org/a" }
            night: { webhook: "https://example.org/b" }
        """;

    @TempDir
    private Path home;

    private void write(String rest) throws IOException {
        Files.writeString(
                Files.createDirectories(home.resolve("config")).resolve("playcall.yml"), RECEIVERS + rest.indent(2));
    }

    private NotifyConfig load(String rest) throws IOException {
        write(rest);
        return ConfigFile.load(home, Optional.empty(), Map.of()).notifications();
    }

    private NotifyConfig.Route route(String text) throws IOException {
        return load("route:\n" + text.indent(2)).route().orElseThrow();
    }

    private List<String> problems(String rest) throws IOException {
        write(rest);
        var thrown =
                catchThrowableOfType(ConfigException.class, () -> ConfigFile.load(home, Optional.empty(), Map.of()));
        return thrown == null
                ? List.of()
                : thrown.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void aRouteThatSaysNothingTellsTenInAStormAndEverythingElseAtOnce() throws IOException {
        assertThat(route("receiver: ops\n").options())
                .isEqualTo(new RouteOptions(false, Optional.empty(), 10, List.of(), List.of()));
    }

    @Test
    void whatARouteDoesNotSayItHasFromAbove() throws IOException {
        var top = route("""
            receiver: ops
            storm: 3
            only_changes: true
            quiet: { from: "22:00", to: 7:00, timezone: Europe/Berlin, except: error }
            escalate: [{ after: 10m, receivers: [night] }]
            routes:
              - { match: ['environment="staging"'] }
              - { match: ['environment="lab"'], storm: 0, only_changes: false, escalate: [], quiet: { from: "1:30", to: "02:00" } }
            """);
        assertThat(top.options().storm()).isEqualTo(3);
        assertThat(top.options().quiet())
                .contains(new RouteOptions.Quiet(
                        LocalTime.of(22, 0), LocalTime.of(7, 0), ZoneId.of("Europe/Berlin"), "error"));
        assertThat(top.options().escalate())
                .containsExactly(new RouteOptions.Step(Duration.ofMinutes(10), List.of("night")));
        assertThat(top.routes().getFirst().options()).isEqualTo(top.options());
        assertThat(top.routes().getLast().options())
                .isEqualTo(new RouteOptions(
                        false,
                        Optional.of(new RouteOptions.Quiet(
                                LocalTime.of(1, 30), LocalTime.of(2, 0), ZoneId.systemDefault(), "critical")),
                        0,
                        List.of(),
                        List.of()));
    }

    @Test
    void whatCanBeDoneAboutAnAlertIsReadWithItsUsualValues() throws IOException {
        var actions = route("""
            receiver: ops
            actions:
              - { label: restart, playbook: restart, limit: "{{ labels.instance }}", variables: { service: nginx } }
              - { label: again, operation: deploy, environment: staging, cool_down: 0s }
            """).options().actions();
        assertThat(actions.getFirst())
                .isEqualTo(new RouteOptions.Suggestion(
                        "restart",
                        "play",
                        Optional.of("restart"),
                        "{{ labels.environment }}",
                        "{{ labels.instance }}",
                        new java.util.TreeMap<>(Map.of("service", "nginx")),
                        Duration.ofMinutes(5)));
        assertThat(actions.getLast())
                .returns("deploy", RouteOptions.Suggestion::operation)
                .returns("staging", RouteOptions.Suggestion::environment)
                .returns(Duration.ZERO, RouteOptions.Suggestion::coolDown);
    }

    @Test
    void whatSilencesWhatIsRead() throws IOException {
        var rule = load("""
            inhibit:
              - { source: ['severity="critical"'], target: ['severity="warning"'], equal: [environment, instance] }
            """).inhibit().getFirst();
        assertThat(rule.source()).containsExactly("severity=\"critical\"");
        assertThat(rule.target()).containsExactly("severity=\"warning\"");
        assertThat(rule.equal()).containsExactly("environment", "instance");
    }

    @Test
    void everyMistakeHasItsLineAndSaysWhatWouldBeRight() throws IOException {
        assertThat(problems("""
            route:
              receiver: ops
              storm: many
              only_changes: perhaps
              quiet: { from: "25:00", timezone: Europe/Berlim }
              escalate:
                - { receivers: [nihgt] }
                - { after: 10m }
              actions:
                - { playbook: restart }
                - { label: nothing, cool_down: soon }
            inhibit:
              - { source: ['severity="critical"'] }
            """))
                .allMatch(p -> p.startsWith("config/playcall.yml:"))
                .anyMatch(p -> p.contains("playcall.yml:7:") && p.contains("route.storm"))
                .anyMatch(p -> p.contains("route.only_changes"))
                .anyMatch(p -> p.contains("quiet.from") && p.contains("22:00"))
                .anyMatch(p -> p.contains("quiet.timezone"))
                .anyMatch(p -> p.contains("quiet hours need from and to"))
                .anyMatch(p -> p.contains("there is no receiver \"nihgt\"; there are night, ops"))
                .anyMatch(p -> p.contains("after is required"))
                .anyMatch(p -> p.contains("receivers are required"))
                .anyMatch(p -> p.contains("a button needs a label"))
                .anyMatch(p -> p.contains("an operation or playbook is required"))
                .anyMatch(p -> p.contains("cool_down"))
                .anyMatch(p -> p.contains("say what silences what"));
    }

    @Test
    void aMessageHasRoomForFourButtons() throws IOException {
        var five = "{ label: a, operation: ping }, ".repeat(5);
        assertThat(problems("route: { receiver: ops, actions: [" + five + "] }"))
                .singleElement()
                .asString()
                .contains("a message has room for 4 buttons");
    }
}
