package dev.playcall.command;

import static dev.playcall.command.DeskHouse.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.domain.Person;
import dev.playcall.journal.RunQuery;
import dev.playcall.schedule.Missed;
import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.ScheduleGrants;
import dev.playcall.schedule.Timekeeper;
import dev.playcall.security.Authorizer;
import dev.playcall.security.PersonLinks;
import dev.playcall.security.identity.Account;
import dev.playcall.security.identity.AccountGrants;
import dev.playcall.security.identity.ApiToken;
import dev.playcall.testing.Audits;
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

    private DeskHouse house;
    private LimitedDesk desk;
    private Timekeeper keeper;

    @BeforeEach
    void open() throws IOException {
        house = new DeskHouse(home, ACCESS);
        var config = house.config();
        var database = house.database;
        var grants = new ScheduleGrants(
                new AccountGrants(config::access, database.accounts(), database.tokens(), house.clock),
                database.schedules());
        var links = new PersonLinks(config.access().people(), database.links(), grants, house.clock);
        var rights = new Rights(new Authorizer(config.access(), false, grants), links);
        var catalogs = new DiskCatalogs(config, house.clock);
        var drafts = new Drafts(catalogs, rights, house.vault, Duration.ofHours(1));
        var rules = house.rules(config, database.locks());
        var handler = new CommandHandler(catalogs, house.journal, rights, rules, house.vault, Duration.ofHours(1));
        var schedules = new ScheduleDesk(
                new BatchDesk(handler, house.journal, drafts, rules),
                drafts,
                database.schedules(),
                new ScheduleDesk.Defaults(ZoneOffset.UTC, Missed.SKIP, SCHEDULES),
                house.clock);
        desk = new LimitedDesk(
                schedules,
                Audits.of(database, home.resolve("data")),
                () -> new LimitedDesk.Allowed(RUNS, Duration.ofHours(1)),
                new RunsAsked(drafts, house.journal.read()),
                house.clock);
        keeper = new Timekeeper(database.schedules(), new ScheduledStarts(desk), (_, _, _) -> {}, house.clock);
        for (var name : List.of("root", "alice")) {
            database.accounts().add(new Account(name, name.equals("root"), DeskHouse.T), "x");
        }
        database.tokens()
                .add(
                        new ApiToken(
                                "ci",
                                new Person("web:alice"),
                                Set.of("view", "start"),
                                DeskHouse.T,
                                DeskHouse.T.plus(Duration.ofDays(1)),
                                Optional.empty()),
                        "0f");
    }

    @AfterEach
    void close() {
        house.close();
    }

    private Reply say(String person, Command command) {
        return desk.handle(command, house.caller(person));
    }

    private Reply schedule(String person) {
        return say(person, new Command.AddSchedule(false, "* * * * *", "", "", "", start("ping", "staging")));
    }

    private Schedule scheduled(String person) {
        return switch (schedule(person)) {
            case Reply.Scheduled(var s, var _) -> s;
            case Reply other -> throw new AssertionError(other.toString());
        };
    }

    private int runs() {
        return house.journal.read().list(RunQuery.newest(500)).runs().size();
    }

    @Test
    void everyDoorThatMakesARunIsCountedToTheSameHuman() {
        var schedule = scheduled("slack:alice");
        say("slack:alice", start("ping", "staging"));
        say("web:alice", new Command.Rerun(new dev.playcall.domain.RunId(1)));
        say("token:ci", start("ping", "staging"));
        say("token:ci", new Command.RunSchedule(schedule.id()));
        house.later(Duration.ofMinutes(1));
        keeper.ring();
        assertThat(runs()).isEqualTo(RUNS);
        for (var who : List.of(
                "slack:alice", "web:alice", "token:ci", schedule.person().value())) {
            assertThat(say(who, start("ping", "staging"))).as(who).isInstanceOf(Reply.TooMany.class);
            assertThat(say(who, new Command.RunSchedule(schedule.id()))).isInstanceOf(Reply.TooMany.class);
            assertThat(desk.left(new Person(who)).orElseThrow().left()).isZero();
        }
        assertThat(runs()).isEqualTo(RUNS);
        assertThat(say("slack:bob", start("ping", "staging"))).isInstanceOf(Reply.Accepted.class);
    }

    @Test
    void aScheduleRunByHandIsLimitedLikeAnyOther() {
        var schedule = scheduled("slack:alice");
        for (int i = 0; i < 50; i++) {
            say("slack:alice", new Command.RunSchedule(schedule.id()));
        }
        assertThat(runs()).isEqualTo(RUNS);
    }

    @Test
    void manySchedulesOfOnePersonHaveOneAllowance() {
        for (var who : List.of("slack:alice", "web:alice", "token:ci")) {
            scheduled(who);
        }
        for (int minute = 0; minute < 4; minute++) {
            house.later(Duration.ofMinutes(1));
            keeper.ring();
        }
        assertThat(runs()).isEqualTo(RUNS);
    }

    @Test
    void aBatchCountsEachOfItsRuns() {
        var both = new Command.StartBatch(List.of("production", "staging"), "", start("ping", ""));
        assertThat(say("slack:alice", both)).isInstanceOf(Reply.Batched.class);
        assertThat(desk.left(new Person("slack:alice")).orElseThrow().left()).isEqualTo(3);
        var all = new Command.StartBatch(List.of("all"), "", start("ping", ""));
        assertThat(say("slack:alice", all)).isInstanceOf(Reply.Batched.class);
        assertThat(say("slack:alice", both)).isInstanceOf(Reply.TooMany.class);
        assertThat(runs()).isEqualTo(4);
        assertThat(desk.left(new Person("slack:alice")).orElseThrow().left()).isEqualTo(1);
    }

    @Test
    void aBatchThatIsRefusedCountsAsOneQuestion() {
        var wrong = new Command.StartBatch(List.of("production", "nowhere"), "", start("ping", ""));
        assertThat(say("slack:alice", wrong)).isInstanceOf(Reply.Invalid.class);
        assertThat(desk.left(new Person("slack:alice")).orElseThrow().left()).isEqualTo(4);
    }

    @Test
    void whatIsMoreThanEverybodyMayStartSaysSo() {
        var names = List.of("a", "b", "c", "d", "e", "f");
        assertThat(say("slack:alice", new Command.StartBatch(names, "", start("ping", ""))))
                .isInstanceOfSatisfying(
                        Reply.TooMany.class,
                        r -> assertThat(r.message())
                                .isEqualTo("that is 6 runs, and one person may start 5 runs in 1h; name fewer"
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
        say("slack:alice", new Command.ChangeSchedule(first.id(), Command.ChangeSchedule.How.REMOVE, ""));
        assertThat(schedule("token:ci")).isInstanceOf(Reply.Scheduled.class);
    }
}
