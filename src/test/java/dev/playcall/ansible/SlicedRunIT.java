package dev.playcall.ansible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.ansible.event.EventFold;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.name.RunId;
import dev.playcall.runner.directory.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several Ansible processes with hosts of their own are one run: for those who read it, and for those who stop it. */
class SlicedRunIT {
    private static final String WAITS = """
        - name: Wait
          hosts: web
          gather_facts: false
          tasks:
            - name: first
              raw: "true"
            - name: wait on one
              raw: "test {{ inventory_hostname }} = web1 || sleep 4719"
        """;

    @TempDir
    private Path runs;

    private SupervisedRun run(int slices, String number, String... more) throws IOException {
        var argv = new java.util.ArrayList<>(List.of("ansible-playbook", "-i", "hosts.yml", "--forks=4"));
        argv.addAll(List.of(more));
        var words = argv.toArray(String[]::new);
        var directory = runs.resolve(number);
        return slices == 1 ? SupervisedRun.ansible(directory, words) : SupervisedRun.sliced(slices, directory, words);
    }

    private SupervisedRun waiting() throws IOException {
        var playbook = runs.resolve("wait.yml");
        Files.writeString(playbook, WAITS);
        var run = run(2, "412", playbook.toString());
        run.start();
        run.awaitOutput("[slice 2] TASK [wait on one]");
        await().atMost(Duration.ofMinutes(1)).until(() -> sleeping(run).size() == 2);
        return run;
    }

    @ParameterizedTest
    @ValueSource(strings = {"--diff", "--check"})
    void whatIsToldIsWhatOneProcessWouldTell(String option) throws IOException {
        try (var one = run(1, "1", option, "sliced.yml");
                var two = run(2, "2", option, "sliced.yml")) {
            one.start();
            two.start();
            assertThat(two.exit().path("rc")).isEqualTo(one.exit().path("rc"));
            assertThat(two.read("supervisor.log")).isEmpty();
            assertThat(recap(two)).isEqualTo(recap(one)).contains("gone ", "web1 ");
            assertThat(results(two)).isEqualTo(results(one));

            var events = two.events();
            assertThat(events).extracting(e -> e.path("n").asInt()).isEqualTo(count(events.size()));
            assertThat(events.getFirst().path("count").asInt()).isEqualTo(2);
            assertThat(events.getLast().path("e").asText()).isEqualTo("stats");
            var last = two.events().getLast();
            for (var key : List.of("hosts", "failed", "unreachable", "changed")) {
                assertThat(last.path(key))
                        .as(key)
                        .isEqualTo(one.events().getLast().path(key));
            }
            assertThat(named(events, "start")).hasSize(1);
            assertThat(named(events, "task")).hasSameSizeAs(named(one.events(), "task"));
            assertThat(two.output().lines().skip(1).filter(l -> !l.isBlank()))
                    .allMatch(l -> l.matches("\\[slice [12]] .+|PLAY RECAP \\*+|\\w+ +: ok=\\d.*"));
        }
    }

    @Test
    void whatConcernsAllHostsOfAPlayIsRunInOneSlice() throws IOException {
        var cases = new TreeMap<String, String>();
        var books = Files.createDirectories(runs.resolve("all/books"));
        Files.createDirectories(books.resolve("roles/once/tasks"));
        Files.writeString(books.resolve("roles/once/tasks/main.yml"), "- debug:\n  run_once: yes\n");
        role(books, "quiet/tasks/main.yml", "- debug:\n");
        role(books, "peers/tasks/main.yml", "- debug:\n");
        role(books, "peers/defaults/main.yml", "n: \"{{ ansible_play_hosts | length }}\"\n");
        role(books, "conf/tasks/main.yml", "- debug:\n");
        role(books, "conf/templates/a.j2", "{{ hostvars['web1'].x }}\n");
        Files.createDirectories(books.resolve("extra"));
        Files.writeString(books.resolve("extra/v.yml"), "n: \"{{ ansible_play_hosts_all | length }}\"\n");
        Files.createDirectories(books.resolve("part"));
        Files.writeString(books.resolve("part/more.yml"), "- debug:\n  throttle: 1\n");
        for (var line : """
                plain; gather_facts: false; slices
                false; any_errors_fatal: false, tasks: [{debug: , run_once: false}]; slices
                free; strategy: free; slices
                whole; serial: ["100%"]; slices
                pinned; strategy: ansible.builtin.host_pinned; slices
                own; tasks: [{debug: {msg: "{{ hostvars[inventory_hostname].x }}"}}]; slices
                serial; serial: 2; the play "P" has serial
                fatal; any_errors_fatal: true; the play "P" has any_errors_fatal
                percent; max_fail_percentage: 0; the play "P" has max_fail_percentage
                debugger; strategy: debug; the play "P" has the strategy debug
                once; tasks: [{name: t, debug: , run_once: true}]; the task "t" has run_once
                block; tasks: [{run_once: true, block: [{name: t, debug: }]}]; the task "t" has run_once
                handler; handlers: [{name: t, debug: , run_once: true}]; the task "t" has run_once
                throttle; tasks: [{name: t, debug: , throttle: 1}]; the task "t" has throttle
                add; tasks: [{name: t, add_host: {name: x}}]; the task "t" is add_host
                end; tasks: [{name: t, meta: end_play}]; the task "t" is meta: end_play
                hosts; tasks: [{name: t, debug: {msg: "{{ ansible_play_hosts }}"}}]; the task "t" uses ansible_play_hosts
                others; tasks: [{name: t, debug: {msg: "{{ hostvars['web1'].x }}"}}]; the task "t" uses hostvars
                role; roles: [once]; the task "once : debug" has run_once
                later; tasks: [{include_role: {name: once}}]; once/tasks/main.yml has run_once
                file; tasks: [{include_tasks: part/more.yml}]; books/part/more.yml has throttle
                facts; tasks: [{name: t, set_fact: {a: b}, delegate_to: web1, delegate_facts: true}]; the task "t" has delegate_facts
                group; tasks: [{name: t, group_by: {key: x}}]; the task "t" is group_by
                limit; tasks: [{name: t, debug: , when: ansible_limit is defined}]; the task "t" uses ansible_limit
                pause; tasks: [{name: t, pause: {seconds: 0}}]; the task "t" is pause, which runs once for all hosts
                vars; tasks: [{vars: {n: "{{ ansible_play_hosts }}"}, block: [{name: t, debug: }]}]; all/books/vars.yml uses ansible_play_hosts
                apply; tasks: [{include_role: {name: quiet, apply: {run_once: true}}}]; all/books/apply.yml has run_once
                given; roles: [{role: quiet, vars: {n: "{{ hostvars }}"}}]; all/books/given.yml uses hostvars
                defaults; roles: [peers]; peers/defaults/main.yml uses ansible_play_hosts
                template; roles: [conf]; conf/templates/a.j2 uses hostvars
                files; vars_files: [extra/v.yml]; books/extra/v.yml uses ansible_play_hosts_all
                """.strip().lines().toList()) {
            var part = line.strip().split("; ", 3);
            Files.writeString(books.resolve(part[0] + ".yml"), "- {name: P, hosts: web, " + part[1] + "}\n");
            cases.put(part[0], part[2]);
        }
        var two = "- {name: P, hosts: web}\n";
        Files.writeString(books.resolve("another.yml"), two + "- {name: Q, hosts: away}\n");
        cases.put("another", "its plays are for different hosts");
        Files.writeString(books.resolve("same.yml"), two + two);
        cases.put("same", "slices");
        Files.writeString(books.resolve("here.yml"), "- {name: P, hosts: localhost}\n");
        cases.put("here", "the play \"P\" is for localhost");
        Files.writeString(books.resolve("single.yml"), "- {name: P, hosts: web1}\n");
        cases.put("single", "it is for one host");

        try (var run = run(1, "1", books.resolve("plain.yml").toString())
                .env(
                        "ANSIBLE_CALLBACK_PLUGINS",
                        SupervisedRun.FIXTURES.resolve("callback").toString())
                .env("SLICING", SupervisedRun.PROGRAMS.resolve("slicing.py").toString())
                .env("PLAYBOOKS", books.toString())) {
            run.toEnd();
            var said = run.output()
                    .lines()
                    .filter(l -> l.matches("[a-z]+: .*"))
                    .collect(Collectors.toMap(l -> l.split(": ", 2)[0], l -> l.split(": ", 2)[1]));
            assertThat(new TreeMap<>(said)).isEqualTo(cases);
        }
    }

    private static void role(Path books, String file, String text) throws IOException {
        var path = books.resolve("roles").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void variablesOfGroupsThatLookAtOtherHostsAreReason() throws IOException {
        var book = Files.createDirectories(runs.resolve("apart/group_vars")).resolveSibling("site.yml");
        Files.writeString(book, "- {name: P, hosts: web, gather_facts: false, tasks: [{debug: }]}\n");
        Files.writeString(book.resolveSibling("group_vars/all.yml"), "ips: \"{{ hostvars.values() | list }}\"\n");
        try (var run = run(2, "1", book.toString())) {
            run.toEnd();
            assertThat(run.output()).startsWith("Ansible runs in one slice: apart/group_vars/all.yml uses hostvars.\n");
        }
    }

    @Test
    void aRunInOneSliceIsAnOrdinaryOneThatSaysWhy() throws IOException {
        var playbook = runs.resolve("serial.yml");
        Files.writeString(
                playbook, WAITS.replace("hosts: web", "hosts: web\n  serial: 2").replace("4719", "0"));
        try (var run = run(2, "1", playbook.toString())) {
            assertThat(run.toEnd().path("rc").asInt()).as(run.output()).isZero();
            assertThat(run.output()).startsWith("Ansible runs in one slice: the play \"Wait\" has serial.\n");
            assertThat(run.events().getFirst().path("why").asText()).isEqualTo("the play \"Wait\" has serial");
            assertThat(run.events())
                    .extracting(e -> e.path("n").asInt())
                    .isEqualTo(count(run.events().size()));
            assertThat(named(run.events(), "start").getFirst().path("forks").asInt())
                    .isEqualTo(4);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                include_tasks: "{{ 'onc' + 'e.yml' }}" | - {name: Migrate, raw: "touch @", run_once: true} | once.yml has run_once
                include_tasks: "{{ 'onc' + 'e.yml' }}" | [{meta: end_play}, {raw: "touch @"}] | once.yml has meta: end_play
                include_role: {name: "{{ 'lat' + 'er' }}"} | [{raw: "touch @"}, {meta: end_batch}] | later/tasks/main.yml has meta: end_batch
                """)
    void anIncludeThatTurnsOutToConcernAllHostsEndsTheRunBeforeItIsDone(String include, String tasks, String why)
            throws IOException {
        var books = Files.createDirectories(runs.resolve("books"));
        var playbook = books.resolve("computed.yml");
        Files.writeString(playbook, "- hosts: web\n  gather_facts: false\n  tasks:\n    - " + include + "\n");
        var text = tasks.replace("@", runs + "/done") + "\n";
        Files.writeString(playbook.resolveSibling("once.yml"), text);
        role(books, "later/tasks/main.yml", text);
        try (var run = run(2, "412", playbook.toString())) {
            run.toEnd();
            assertThat(runs.resolve("done")).doesNotExist();
            assertThat(outcome(run).reason()).contains(why + ", which does not go with slices: set slices to 1");
        }
    }

    /** As the playbooks for agents have it. */
    @Test
    void hostsInBatchesAreDividedWhereOneBatchHasThemAll() throws IOException {
        var playbook = runs.resolve("batch.yml");
        Files.writeString(
                playbook,
                WAITS.replace("hosts: web", "hosts: web\n  serial: \"{{ batch | default('100%') }}\"")
                        .replace("4719", "0"));
        try (var all = run(2, "1", playbook.toString());
                var two = run(2, "2", playbook.toString(), "--extra-vars=batch=2")) {
            all.toEnd();
            two.toEnd();
            assertThat(all.output()).startsWith("Ansible runs in 2 slices");
            assertThat(two.output()).startsWith("Ansible runs in one slice: the play \"Wait\" has serial.");
        }
    }

    @Test
    void theOthersGoOnWhenTheAnsibleOfOneSliceIsKilled() throws IOException {
        try (var run = waiting()) {
            // web1 and web3 are in the first slice, web2 in the second one.
            ProcessHandle.of(run.json("run.json").path("child").asLong())
                    .orElseThrow()
                    .children()
                    .filter(p -> p.info().commandLine().orElse("").contains("slice.2"))
                    .forEach(ProcessHandle::destroyForcibly);
            run.awaitOutput("[slice 2] ansible-playbook was killed by signal 9");
            assertThat(sleeping(run)).as("what it left is ended").hasSize(1);
            sleeping(run).forEach(ProcessHandle::destroyForcibly);

            assertThat(run.exit().path("why").asText()).isEqualTo("exited");
            assertThat(outcome(run))
                    .isEqualTo(
                            new Outcome.Interrupted(
                                    "ansible-playbook of slice 2 of 2 was killed by signal 9; how far it came on each of its 1 hosts is uncertain"));
            assertThat(hosts(run))
                    .containsEntry("web1", HostOutcome.CHANGED)
                    .containsEntry("web2", HostOutcome.INCOMPLETE);
            assertThat(run.processes()).isEmpty();
        }
    }

    @Test
    void aCancelEndsAllOfThem() throws IOException {
        try (var run = waiting()) {
            run.cancel();
            assertThat(run.exit().path("why").asText()).isEqualTo("cancelled");
            assertThat(run.processes()).isEmpty();
            // None of them went through all of the play.
            assertThat(hosts(run).values()).containsOnly(HostOutcome.INCOMPLETE);
        }
    }

    @Test
    void nothingIsLeftWhenTheProgramThatStartsThemIsKilledAndAllIsFoundWhenTheSupervisorIs() throws IOException {
        try (var run = waiting()) {
            var child = run.json("run.json").path("child").asLong();
            ProcessHandle.of(child).orElseThrow().destroyForcibly();
            assertThat(run.exit().path("signal").asInt()).isEqualTo(9);
            assertThat(run.processes()).isEmpty();
        }
    }

    private static List<ProcessHandle> sleeping(SupervisedRun run) {
        return run.processes().stream()
                .filter(p -> p.info().command().orElse("").endsWith("sleep"))
                .toList();
    }

    private Outcome outcome(SupervisedRun run) {
        return fold(run).verdict(exit(), run.output());
    }

    private Map<String, HostOutcome> hosts(SupervisedRun run) {
        var fold = fold(run);
        fold.verdict(exit(), run.output());
        return fold.takeChanged().stream().collect(Collectors.toMap(HostResult::host, HostResult::outcome));
    }

    private dev.playcall.runner.directory.ExitRecord exit() {
        return new RunDirectory(runs, new RunId(412)).exit().orElseThrow();
    }

    private static EventFold fold(SupervisedRun run) {
        var fold = new EventFold(Duration.ofHours(1), false);
        run.read("events").lines().forEach(fold::line);
        return fold;
    }

    private static String recap(SupervisedRun run) {
        return run.output().substring(run.output().indexOf("PLAY RECAP"));
    }

    private static List<JsonNode> named(List<JsonNode> events, String name) {
        return events.stream().filter(e -> e.path("e").asText().equals(name)).toList();
    }

    /** What each host did, by the name of the task. */
    private static List<String> results(SupervisedRun run) {
        var tasks = named(run.events(), "task").stream()
                .collect(Collectors.toMap(
                        e -> e.path("k").asInt(), e -> e.path("name").asText()));
        Predicate<JsonNode> ofHost = e -> e.has("h");
        return run.events().stream()
                .filter(ofHost)
                .map(e -> e.path("h").asText() + " " + e.path("e").asText() + " "
                        + (e.has("k") ? tasks.get(e.path("k").asInt()) : "") + e.path("s") + e.path("msg")
                        + e.path("label"))
                .sorted()
                .toList();
    }

    private static List<Integer> count(int to) {
        return java.util.stream.IntStream.rangeClosed(1, to).boxed().toList();
    }
}
