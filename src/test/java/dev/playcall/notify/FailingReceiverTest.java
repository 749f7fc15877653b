package dev.playcall.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.config.NotifyConfig;
import dev.playcall.config.ReceiverConfig.Connection;
import dev.playcall.config.RouteOptions;
import dev.playcall.notify.dispatch.NotificationEngine;
import dev.playcall.notify.dispatch.Sink;
import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.event.Matcher;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import dev.playcall.notify.routing.NotificationRules;
import dev.playcall.notify.routing.Route;
import dev.playcall.notify.sink.Receiver;
import dev.playcall.notify.sink.Sinks;
import dev.playcall.notify.template.NotificationTemplates;
import dev.playcall.store.Database;
import dev.playcall.testing.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of messages to a receiver that was sick for a while, over real HTTP and on a clock of our own. */
class FailingReceiverTest {
    private static final Instant T = Instant.parse("2026-03-02T12:00:00Z");
    private static final Duration STEP = Duration.ofMillis(250);
    /** From here on a look each two seconds is enough. */
    private static final Duration LONG = Duration.ofSeconds(20);

    private static final int MESSAGES = 40;
    private static final int THREADS = 12;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ManualClock clock = new ManualClock(T);
    private Receiver sick;
    private Receiver boss;
    private Database database;
    private NotificationEngine gateway;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() throws IOException {
        sick = new Receiver();
        boss = new Receiver();
        start(List.of("sick", "boss"), Optional.empty());
    }

    @AfterEach
    void close() {
        stop();
        sick.close();
        boss.close();
    }

    private void stop() {
        gateway.close();
        database.close();
    }

    /** @param told by the route of everything that is not a test's own notice; those go to the sick one alone */
    private void start(List<String> told, Optional<String> fallback) {
        database = Database.open("jdbc:sqlite:" + folder.resolve("sick.db"), clock);
        var own = new Route(
                "own", List.of(matcher()), List.of("sick"), false, List.of("host"), NotifyFixture.QUICK, List.of());
        var root = new Route("route", List.of(), told, false, List.of(), NotifyFixture.QUICK, List.of(own));
        var rules = new NotificationRules(
                Optional.of(root),
                List.of(),
                new TreeMap<String, List<RouteOptions.Suggestion>>(),
                new TreeMap<>(),
                new NotifyConfig.Failing(Duration.ofMinutes(5), fallback));
        gateway = new NotificationEngine(
                database.notices(),
                database.alerts(),
                database.events(),
                () -> rules,
                () -> Map.of("sick", sink(sick), "boss", sink(boss)),
                new NotificationEngine.Texts(t -> t, "https://page.example.org"),
                new NotificationEngine.Timing(
                        clock, () -> Duration.between(T, clock.instant()).toNanos(), new Random(5)));
    }

    private static Matcher matcher() {
        return ((Matcher.Parsed.Valid) Matcher.parse("event=\"test\"")).matcher();
    }

    private Sink sink(Receiver receiver) {
        return Sinks.bounded(
                Sinks.webhook(receiver.address("/"), List.of(), Connection.PRIVATE, NotificationTemplates.USUAL, clock),
                4);
    }

    /** Each is a message of its own, as the one before in its thread was made already. */
    private void say(int from, int to) {
        for (int n = from; n < to; n++) {
            var event = new NotificationEvent(
                    "api",
                    "k" + n,
                    "s" + n,
                    clock.instant(),
                    "test",
                    Severity.ERROR,
                    NotificationEvent.Status.EVENT,
                    new TreeMap<>(Map.of("host", "h" + n % THREADS)),
                    "n" + n + ".",
                    "",
                    "");
            gateway.outbox().take(List.of(event));
            gateway.tick();
        }
    }

    private void beat() {
        gateway.tick();
        // Mostly nothing is on its way, and to await takes a thread.
        if (count(Delivery.State.SENDING) > 0) {
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> count(Delivery.State.SENDING) == 0);
        }
    }

    private long count(Delivery.State state) {
        return gateway.counts().getOrDefault(state, 0L);
    }

    private boolean isOver() {
        return count(Delivery.State.DUE) + count(Delivery.State.SENDING) == 0;
    }

    private void goOn(Duration time) {
        var step = time.compareTo(LONG) > 0 ? LONG.dividedBy(10) : STEP;
        for (var end = clock.instant().plus(time); clock.instant().isBefore(end); clock.go(step)) {
            beat();
        }
        beat();
    }

    /** How long it takes until nothing waits any more. */
    private Duration untilOver(Duration most) {
        var begun = clock.instant();
        for (beat(); !isOver() && clock.instant().isBefore(begun.plus(most)); beat()) {
            clock.go(STEP);
        }
        assertThat(isOver()).as("all is told after " + most).isTrue();
        return Duration.between(begun, clock.instant());
    }

    private static List<String> titles(Receiver receiver) {
        return receiver.got().stream()
                .filter(Receiver.Got::taken)
                .flatMap(g -> json(g.text()).path("notices").valueStream())
                .map(n -> n.path("title").asText())
                .toList();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String[] all() {
        return IntStream.range(0, MESSAGES).mapToObj(n -> "n" + n + ".").toArray(String[]::new);
    }

    private static void assertInOrder(List<String> titles) {
        var last = new HashMap<Integer, Integer>();
        for (var title : titles) {
            int n = Integer.parseInt(title.substring(1, title.length() - 1));
            var before = last.put(n % THREADS, n);
            assertThat(before == null || before < n)
                    .as("order of the thread of " + title)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "500, '',  2",
        "503, '1', 2",
        "429, '1', 2",
        "429, '',  2",
        "429, '1', 10",
        "500, '',  30",
        "302, '',  6",
        "400, '',  6",
        "401, '',  6",
        "404, '',  6",
        "405, '',  6",
        "410, '',  6",
        "410, '', 60"
    })
    void aReceiverThatWasSickForAWhileIsToldAllSoonAfter(int status, String retryAfter, int seconds) {
        sick.always(status, retryAfter.isEmpty() ? Map.of() : Map.of("Retry-After", retryAfter));
        say(0, MESSAGES);
        goOn(Duration.ofSeconds(seconds).minus(STEP));
        int wasted = sick.got().size();
        sick.always(200, "");
        var late = untilOver(Duration.ofSeconds(2L * seconds));
        var most = retryAfter.isEmpty() ? Duration.ofSeconds(seconds) : Duration.ofSeconds(1);
        assertThat(late).as("lateness").isLessThanOrEqualTo(most.plus(STEP));
        assertThat(wasted).as("calls while it was sick").isLessThanOrEqualTo(18);
        assertThat(titles(sick)).containsExactlyInAnyOrder(all());
        assertInOrder(titles(sick));
        assertThat(count(Delivery.State.DEAD)).isZero();
        assertThat(boss.got()).as("nothing to be told of").isEmpty();
    }

    @Test
    void aPauseThatTheReceiverAskedForIsNeitherCutShortNorMadeLonger() {
        sick.always(500, "");
        say(0, MESSAGES);
        goOn(Duration.ofSeconds(20));
        sick.always(429, Map.of("Retry-After", "40"));
        untilCalled(sick.got().size() + 1);
        int before = sick.got().size();
        var asked = clock.instant();
        sick.always(200, "");
        goOn(Duration.ofSeconds(38));
        assertThat(sick.got()).as("as it asked").hasSize(before);
        untilOver(Duration.ofSeconds(10));
        assertThat(Duration.between(asked, clock.instant())).isLessThanOrEqualTo(Duration.ofSeconds(41));
    }

    private void untilCalled(int calls) {
        for (var end = clock.instant().plusSeconds(120);
                sick.got().size() < calls && clock.instant().isBefore(end);
                beat()) {
            clock.go(STEP);
        }
        assertThat(sick.got()).hasSizeGreaterThanOrEqualTo(calls);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 413, 422})
    void aMessageThatIsBadByItselfIsDeadAfterAFewTriesAndStopsNobody(int status) {
        sick.rejects("n7.", status);
        say(0, MESSAGES);
        goOn(Duration.ofSeconds(1));
        assertThat(titles(sick)).as("all but its own thread").hasSize(MESSAGES - 3);
        untilOver(Duration.ofSeconds(60));
        assertThat(titles(sick)).hasSize(MESSAGES - 1).doesNotContain("n7.").contains("n19.", "n31.");
        assertInOrder(titles(sick));
        var dead = gateway.deliveries(Optional.of(Delivery.State.DEAD), Optional.empty(), Optional.empty(), 10);
        assertThat(dead).hasSize(1);
        assertThat(dead.getFirst().reason())
                .contains(
                        "it answered " + status, "failed after 5 attempts, as other messages were accepted meanwhile");
        assertThat(Duration.between(T, clock.instant())).isLessThanOrEqualTo(Duration.ofSeconds(20));
        assertThat(gateway.circuitOpen()).isEmpty();
        goOn(Duration.ofMinutes(10));
        assertThat(titles(boss)).as("the receiver is well").containsExactly("1 message to sick failed");
        assertThat(boss.got().getFirst().text()).contains("n7.", "it answered " + status, "redeliver all dead");
    }

    @Test
    void whatNobodyTakesForMinutesIsGivenUpWithFewCallsAndSomebodyElseIsTold() {
        sick.always(410, "");
        say(0, MESSAGES);
        goOn(Duration.ofMinutes(4));
        assertThat(count(Delivery.State.DEAD)).isZero();
        assertThat(boss.got()).isEmpty();
        goOn(Duration.ofSeconds(125));
        assertThat(count(Delivery.State.DEAD)).isEqualTo(MESSAGES);
        assertThat(sick.got()).as("calls").hasSizeLessThanOrEqualTo(24);
        assertThat(gateway.deliveries(Optional.of(Delivery.State.DEAD), Optional.empty(), Optional.empty(), 1))
                .allSatisfy(d -> assertThat(d.reason())
                        .isEqualTo("it answered 410: this receiver no longer exists; failed, as the receiver accepted"
                                + " nothing for 5 min"));
        assertThat(titles(boss)).containsExactly("receiver sick is unreachable");
        assertThat(boss.got().getFirst().text()).contains("40 messages failed", "redeliver all dead");

        say(MESSAGES, MESSAGES + 2);
        goOn(Duration.ofMinutes(3));
        assertThat(count(Delivery.State.DUE)).as("those get their own minutes").isEqualTo(2);
        sick.always(200, "");
        assertThat(database.notices().redeliverDead(clock.instant())).isEqualTo(MESSAGES);
        untilOver(Duration.ofMinutes(1));
        beat();
        assertThat(titles(sick)).hasSize(MESSAGES + 2).doesNotHaveDuplicates();
        assertToldOfBoth();
    }

    @Test
    void ofAReceiverThatIsDownForLongSomebodyElseIsToldAndNothingIsGivenUp() {
        sick.always(500, "");
        say(0, MESSAGES);
        goOn(Duration.ofMinutes(7));
        assertThat(titles(boss)).containsExactly("receiver sick is unreachable");
        assertThat(count(Delivery.State.DEAD)).isZero();
        sick.always(200, "");
        untilOver(Duration.ofMinutes(1).plus(STEP));
        beat();
        assertThat(titles(sick)).containsExactlyInAnyOrder(all());
        assertToldOfBoth();
    }

    private void assertToldOfBoth() {
        assertThat(titles(boss)).hasSize(2);
        assertThat(titles(boss).getFirst()).isEqualTo("receiver sick is unreachable");
        assertThat(titles(boss).getLast()).startsWith("receiver sick takes messages again after ");
    }

    @Test
    void anAnswerThatLooksPermanentAfterALongOutageKillsNothing() {
        sick.always(500, "");
        say(0, MESSAGES);
        goOn(Duration.ofMinutes(30));
        sick.always(404, "");
        goOn(Duration.ofMinutes(3));
        assertThat(count(Delivery.State.DEAD)).isZero();
        sick.always(200, "");
        untilOver(Duration.ofMinutes(2));
        assertThat(titles(sick)).containsExactlyInAnyOrder(all());
    }

    @Test
    void aRestartInBetweenLosesNothingAndTheAlertIsClosedByTheNextProcess() {
        sick.always(302, Map.of("Location", "/maintenance"));
        say(0, MESSAGES);
        goOn(Duration.ofSeconds(90));
        stop();
        start(List.of("sick", "boss"), Optional.empty());
        database.notices().abandon(clock.instant());
        goOn(Duration.ofSeconds(250));
        assertThat(count(Delivery.State.DEAD)).as("the minutes count anew").isZero();
        goOn(Duration.ofSeconds(110));
        assertThat(count(Delivery.State.DEAD)).isEqualTo(MESSAGES);
        stop();
        start(List.of("sick", "boss"), Optional.empty());
        sick.always(200, "");
        database.notices().redeliverDead(clock.instant());
        untilOver(Duration.ofSeconds(10));
        beat();
        assertThat(titles(sick)).containsExactlyInAnyOrder(all());
        assertToldOfBoth();
    }

    @Test
    void whereNoRouteLeadsElsewhereTheFallbackIsToldAndWithoutOneItIsAnOpenAlert() {
        stop();
        start(List.of("sick"), Optional.empty());
        sick.always(410, "");
        say(0, 3);
        goOn(Duration.ofMinutes(7));
        assertThat(boss.got()).isEmpty();
        assertThat(database.alerts().open(10))
                .extracting(a -> a.item().title())
                .containsExactly("receiver sick is unreachable");
        sick.always(200, "");
        say(50, 53);
        goOn(Duration.ofMinutes(2));
        assertThat(database.alerts().open(10)).isEmpty();
        stop();
        start(List.of("sick"), Optional.of("boss"));
        sick.always(410, "");
        say(60, 63);
        goOn(Duration.ofMinutes(7));
        assertThat(titles(boss)).containsExactly("receiver sick is unreachable");
    }
}
