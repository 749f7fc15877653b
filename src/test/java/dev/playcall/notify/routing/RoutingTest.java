package dev.playcall.notify.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.playcall.notify.event.GroupTiming;
import dev.playcall.notify.event.Matcher;
import dev.playcall.notify.event.NotifyStore.RoutedEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoutingTest {
    private static Matcher on(String text) {
        return switch (Matcher.parse(text)) {
            case Matcher.Parsed.Valid(var matcher) -> matcher;
            case Matcher.Parsed.Invalid(var why) -> throw new AssertionError(why);
        };
    }

    private static Route route(String name, List<String> match, String receiver, boolean goOn, Route... below) {
        return new Route(
                name,
                match.stream().map(RoutingTest::on).toList(),
                List.of(receiver),
                goOn,
                List.of("environment"),
                GroupTiming.USUAL,
                List.of(below));
    }

    private static final Routing ROUTING = new Routing(Optional.of(route(
            "route",
            List.of(),
            "all",
            false,
            route("night", List.of("severity>=error", "environment=\"production\""), "pager", true),
            route("production", List.of("environment=~\"prod.*\""), "ops", false),
            route("databases", List.of("host=~\"db-[0-9]+\"", "job!~\"test.*\""), "dba", false))));

    private static List<String> told(Map<String, String> labels) {
        return ROUTING.of(labels).stream().map(RoutedEvent::receiver).toList();
    }

    @Test
    void theFirstBranchThatFitsTakesItUnlessItSaysGoOn() {
        assertThat(told(Map.of("environment", "production", "severity", "critical")))
                .containsExactly("pager", "ops");
        assertThat(told(Map.of("environment", "production", "severity", "info")))
                .containsExactly("ops");
        assertThat(told(Map.of("environment", "staging", "host", "db-7"))).containsExactly("dba");
    }

    @Test
    void whatFitsNoBranchIsForTheOneAbove() {
        assertThat(told(Map.of("environment", "staging"))).containsExactly("all");
        assertThat(told(Map.of("host", "db-x"))).containsExactly("all");
        assertThat(told(Map.of("host", "db-1", "job", "tests"))).containsExactly("all");
    }

    @Test
    void regularExpressionsMatchTheWholeValue() {
        assertThat(told(Map.of("environment", "my-prod"))).containsExactly("all");
    }

    @Test
    void aTrialNamesThoseWhoWouldBeToldAndEveryBranchWithItsReason() {
        var routeTest = RouteTest.of(ROUTING, RouteTest.labels(List.of("environment=production", "severity=error")));
        assertThat(routeTest.receivers())
                .containsExactly(
                        "pager  by night, grouped by {environment=production}, after 10 s",
                        "ops  by production, grouped by {environment=production}, after 10 s");
        assertThat(routeTest.why()).anyMatch(l -> l.contains("✓ night"));
        assertThat(RouteTest.of(ROUTING, RouteTest.labels(List.of("environment=staging")))
                        .why())
                .anyMatch(l -> l.contains("✗ night: not severity>=error"));
        assertThatThrownBy(() -> RouteTest.labels(List.of("production")))
                .hasMessage("\"production\" is not a label (try environment=production)");
    }

    @Test
    void withoutRoutesNobodyIsTold() {
        assertThat(new Routing(Optional.empty()).of(Map.of("a", "b"))).isEmpty();
    }

    @Test
    void aGroupHasTheValuesOfItsLabelsEmptyWhereThereIsNone() {
        assertThat(ROUTING.of(Map.of("severity", "info")).getFirst().group())
                .containsExactly(Map.entry("environment", ""));
    }

    @Test
    void theExplanationNamesTheConditionThatFailed() {
        assertThat(String.join("\n", ROUTING.explain(Map.of("environment", "production", "severity", "warning"))))
                .contains("✗ night: not severity>=error")
                .contains("✓ production")
                .contains("→ ops")
                .doesNotContain("databases");
    }

    @Test
    void conditionsThatMeanNothingAreRefusedWithWhatWouldBeRight() {
        for (var wrong : List.of("production", "a b=c", "severity>=bad", "host=~\"(\"", "=x", "x".repeat(600) + "=1")) {
            assertThat(Matcher.parse(wrong)).as(wrong).isInstanceOf(Matcher.Parsed.Invalid.class);
        }
    }

    @Test
    void anExpressionThatTakesForeverElsewhereIsAnsweredAtOnce() {
        var matcher = on("host=~\"(a+)+$\"");
        assertThat(matcher.matches(Map.of("host", "a".repeat(100_000) + "!"))).isFalse();
    }
}
