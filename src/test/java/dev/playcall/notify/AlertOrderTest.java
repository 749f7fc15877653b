package dev.playcall.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.config.Config.Secret;
import dev.playcall.config.NotifyConfig;
import dev.playcall.config.RouteOptions;
import dev.playcall.notify.inbound.InboundHook;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How an alert stands follows what its source says last, whatever was said before. */
class AlertOrderTest {
    private static final Instant START = NotifyFixture.T.minus(Duration.ofHours(1));

    @TempDir
    Path folder;

    /**
     * @param said {@code F<start>} firing, {@code R<start>-<end>} resolved, in minutes after the start; {@code W<n>} waits;
     *     behind {@code !} is what is critical, behind {@code ~} what has another text
     * @param answers what is new (N), known (k)
     * @param told how often somebody hears of it
     */
    private record Row(String name, String said, String answers, boolean open, int told) {}

    private static final List<Row> ROWS = List.of(
            new Row("fires", "F0", "N", true, 1),
            new Row("repeated", "F0 F0 F0", "Nkk", true, 1),
            new Row("repeated hours later", "F0 W240 F0", "Nk", true, 1),
            new Row("repeated with another measured value", "F0 ~F0 F0", "Nkk", true, 1),
            new Row("gets worse", "F0 !F0", "NN", true, 2),
            new Row("fires and ends", "F0 R0-5", "NN", false, 2),
            new Row("the end repeated", "F0 R0-5 R0-5", "NNk", false, 2),
            new Row("the end with another time", "F0 R0-5 R0-6", "NNk", false, 2),
            new Row("comes back with the same start", "F0 R0-5 F0", "NNN", true, 3),
            new Row("comes back much later", "F0 R0-5 W60 F0", "NNN", true, 3),
            new Row("comes back and is repeated", "F0 R0-5 F0 F0", "NNNk", true, 3),
            new Row("comes back and ends again", "F0 R0-5 F0 R0-9", "NNNN", false, 4),
            new Row("comes back twice", "F0 R0-5 F0 R0-9 F0", "NNNNN", true, 5),
            new Row("the first end again after it came back", "F0 R0-5 F0 R0-5", "NNNk", true, 3),
            new Row("an older end after it came back", "F0 R0-5 F0 R0-4", "NNNk", true, 3),
            new Row("fires anew", "F0 R0-5 F6", "NNN", true, 3),
            new Row("the end of an earlier time after it fires anew", "F0 R0-5 F6 R0-5", "NNNk", true, 3),
            new Row("fires anew without an end between", "F0 F6", "Nk", true, 1),
            new Row("a late end of an earlier time", "F0 F6 R0-5", "Nkk", true, 1),
            new Row("and its own end", "F0 F6 R0-5 R6-8", "NkkN", false, 2),
            new Row("the end first", "R0-5", "N", false, 1),
            new Row("the end first, repeated", "R0-5 R0-5", "Nk", false, 1),
            new Row("the end first, then its start", "R0-5 F0", "Nk", false, 1),
            new Row("the end first, then its start twice", "R0-5 F0 F0", "Nkk", false, 1),
            new Row("the end first, then an earlier start", "R2-5 F0", "Nk", false, 1),
            new Row("the end first, then a later start", "R0-5 F6", "NN", true, 2),
            new Row("the end first, the start again long after", "R0-5 W6 F0", "NN", true, 2),
            new Row("the end first, start, and it comes back", "R0-5 F0 W6 F0", "NkN", true, 2),
            new Row("the start becomes earlier, and it comes back", "F2 R0-5 F0", "NNN", true, 3),
            new Row("the end of a later time alone", "F0 R0-5 R6-8", "NNN", false, 3));

    @Test
    void stateFollowsTheOrderOfWhatTheSourceSays() throws Exception {
        for (var row : ROWS) {
            try (var fixture = house(row.name())) {
                var source =
                        new NotifyConfig.Source(NotifyConfig.Kind.ALERTMANAGER, new Secret("t0ken"), new Secret(""));
                var inboundHook = new InboundHook("am", source, fixture.notificationEngine.outbox(), fixture.clock);
                var answers = new StringBuilder();
                for (var word : row.said().split(" ", -1)) {
                    if (word.startsWith("W")) {
                        fixture.later(Duration.ofMinutes(Long.parseLong(word.substring(1))));
                        continue;
                    }
                    var reply = inboundHook.handle(
                            Map.of("Authorization", "Bearer t0ken"), body(word).getBytes(StandardCharsets.UTF_8));
                    assertThat(reply.status()).as(row.name()).isEqualTo(202);
                    answers.append(reply.body().contains("\"accepted\":1") ? "N" : "k");
                    fixture.later(Duration.ofSeconds(1));
                }
                assertThat(answers.toString()).as(row.name()).isEqualTo(row.answers());
                assertThat(fixture.database.alerts().open(100)).as(row.name()).hasSize(row.open() ? 1 : 0);
                assertThat(fixture.told("ops")).as(row.name()).hasSize(row.told());
            }
        }
    }

    private NotifyFixture house(String name) throws Exception {
        var place = Files.createDirectory(folder.resolve(name.replace(' ', '-')));
        return new NotifyFixture(place, NotifyFixture.rules(RouteOptions.PLAIN, "alertname"), NotifyFixture.T);
    }

    private static String body(String word) {
        var plain = word.replaceAll("[!~]", "");
        var times = new ArrayList<Instant>();
        for (var minutes : plain.substring(1).split("-", -1)) {
            times.add(START.plus(Duration.ofMinutes(Long.parseLong(minutes))));
        }
        boolean over = plain.startsWith("R");
        return """
            {"version":"4","alerts":[{"status":"%s","labels":{"alertname":"Down","severity":"%s"},
             "annotations":{"summary":"web-1 is down","description":"%s"},
             "startsAt":"%s","endsAt":"%s","fingerprint":"f1"}]}\
            """.formatted(
                        over ? "resolved" : "firing",
                        word.contains("!") ? "critical" : "warning",
                        word.contains("~") ? "98 %" : "97 %",
                        times.getFirst(),
                        over ? times.getLast() : "0001-01-01T00:00:00Z");
    }

    @Test
    void theSameProblemOfAnotherSourceMayComeBackUnderItsKey() throws Exception {
        try (var fixture = house("json")) {
            var form = new NotifyConfig.JsonForm(
                    "",
                    new TreeMap<>(Map.of("title", "/name", "key", "/id", "status", "/state", "at", "/at")),
                    new TreeMap<>(),
                    new TreeMap<>(),
                    new TreeMap<>());
            var source = new NotifyConfig.Source(
                    NotifyConfig.Kind.JSON, new Secret("t0ken"), new Secret(""), Optional.of(form));
            var inboundHook = new InboundHook("kuma", source, fixture.notificationEngine.outbox(), fixture.clock);
            var states = List.of("down", "down", "up", "up", "down", "up");
            for (int i = 0; i < states.size(); i++) {
                var json = "{\"name\":\"web-1\",\"id\":7,\"state\":\"" + states.get(i) + "\",\"at\":\""
                        + START.plusSeconds(i) + "\"}";
                var reply = inboundHook.handle(
                        Map.of("Authorization", "Bearer t0ken"), json.getBytes(StandardCharsets.UTF_8));
                boolean same = i == 1 || i == 3;
                assertThat(reply.body()).as("%d", i).contains(same ? "\"known\":1" : "\"accepted\":1");
                assertThat(fixture.database.alerts().open(100))
                        .as("%d", i)
                        .hasSize(states.get(i).equals("down") ? 1 : 0);
                fixture.later(Duration.ofSeconds(1));
            }
            assertThat(fixture.told("ops")).hasSize(4);
        }
    }

    @Test
    void ofWhatIsSaidOnceTheTimeTellsWhatIsOlder() throws Exception {
        try (var fixture = house("once")) {
            var source = new NotifyConfig.Source(NotifyConfig.Kind.NOTICES, new Secret("t0ken"), new Secret(""));
            var inboundHook = new InboundHook("backup", source, fixture.notificationEngine.outbox(), fixture.clock);
            for (var row : List.of(
                    Map.entry("resolved 10", false),
                    Map.entry("open 9", false),
                    Map.entry("open 11", true),
                    Map.entry("resolved 10", true),
                    Map.entry("resolved 12", false))) {
                var words = row.getKey().split(" ", -1);
                var json = "{\"title\":\"x\",\"subject\":\"s\",\"status\":\"" + words[0] + "\",\"at\":\""
                        + START.plusSeconds(Long.parseLong(words[1])) + "\"}";
                assertThat(inboundHook
                                .handle(Map.of("Authorization", "Bearer t0ken"), json.getBytes(StandardCharsets.UTF_8))
                                .status())
                        .isEqualTo(202);
                assertThat(fixture.database.alerts().open(100)).as(row.getKey()).hasSize(row.getValue() ? 1 : 0);
            }
        }
    }
}
