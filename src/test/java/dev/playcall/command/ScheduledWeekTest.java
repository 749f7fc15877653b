package dev.playcall.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.command.ScheduleCommand.ChangeSchedule.How;
import dev.playcall.command.schedule.ScheduleCommands;
import dev.playcall.domain.Run;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.RunQuery;
import dev.playcall.schedule.MissedRun;
import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.ScheduleGrants;
import dev.playcall.schedule.Scheduler;
import dev.playcall.security.access.Authorizer;
import dev.playcall.security.access.IdentityLinks;
import dev.playcall.testing.MemorySecrets;
import dev.playcall.testing.Rules;
import dev.playcall.testing.TestRouter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules on a clock that goes by hand, with a real database and a real desk: what is started when, and nothing twice. */
class ScheduledWeekTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String ACCESS = """
          bindings:
            - { role: operator, people: [slack:ada] }
            - { role: operator, people: [slack:bob], environments: [staging] }
            - { role: operator, groups: [slack:S1] }
            - { role: admin, people: [web:root] }
          freezes:
            - { environments: [production], reason: weekend, cron: "0 18 * * FRI", for: 60h, timezone: Europe/Berlin }
        """;

    @TempDir
    Path home;

    private CommandFixture fixture;
    private CommandHandler commands;
    private Scheduler keeper;
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        fixture = new CommandFixture(home, ACCESS);
        commands = desk();
        keeper = new Scheduler(
                fixture.database.schedules(),
                ScheduleCommands.starter(commands),
                (channel, key, text) -> told.add(channel + " " + text),
                fixture.clock);
    }

    private CommandHandler desk() {
        var config = fixture.config();
        var grants = new ScheduleGrants(List::of, fixture.database.schedules());
        var links = new IdentityLinks(config.access().people(), fixture.database.links(), grants, fixture.clock);
        var rights = new Rights(new Authorizer(config.access(), false, grants), links);
        var catalogs = new dev.playcall.catalog.DiskCatalogs(config, fixture.clock);
        var secrets = MemorySecrets.emptyVault();
        var runRequestFactory = Rules.requests(catalogs, rights, secrets, Duration.ofHours(1));
        var router = new TestRouter(
                catalogs, fixture.journal, rights, fixture.rules(config, fixture.database.locks()), secrets);
        var defaults = new ScheduleCommands.Defaults(BERLIN, MissedRun.RUN_ONCE);
        var schedules =
                new ScheduleCommands(runRequestFactory, fixture.database.schedules(), () -> defaults, fixture.clock);
        return router.schedules(schedules.schedules(router.runs()::start));
    }

    @AfterEach
    void close() {
        fixture.database.close();
    }

    private void at(String time) {
        fixture.clock.go(Duration.between(fixture.clock.instant(), Instant.parse(time)));
    }

    private Reply add(String person, String cron, String missed, String operation, String environment) {
        return commands.handle(
                new ScheduleCommand.AddSchedule(
                        false, cron, "", missed, "", CommandFixture.start(operation, environment)),
                fixture.caller(person));
    }

    private Schedule added(String cron, String missed, String operation, String environment) {
        return schedule(add("slack:ada", cron, missed, operation, environment));
    }

    private static Schedule schedule(Reply reply) {
        return switch (reply) {
            case Reply.Scheduled(var s, var _) -> s;
            case Reply other -> throw new AssertionError(other.toString());
        };
    }

    /** The gateway is there until then: it looks whenever something is due, and every minute besides. */
    private void live(String until) {
        var end = Instant.parse(until);
        while (fixture.clock.instant().isBefore(end)) {
            keeper.runDue();
            fixture.clock.go(Duration.ofMinutes(1));
        }
    }

    private List<Run> of(Schedule schedule) {
        return fixture.journal.read().list(RunQuery.newest(500)).runs().reversed().stream()
                .filter(r -> r.requestedBy().equals(schedule.person()))
                .toList();
    }

    private List<String> times(Schedule schedule) {
        return of(schedule).stream()
                .map(r -> r.requestedAt().truncatedTo(ChronoUnit.MINUTES).toString())
                .toList();
    }

    private static List<String> hourly(String from, String until) {
        return Stream.iterate(Instant.parse(from), t -> t.plus(Duration.ofHours(1)))
                .takeWhile(t -> t.isBefore(Instant.parse(until)))
                .map(Instant::toString)
                .toList();
    }

    @Test
    void aWeekWithTheChangeToSummerTime() {
        at("2026-03-26T10:00:00Z");
        var night = added("30 2 * * *", "", "deploy", "staging");
        var hours = added("0 * * * *", "skip", "ping", "staging");
        var commands = added("15 8 * * mon-fri", "", "ping", "production");
        live("2026-04-01T10:00:00Z");
        assertThat(times(night))
                .containsExactly(
                        "2026-03-27T01:30:00Z",
                        "2026-03-28T01:30:00Z",
                        "2026-03-29T01:00:00Z",
                        "2026-03-30T00:30:00Z",
                        "2026-03-31T00:30:00Z",
                        "2026-04-01T00:30:00Z");
        assertThat(times(hours)).isEqualTo(hourly("2026-03-26T11:00:00Z", "2026-04-01T10:00:00Z"));
        assertThat(times(commands))
                .containsExactly(
                        "2026-03-27T07:15:00Z", "2026-03-30T06:15:00Z", "2026-03-31T06:15:00Z", "2026-04-01T06:15:00Z");
        assertThat(told).isEmpty();
        var gone = new Person("schedule:77");
        assertThat(fixture.database.chat().names(java.util.Set.of(night.person(), gone)))
                .containsEntry(night.person(), "schedule " + night.id() + " (at 02:30)")
                .containsEntry(gone, "schedule 77");
    }

    @Test
    void aWeekWithTheChangeToWinterTimeAFreezeAndAnOutage() {
        at("2026-10-22T10:00:00Z");
        var night = added("30 2 * * *", "", "deploy", "staging");
        var live = added("0 3 * * *", "", "deploy", "production");
        var once = added("0 * * * *", "run_once", "ping", "staging");
        var skip = added("0 * * * *", "skip", "ping", "production");
        var three = added("0 * * * *", "run_all:3", "migrate", "staging");
        live("2026-10-26T20:00:30Z");
        at("2026-10-27T05:00:30Z");
        live("2026-10-28T10:00:00Z");

        assertThat(times(night))
                .containsExactly(
                        "2026-10-23T00:30:00Z",
                        "2026-10-24T00:30:00Z",
                        "2026-10-25T00:30:00Z",
                        "2026-10-26T01:30:00Z",
                        "2026-10-27T05:00:00Z",
                        "2026-10-28T01:30:00Z");
        // From Friday 18:00 to Monday 06:00 production is frozen; the channel hears of each time that passed.
        assertThat(times(live)).containsExactly("2026-10-23T01:00:00Z", "2026-10-27T05:00:00Z", "2026-10-28T02:00:00Z");
        assertThat(told.stream().filter(t -> t.contains("frozen until")))
                .hasSize(3)
                .allMatch(t -> t.startsWith("slack:C1 Schedule " + live.id() + " did not start deploy production"));
        var before = hourly("2026-10-22T11:00:00Z", "2026-10-26T20:30:00Z");
        var after = hourly("2026-10-27T06:00:00Z", "2026-10-28T10:00:00Z");
        assertThat(times(skip)).isEqualTo(join(before, List.of("2026-10-27T05:00:00Z"), after));
        assertThat(times(once)).isEqualTo(join(before, List.of("2026-10-27T05:00:00Z"), after));
        // Eight hours were missed; the newest three of them are made up for, besides the one that is just due.
        assertThat(times(three))
                .isEqualTo(join(before, java.util.Collections.nCopies(4, "2026-10-27T05:00:00Z"), after));
        assertThat(of(three).stream().map(r -> r.request().name()).filter(n -> n.contains("missed")))
                .containsExactly(
                        "schedule " + three.id() + ", missed Tue 27 Oct 03:00 Europe/Berlin",
                        "schedule " + three.id() + ", missed Tue 27 Oct 04:00 Europe/Berlin",
                        "schedule " + three.id() + ", missed Tue 27 Oct 05:00 Europe/Berlin");
        assertThat(told.stream().filter(t -> t.contains("missed 8 times"))).hasSize(3);
        assertThat(told.stream().filter(t -> t.contains("missed 1 time"))).hasSize(2);
    }

    private static List<String> join(List<String> a, List<String> b, List<String> c) {
        return Stream.of(a, b, c).flatMap(List::stream).toList();
    }

    @Test
    void theSameTimeIsStartedOnceByTwoGatewaysAndAfterACrash() throws Exception {
        at("2026-06-01T10:00:00Z");
        var many = new ArrayList<Schedule>();
        for (int i = 0; i < 20; i++) {
            many.add(added("0 * * * *", "run_all:5", "ping", "staging"));
        }
        at("2026-06-01T13:00:10Z");
        var go = new CountDownLatch(1);
        try (var pool = Executors.newFixedThreadPool(4)) {
            var keepers = Stream.generate(() -> new Scheduler(
                            fixture.database.schedules(),
                            ScheduleCommands.starter(commands),
                            (_, _, _) -> {},
                            fixture.clock))
                    .limit(4)
                    .map(k -> pool.submit(() -> {
                        go.await();
                        return k.runDue();
                    }))
                    .toList();
            go.countDown();
            for (var k : keepers) {
                k.get();
            }
        }
        // What a crash leaves: the run is there, and the time is not dealt with.
        var first = fixture.database.schedules().find(many.getFirst().id()).orElseThrow();
        ScheduleCommands.starter(commands).start(first, Instant.parse("2026-06-01T13:00:00Z"), false);
        keeper.runDue();
        many.forEach(s -> assertThat(times(s)).hasSize(3));
    }

    @Test
    void anOwnerWhoLostTheRightIsRefusedAndTheChannelIsTold() throws IOException {
        at("2026-06-01T10:00:00Z");
        var ours = schedule(add("slack:bob", "30 12 * * *", "", "deploy", "staging"));
        fixture.write(
                "config/playcall.yml",
                "access:\n"
                        + "  bindings: [{ role: operator, people: [slack:ada] }, { role: admin, people: [web:root]"
                        + " }]\n");
        commands = desk();
        keeper = new Scheduler(
                fixture.database.schedules(),
                ScheduleCommands.starter(commands),
                (c, _, t) -> told.add(c + " " + t),
                fixture.clock);
        live("2026-06-01T11:00:00Z");
        assertThat(of(ours)).isEmpty();
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("slack:C1 Schedule 1 did not start deploy staging")
                .contains("may not start deploy in staging", "owner slack:bob");
        assertThat(fixture.database.schedules().find(ours.id()).orElseThrow().next())
                .contains(Instant.parse("2026-06-02T10:30:00Z"));
    }

    @Test
    void whoMayNotStartItMayNotScheduleItEither() {
        assertThat(add("slack:bob", "0 12 * * *", "", "deploy", "production")).isInstanceOf(Reply.Denied.class);
        var group =
                new Caller(new Person("slack:eve"), fixture.caller("slack:eve").origin(), java.util.Set.of("slack:S1"));
        var command = new ScheduleCommand.AddSchedule(
                false, "0 12 * * *", "", "", "", CommandFixture.start("deploy", "staging"));
        assertThat(commands.handle(command, group))
                .isInstanceOfSatisfying(
                        Reply.Denied.class, d -> assertThat(d.line()).contains("through a group", "access.bindings"));
        var mine = added("0 12 * * *", "", "deploy", "production");
        assertThat(commands.handle(
                        new ScheduleCommand.ChangeSchedule(mine.id(), How.REMOVE, ""), fixture.caller("slack:bob")))
                .isInstanceOf(Reply.NotFound.class);
    }

    @Test
    void pausedTimesPassAndOnceIsOnce() {
        at("2026-06-01T10:00:00Z");
        var hours = added("0 * * * *", "run_all:9", "ping", "staging");
        var command =
                new ScheduleCommand.AddSchedule(true, "13:30", "", "", "", CommandFixture.start("deploy", "staging"));
        var one = schedule(commands.handle(command, fixture.caller("slack:ada")));
        live("2026-06-01T11:30:00Z");
        commands.handle(new ScheduleCommand.ChangeSchedule(hours.id(), How.PAUSE, "busy"), fixture.caller("slack:ada"));
        live("2026-06-01T14:30:00Z");
        assertThat(commands.handle(
                        new ScheduleCommand.ChangeSchedule(hours.id(), How.RESUME, ""), fixture.caller("slack:ada")))
                .isInstanceOf(Reply.Done.class);
        live("2026-06-01T16:30:00Z");
        assertThat(times(hours))
                .containsExactly("2026-06-01T11:00:00Z", "2026-06-01T15:00:00Z", "2026-06-01T16:00:00Z");
        assertThat(times(one)).containsExactly("2026-06-01T11:30:00Z");
        assertThat(told).isEmpty();
        var now = commands.handle(new ScheduleCommand.RunSchedule(hours.id()), fixture.caller("slack:bob"));
        assertThat(now).isInstanceOf(Reply.Accepted.class);
    }

    @Test
    void jitterIsTheSameForTheSameTimeAndKeepsTheOrder() {
        at("2026-06-01T10:00:00Z");
        var command = new ScheduleCommand.AddSchedule(
                false, "*/10 * * * *", "", "", "9m", CommandFixture.start("ping", "staging"));
        var late = schedule(commands.handle(command, fixture.caller("slack:ada")));
        live("2026-06-01T12:05:00Z");
        var runs = of(late);
        assertThat(runs).hasSizeBetween(11, 12);
        assertThat(runs.stream()
                        .map(r -> r.requestedAt().atZone(BERLIN).getMinute() % 10)
                        .distinct()
                        .count())
                .isGreaterThan(3);
        var tooLong = new ScheduleCommand.AddSchedule(
                false, "*/10 * * * *", "", "", "10m", CommandFixture.start("ping", "staging"));
        assertThat(commands.handle(tooLong, fixture.caller("slack:ada"))).isInstanceOf(Reply.Invalid.class);
    }

    @Test
    void whatCannotBeIsRefusedWithTheRightThing() {
        assertThat(line(add("slack:ada", "0 0 30 2 *", "", "deploy", "staging")))
                .contains("no such day");
        assertThat(line(add("slack:ada", "0 0 * * *", "sometimes", "deploy", "staging")))
                .contains("run_all:5");
        assertThat(line(add("slack:ada", "0 0 * * *", "", "deploy", "stagin"))).contains("did you mean staging");
        var past = new ScheduleCommand.AddSchedule(
                true, "2020-01-01 10:00", "", "", "", CommandFixture.start("ping", "staging"));
        assertThat(line(commands.handle(past, fixture.caller("slack:ada")))).contains("is in the past");
        assertThat(fixture.database.schedules().all()).isEmpty();
    }

    private static String line(Reply reply) {
        return switch (reply) {
            case Reply.Invalid invalid -> invalid.line();
            case Reply other -> other.toString();
        };
    }
}
