package dev.playcall.web.hosts;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Run;
import dev.playcall.web.BrowserPage;
import dev.playcall.web.Chromium;
import dev.playcall.web.WebFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ten times as many servers may not make pages ten times as slow. Both fleets are looked at in turn, so that the ratios count whatever else
 * the machine does; {@code -Drounds=15} for figures to write down.
 */
@ExtendWith(Chromium.class)
class FleetPagesIT {
    private static final Fleet SMALL = new Fleet("small", 500, "deploy");
    private static final Fleet LARGE = new Fleet("large", 5_000, "provision");
    private static final int ROUNDS = Integer.getInteger("rounds", 2);
    private static final double MOST = 9;

    /** So long the page waits for the next key before it looks for something. */
    private static final double TYPING = 300;

    private static final String UPDATE = """
        async () => {
          const began = performance.now();
          const answer = await fetch(location.href, {headers: {Accept: 'text/html'}});
          new DOMParser().parseFromString(await answer.text(), 'text/html');
          return performance.now() - began;
        }\
        """;

    private static final double MOST_FROZEN = 1000;

    /** A page that takes long to make is asked for less often. */
    private static final LocatorAssertions.ContainsTextOptions SOON =
            new LocatorAssertions.ContainsTextOptions().setTimeout(30_000);

    private static final String LONGEST = """
        window.longest = 0;
        new PerformanceObserver(list => list.getEntries().forEach(e => longest = Math.max(longest, e.duration)))
            .observe({type: 'longtask', buffered: true});
        """;

    private final Browser browser;
    private final Map<String, double[]> figures = new LinkedHashMap<>();

    @TempDir
    Path folder;

    private WebFixture fixture;

    FleetPagesIT(Browser browser) {
        this.browser = browser;
    }

    /** Servers of an environment; {@code operation} deploys to them. */
    private record Fleet(String name, int hosts, String operation) {
        String table() {
            return IntStream.rangeClosed(1, hosts)
                    .mapToObj(i -> "{\"name\":\"vm-%d\",\"address\":\"10.1.%d.%d\",\"tags\":[\"%s\"]}"
                            .formatted(i, i / 250, i % 250, i % 10 == 0 ? "edge" : "core"))
                    .collect(Collectors.joining(",", "[", "]"));
        }

        int index() {
            return equals(SMALL) ? 0 : 1;
        }
    }

    @FunctionalInterface
    private interface Step {
        /** @return what it took in ms */
        double take(BrowserPage visit, Fleet fleet) throws Exception;
    }

    @BeforeEach
    void open() throws Exception {
        for (var fleet : List.of(SMALL, LARGE)) {
            var file = folder.resolve("inventory/" + fleet.name() + "/hosts.yml");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "all: {}\n");
        }
        fixture = new WebFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void measure(String what, int rounds, Step step) throws Exception {
        var least = new double[] {Double.MAX_VALUE, Double.MAX_VALUE};
        for (int i = 0; i < rounds; i++) {
            for (var fleet : List.of(SMALL, LARGE)) {
                try (var visit = new BrowserPage(browser, fixture, BrowserPage.DESK)) {
                    least[fleet.index()] = Math.min(least[fleet.index()], step.take(visit, fleet));
                }
            }
        }
        figures.put(what, least);
    }

    private static double since(long began) {
        return (System.nanoTime() - began) / 1e6;
    }

    private double shown(BrowserPage visit, String address, String first) {
        var began = System.nanoTime();
        visit.page.navigate(fixture.server.address() + address);
        visit.page.locator(first).first().waitFor();
        return since(began);
    }

    private double registered(Fleet fleet) throws IOException, InterruptedException {
        var began = System.nanoTime();
        var answer = fixture.post("/api/v1/inventory/" + fleet.name() + "/registered:bulk", fleet.table());
        assertThat(answer.body()).contains(fleet.hosts() + " ");
        return since(began);
    }

    private void deploy(Fleet fleet) throws IOException, InterruptedException {
        var variables = fleet.operation().equals("deploy") ? ",\"variables\":{\"version\":\"v1\"}" : "";
        var answer = fixture.post(
                "/api/v1/deployments",
                "{\"name\":\"%s\",\"operation\":\"%s\",\"environment\":\"%1$s\",\"rollout\":{\"waves\":[\"50%%\",\"rest\"]}%s}"
                        .formatted(fleet.name(), fleet.operation(), variables));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var run = fixture.begin(fleet.operation());
        var half = run.request().hosts().stream()
                .limit(fleet.hosts() / 4)
                .map(h -> WebFixture.host(h, HostOutcome.CHANGED, "", ""))
                .toList();
        fixture.progress(run, "Unpack", half.size(), fleet.hosts(), List.<HostResult>copyOf(half));
    }

    private static double searched(BrowserPage visit, String text, String found) {
        var began = System.nanoTime();
        visit.page.fill("#search", text);
        assertThat(visit.page.locator("#picks")).containsText(found);
        return since(began) - TYPING;
    }

    private void chosen(BrowserPage visit, Fleet fleet) {
        visit.to("/start?operation=" + fleet.operation() + "&environment=" + fleet.name());
        if (fleet.equals(SMALL)) {
            visit.page.fill("[name='v.version']", "v1");
        }
        visit.page.locator("#steps button:has-text('Servers')").click();
    }

    @Test
    void pagesOfTenTimesAsManyServersStayUsable() throws Exception {
        var load = Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
        figures.put("import", new double[] {registered(SMALL), registered(LARGE)});
        deploy(SMALL);
        deploy(LARGE);
        measure(
                "inventory: first row",
                ROUNDS,
                (visit, fleet) -> shown(visit, "/inventory/" + fleet.name(), ".hostrows tbody tr"));
        measure("deployment: first row", ROUNDS, (visit, fleet) -> shown(visit, page(fleet), "#servers tbody tr"));
        measure("deployment: update", ROUNDS, (visit, fleet) -> {
            visit.to(page(fleet));
            return ((Number) visit.page.evaluate(UPDATE)).doubleValue();
        });
        measure("wizard: first server", ROUNDS, (visit, fleet) -> {
            var began = System.nanoTime();
            chosen(visit, fleet);
            visit.page.locator("#picks .hostlist label").first().waitFor();
            return since(began);
        });
        measure("wizard: search by name", ROUNDS, (visit, fleet) -> {
            chosen(visit, fleet);
            return searched(visit, "vm-49", "all " + (fleet.equals(SMALL) ? 11 : 111) + " servers");
        });
        measure("wizard: search by tag", ROUNDS, (visit, fleet) -> {
            chosen(visit, fleet);
            return searched(visit, "tag:edge", "all " + fleet.hosts() / 10 + " servers");
        });
        measure("wizard: select all found", ROUNDS, (visit, fleet) -> {
            chosen(visit, fleet);
            searched(visit, "tag:core", "all " + fleet.hosts() * 9 / 10 + " servers");
            var began = System.nanoTime();
            visit.page.locator("button:has-text('Select all found')").click();
            assertThat(visit.page.locator("#reach")).containsText(fleet.hosts() * 9 / 10 + " servers");
            return since(began);
        });
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            visit.to(page(LARGE)).looksWell("deployment-fleet");
            assertThat(visit.bytes()).isLessThan(150_000);
        }
        System.out.println("load " + load + "\n" + table());
        figures.forEach((what, least) -> assertThat(least[1] / least[0])
                .as(what + "\n" + table())
                .isLessThan(what.equals("import") ? 2.0 * LARGE.hosts() / SMALL.hosts() : MOST));
    }

    /** While the results of more and more servers arrive, whoever opens a row, types or scrolls is served within a second. */
    @ParameterizedTest
    @ValueSource(strings = {"desk", "phone"})
    void aTableOfAllServersOfARunDoesNotFreezeThePage(String screen) throws Exception {
        registered(LARGE);
        var run = started(LARGE);
        work(run, 0);
        var size = screen.equals("desk") ? BrowserPage.DESK : BrowserPage.PHONE;
        try (var visit = new BrowserPage(browser, fixture, size)) {
            visit.page.addInitScript(LONGEST);
            visit.to("/runs/" + run.id().value() + "?hosts=all#hosts");
            assertThat(visit.page.locator("#hosts tbody tr")).hasCount(LARGE.hosts());
            var longest = new ArrayList<Double>();
            for (int done : List.of(1_500, 3_000, LARGE.hosts())) {
                visit.page.evaluate("longest = 0");
                work(run, done);
                assertThat(visit.page.locator("#hosts details summary")).containsText(done + " finished", SOON);
                longest.add(((Number) visit.page.evaluate("longest")).doubleValue());
            }
            System.out.println(screen + ": did not answer for at most " + longest + " ms");
            // On a machine that is busy with other things one change may take long, but not each.
            assertThat(Collections.min(longest))
                    .as("ms in which the page did not answer: %s", longest)
                    .isLessThan(MOST_FROZEN);
        }
    }

    private Run started(Fleet fleet) throws IOException, InterruptedException {
        var answer = fixture.post(
                "/api/v1/runs",
                "{\"operation\":\"%s\",\"environment\":\"%s\"}".formatted(fleet.operation(), fleet.name()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return fixture.begin(fleet.operation());
    }

    private void work(Run run, int done) {
        var results = IntStream.rangeClosed(1, LARGE.hosts())
                .mapToObj(
                        i -> WebFixture.host("vm-" + i, i <= done ? HostOutcome.CHANGED : HostOutcome.PENDING, "", ""))
                .toList();
        fixture.progress(run, "Unpack", done, LARGE.hosts(), results);
    }

    private static String page(Fleet fleet) {
        return "/deployments/" + (fleet.index() + 1);
    }

    private String table() {
        return figures.entrySet().stream()
                .map(e -> "| %s | %.0f ms | %.0f ms | ×%.1f |"
                        .formatted(e.getKey(), e.getValue()[0], e.getValue()[1], e.getValue()[1] / e.getValue()[0]))
                .collect(Collectors.joining("\n"));
    }
}
