package dev.playcall.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.playcall.config.ReceiverConfig.Connection;
import dev.playcall.config.ReceiverConfig.Template;
import dev.playcall.config.ReceiverConfig.Templates;
import dev.playcall.notify.dispatch.NotificationEngine;
import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.event.GroupTiming;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import dev.playcall.notify.routing.NotificationRules;
import dev.playcall.notify.routing.Route;
import dev.playcall.notify.sink.Sinks;
import dev.playcall.notify.template.NotificationTemplates;
import dev.playcall.store.Database;
import dev.playcall.testing.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The delivery table: what becomes of accepted notices under faults, on a clock of our own and over real HTTP. In every row
 * accepted = delivered + dead with a reason; what comes twice is counted and explained; threads stay in order.
 */
class NotifyFaultsIT {
    private static final Instant T = Instant.parse("2026-03-02T12:00:00Z");
    private static final GroupTiming QUICK = new GroupTiming(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    private static final int NOTICES = 60;
    private static final int THREADS = 12;

    @TempDir
    private Path folder;

    /** How a receiver answers: what it is told, how often it was asked before, what time it is. */
    private interface Answers {
        int status(String body, int calls, Instant now, HttpExchange exchange) throws IOException;
    }

    private static final class Far implements AutoCloseable {
        private final HttpServer server;
        private final List<String> taken = new CopyOnWriteArrayList<>();
        private final AtomicLong calls = new AtomicLong();
        private final CountDownLatch ends = new CountDownLatch(1);

        Far(LongSupplier time, Answers answers) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", exchange -> {
                var body =
                        new String(exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                int status =
                        answers.status(body, (int) calls.incrementAndGet(), T.plusNanos(time.getAsLong()), exchange);
                if (status < 300 || status == 599) {
                    taken.add(body);
                }
                exchange.sendResponseHeaders(status == 599 ? 500 : status, -1);
                exchange.close();
            });
            server.start();
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        }

        @Override
        public void close() {
            ends.countDown();
            server.stop(0);
        }
    }

    /** What is said, and in which words. */
    private record Said(BiFunction<Integer, Instant, NotificationEvent> notice, NotificationTemplates words) {
        static final Said USUAL = new Said(NotifyFaultsIT::notice, NotificationTemplates.USUAL);
    }

    /** One row. {@code leap}: by how much the clock is set meanwhile. */
    private record Row(
            String name, Answers answers, int mostCalls, int mostDoubled, int dead, Duration leap, Said said) {
        Row(String name, Answers answers, int mostCalls, int mostDoubled, int dead, Duration leap) {
            this(name, answers, mostCalls, mostDoubled, dead, leap, Said.USUAL);
        }

        /** Of a receiver that takes everything. */
        Row(String name, Said said) {
            this(name, (_, _, _, _) -> 200, NOTICES, 0, 0, Duration.ZERO, said);
        }
    }

    /** Fails with so many large labels, which no sample at the start has. */
    private static NotificationTemplates dearWords() {
        var text = "{{#label_list}}{{#label_list}}{{value}}{{/label_list}}{{/label_list}}";
        var template = new Template("config/playcall.yml:12", "notify.templates.text", text);
        return NotificationTemplates.of(new Templates(Optional.empty(), Optional.of(template), Optional.empty()))
                        instanceof NotificationTemplates.Built.Valid(var words)
                ? words
                : NotificationTemplates.USUAL;
    }

    private static NotificationEvent heavy(int n, Instant at) {
        var usual = notice(n, at);
        var labels = new TreeMap<>(usual.labels());
        IntStream.range(0, n % 2 == 0 ? 60 : 0).forEach(i -> labels.put("label" + i, "x".repeat(900)));
        return notice(n, at, labels, "all of it");
    }

    /** What breaks those who are careless with what others write: no characters, half characters, markup, far too much. */
    private static NotificationEvent poisoned(int n, Instant at) {
        var poison = List.of(
                "\0\u0007\u001b[31m",
                "\ud800 half",
                "{{title}} {% x %} ${jndi:ldap://x}",
                "<script>alert(1)</script>",
                "\u202e\u2028\r\n\r\n",
                "y".repeat(200_000));
        return notice(n, at, notice(n, at).labels(), poison.get(n % poison.size()));
    }

    private static Answers until(Duration outage, int status, String retryAfter) {
        return (_, _, now, exchange) -> {
            if (!now.isBefore(T.plus(outage))) {
                return 200;
            }
            if (!retryAfter.isEmpty()) {
                exchange.getResponseHeaders().set("Retry-After", retryAfter);
            }
            return status;
        };
    }

    private static List<Row> rows() {
        var hour = Duration.ofHours(1);
        var none = Duration.ZERO;
        var seen = new HashSet<String>();
        return List.of(
                new Row("answers 500 for an hour", until(hour, 500, ""), NOTICES + 90, 0, 0, none),
                new Row(
                        "answers 429 with Retry-After 30",
                        until(Duration.ofMinutes(10), 429, "30"),
                        NOTICES + 60,
                        0,
                        0,
                        none),
                new Row(
                        "answers 429 without Retry-After",
                        until(Duration.ofMinutes(10), 429, ""),
                        NOTICES + 60,
                        0,
                        0,
                        none),
                new Row(
                        "answers 429 with an absurd Retry-After",
                        until(Duration.ofMinutes(10), 429, "-1"),
                        NOTICES + 60,
                        0,
                        0,
                        none),
                new Row(
                        "is slow",
                        (_, _, _, _) -> {
                            await().pollDelay(Duration.ofMillis(30)).until(() -> true);
                            return 200;
                        },
                        NOTICES,
                        0,
                        0,
                        none),
                new Row(
                        "takes it and answers 500 once",
                        (body, _, _, _) -> {
                            synchronized (seen) {
                                return seen.add(body.replaceAll(".*\"id\":\"([^\"]*)\".*", "$1")) ? 599 : 200;
                            }
                        },
                        3 * NOTICES,
                        NOTICES,
                        0,
                        none),
                new Row(
                        "refuses what is poisoned",
                        (body, _, _, _) -> body.matches("(?s).*\\bn7\\b.*") ? 400 : 200,
                        NOTICES + 5,
                        0,
                        1,
                        none),
                new Row(
                        "is down while the clock is set an hour forward",
                        until(Duration.ofMinutes(90), 500, ""),
                        // One in 45 to 60 s, and fifteen before the pauses have grown to that.
                        NOTICES + 90 + 20,
                        0,
                        0,
                        hour),
                new Row(
                        "is down while the clock is set an hour back",
                        until(Duration.ofMinutes(2), 500, ""),
                        NOTICES + 90,
                        0,
                        0,
                        hour.negated()),
                new Row(
                        "is down while the clock is set a day back",
                        until(Duration.ofMinutes(2), 500, ""),
                        NOTICES + 90,
                        0,
                        0,
                        Duration.ofDays(-1)),
                new Row("has a template that fails for half of them", new Said(NotifyFaultsIT::heavy, dearWords())),
                new Row("is told what is poisoned", new Said(NotifyFaultsIT::poisoned, NotificationTemplates.USUAL)));
    }

    @TestFactory
    List<DynamicTest> table() {
        return rows().stream()
                .map(r -> DynamicTest.dynamicTest(r.name(), () -> play(r)))
                .toList();
    }

    private static NotificationEvent notice(int n, Instant at) {
        return notice(n, at, new TreeMap<>(Map.of("host", "h" + n % THREADS)), "");
    }

    private static NotificationEvent notice(int n, Instant at, SortedMap<String, String> labels, String text) {
        return new NotificationEvent(
                "api",
                "k" + n,
                "s" + n,
                at,
                "test",
                Severity.ERROR,
                NotificationEvent.Status.EVENT,
                labels,
                "n" + n + " ",
                text,
                "");
    }

    private static NotificationEngine gateway(Database database, URI to, ManualClock clock, LongSupplier nanos) {
        return gateway(database, to, NotificationTemplates.USUAL, clock, nanos);
    }

    private static NotificationEngine gateway(
            Database database, URI to, NotificationTemplates words, ManualClock clock, LongSupplier nanos) {
        var route = new Route("route", List.of(), List.of("out"), false, List.of("host"), QUICK, List.of());
        return new NotificationEngine(
                database.notices(),
                database.alerts(),
                database.events(),
                () -> NotificationRules.of(Optional.of(route)),
                () -> Map.of("out", Sinks.webhook(to, List.of(), Connection.PRIVATE, words, clock)),
                new NotificationEngine.Texts(t -> t, ""),
                new NotificationEngine.Timing(clock, nanos, new Random(11)));
    }

    private void play(Row row) throws Exception {
        var clock = new ManualClock(T);
        var nanos = new AtomicLong();
        try (var far = new Far(nanos::get, row.answers());
                var database = Database.open(
                        "jdbc:sqlite:" + folder.resolve(row.name().replaceAll("\\W", "-") + ".db"), clock);
                var gateway = gateway(database, far.address(), row.said().words(), clock, nanos::get)) {
            for (int n = 0; n < NOTICES; n++) {
                gateway.outbox().take(List.of(row.said().notice().apply(n, clock.instant())));
                beat(gateway);
            }
            int minutes = 0;
            for (; minutes < 8 * 60 && open(gateway) > 0; minutes++) {
                for (int i = 0; i < 6; i++) {
                    clock.go(Duration.ofSeconds(10));
                    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
                    beat(gateway);
                }
                if (minutes == 1) {
                    clock.go(row.leap());
                }
            }
            var titles = titles(far.taken);
            int dead = count(gateway, Delivery.State.DEAD);
            System.out.println("| " + row.name() + " | " + NOTICES + " | " + new HashSet<>(titles).size() + " | " + dead
                    + " | " + (titles.size() - new HashSet<>(titles).size()) + " | " + far.calls.get() + " | " + minutes
                    + " min |");
            assertThat(new HashSet<>(titles).size() + dead).isEqualTo(NOTICES);
            assertThat(dead).isEqualTo(row.dead());
            assertThat(titles.size() - new HashSet<>(titles).size()).isLessThanOrEqualTo(row.mostDoubled());
            assertThat(far.calls.get()).isLessThanOrEqualTo(row.mostCalls());
            assertThat(unordered(titles)).isZero();
            gateway.deliveries(Optional.of(Delivery.State.DEAD), Optional.empty(), Optional.empty(), 10)
                    .forEach(d -> assertThat(d.reason()).contains("400"));
            if (row.said().words() != NotificationTemplates.USUAL) {
                var done = gateway.deliveries(
                        Optional.of(Delivery.State.DONE), Optional.empty(), Optional.empty(), NOTICES);
                assertThat(done.stream().flatMap(d -> gateway.delivery(d.id()).stream()))
                        .filteredOn(d ->
                                d.attempts().getLast().answer().contains("the template notify.templates.text failed"))
                        .as("the ledger says whose template failed")
                        .hasSize(NOTICES / 2);
            }
        }
    }

    private static void beat(NotificationEngine gateway) {
        gateway.tick();
        await().atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> count(gateway, Delivery.State.SENDING) == 0);
    }

    private static int count(NotificationEngine gateway, Delivery.State state) {
        return gateway.counts().getOrDefault(state, 0L).intValue();
    }

    private static int open(NotificationEngine gateway) {
        return count(gateway, Delivery.State.DUE) + count(gateway, Delivery.State.SENDING);
    }

    private static List<String> titles(List<String> bodies) throws IOException {
        var titles = new ArrayList<String>();
        for (var body : bodies) {
            new ObjectMapper()
                    .readTree(body)
                    .path("notices")
                    .forEach(n -> titles.add(n.path("title").asText()));
        }
        return titles;
    }

    private static int unordered(List<String> titles) {
        Map<Integer, Integer> last = new HashMap<>();
        int wrong = 0;
        for (var title : new java.util.LinkedHashSet<>(titles)) {
            int n = Integer.parseInt(title.strip().substring(1));
            var before = last.put(n % THREADS, n);
            wrong += before != null && before > n ? 1 : 0;
        }
        return wrong;
    }

    @Test
    void aReceiverThatHangsHoldsFourConnectionsAndLosesNothing() throws Exception {
        var clock = new ManualClock(T);
        var open = new AtomicLong();
        var most = new AtomicLong();
        var hangs = new CountDownLatch(1);
        try (var far = new Far(() -> 0, (_, calls, _, _) -> {
                    if (calls <= 4) {
                        most.accumulateAndGet(open.incrementAndGet(), Math::max);
                        try {
                            var _ = hangs.await(15, TimeUnit.SECONDS);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        open.decrementAndGet();
                        return 500;
                    }
                    return 200;
                });
                var database = Database.open("jdbc:sqlite:" + folder.resolve("hang.db"), clock);
                var gateway = gateway(database, far.address(), clock, () -> clock.millis() * 1_000_000)) {
            for (int n = 0; n < 24; n++) {
                gateway.outbox().take(List.of(notice(n, clock.instant())));
            }
            gateway.tick();
            await().until(() -> open.get() == 4);
            gateway.tick();
            assertThat(most.get()).isEqualTo(4);
            beat(gateway);
            for (int i = 0; i < 400 && open(gateway) > 0; i++) {
                clock.go(Duration.ofSeconds(5));
                beat(gateway);
            }
            hangs.countDown();
            assertThat(new HashSet<>(titles(far.taken))).hasSize(24);
        }
    }

    @Test
    void aNameThatIsGoneIsTriedForADayAndThenDeadWithTheReason() {
        var clock = new ManualClock(T);
        try (var database = Database.open("jdbc:sqlite:" + folder.resolve("dns.db"), clock);
                var gateway = gateway(
                        database, URI.create("http://gone.invalid/"), clock, () -> clock.millis() * 1_000_000)) {
            gateway.outbox().take(List.of(notice(1, clock.instant())));
            for (int i = 0; i < 400 && count(gateway, Delivery.State.DEAD) == 0; i++) {
                beat(gateway);
                clock.go(Duration.ofMinutes(5));
            }
            var dead = gateway.deliveries(Optional.of(Delivery.State.DEAD), Optional.empty(), Optional.empty(), 1);
            assertThat(dead).hasSize(1);
            assertThat(dead.getFirst().reason()).contains("failed after");
            assertThat(Duration.between(T, clock.instant())).isBetween(Duration.ofHours(24), Duration.ofHours(26));
        }
    }

    /** Needs a small file system of its own, which only root may make. */
    @Test
    void aFullDiskRefusesWhatItCannotKeepAndLosesNothingItTook() throws Exception {
        var disk = folder.resolve("disk");
        java.nio.file.Files.createDirectories(disk);
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk.toString()), "no right to mount");
        var clock = new ManualClock(T);
        try (var far = new Far(() -> 0, (_, _, _, _) -> 200)) {
            int accepted = 0;
            int refused = 0;
            try (var database = Database.open("jdbc:sqlite:" + disk.resolve("n.db"), clock);
                    var gateway = gateway(database, far.address(), clock, () -> clock.millis() * 1_000_000)) {
                for (int n = 0; n < 20_000 && refused < 20; n++) {
                    try {
                        gateway.outbox().take(List.of(notice(n, clock.instant())));
                        accepted++;
                    } catch (RuntimeException e) {
                        refused++;
                    }
                }
                assertThat(refused).isEqualTo(20);
                assertThat(run("mount", "-o", "remount,size=64m", disk.toString()))
                        .isTrue();
                gateway.outbox().take(List.of(notice(30_000, clock.instant())));
                accepted++;
                for (int i = 0; i < 50_000 && (i < 3 || open(gateway) > 0); i++) {
                    beat(gateway);
                }
            }
            System.out.println("| disk full | " + accepted + " | " + new HashSet<>(titles(far.taken)).size());
            assertThat(all(far.taken)).isEqualTo(accepted);
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    /** What was told: the notices named, and those counted as more. */
    private static int all(List<String> bodies) throws IOException {
        int all = 0;
        for (var body : bodies) {
            var json = new ObjectMapper().readTree(body);
            all += json.path("events").asInt();
        }
        return all;
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
