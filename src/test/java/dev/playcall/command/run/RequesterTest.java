package dev.playcall.command.run;

import static dev.playcall.command.CommandFixture.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.command.AlertCommand;
import dev.playcall.command.BatchCommand;
import dev.playcall.command.Command;
import dev.playcall.command.CommandFixture;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.command.RunCommand;
import dev.playcall.command.ScheduleCommand;
import dev.playcall.command.TestBatches;
import dev.playcall.command.alert.AlertCommands;
import dev.playcall.command.maintenance.RunMaintenance;
import dev.playcall.command.maintenance.Ticks;
import dev.playcall.command.schedule.ScheduleCommands;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostStats;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.RunQuery;
import dev.playcall.notify.alert.AlertAction;
import dev.playcall.notify.alert.AlertStore;
import dev.playcall.notify.alert.Alerts;
import dev.playcall.schedule.MissedRun;
import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.ScheduleGrants;
import dev.playcall.schedule.Scheduler;
import dev.playcall.security.access.Authorizer;
import dev.playcall.security.access.IdentityLinks;
import dev.playcall.security.identity.Account;
import dev.playcall.security.identity.AccountGrants;
import dev.playcall.security.identity.ApiToken;
import dev.playcall.security.identity.TokenOwners;
import dev.playcall.testing.Rules;
import dev.playcall.testing.Runs;
import dev.playcall.testing.TestRouter;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who stands behind a run is recorded with it when it is asked for, through whatever door, and never changes after: whoever
 * asked does not approve, whatever has disappeared meanwhile. The wiring is that of the gateway.
 */
class RequesterTest {
    private static final String POLICY = """
          bindings:
            - { role: operator, people: ["*"] }
            - { role: approver, people: ["*"] }
          policies:
            - { environments: [production], operations: [deploy], expires: 2h }
            - { environments: [staging], operations: [deploy], expires: 2h }
        """;
    private static final Person CHAT = new Person("slack:alice");
    private static final Person WEB = new Person("web:alice");
    private static final Person LINKED = new Person("discord:1");
    private static final Person CI = new Person("token:ci");

    @TempDir
    Path home;

    private CommandFixture fixture;
    private int made;
    private CommandHandler commands;
    private Runnable retries;
    private Scheduler keeper;

    @BeforeEach
    void open() throws IOException {
        open(POLICY);
    }

    private void open(String policy) throws IOException {
        fixture = new CommandFixture(home, policy);
        var config = fixture.config();
        var database = fixture.database;
        var grants = new ScheduleGrants(
                new AccountGrants(config::access, database.accounts(), database.tokens(), fixture.clock),
                database.schedules());
        var links = new IdentityLinks(config.access().people(), database.links(), grants, fixture.clock);
        var rights = new Rights(new Authorizer(config.access(), false, grants), links);
        var catalogs = new DiskCatalogs(config, fixture.clock);
        var people = new TokenOwners(links, database.tokens());
        var rules =
                Rules.of(config, catalogs, database.locks(), people, fixture.secrets, database.holds(), fixture.clock);
        var runRequestFactory = Rules.requests(catalogs, rights, fixture.secrets, Duration.ofHours(1));
        var router = new TestRouter(catalogs, fixture.journal, rights, rules, fixture.secrets);
        var defaults = new ScheduleCommands.Defaults(ZoneOffset.UTC, MissedRun.RUN_ONCE);
        var schedules = new ScheduleCommands(runRequestFactory, database.schedules(), () -> defaults, fixture.clock)
                .schedules(router.runs()::start);
        var alerts = new Alerts(
                offers(),
                database.notices(),
                () -> dev.playcall.notify.routing.NotificationRules.of(Optional.empty()),
                () -> Set.of(),
                p -> p,
                List::of,
                fixture.clock);
        commands = router.schedules(schedules)
                .batches(TestBatches.handler(fixture.journal, runRequestFactory, rules))
                .alerts(new AlertCommands(catalogs, rights)
                        .alerts(alerts, router.runs()::start, (_, _) -> new Reply.Done("")));
        keeper = new Scheduler(
                database.schedules(),
                ScheduleCommands.owned(ScheduleCommands.starter(commands), people),
                (_, _, _) -> {},
                fixture.clock);
        retries = Ticks.retries(
                fixture.journal,
                commands,
                _ -> Optional.of(new RunMaintenance.RetryPolicy(2, Duration.ofSeconds(1), false)),
                fixture.clock);
    }

    /** An alert that offers to deploy; everything else of alerts is elsewhere. */
    private static AlertStore offers() {
        var request = new AlertAction.RunParameters(
                "deploy it", "deploy", Optional.empty(), "production", "", new TreeMap<>());
        var alertAction =
                new AlertAction(1, 12, request, Duration.ZERO, Optional.empty(), Optional.empty(), Optional.empty());
        return (AlertStore) Proxy.newProxyInstance(
                AlertStore.class.getClassLoader(),
                new Class<?>[] {AlertStore.class},
                (_, method, _) -> method.getName().equals("claim") ? new AlertAction.Claim.Yours(alertAction) : null);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Reply say(Person person, Command command) {
        return commands.handle(command, fixture.caller(person.value()));
    }

    private Run asked(Person person, Command command) {
        return switch (say(person, command)) {
            case Reply.Accepted(var run) -> run;
            case Reply.Batched(var _, var runs, var _) -> runs.getFirst();
            case Reply other -> throw new AssertionError(other.toString());
        };
    }

    private Run newest() {
        return fixture.journal.read().list(RunQuery.newest(1)).runs().getFirst();
    }

    private Schedule schedule(Person owner) {
        return switch (say(
                owner,
                new ScheduleCommand.AddSchedule(false, "* * * * *", "", "", "", start("deploy", "production")))) {
            case Reply.Scheduled(var made, var _) -> made;
            case Reply other -> throw new AssertionError(other.toString());
        };
    }

    private Run fired(Person owner) {
        schedule(owner);
        fixture.later(Duration.ofMinutes(1));
        keeper.runDue();
        return newest();
    }

    private Run ofBob() {
        return asked(new Person("slack:bob"), start("deploy", "production"));
    }

    private Run ended(Run run) {
        fixture.journal.append(run.id(), new RunEvent.Approved(new Person("slack:carol")));
        assertThat(fixture.claim("deploy")).isPresent();
        var failed = new HostResult(
                "web-1",
                HostResult.HostOutcome.FAILED,
                new HostStats(0, 0, 0, 1, 0, 0, 0),
                Optional.of("t"),
                Optional.of("m"),
                Duration.ofSeconds(1));
        fixture.journal.progress(fixture.now(run), Progress.NONE, List.of(failed), EventStore.Intake.NONE);
        fixture.journal.append(run.id(), new RunEvent.Finished(new Outcome.Failed(2, "1 of 3 hosts failed")));
        return fixture.now(run);
    }

    private Run retriedByItself() {
        ended(fired(CI));
        // Only what comes of the retry is looked at.
        fixture.database
                .schedules()
                .all()
                .forEach(s -> fixture.database
                        .schedules()
                        .pause(s.id(), new Schedule.Paused(CHAT, "", fixture.clock.instant())));
        fixture.later(Duration.ofMinutes(1));
        retries.run();
        return newest();
    }

    private Map<String, Supplier<Run>> doors() {
        var doors = new LinkedHashMap<String, Supplier<Run>>();
        doors.put("chat", () -> asked(CHAT, start("deploy", "production")));
        doors.put("web session", () -> asked(WEB, start("deploy", "production")));
        doors.put("token", () -> asked(CI, start("deploy", "production")));
        doors.put("schedule", () -> fired(CHAT));
        doors.put("schedule of the page", () -> fired(WEB));
        doors.put("schedule of a token", () -> fired(CI));
        doors.put(
                "schedule run by hand",
                () -> asked(CHAT, new ScheduleCommand.RunSchedule(schedule(WEB).id())));
        doors.put(
                "retry", () -> asked(LINKED, new RunCommand.Retry(ended(ofBob()).id())));
        doors.put("rerun", () -> asked(CI, new RunCommand.Rerun(ofBob().id())));
        doors.put("retry by itself", this::retriedByItself);
        doors.put(
                "batch",
                () -> asked(
                        CI, new BatchCommand.StartBatch(List.of("production", "staging"), "", start("deploy", ""))));
        doors.put("alert", () -> asked(WEB, new AlertCommand.RunAction(1)));
        return doors;
    }

    private Map<String, Runnable> disappearing() {
        var ways = new LinkedHashMap<String, Runnable>();
        var database = fixture.database;
        ways.put("nothing", () -> {});
        ways.put(
                "schedules removed",
                () -> database.schedules()
                        .all()
                        .forEach(s -> database.schedules().remove(s.id())));
        ways.put("token revoked", () -> database.tokens().revoke("ci", fixture.clock.instant()));
        ways.put("token expired", () -> fixture.later(Duration.ofMinutes(90)));
        ways.put("account removed", () -> database.accounts().remove("alice"));
        ways.put(
                "identities unlinked",
                () -> List.of(CHAT, WEB, LINKED).forEach(p -> database.links().leave(p)));
        ways.put("everything", () -> {
            ways.get("schedules removed").run();
            ways.get("token revoked").run();
            ways.get("account removed").run();
            ways.get("identities unlinked").run();
        });
        return ways;
    }

    private void people() {
        var accounts = fixture.database.accounts();
        accounts.add(new Account("root", true, fixture.clock.instant()), "x");
        accounts.add(new Account("alice", false, fixture.clock.instant()), "x");
        var token = new ApiToken(
                "ci",
                WEB,
                Set.of("view", "start"),
                fixture.clock.instant(),
                fixture.clock.instant().plus(Duration.ofHours(1)),
                Optional.empty());
        fixture.database.tokens().add(token, "0f" + made++);
        join(CHAT, WEB);
        join(CHAT, LINKED);
    }

    private void join(Person a, Person b) {
        var since = fixture.clock.instant().minusSeconds(9);
        fixture.database.links().claim(a, b, fixture.clock.instant(), since);
        fixture.database.links().claim(b, a, fixture.clock.instant(), since);
    }

    /** Everybody and everything is there again. */
    private void anew() {
        var database = fixture.database;
        database.schedules().all().forEach(s -> database.schedules().remove(s.id()));
        database.tokens().revoke("ci", fixture.clock.instant());
        people();
    }

    @Test
    void whoeverAskedNeverApprovesThroughAnyDoorWhateverDisappears() {
        var wrong = new ArrayList<String>();
        int looked = 0;
        for (var door : doors().keySet()) {
            for (var way : disappearing().keySet()) {
                anew();
                people();
                var run = doors().get(door).get();
                var recorded = run.provenance();
                assertThat(recorded.identities()).as(door).contains(CHAT, WEB, LINKED);
                Objects.requireNonNull(disappearing().get(way)).run();
                for (var me : List.of(CHAT, WEB, LINKED)) {
                    if (!(say(me, new RunCommand.Approve(run.id())) instanceof Reply.Denied)) {
                        wrong.add(door + ", " + way + ", as " + me);
                    }
                    looked++;
                }
                assertThat(fixture.now(run).state()).as(door + ", " + way).isEqualTo(RunState.AWAITING_APPROVAL);
                assertThat(fixture.now(run).provenance()).isEqualTo(recorded);
                assertThat(say(new Person("slack:dora"), new RunCommand.Approve(run.id())))
                        .as(door + ", " + way)
                        .isInstanceOf(Reply.Accepted.class);
                fixture.journal.append(run.id(), new RunEvent.CancelRequested(CHAT));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(looked).isEqualTo(12 * 7 * 3);
    }

    @Test
    void whoeverAskedIsToldThatSomebodyElseHasToApprove() {
        people();
        assertThat(say(
                        CHAT,
                        new RunCommand.Approve(
                                asked(CHAT, start("deploy", "production")).id())))
                .isInstanceOfSatisfying(
                        Reply.Denied.class,
                        d -> assertThat(d.whoCould()).contains("everybody else", "everybody else on console"));
    }

    @Test
    void whatARunCameThroughIsRecordedWithIt() {
        people();
        assertThat(fired(CI).provenance().through()).containsExactly("schedule:1", "token:ci");
        assertThat(asked(WEB, new AlertCommand.RunAction(1)).provenance().through())
                .containsExactly("alert:12");
        var bobs = ofBob();
        var again = asked(CI, new RunCommand.Rerun(bobs.id()));
        assertThat(again.provenance().human()).isEqualTo(WEB);
        assertThat(again.provenance().through())
                .containsExactly("token:ci", "rerun:" + bobs.id().value());
        var batch = asked(CHAT, new BatchCommand.StartBatch(List.of("production", "staging"), "", start("deploy", "")));
        assertThat(batch.provenance().through()).containsExactly("batch:1");
    }

    @Test
    void whoHasApprovedDoesNotApproveAgainWhenTheirIdentitiesAreUnlinked() throws IOException {
        close();
        open(POLICY.replace("operations: [deploy]", "operations: [deploy], approvals: 2"));
        people();
        var run = ofBob();
        assertThat(say(CHAT, new RunCommand.Approve(run.id()))).isInstanceOf(Reply.Accepted.class);
        List.of(CHAT, WEB, LINKED).forEach(p -> fixture.database.links().leave(p));
        assertThat(say(WEB, new RunCommand.Approve(run.id()))).isInstanceOf(Reply.Invalid.class);
        assertThat(fixture.now(run).state()).isEqualTo(RunState.AWAITING_APPROVAL);
    }

    @Test
    void nothingRunsByItselfForAnOwnerWhoIsGone() {
        for (var way : List.of("token revoked", "token expired", "account removed")) {
            anew();
            var schedule = schedule(way.startsWith("token") ? CI : WEB);
            var before = asked(CHAT, start("ping", "staging"));
            Objects.requireNonNull(disappearing().get(way)).run();
            fixture.later(Duration.ofMinutes(1));
            keeper.runDue();
            var paused = fixture.database
                    .schedules()
                    .find(schedule.id())
                    .orElseThrow()
                    .paused();
            assertThat(paused)
                    .as(way)
                    .hasValueSatisfying(p -> assertThat(p.reason()).contains("no longer exists"));
            assertThat(newest()).as(way).isEqualTo(before);
            var resumed = say(
                    new Person("slack:bob"),
                    new ScheduleCommand.ChangeSchedule(schedule.id(), ScheduleCommand.ChangeSchedule.How.RESUME, ""));
            assertThat(resumed).as(way).isInstanceOf(Reply.Invalid.class);
        }
    }

    @Test
    void nothingIsTriedAgainByItselfForWhoIsGone() {
        for (var way : List.of("schedules removed", "token revoked", "account removed")) {
            anew();
            var failed = ended(
                    switch (way) {
                        case "schedules removed" -> fired(CHAT);
                        case "token revoked" -> asked(CI, start("deploy", "production"));
                        default -> asked(WEB, start("deploy", "production"));
                    });
            Objects.requireNonNull(disappearing().get(way)).run();
            fixture.later(Duration.ofMinutes(1));
            retries.run();
            assertThat(newest()).as(way).isEqualTo(failed);
        }
    }

    /** Those of whom nobody can say which human they are: the two identities of that kind, and what acts for them. */
    private Map<String, Supplier<Run>> unknownDoors() {
        var doors = new LinkedHashMap<String, Supplier<Run>>();
        for (var who : List.of(Authorizer.ADMIN_TOKEN, Authorizer.LOCAL)) {
            doors.put(who + " itself", () -> asked(who, start("deploy", "production")));
            doors.put("schedule of " + who, () -> fired(who));
            doors.put("rerun by " + who, () -> asked(who, new RunCommand.Rerun(ofBob().id())));
            doors.put(
                    "batch of " + who,
                    () -> asked(
                            who,
                            new BatchCommand.StartBatch(List.of("production", "staging"), "", start("deploy", ""))));
            doors.put("alert by " + who, () -> asked(who, new AlertCommand.RunAction(1)));
        }
        return doors;
    }

    @Test
    void whatNobodyKnownAskedForTakesOneHumanMoreAndNoTokenApprovesIt() {
        people();
        for (var door : unknownDoors().entrySet()) {
            var run = door.getValue().get();
            assertThat(run.approvalState().missing()).as(door.getKey()).isEqualTo(2);
            for (var nobody : List.of(Authorizer.ADMIN_TOKEN, Authorizer.LOCAL, CI)) {
                assertThat(say(nobody, new RunCommand.Approve(run.id())))
                        .as(door.getKey() + ", approved by " + nobody)
                        .isInstanceOf(Reply.Denied.class);
            }
            assertThat(say(CHAT, new RunCommand.Approve(run.id()))).isInstanceOf(Reply.Accepted.class);
            // The same human with another of their identities is no second one.
            assertThat(say(WEB, new RunCommand.Approve(run.id()))).isInstanceOf(Reply.Invalid.class);
            assertThat(fixture.now(run).state()).as(door.getKey()).isEqualTo(RunState.AWAITING_APPROVAL);
            assertThat(say(new Person("slack:dora"), new RunCommand.Approve(run.id())))
                    .isInstanceOf(Reply.Accepted.class);
            assertThat(fixture.now(run).state()).as(door.getKey()).isEqualTo(RunState.QUEUED);
            fixture.journal.append(run.id(), new RunEvent.CancelRequested(CHAT));
            fixture.database
                    .schedules()
                    .all()
                    .forEach(s -> fixture.database.schedules().remove(s.id()));
        }
    }

    @Test
    void whoeverHoldsTheAdminTokenDoesNotApproveWhatAPersonAskedFor() {
        people();
        var run = ofBob();
        assertThat(run.approvalState().missing()).isEqualTo(1);
        assertThat(say(Authorizer.ADMIN_TOKEN, new RunCommand.Approve(run.id())))
                .isInstanceOfSatisfying(
                        Reply.Denied.class,
                        d -> assertThat(d.message())
                                .isEqualTo("an API token cannot approve; a person has to, with their own account"));
        assertThat(say(Authorizer.LOCAL, new RunCommand.Approve(run.id()))).isInstanceOf(Reply.Denied.class);
    }

    @Test
    void theAdminTokenIsWhomTheConfigurationSaysItIs() throws IOException {
        close();
        open("  people:\n    - [\"token:admin\", \"slack:alice\"]\n" + POLICY);
        var run = asked(Authorizer.ADMIN_TOKEN, start("deploy", "production"));
        assertThat(run.approvalState().missing()).isEqualTo(1);
        assertThat(say(CHAT, new RunCommand.Approve(run.id())))
                .isInstanceOfSatisfying(
                        Reply.Denied.class, d -> assertThat(d.message()).contains("yourself as admin"));
        assertThat(say(new Person("slack:dora"), new RunCommand.Approve(run.id())))
                .isInstanceOf(Reply.Accepted.class);
    }

    @Test
    void whoeverAskedMayApproveWhereThePolicySaysSoWhoeverItIs() throws IOException {
        close();
        open(POLICY.replace("operations: [deploy]", "operations: [deploy], requester_may_approve: true"));
        var run = asked(Authorizer.ADMIN_TOKEN, start("deploy", "production"));
        assertThat(run.approvalState().missing()).isEqualTo(1);
        assertThat(say(Authorizer.ADMIN_TOKEN, new RunCommand.Approve(run.id())))
                .isInstanceOf(Reply.Accepted.class);
    }

    @Test
    void whoIsRecordedNowhereAndGoneIsNobodyWhomASecondHumanCouldBe() {
        var origin = new Origin("slack:C1", Optional.empty());
        var asked = new RunEvent.Requested(ofBob().request(), new Person("schedule:77"), origin, Runs.oneApproval());
        var run = fixture.journal.create(asked).run();
        assertThat(say(CHAT, new RunCommand.Approve(run.id())))
                .isInstanceOfSatisfying(
                        Reply.Denied.class, d -> assertThat(d.message()).contains("unknown"));
    }
}
