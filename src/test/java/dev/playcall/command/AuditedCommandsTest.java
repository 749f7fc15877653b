package dev.playcall.command;

import static dev.playcall.testing.Runs.ALICE;
import static dev.playcall.testing.Runs.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.playcall.catalog.Catalogs;
import dev.playcall.command.router.AuditFilter;
import dev.playcall.command.router.RateLimitFilter;
import dev.playcall.domain.Origin;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.audit.AuditEntry;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditNote.AuditVerdict;
import dev.playcall.security.audit.AuditQuery;
import dev.playcall.store.Database;
import dev.playcall.testing.Audits;
import dev.playcall.testing.ManualClock;
import dev.playcall.testing.MemorySecrets;
import dev.playcall.testing.OpenAccess;
import dev.playcall.testing.Rules;
import dev.playcall.testing.Runs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on record of what was wanted at the desk, and how much one person may want. */
class AuditedCommandsTest {
    private static final Caller CALLER = new Caller(ALICE, Origin.of("slack:C1"));
    private static final StartCommand START = new StartCommand(
            "deploy",
            "production",
            Optional.empty(),
            "web-1",
            List.of("app"),
            true,
            false,
            Map.of("version", "v1", "password", "hunter2"),
            "",
            "");

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-31T09:30:00Z"));
    private final List<Command> done = new ArrayList<>();
    private Database database;
    private RunJournal journal;
    private AuditLog audit;

    @BeforeEach
    void open() {
        database = Database.open("jdbc:sqlite:" + folder.resolve("playcall.db"), Clock.systemUTC());
        journal = new RunJournal(database.events(), Clock.systemUTC());
        audit = Audits.of(database, folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private CommandHandler desk(Reply reply) {
        return new AuditFilter(
                (command, _) -> {
                    assertThat(entries())
                            .as("the wish is there before it is done")
                            .isNotEmpty();
                    done.add(command);
                    return reply;
                },
                audit,
                journal);
    }

    private List<AuditEntry> entries() {
        return audit.find(AuditQuery.all(100)).reversed();
    }

    @Test
    void whatIsDoneIsRecordedBeforeAndAfter() {
        var run = journal.create(Runs.asked("deploy")).run();
        desk(new Reply.Accepted(run)).handle(START, CALLER);
        var entries = entries();
        assertThat(entries).extracting(e -> e.note().verdict()).containsExactly(AuditVerdict.ASKED, AuditVerdict.DONE);
        var request = entries.getFirst().note();
        assertThat(request.person()).isEqualTo(ALICE);
        assertThat(request.channel()).isEqualTo("slack:C1");
        assertThat(request.action()).isEqualTo("start");
        assertThat(request.subject()).isEqualTo("deploy production");
        assertThat(request.details())
                .containsEntry("environment", "production")
                .containsEntry("limit", "web-1")
                .containsEntry("check", "true");
        assertThat(request.details().get("variables"))
                .as("values may be secrets")
                .isEqualTo("password version");
        assertThat(entries.getLast().note().details())
                .containsEntry("wish", "1")
                .containsEntry("run", Long.toString(run.id().value()));
    }

    @Test
    void everyRefusalIsRecordedWithItsReason() {
        var run = journal.create(Runs.asked("deploy")).run();
        for (var reply : List.of(
                new Reply.Invalid("limit", "no such host", Optional.of("web-1")),
                new Reply.NotFound("there is none"),
                new Reply.TooLate(run, "it has ended"),
                new Reply.Denied("you may not"),
                new Reply.Unavailable("the lock cannot be read"))) {
            assertThat(desk(reply).handle(new RunCommand.Cancel(run.id()), CALLER))
                    .isEqualTo(reply);
            var last = entries().getLast().note();
            assertThat(last.verdict()).isEqualTo(AuditVerdict.REFUSED);
            assertThat(last.reason()).isNotBlank();
            assertThat(last.subject()).isEqualTo(run.id().toString());
            assertThat(last.details()).containsEntry("environment", "production");
        }
    }

    @Test
    void nothingIsDoneThatCannotBeRecorded() throws IOException {
        audit.record(dev.playcall.security.audit.AuditNote.done(BOB, "cli", "login", "bob"));
        Files.delete(folder.resolve("audit.head"));
        var run = journal.create(Runs.asked("deploy")).run();
        assertThat(desk(new Reply.Accepted(run)).handle(START, CALLER)).isInstanceOf(Reply.Unavailable.class);
        assertThat(done).isEmpty();
    }

    @Test
    void aResultThatCannotBeRecordedAtOnceIsRecordedWithTheNextCommand() throws IOException {
        var head = folder.resolve("audit.head");
        var away = folder.resolve("away");
        var run = journal.create(Runs.asked("deploy")).run();
        var commands = new AuditFilter(
                (_, _) -> {
                    if (!Files.exists(away)) {
                        move(head, away);
                    }
                    return new Reply.Accepted(run);
                },
                audit,
                journal);
        assertThat(commands.handle(START, CALLER)).isInstanceOf(Reply.Accepted.class);
        assertThat(entries()).extracting(e -> e.note().verdict()).containsExactly(AuditVerdict.ASKED);
        Files.copy(away, head);
        commands.handle(START, CALLER);
        assertThat(entries())
                .extracting(
                        e -> e.note().verdict() + " of " + e.note().details().get("wish"))
                .containsExactly("ASKED of null", "ASKED of null", "DONE of 1", "DONE of 2");
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFaultIsRecordedAndGoesOn() {
        var commands = new AuditFilter(
                (_, _) -> {
                    throw new IllegalStateException("broken");
                },
                audit,
                journal);
        assertThatThrownBy(() -> commands.handle(new RunCommand.Retry(new RunId(9)), CALLER))
                .hasMessage("broken");
        assertThat(entries().getLast().note().verdict()).isEqualTo(AuditVerdict.FAILED);
    }

    private RateLimitFilter limited(CommandHandler commands, int runs) {
        var rights = OpenAccess.of(database);
        Catalogs none = () -> {
            throw new AssertionError("no environment is asked for here");
        };
        var asked = TestBatches.requested(
                Rules.requests(none, rights, MemorySecrets.emptyVault(), Duration.ofHours(1)), database.events());
        return new RateLimitFilter(
                commands, audit, () -> new RateLimitFilter.Allowed(runs, Duration.ofMinutes(1)), asked, clock);
    }

    @Test
    void onePersonMakesSoManyRunsInATimeAndIsToldWhenToTryAgain() {
        var run = journal.create(Runs.asked("deploy")).run();
        var commands = limited((c, _) -> new Reply.Accepted(run), 3);
        for (int i = 0; i < 3; i++) {
            assertThat(commands.handle(new RunCommand.Rerun(run.id()), CALLER)).isInstanceOf(Reply.Accepted.class);
        }
        assertThat(commands.handle(START, CALLER)).isInstanceOfSatisfying(Reply.TooMany.class, many -> {
            assertThat(many.after()).isEqualTo(Duration.ofSeconds(20));
            assertThat(many.message()).contains("3 runs in 1 min", "try again in 20 s");
        });
        assertThat(commands.handle(START, CALLER)).isInstanceOf(Reply.TooMany.class);
        assertThat(entries()).as("one row of refusals is one entry").hasSize(1);
        assertThat(commands.handle(START, new Caller(BOB, CALLER.origin()))).isInstanceOf(Reply.Accepted.class);
        assertThat(commands.handle(new RunCommand.Cancel(run.id()), CALLER))
                .as("stopping is never limited")
                .isInstanceOf(Reply.Accepted.class);
        clock.go(Duration.ofSeconds(20));
        assertThat(commands.handle(START, CALLER)).isInstanceOf(Reply.Accepted.class);
    }

    @Test
    void noughtIsNoLimit() {
        var run = journal.create(Runs.asked("deploy")).run();
        var commands = limited((c, _) -> new Reply.Accepted(run), 0);
        for (int i = 0; i < 500; i++) {
            assertThat(commands.handle(START, CALLER)).isInstanceOf(Reply.Accepted.class);
        }
    }
}
