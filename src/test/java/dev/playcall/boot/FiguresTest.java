package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.ansible.AnsibleOptions;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.EventStore.RunCompletion;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What the dashboard and the alert rules ask for is there to be scraped. */
class FiguresTest {
    private static final Path HOME = Path.of(System.getProperty("playcall.home", "."));
    private static final Pattern NAME = Pattern.compile("\\b(?:playcall|hikaricp|http_server|jvm|process)_[a-z_]+\\b");

    @TempDir
    Path folder;

    private String scrape() throws Exception {
        Files.createDirectories(folder.resolve("inventory/production"));
        Files.writeString(folder.resolve("inventory/production/hosts.yml"), "all: { hosts: { web-1: } }\n");
        var config = ConfigFile.load(folder, Optional.empty(), Map.of());
        try (var application = Application.open(config, GatewayMode.READING, true);
                var http = HttpClient.newHttpClient()) {
            application.start();
            end(application);
            var address = application.address();
            http.send(HttpRequest.newBuilder(address.resolve("/")).build(), BodyHandlers.discarding());
            var answer = http.send(
                    HttpRequest.newBuilder(address.resolve("/metrics")).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.body();
        }
    }

    private static String labels(String scrape, String family) {
        return Pattern.compile("(?m)^" + family + "(?:_bucket|_count|_sum|_max)?\\{(.*)} ")
                .matcher(scrape)
                .results()
                .flatMap(m -> Pattern.compile("(\\w+)=\"").matcher(m.group(1)).results())
                .map(m -> "`" + m.group(1) + "`")
                .filter(l -> !l.equals("`le`"))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    @Test
    void everyMetricIsWrittenDown() throws Exception {
        var scrape = scrape();
        var types = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$")
                .matcher(scrape)
                .results()
                .collect(Collectors.toMap(m -> m.group(1), m -> m.group(2), (a, _) -> a, TreeMap::new));
        var page = new StringBuilder("""
            # Metrics

            Made from what `GET /metrics` answers. There are a [dashboard for Grafana](../grafana-dashboard.json)
            and [alert rules for Prometheus](../alert-rules.yml). A histogram has `_bucket`, `_count` and `_sum`.

            | metric | type | labels | meaning |
            |---|---|---|---|
            """);
        for (var metric : types.entrySet()) {
            if (metric.getKey().matches("(playcall|ansible|http)_.*")) {
                var help = Pattern.compile("(?m)^# HELP " + metric.getKey() + " (.*)$")
                        .matcher(scrape)
                        .results()
                        .map(m -> m.group(1).strip())
                        .findFirst()
                        .orElse("");
                assertThat(help).as(metric.getKey()).isNotEmpty();
                page.append("| `" + metric.getKey() + "` | " + metric.getValue() + " | ")
                        .append(labels(scrape, metric.getKey()) + " | " + help + " |\n");
            }
        }
        page.append("\n"
                + "Of the process, the JVM and the pool of database connections: the usual `process_…`,"
                + " `system_…`, `jvm_…` and `hikaricp_…` of Micrometer.\n");
        var file = Path.of("docs/reference/metrics.md");
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(file, page);
        }
        assertThat(file).hasContent(page.toString());
    }

    /** One run from its wish to its end, without anybody who works on it. */
    private static void end(Application application) {
        var journal = application.journal();
        var request = new RunRequest(
                new Operation("ping"),
                new EnvironmentName("production"),
                Optional.empty(),
                "ping",
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
                Optional.empty());
        journal.create(new RunEvent.Requested(request, new Person("web:anna"), Origin.of("api")));
        var run = journal.claim("ping", 1, "test", (_, _) -> "production/1.log").orElseThrow();
        journal.end(run.id(), new RunEvent.Finished(new Outcome.Success()), RunCompletion.NONE);
    }

    private static Set<String> names(String text) {
        return NAME.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    @Test
    void everyFigureThatIsAskedForIsThere() throws Exception {
        var there = scrape().lines()
                .filter(l -> !l.startsWith("#"))
                .map(l -> l.replaceAll("[{ ].*", ""))
                .collect(Collectors.toSet());
        var dashboard = Files.readString(HOME.resolve("docs/grafana-dashboard.json"));
        var rules = Files.readString(HOME.resolve("docs/alert-rules.yml"));
        assertThat(new ObjectMapper().readTree(dashboard).path("panels")).hasSizeGreaterThan(8);
        assertThat(names(dashboard)).hasSizeGreaterThan(12).isSubsetOf(there);
        assertThat(names(rules)).hasSizeGreaterThan(6).isSubsetOf(there);
    }

    @Test
    void everyRuleSaysWhatIsWrongAndHowGraveItIs() throws Exception {
        Map<String, List<Map<String, Object>>> file =
                new Yaml().load(Files.readString(HOME.resolve("docs/alert-rules.yml")));
        for (var group : file.getOrDefault("groups", List.of())) {
            for (var item : (List<?>) group.getOrDefault("rules", List.of())) {
                var rule = (Map<?, ?>) item;
                var name = String.valueOf(rule.get("alert"));
                assertThat(name).startsWith("Playcall");
                assertThat(String.valueOf(rule.get("labels")))
                        .as(name)
                        .containsPattern("severity=(warning|error|critical)");
                assertThat(String.valueOf(rule.get("annotations"))).as(name).contains("summary=");
                var expression = String.valueOf(rule.get("expr"));
                assertThat(expression.chars().filter(c -> c == '(').count())
                        .as(name)
                        .isEqualTo(expression.chars().filter(c -> c == ')').count());
            }
        }
    }
}
