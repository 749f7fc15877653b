package dev.playcall.notify.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.notify.event.Delivery;
import dev.playcall.store.Database;
import dev.playcall.testing.QuickStart;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Kills a gateway at every step of its work and at random: what was answered with yes arrives, in order, and nothing more
 * is doubled than was on its way. {@code -Dkills=200} for the whole of it.
 */
class NotifyKillIT {
    private static final int KILLS = Integer.getInteger("kills", 6);
    private static final int AT_ONCE = 3;
    private static final int LIVES = 6;
    private static final int STEPS = 60;
    /** Few kills are spread over all steps. */
    private static final int STRIDE = Math.max(1, 2 * STEPS / KILLS);

    private static final int HOSTS = 3;
    private static final int IN_FLIGHT = 4;
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final String FROM_OUTSIDE = "from outside, at any time";

    @TempDir(factory = TempDirFactory.Standard.class)
    private Path folder;

    /** One gateway that lives several times, and what came of it. {@code ends}: where it was killed, and what came twice. */
    private record Story(
            List<End> ends, int accepted, int lost, int doubled, int mostDoubled, int unordered, int dead) {
        int kills() {
            return (int) ends.stream().filter(e -> !e.where().isEmpty()).count();
        }
    }

    /** Where a life ended, and how many messages came a second time in the next one. */
    private record End(String where, int doubled) {}

    @Test
    void whatWasAcceptedArrivesWhereverItIsKilled() throws Exception {
        var jobs = new ArrayList<Callable<Story>>();
        for (int n = 0; n * LIVES < KILLS; n++) {
            int number = n;
            jobs.add(() -> story(number));
        }
        var stories = new ArrayList<Story>();
        try (var pool = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Future<Story> f : pool.invokeAll(jobs)) {
                stories.add(f.get());
            }
        }
        int kills = stories.stream().mapToInt(Story::kills).sum();
        int accepted = stories.stream().mapToInt(Story::accepted).sum();
        int doubled = stories.stream().mapToInt(Story::doubled).sum();
        table(stories);
        System.out.println(kills + " kills, " + accepted + " accepted, "
                + stories.stream().mapToInt(Story::lost).sum() + " lost, " + doubled + " doubled ("
                + stories.stream().mapToInt(Story::mostDoubled).max().orElse(0) + " at most after one kill)");
        assertThat(kills).isGreaterThanOrEqualTo(KILLS);
        assertThat(accepted).isGreaterThan(kills);
        assertThat(stories).allSatisfy(s -> {
            assertThat(s.lost()).isZero();
            assertThat(s.dead()).isZero();
            assertThat(s.unordered()).isZero();
            assertThat(s.mostDoubled()).isLessThanOrEqualTo(IN_FLIGHT);
        });
    }

    private static void table(List<Story> stories) {
        var byPlace = new java.util.TreeMap<String, List<Integer>>();
        stories.stream()
                .flatMap(s -> s.ends().stream())
                .filter(e -> !e.where().isEmpty())
                .forEach(e -> byPlace.computeIfAbsent(e.where(), _ -> new ArrayList<>())
                        .add(e.doubled()));
        System.out.println("| killed | times | came twice |");
        System.out.println("|---|---|---|");
        byPlace.forEach((where, doubled) -> System.out.println("| " + where + " | " + doubled.size() + " | "
                + doubled.stream().mapToInt(Integer::intValue).sum() + " |"));
    }

    private Story story(int number) throws Exception {
        var file = folder.resolve("n" + number + ".db");
        var random = new Random(number);
        var accepted = new LinkedHashSet<String>();
        var ends = new ArrayList<End>();
        int most = 0;
        try (var receiver = new Receiver()) {
            int sent = 0;
            int before = 0;
            var killed = "";
            for (int life = 0; life < LIVES; life++) {
                // Every other life ends at a step, the next one further each time; the others end by a kill from
                // outside.
                int at = life % 2 == 0 ? 1 + (number * LIVES / 2 + life / 2) * STRIDE % STEPS : 0;
                var child = start(file, receiver.address("/in"), at);
                var where = "";
                try {
                    sent = say(child, sent, accepted, at == 0 ? random.nextInt(3, 9) : 40);
                } finally {
                    where = end(child, at == 0);
                }
                int doubled = doubled(receiver);
                ends.add(new End(killed, doubled - before));
                killed = where;
                most = Math.max(most, doubled - before);
                before = doubled;
            }
            var last = start(file, receiver.address("/in"), 0);
            try {
                await().atMost(LONG).until(() -> titles(receiver).containsAll(accepted));
                most = Math.max(most, doubled(receiver) - before);
                ends.add(new End(killed, doubled(receiver) - before));
            } catch (org.awaitility.core.ConditionTimeoutException e) {
                // what is missing is counted below
            } finally {
                end(last, true);
            }
            var missing = new LinkedHashSet<>(accepted);
            missing.removeAll(titles(receiver));
            return new Story(
                    ends, accepted.size(), missing.size(), doubled(receiver), most, unordered(receiver), dead(file));
        }
    }

    private record Child(Process process, String first, BufferedReader out, HttpClient http, URI address) {}

    private static Child start(Path file, URI receiver, int haltAt) throws IOException {
        var command = new ArrayList<>(QuickStart.java(GatewayChild.class, "-Xmx96m", "-Dhalt.at=" + haltAt));
        command.addAll(List.of(file.toString(), receiver.toString()));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var out = new BufferedReader(process.inputReader());
        var line = Optional.ofNullable(out.readLine()).orElse("");
        var address = line.startsWith("port ") ? "http://127.0.0.1:" + line.substring(5) : "http://127.0.0.1:9";
        return new Child(process, line, out, HttpClient.newHttpClient(), URI.create(address));
    }

    /** Says so much, as long as somebody listens; remembers what was answered with yes. */
    private static int say(Child child, int first, Set<String> accepted, int most) throws InterruptedException {
        int n = first;
        for (int i = 0; i < most && child.process().isAlive(); i++) {
            var title = "n" + n;
            var body = """
                {"title": "%s", "key": "%s", "subject": "%s", "severity": "error", "labels": {"host": "h%d"}}\
                """.formatted(title, title, title, n % HOSTS);
            n++;
            var request = HttpRequest.newBuilder(child.address())
                    .header("Authorization", "Bearer t0ken")
                    .header("Content-Type", "application/json")
                    .timeout(Duration.ofSeconds(20))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            try {
                var answer = child.http().send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() / 100 == 2) {
                    accepted.add(title);
                }
            } catch (IOException e) {
                break;
            }
        }
        return n;
    }

    /** Where it was killed; empty when it was not. Whoever is killed from outside can say nothing any more. */
    private static String end(Child child, boolean now) throws Exception {
        boolean outside = now || !child.process().waitFor(3, TimeUnit.SECONDS);
        if (outside) {
            child.process().destroyForcibly();
        }
        child.process().waitFor();
        child.http().close();
        if (child.process().exitValue() != 137) {
            return "";
        }
        if (outside) {
            return FROM_OUTSIDE;
        }
        try (var out = child.out()) {
            return Stream.concat(Stream.of(child.first()), out.lines())
                    .filter(l -> l.startsWith("halted "))
                    .map(l -> l.substring("halted ".length()))
                    .findFirst()
                    .orElse(FROM_OUTSIDE);
        }
    }

    /** The titles in the order in which they came, once for each message that told them. */
    private static List<String> all(Receiver receiver) {
        var titles = new ArrayList<String>();
        var json = new ObjectMapper();
        for (var got : receiver.got()) {
            try {
                json.readTree(got.text())
                        .path("notices")
                        .forEach(n -> titles.add(n.path("title").asText()));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return titles;
    }

    private static Set<String> titles(Receiver receiver) {
        return new LinkedHashSet<>(all(receiver));
    }

    /** A receiver knows a repetition by its id; here everything that came twice counts. */
    private static int doubled(Receiver receiver) {
        var ids = receiver.got().stream().map(g -> g.header("webhook-id")).toList();
        return ids.size() - Set.copyOf(ids).size();
    }

    /** How often something of a thread came for the first time after something later of it. */
    private static int unordered(Receiver receiver) {
        Map<Integer, Integer> last = new HashMap<>();
        int wrong = 0;
        for (var title : titles(receiver)) {
            int n = Integer.parseInt(title.substring(1));
            var before = last.put(n % HOSTS, n);
            if (before != null && before > n) {
                wrong++;
            }
        }
        return wrong;
    }

    private static int dead(Path file) {
        try (var database = Database.open("jdbc:sqlite:" + file, Clock.systemUTC())) {
            return database.notices()
                    .counts()
                    .getOrDefault(Delivery.State.DEAD, 0L)
                    .intValue();
        }
    }
}
