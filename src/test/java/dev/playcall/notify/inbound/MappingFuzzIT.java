package dev.playcall.notify.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.config.NotifyConfig.JsonForm;
import dev.playcall.testing.Fuzz;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Bodies that nobody would send, read by every reader: each is taken or told, and nothing falls over. */
class MappingFuzzIT {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ALERTS = """
        {"version":"4","groupKey":"g","status":"firing","truncatedAlerts":1,"commonLabels":{"a":"b"},"alerts":[
          {"status":"firing","labels":{"alertname":"DiskFull","severity":"critical"},"values":{"A":1.5},
           "annotations":{"summary":"disk is full","description":"97 %"},"panelURL":"https://g.example.org/",
           "startsAt":"2026-03-01T11:59:00Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"f1"}]}\
        """;
    private static final String OTHER = """
        {"site":"ber1","problems":[{"id":7,"trigger":{"name":"disk full","text":"97 %"},"severity":"5",
          "state":"PROBLEM","host":"web-1","clock":1772366340,"url":"https://x.example.org"},
          {"id":8,"trigger":{"name":"x"}}]}\
        """;
    private static final JsonForm FORM = new JsonForm(
            "/problems",
            new TreeMap<>(Map.of(
                    "title", "/trigger/name",
                    "text", "/trigger/text",
                    "severity", "/severity",
                    "status", "/state",
                    "key", "/id",
                    "subject", "/host",
                    "event", "zabbix",
                    "link", "/url",
                    "at", "/clock")),
            new TreeMap<>(Map.of("host", "/host", "site", "/site", "environment", "production")),
            new TreeMap<>(Map.of("5", "critical", "*", "info")),
            new TreeMap<>(Map.of("problem", "open")));

    @Test
    void everyBodyIsTakenOrTold() {
        int inputs = Fuzz.each("mapping", fuzz -> {
            var other = fuzz.oneIn(8) ? fuzz.anything(4) : spoiled(fuzz, OTHER);
            look(new JsonFormReader("s", FORM, "k", NOW).read(other));
            var alerts = fuzz.oneIn(8) ? fuzz.anything(4) : spoiled(fuzz, ALERTS);
            look(new AlertmanagerReader("s", NOW).read(alerts));
            look(new NotificationsReader("s", "", "k", java.util.Map.of(), NOW)
                    .read(spoiled(fuzz, "{\"title\":\"x\",\"labels\":{\"a\":\"b\"},\"at\":\"2026-03-01T11:59:00Z\"}")));
            look(new GithubReader("s", "push", "d", NOW).read(alerts));
        });
        assertThat(inputs).isGreaterThan(1_000);
    }

    private static ObjectNode spoiled(Fuzz fuzz, String text) {
        var body = Fuzz.json(text);
        for (int i = fuzz.below(4); i >= 0; i--) {
            body = fuzz.spoiled(body);
        }
        return body;
    }

    private static void look(InboundResult inboundResult) {
        inboundResult.problems().forEach(p -> assertThat(p).contains(": ").startsWith("/"));
        inboundResult.notices().forEach(n -> {
            assertThat(n.title()).isNotBlank().hasSizeLessThanOrEqualTo(JsonFields.TITLE);
            assertThat(n.key()).isNotBlank();
            assertThat(n.text().length()).isLessThanOrEqualTo(JsonFields.TEXT + 2_000);
            assertThat(n.link()).matches("|https?://.*");
            assertThat(new ObjectMapper().valueToTree(n.labels()).toString()).hasSizeLessThan(80_000);
        });
    }
}
