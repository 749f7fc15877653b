package dev.playcall.command;

import static dev.playcall.command.CommandFixture.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.command.router.RateLimitFilter;
import dev.playcall.command.schedule.ScheduleCommands;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.RunQuery;
import dev.playcall.schedule.MissedRun;
import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.ScheduleGrants;
import dev.playcall.schedule.Scheduler;
import dev.playcall.security.access.Authorizer;
import dev.playcall.security.access.IdentityLinks;
import dev.playcall.security.identity.Account;
import dev.playcall.security.identity.AccountGrants;
import dev.playcall.security.identity.ApiToken;
import dev.playcall.testing.Audits;
import dev.playcall.testing.Rules;
import dev.playcall.testing.TestRouter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limit of runs counts runs, and counts them to the human behind, whatever acts for them; so does the one of schedules. */
class RunsOfOnePersonTest {
    private static final String ACCESS = """
          people:
            - [slack:alice, web:alice]
          bindings:
            - { role: operator, people: [slack:alice, web:alice, slack:bob] }
            - { role: admin, people: [web:root] }
        """;
    private static final int RUNS = 5;
    private static final int SCHEDULES = 3;

    @TempDir
    Path home;

    private CommandFixture fixture;
    private RateLimitFilter commands;
    private Scheduler keeper;

    @BeforeEach
    void open() throws IOException {
        fixture = new CommandFixture(home, ACCESS);
        var config = fixture.config();
        var database = fixture.database;
        var grants = new ScheduleGrants(
                new AccountGrants(config::access, database.accounts(), database.tokens(), fixture.clock),
                database.schedules());
        var links = new IdentityLinks(config.access().people(), database.links(), grants, fixture.clock);
        var rights = new Rights(new Authorizer(config.access(), false, grants), links);
        var catalogs = new DiskCatalogs(config, fixture.clock);
        var runRequestFactory = Rules.requests(catalogs, rights, fixture.secrets, Duration.ofHours(1));
        var rules = fixture.rules(config, database.locks());
        var router = new TestRouter(catalogs, fixture.journal, rights, rules, fixture.secrets);
        var defaults = new ScheduleCommands.Defaults(ZoneOffset.UTC, MissedRun.SKIP, SCHEDULES);
        var schedules = new ScheduleCommands(runRequestFactory, database.schedules(), () -> defaults, fixture.clock)
                .schedules(router.runs()::start);
        commands = new RateLimitFilter(
                router.schedules(schedules).batches(TestBatches.handler(fixture.journal, runRequestFactory, rules)),
                Audits.of(database, home.resolve("data")),
                () -> new RateLimitFilter.Allowed(RUNS, Duration.ofHours(1)),
                TestBatches.requested(runRequestFactory, fixture.journal.read()),
                fixture.clock);
        keeper =
                new Scheduler(database.schedules(), ScheduleCommands.starter(commands), (_, _, _) -> {}, fixture.clock);
        for (var name : List.of("root", "alice")) {
            database.accounts().add(new Account(name, name.equals("root"), CommandFixture.T), "x");
        }
        database.tokens()
                .add(
                        new ApiToken(
                                "ci",
                                new Person("web:alice"),
                                Set.of("view", "start"),
                                CommandFixture.T,
                                CommandFixture.T.plus(Duration.ofDays(1)),
                                Optional.empty()),
                        "0f");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Reply say(String person, Command command) {
        return commands.handle(command, fixture.caller(person));
    }

    private Reply schedule(String person) {
        return say(person, new ScheduleCommand.AddSchedule(false, "* * * * *", "", "", "", start("ping", "staging")));
    }

    private Schedule scheduled(String person) {
        return switch (schedule(person)) {
            case Reply.Scheduled(var s, var _) -> s;
            case Reply other -> throw new AssertionError(other.toString());
        };
    }

    private int runs() {
        return fixture.journal.read().list(RunQuery.newest(500)).runs().size();
    }

    @Test
    void everyDoorThatMakesARunIsCountedToTheSameHuman() {
        var schedule = scheduled("slack:alice");
        say("slack:alice", start("ping", "staging"));
        say("web:alice", new RunCommand.Rerun(new dev.playcall.domain.name.RunId(1)));
        say("token:ci", start("ping", "staging"));
        say("token:ci", new ScheduleCommand.RunSchedule(schedule.id()));
        fixture.later(Duration.ofMinutes(1));
        keeper.runDue();
        assertThat(runs()).isEqualTo(RUNS);
        for (var who : List.of(
                "slack:alice", "web:alice", "token:ci", schedule.person().value())) {
            assertThat(say(who, start("ping", "staging"))).as(who).isInstanceOf(Reply.TooMany.class);
            assertThat(say(who, new ScheduleCommand.RunSchedule(schedule.id()))).isInstanceOf(Reply.TooMany.class);
            assertThat(commands.left(new Person(who)).orElseThrow().left()).isZero();
        }
        assertThat(runs()).isEqualTo(RUNS);
        assertThat(say("slack:bob", start("ping", "staging"))).isInstanceOf(Reply.Accepted.class);
    }

    @Test
    void aScheduleRunByHandIsLimitedLikeAnyOther() {
        var schedule = scheduled("slack:alice");
        for (int i = 0; i < 50; i++) {
            say("slack:alice", new ScheduleCommand.RunSchedule(schedule.id()));
        }
        assertThat(runs()).isEqualTo(RUNS);
    }

    @Test
    void manySchedulesOfOnePersonHaveOneAllowance() {
        for (var who : List.of("slack:alice", "web:alice", "token:ci")) {
            scheduled(who);
        }
        for (int minute = 0; minute < 4; minute++) {
            fixture.later(Duration.ofMinutes(1));
            keeper.runDue();
        }
        assertThat(runs()).isEqualTo(RUNS);
    }

    @Test
    void aBatchCountsEachOfItsRuns() {
        var both = new BatchCommand.StartBatch(List.of("production", "staging"), "", start("ping", ""));
        assertThat(say("slack:alice", both)).isInstanceOf(Reply.Batched.class);
        assertThat(commands.left(new Person("slack:alice")).orElseThrow().left())
                .isEqualTo(3);
        var all = new BatchCommand.StartBatch(List.of("all"), "", start("ping", ""));
        assertThat(say("slack:alice", all)).isInstanceOf(Reply.Batched.class);
        assertThat(say("slack:alice", both)).isInstanceOf(Reply.TooMany.class);
        assertThat(runs()).isEqualTo(4);
        assertThat(commands.left(new Person("slack:alice")).orElseThrow().left())
                .isEqualTo(1);
    }

    @Test
    void aBatchThatIsRefusedCountsAsOneQuestion() {
        var wrong = new BatchCommand.StartBatch(List.of("production", "nowhere"), "", start("ping", ""));
        assertThat(say("slack:alice", wrong)).isInstanceOf(Reply.Invalid.class);
        assertThat(commands.left(new Person("slack:alice")).orElseThrow().left())
                .isEqualTo(4);
    }

    @Test
    void whatIsMoreThanEverybodyMayStartSaysSo() {
        var names = List.of("a", "b", "c", "d", "e", "f");
        assertThat(say("slack:alice", new BatchCommand.StartBatch(names, "", start("ping", ""))))
                .isInstanceOfSatisfying(
                        Reply.TooMany.class,
                        r -> assertThat(r.message())
                                .isEqualTo("that is 6 runs, and one person may start 5 runs in 1 h; use fewer"
                                        + " environments"));
    }

    @Test
    void onePersonHasSoManySchedulesWithAllTheirIdentities() {
        var first = scheduled("slack:alice");
        scheduled("web:alice");
        scheduled("token:ci");
        assertThat(schedule("slack:alice"))
                .isInstanceOfSatisfying(
                        Reply.Invalid.class, i -> assertThat(i.message()).contains("you have 3 schedules and reports"));
        assertThat(schedule("slack:bob")).isInstanceOf(Reply.Scheduled.class);
        say(
                "slack:alice",
                new ScheduleCommand.ChangeSchedule(first.id(), ScheduleCommand.ChangeSchedule.How.REMOVE, ""));
        assertThat(schedule("token:ci")).isInstanceOf(Reply.Scheduled.class);
    }
}
