package dev.playcall.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.ansible.event.EventFold;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Outcome;
import dev.playcall.runner.directory.ExitRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which hosts are done when a play is broken off or ends early: three servers of a data base of which the first fails, then
 * one for the web. What is right is seen in the events: a host is done when the last task of each of its plays was.
 */
class AbortedPlaysIT {
    private static final String LAST = "the last task";
    private static final int AT_ONCE = 3;

    private static final String FAILS =
            "    - ansible.builtin.fail: { msg: no room }\n" + "      when: inventory_hostname == 'db-1'\n";

    /** What the first play says of itself, and its tasks before the last one. */
    private record Case(String keywords, String tasks) {}

    private static final Map<String, Case> CASES = Map.ofEntries(
            Map.entry("linear", new Case("", FAILS)),
            Map.entry("linear, fatal", new Case("any_errors_fatal: true", FAILS)),
            Map.entry("linear, fatal, by two", new Case("any_errors_fatal: true, serial: 2", FAILS)),
            Map.entry("linear, by one", new Case("serial: 1", FAILS)),
            Map.entry("linear, by two", new Case("serial: 2", FAILS)),
            Map.entry("linear, percentage", new Case("max_fail_percentage: 10", FAILS)),
            Map.entry("linear, percentage, by two", new Case("max_fail_percentage: 10, serial: 2", FAILS)),
            Map.entry("free", new Case("strategy: free", FAILS)),
            Map.entry("free, fatal, by two", new Case("strategy: free, any_errors_fatal: true, serial: 2", FAILS)),
            Map.entry("free, percentage", new Case("strategy: free, max_fail_percentage: 10", FAILS)),
            Map.entry("free, by one", new Case("strategy: free, serial: 1", FAILS)),
            Map.entry(
                    "once for all", new Case("", "    - { ansible.builtin.fail: { msg: no room }, run_once: true }\n")),
            Map.entry("unreachable", new Case("any_errors_fatal: true", """
                    - ansible.builtin.ping:
                      vars: { ansible_connection: ssh, ansible_host: 127.0.0.1, ansible_port: 1 }
                      when: inventory_hostname == 'db-1'
                """)));

    private static final Map<String, String> EARLY = Map.of(
            "end_host", "    - ansible.builtin.meta: end_host\n",
            "end_play", "    - ansible.builtin.meta: end_play\n",
            "end_batch", "    - meta: end_batch\n");

    private record Seen(List<JsonNode> events, Map<String, HostResult> hosts, Outcome outcome) {
        Set<String> are(HostOutcome... wanted) {
            return hosts.values().stream()
                    .filter(h -> List.of(wanted).contains(h.outcome()))
                    .map(HostResult::host)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        /** Hosts that the last task of their play was done on. */
        Set<String> wentThrough() {
            var last = events.stream()
                    .filter(e -> e.path("name").asText().equals(LAST))
                    .map(e -> e.path("k").asInt())
                    .collect(Collectors.toSet());
            return events.stream()
                    .filter(e -> e.path("e").asText().equals("ok")
                            && last.contains(e.path("k").asInt()))
                    .map(e -> e.path("h").asText())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @TempDir
    static Path folder;

    private static Map<String, Seen> seen = Map.of();

    @BeforeAll
    static void runThemAll() throws IOException {
        Files.writeString(folder.resolve("hosts.yml"), """
            all:
              vars: { ansible_connection: local, ansible_python_interpreter: "{{ ansible_playbook_python }}" }
              children:
                db: { hosts: { db-1: , db-2: , db-3: } }
                web: { hosts: { web-1: } }
            """);
        var books = new java.util.TreeMap<String, String>();
        CASES.forEach((name, c) -> books.put(name, database(c.keywords(), c.tasks()) + web("\"{{ tier }}\"")));
        EARLY.forEach((name, task) -> books.put(name, database("serial: 2", task)));
        books.put("made", """
            - hosts: localhost
              gather_facts: false
              tasks:
                - ansible.builtin.add_host: { name: fresh-1, groups: fresh, ansible_connection: local }
            - hosts: fresh
              gather_facts: false
              tasks: [{ ansible.builtin.fail: { msg: no room } }]
            """ + web("web"));
        books.put("rescued", """
            - hosts: web
              gather_facts: false
              tasks:
                - block: [{ name: first, ansible.builtin.fail: { msg: mended } }]
                  rescue: [{ ansible.builtin.debug: { msg: mends } }]
                - { name: second, ansible.builtin.fail: { msg: stays } }
            """);
        books.put("nowhere", "- { hosts: mail, tasks: [{ debug: }] }\n- { hosts: 'queue:&db', tasks: [{ debug: }] }\n");
        books.put("nothing", "- { hosts: db, gather_facts: false, tasks: [{ debug: , tags: [never] }] }\n");
        seen = runAll(books);
    }

    private static String database(String keywords, String tasks) {
        var more = keywords.isEmpty() ? "" : "  " + keywords.replace(", ", "\n  ") + "\n";
        return "- hosts: db\n  gather_facts: false\n" + more + "  tasks:\n" + tasks.indent(0) + "    - { name: " + LAST
                + ", ansible.builtin.debug: }\n";
    }

    private static String web(String hosts) {
        return "- hosts: " + hosts + "\n  gather_facts: false\n  vars: { tier: web }\n  tasks:\n    - { name: " + LAST
                + ", ansible.builtin.debug: }\n";
    }

    private static Map<String, Seen> runAll(Map<String, String> books) throws IOException {
        var runs = new java.util.TreeMap<String, SupervisedRun>();
        var going = new ArrayDeque<SupervisedRun>();
        int number = 0;
        for (var book : books.entrySet()) {
            var file = Files.writeString(folder.resolve("book" + number + ".yml"), book.getValue());
            var run = SupervisedRun.ansible(
                    folder.resolve("r" + number++),
                    "ansible-playbook",
                    "--inventory=" + folder.resolve("hosts.yml"),
                    file.toString());
            runs.put(book.getKey(), run);
            run.startImported();
            going.add(run);
            if (going.size() == AT_ONCE) {
                going.remove().exit();
            }
        }
        going.forEach(SupervisedRun::exit);
        return runs.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, r -> seen(r.getValue())));
    }

    private static Seen seen(SupervisedRun run) {
        try (run) {
            var fold = new EventFold(Duration.ofHours(1), false);
            run.read("events").lines().forEach(fold::line);
            var code = OptionalInt.of(run.exit().path("rc").asInt());
            var exitRecord = new ExitRecord(code, OptionalInt.empty(), ExitRecord.Why.EXITED, Optional.empty(), 0);
            var outcome = fold.verdict(exitRecord, run.output());
            var hosts = fold.takeChanged().stream().collect(Collectors.toMap(HostResult::host, Function.identity()));
            return new Seen(run.events(), hosts, outcome);
        }
    }

    private static Seen of(String name) {
        return java.util.Objects.requireNonNull(seen.get(name));
    }

    @Test
    void aHostIsDoneOnlyIfItWentThroughEveryPlayThatWasForIt() {
        var soft = new SoftAssertions();
        for (var name : new TreeSet<>(CASES.keySet())) {
            var run = of(name);
            soft.assertThat(run.hosts().keySet()).as(name).containsExactlyInAnyOrder("db-1", "db-2", "db-3", "web-1");
            soft.assertThat(run.are(HostOutcome.OK, HostOutcome.CHANGED, HostOutcome.SKIPPED))
                    .as(name)
                    .isEqualTo(run.wentThrough());
            soft.assertThat(run.are(HostOutcome.FAILED, HostOutcome.UNREACHABLE))
                    .as(name)
                    .containsExactly("db-1");
            soft.assertThat(run.outcome()).as(name).isInstanceOf(Outcome.Failed.class);
        }
        soft.assertAll();
    }

    @Test
    void aHostThatWasCutOffIsIncompleteAndOneThatNeverBeganIsNotStarted() {
        var run = of("linear, fatal, by two");
        assertThat(run.are(HostOutcome.INCOMPLETE)).containsExactly("db-2");
        assertThat(run.are(HostOutcome.PENDING)).containsExactly("db-3", "web-1");
    }

    @Test
    void endingAPlayEarlyIsSuccessWhereverItBegins() {
        EARLY.keySet().forEach(name -> {
            assertThat(of(name).outcome()).as(name).isEqualTo(new Outcome.Success());
            assertThat(of(name).are(HostOutcome.SKIPPED)).as(name).containsExactly("db-1", "db-2", "db-3");
        });
        assertThat(of("nothing").outcome().reason()).isEqualTo("no task ran on any host");
        assertThat(of("nowhere").outcome().reason())
                .isEqualTo(
                        "no task ran on any host: the plays are for mail, queue:&db, and no host of the environment is"
                                + " in any of them");
    }

    @Test
    void hostsThatTheRunMadeAreToldApart() {
        var hosts = of("made").hosts().values();
        assertThat(hosts.stream().filter(HostResult::added).map(HostResult::host))
                .containsExactlyInAnyOrder("localhost", "fresh-1");
        assertThat(of("made").are(HostOutcome.FAILED)).containsExactly("fresh-1");
        assertThat(of("made").are(HostOutcome.PENDING)).containsExactly("web-1");
    }

    @Test
    void theFailureThatWasNotRescuedIsTheOneThatStands() {
        var host = java.util.Objects.requireNonNull(of("rescued").hosts().get("web-1"));
        assertThat(host.failedTask()).contains("second");
        assertThat(host.message()).contains("stays");
        assertThat(host.stats().rescued()).isEqualTo(1);
        var fold = new EventFold(Duration.ofHours(1), false);
        of("rescued").events().stream()
                .takeWhile(e -> !e.path("name").asText().equals("second"))
                .forEach(e -> fold.line(e.toString()));
        assertThat(fold.progress().failed()).as("while it is being rescued").isZero();
    }
}
