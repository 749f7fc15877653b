package dev.playcall.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.chat.query.ScheduledReports;
import dev.playcall.command.schedule.ScheduleCommands;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.HostResult.HostStats;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.History.Pin;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.RunQuery;
import dev.playcall.runner.retention.Retention;
import dev.playcall.runner.retention.RunnerSettings;
import dev.playcall.schedule.MissedRun;
import dev.playcall.schedule.ScheduleGrants;
import dev.playcall.schedule.Scheduler;
import dev.playcall.security.access.Authorizer;
import dev.playcall.security.access.IdentityLinks;
import dev.playcall.store.Database;
import dev.playcall.testing.MemorySecrets;
import dev.playcall.testing.Rules;
import dev.playcall.testing.TestRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nine days by hand on a real database that two gateways have open and look at in the same moment: everything that is
 * started and told, line by line. A time that is done twice, early or not at all is another line.
 */
class ScriptedWeekTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String ACCESS = """
          bindings:
            - { role: operator, people: [slack:ada] }
            - { role: admin, people: [web:root] }
          freezes:
            - { environments: [production], reason: weekend, cron: "0 18 * * FRI", for: 60h, timezone: Europe/Berlin }
        """;
    private static final List<String> LOCKS = List.of("deploy", "migrate", "ping");

    @TempDir
    Path home;

    private CommandFixture fixture;
    private Database other;
    private CommandHandler commands;
    private List<Scheduler> keepers = List.of();
    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final Map<Long, String> labels = new TreeMap<>();
    private final List<String> lines = new ArrayList<>();
    private long seen;
    private boolean broken;

    @BeforeEach
    void open() throws IOException {
        fixture = new CommandFixture(home, ACCESS);
        other = Database.open(fixture.config().store().url(), fixture.clock);
        commands = desk(fixture.database, fixture.journal);
        keepers = List.of(
                keeper(fixture.database, fixture.journal, commands),
                keeper(other, new RunJournal(other.events(), fixture.clock), null));
    }

    @AfterEach
    void close() {
        pool.shutdownNow();
        other.close();
        fixture.database.close();
    }

    private Rights rights(Database database) {
        var access = fixture.config().access();
        var grants = new ScheduleGrants(List::of, database.schedules());
        return new Rights(
                new Authorizer(access, false, grants),
                new IdentityLinks(access.people(), database.links(), grants, fixture.clock));
    }

    private CommandHandler desk(Database database, RunJournal journal) {
        var config = fixture.config();
        var rights = rights(database);
        var catalogs = new DiskCatalogs(config, fixture.clock);
        var secrets = MemorySecrets.emptyVault();
        var runRequestFactory = Rules.requests(catalogs, rights, secrets, Duration.ofHours(1));
        var rules = fixture.rules(config, database.locks());
        var router = new TestRouter(catalogs, journal, rights, rules, secrets);
        var defaults = new ScheduleCommands.Defaults(BERLIN, MissedRun.RUN_ONCE);
        var schedules = new ScheduleCommands(runRequestFactory, database.schedules(), () -> defaults, fixture.clock);
        return router.schedules(schedules.schedules(router.runs()::start))
                .reports(schedules.reports(_ -> Optional.empty(), java.util.Set::of));
    }

    private Scheduler keeper(
            Database database, RunJournal journal, @org.jspecify.annotations.Nullable CommandHandler own) {
        var starts = ScheduleCommands.starter(own == null ? desk(database, journal) : own);
        var reports = new ScheduledReports(
                starts,
                new DiskCatalogs(fixture.config(), fixture.clock),
                rights(database),
                journal.read(),
                database.schedules(),
                database.chat(),
                dev.playcall.chat.query.ScheduledReports.ReportReceivers.none(),
                fixture.clock);
        return new Scheduler(
                database.schedules(),
                reports,
                (channel, key, text) -> database.chat().announce(channel, key, text, fixture.clock.instant()),
                fixture.clock);
    }

    private void at(String time) {
        fixture.clock.go(Duration.between(fixture.clock.instant(), Instant.parse(time)));
    }

    private void keep(String label, Command command) {
        switch (commands.handle(command, fixture.caller("slack:ada"))) {
            case Reply.Scheduled(var s, var _) -> labels.put(s.id(), label);
            case Reply no -> throw new AssertionError(no.toString());
        }
    }

    private void every(String label, String cron, String zone, String missed, String operation, String environment) {
        keep(
                label,
                new ScheduleCommand.AddSchedule(
                        false, cron, zone, missed, "", CommandFixture.start(operation, environment)));
    }

    private void report(String label, String every, String at, String zone, String missed, String environment) {
        keep(label, new ReportCommand.AddReport(every, "", at, zone, missed, environment, "", ""));
    }

    /** Both gateways are there until then and look whenever something is due. */
    private void live(String until) throws Exception {
        var end = Instant.parse(until);
        while (fixture.clock.instant().isBefore(end)) {
            ring();
            var next =
                    fixture.database.schedules().nextDue().filter(end::isAfter).orElse(end);
            assertThat(next).isAfter(fixture.clock.instant());
            fixture.clock.go(Duration.between(fixture.clock.instant(), next));
        }
    }

    private void ring() throws Exception {
        for (var rung : pool.invokeAll(keepers.stream()
                .<java.util.concurrent.Callable<Object>>map(k -> k::runDue)
                .toList())) {
            rung.get();
        }
        int before = lines.size();
        for (var run : fixture.journal.read().list(RunQuery.newest(100)).runs().reversed()) {
            if (run.id().value() > seen) {
                note(run);
            }
        }
        for (var pendingMessage : fixture.database.chat().pendingAnnouncements()) {
            line("told: " + pendingMessage.text().strip().replace("\n", " / "));
            fixture.database.chat().announced(pendingMessage.id(), fixture.clock.instant());
        }
        // Which of two gateways came first is no matter, and so is the order of what they did in the same moment.
        lines.subList(before, lines.size()).sort(null);
        LOCKS.forEach(this::work);
    }

    private void note(Run run) {
        seen = run.id().value();
        var id = Long.parseLong(run.requestedBy().id());
        var name = run.request().name();
        int missed = name.indexOf("missed ");
        line(labels.get(id) + (missed < 0 ? "" : ", " + name.substring(missed)));
    }

    private void line(String text) {
        lines.add(fixture.clock
                        .instant()
                        .truncatedTo(ChronoUnit.MINUTES)
                        .toString()
                        .replace(":00Z", "Z") + " " + text);
    }

    /** Whatever waits is done at once; while something is broken, pings end badly on one host. */
    private void work(String lock) {
        for (var run = fixture.claim(lock); run.isPresent(); run = fixture.claim(lock)) {
            boolean bad = broken && lock.equals("ping");
            var outcome = bad ? HostOutcome.UNREACHABLE : HostOutcome.OK;
            var host = new HostResult(
                    "s-1",
                    outcome,
                    new HostStats(bad ? 0 : 1, 0, bad ? 1 : 0, 0, 0, 0, 0),
                    bad ? Optional.of("Ping") : Optional.empty(),
                    bad ? Optional.of("no route to host") : Optional.empty(),
                    Duration.ofSeconds(1));
            fixture.journal.progress(run.get(), Progress.NONE, List.of(host), EventStore.Intake.NONE);
            fixture.journal.append(
                    run.get().id(),
                    new RunEvent.Finished(bad ? new Outcome.Failed(4, "1 host unreachable") : new Outcome.Success()));
        }
    }

    private List<Long> kept() {
        return fixture.journal.read().list(RunQuery.newest(500)).runs().reversed().stream()
                .map(r -> r.id().value())
                .toList();
    }

    private void forgetOlderThan(Duration age) {
        var settings = new RunnerSettings("n", home.resolve("runs"), home.resolve("logs"), 1, List.of("true"));
        var limits = new Retention.Limits(age, 1000, new Retention.LogLimits(Duration.ofDays(90), 0, 1 << 20));
        new Retention(() -> limits, Map::of, settings, fixture.journal, fixture.clock).tick();
    }

    private void isAsWrittenDown(String name) throws IOException {
        var file = Path.of(System.getProperty("playcall.home", ""), "src/test/resources/dev/playcall/command", name);
        var text = String.join("\n", lines) + "\n";
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }

    /** Clocks go forward in Berlin on the 29th of March and back in Sydney on the 5th of April. */
    @Test
    void springInBerlinAndAutumnInSydney() throws Exception {
        at("2026-03-28T00:00:00Z");
        every("night", "30 2 * * *", "Europe/Berlin", "run_once", "deploy", "staging");
        every("sydney", "30 2 * * *", "Australia/Sydney", "skip", "ping", "staging");
        every("two-hourly on Thursdays", "0 0-8/2 * * thu", "Europe/Berlin", "run_all:3", "migrate", "staging");
        every("live", "0 3 * * *", "Europe/Berlin", "run_once", "deploy", "production");
        report("monday", "weekly", "08:00", "Europe/Berlin", "run_once", "staging");
        report("sydney's", "0 9 * * 0,4", "", "Australia/Sydney", "skip", "all");
        live("2026-04-01T22:30:00Z");
        lines.add("-- away");
        at("2026-04-02T07:30:30Z");
        lines.add("-- back");
        live("2026-04-06T12:00:00Z");
        isAsWrittenDown("week-spring.txt");
    }

    /** Clocks go back in Berlin on the 25th of October and in New York on the 1st of November. */
    @Test
    void autumnInBerlinAndInNewYork() throws Exception {
        at("2026-10-24T00:00:00Z");
        every("night", "30 2 * * *", "Europe/Berlin", "run_once", "deploy", "staging");
        every("york", "30 1 * * *", "America/New_York", "skip", "ping", "staging");
        every("two-hourly on Thursdays", "0 0-8/2 * * thu", "Europe/Berlin", "run_all:3", "migrate", "staging");
        every("live", "0 3 * * *", "Europe/Berlin", "run_once", "deploy", "production");
        report("daily", "daily", "08:00", "Europe/Berlin", "run_once", "staging");
        report("york's", "weekly", "9:30", "America/New_York", "run_once", "all");
        live("2026-10-27T00:00:00Z");
        broken = true;
        live("2026-10-28T00:00:00Z");
        broken = false;
        live("2026-10-28T22:30:00Z");
        lines.add("-- away");
        at("2026-10-29T07:30:30Z");
        lines.add("-- back");
        live("2026-11-02T16:00:00Z");
        isAsWrittenDown("week-autumn.txt");

        fixture.journal
                .read()
                .history()
                .pin(new RunId(2), new Pin(fixture.caller("slack:ada").person(), "why", Instant.EPOCH));
        forgetOlderThan(Duration.ofDays(7));
        assertThat(kept())
                .isEqualTo(Stream.concat(
                                Stream.of(2L), LongStream.rangeClosed(7, 26).boxed())
                        .toList());
    }
}
