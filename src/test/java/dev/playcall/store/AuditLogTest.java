package dev.playcall.store;

import static dev.playcall.testing.Runs.ALICE;
import static dev.playcall.testing.Runs.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditLog.AuditException;
import dev.playcall.security.audit.AuditNote;
import dev.playcall.security.audit.AuditNote.AuditVerdict;
import dev.playcall.security.audit.AuditQuery;
import dev.playcall.security.audit.AuditSignature;
import dev.playcall.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the audit log keeps, and what it notices. */
class AuditLogTest {
    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-31T09:30:00Z"));
    private SqliteFile file;
    private AuditLog audit;

    @BeforeEach
    void open() {
        file = SqliteFile.in(folder);
        audit = log(file.database());
    }

    @AfterEach
    void close() {
        file.close();
    }

    private AuditLog log(Database database) {
        return new AuditLog(
                database.audit(), new AuditSignature(folder), text -> text.replace("hunter2", "[secret]"), clock);
    }

    private static AuditNote note(int number) {
        return AuditNote.done(ALICE, "slack:C1", "lock", "environment-" + number)
                .with(AuditNote.ENVIRONMENT, "environment-" + number);
    }

    private void record(int many) {
        IntStream.rangeClosed(1, many).forEach(i -> audit.record(note(i)));
    }

    /** What somebody does who can write to the database: the triggers are no obstacle to them. */
    private void tamper(String... statements) {
        file.sql("drop trigger if exists audit_is_never_changed");
        file.sql("drop trigger if exists audit_is_never_deleted");
        List.of(statements).forEach(file::sql);
    }

    private List<String> found() {
        return audit.verify().findings();
    }

    @Test
    void whatIsRecordedIsReadBackAndSound() {
        record(3);
        var all = audit.find(AuditQuery.all(10));
        assertThat(all)
                .extracting(e -> e.note().subject())
                .containsExactly("environment-3", "environment-2", "environment-1");
        assertThat(all.getFirst().at()).isEqualTo(clock.instant());
        assertThat(all.getFirst().note()).isEqualTo(note(3));
        assertThat(audit.verify().isSound()).isTrue();
        assertThat(audit.verify().entries()).isEqualTo(3);
        assertThat(audit.problem()).isEmpty();
    }

    @Test
    void whatIsOnRecordIsNoFailureWhenOnlyTheHeadCannotBeWritten() throws IOException {
        record(1);
        var draft = Files.createDirectories(folder.resolve("audit.head.new/in-the-way"));
        assertThat(audit.record(note(2)).sequence()).isEqualTo(2);
        assertThat(audit.record(note(3)).sequence()).isEqualTo(3);
        assertThat(audit.verify().isSound()).isTrue();
        Files.delete(draft);
        record(1);
        assertThat(audit.verify().entries()).isEqualTo(4);
        assertThat(audit.verify().isSound()).isTrue();
    }

    @Test
    void anEmptyLogIsSound() {
        assertThat(found()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "person = 'slack:mallory'",
                "at = at + 1",
                "channel = 'api'",
                "deed = 'unlock'",
                "subject = 'nothing'",
                "decision = 'refused'",
                "decision = 'unheard-of'",
                "reason = 'because'",
                "details = '{}'",
                "details = '{ \"environment\":\"environment-3\"}'",
                "details = 'no json'",
                "person = 'nobody'"
            })
    void anEditedRowIsFound(String change) {
        record(5);
        tamper("update audit set " + change + " where sequence = 3");
        assertThat(found()).hasSize(1).first().asString().contains("entry 3");
    }

    @Test
    void aRowWhoseHashWasMadeToFitIsFoundToo() {
        record(5);
        var hash = audit.after(1, 1).getFirst().hash();
        tamper("update audit set hash = '" + hash + "', subject = 'x' where sequence = 5");
        assertThat(found()).anyMatch(f -> f.contains("entry 5 is not signed"));
    }

    @Test
    void aDeletedRowIsFound() {
        record(5);
        tamper("delete from audit where sequence in (2, 3)");
        assertThat(found()).containsExactly("entries 2 to 3 are missing");
    }

    @Test
    void aDeletedRowIsFoundAlsoWhenTheOthersMoveUp() {
        record(5);
        tamper(
                "delete from audit where sequence = 2",
                "update audit set sequence = 2 where sequence = 3",
                "update audit set sequence = 3 where sequence = 4",
                "update audit set sequence = 4 where sequence = 5");
        assertThat(found())
                .anyMatch(f -> f.contains("entry 2 was changed or moved"))
                .anyMatch(f -> f.contains("at the end"));
    }

    @Test
    void rowsThatChangedPlacesAreFound() {
        record(5);
        tamper(
                "update audit set sequence = 99 where sequence = 2",
                "update audit set sequence = 2 where sequence = 4",
                "update audit set sequence = 4 where sequence = 99");
        assertThat(found()).anyMatch(f -> f.contains("entry 2")).anyMatch(f -> f.contains("entry 4"));
    }

    @Test
    void aTruncatedTailIsFound() {
        record(5);
        tamper("delete from audit where sequence > 3");
        assertThat(found()).containsExactly("entries 4 to 5 are missing at the end");
        assertThat(audit.problem()).hasValueSatisfying(p -> assertThat(p).contains("its last entry was 5 and is 3"));
    }

    @Test
    void aTableThatWasEmptiedIsFound() {
        record(2);
        tamper("delete from audit");
        assertThat(found()).containsExactly("entries 1 to 2 are missing at the end");
    }

    @Test
    void aForgedRowAtTheEndIsFound() {
        record(3);
        tamper("insert into audit (sequence, at, person, channel, deed, subject, decision, reason, details, hash, seal)"
                + " select 4, at, person, channel, deed, subject, decision, reason, details, hash, seal from audit"
                + " where sequence = 3");
        assertThat(found()).anyMatch(f -> f.contains("entry 4"));
    }

    @Test
    void anOlderDatabaseIsNoticedBeforeAnythingIsRecordedOnIt() {
        record(3);
        tamper("delete from audit where sequence = 3");
        assertThatThrownBy(() -> audit.record(note(4)))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("was altered");
        assertThat(found()).containsExactly("entry 3 is missing at the end");
    }

    @Test
    void whatWasFoundCanBeAcceptedAndIsToldForEver() {
        record(3);
        tamper("update audit set reason = 'x' where sequence = 1", "delete from audit where sequence = 3");
        assertThat(audit.accept(BOB, "cli", "the disk was full")).hasSize(2);
        audit.record(note(4));
        var report = audit.verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report.accepted())
                .singleElement()
                .asString()
                .contains(BOB.value(), "the disk was full", "entry 1", "entry 3 is missing");
        tamper("update audit set reason = 'y' where sequence = 2");
        assertThat(found()).as("what was accepted must not grow").hasSize(2);
        assertThat(audit.accept(BOB, "cli", "again")).hasSize(2);
        assertThat(found()).isEmpty();
        assertThat(audit.accept(BOB, "cli", "for nothing")).isEmpty();
    }

    @Test
    void anEntryThatTheHeadDoesNotKnowYetIsNoFault() throws IOException {
        record(1);
        var head = Files.readAllBytes(folder.resolve("audit.head"));
        record(1);
        Files.write(folder.resolve("audit.head"), head);
        assertThat(found()).isEmpty();
        audit.record(note(3));
        assertThat(audit.verify().entries()).isEqualTo(3);
    }

    @Test
    void aHeadThatIsGoneOrForgedStopsEveryDeed() throws IOException {
        record(2);
        var head = folder.resolve("audit.head");
        Files.writeString(head, Files.readString(head).replaceFirst("^2", "1"));
        assertThat(found()).anyMatch(f -> f.contains("head cannot be trusted"));
        assertThatThrownBy(() -> audit.record(note(3))).isInstanceOf(AuditException.class);
        Files.delete(head);
        assertThat(found()).containsExactly("the head file is missing: entries may be missing at the end");
        assertThatThrownBy(() -> audit.record(note(3))).isInstanceOf(AuditException.class);
    }

    @Test
    void anotherKeyProvesNothing() throws IOException {
        record(2);
        var key = folder.resolve("keys/audit.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        Files.delete(key);
        assertThatThrownBy(() -> audit.record(note(3))).isInstanceOf(AuditException.class);
        assertThat(key).doesNotExist();
        Files.write(key, new byte[32]);
        assertThat(found()).anyMatch(f -> f.contains("entry 1 is not signed"));
    }

    @Test
    void theDatabaseItselfRefusesToForget() {
        record(1);
        assertThatThrownBy(() -> file.sql("update audit set reason = 'x'")).hasMessageContaining("only added to");
        assertThatThrownBy(() -> file.sql("delete from audit")).hasMessageContaining("only added to");
    }

    @Test
    void whatAnybodyWritesIsOneLineWithoutSecrets() {
        audit.record(AuditNote.refused(ALICE, "slack:C1", "start", "a\nb\0c \ud800 hunter2", "x".repeat(9000)));
        var note = audit.find(AuditQuery.all(1)).getFirst().note();
        assertThat(note.subject()).isEqualTo("a\ufffdb\ufffdc \ufffd [secret]");
        assertThat(note.reason()).hasSize(500).endsWith("…");
        assertThat(found()).isEmpty();
    }

    @Test
    void manyAtOnceAndFromTwoGatewaysMakeOneChain() throws Exception {
        try (var second = file.again();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = IntStream.range(0, 40)
                    .mapToObj(i -> threads.submit(() -> audit.record(note(i))))
                    .toList();
            for (int i = 0; i < work.size(); i++) {
                assertThat(work.get(i).get().note()).isEqualTo(note(i));
            }
            assertThat(second.audit().last())
                    .hasValueSatisfying(k -> assertThat(k.sequence()).isEqualTo(40));
        }
        assertThat(audit.verify().entries()).isEqualTo(40);
        assertThat(found()).isEmpty();
    }

    @Test
    void nobodyIsToldOfAnEntryThatCouldNotBeWritten() throws Exception {
        record(1);
        var key = folder.resolve("keys/audit.key");
        var bytes = Files.readAllBytes(key);
        Files.delete(key);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit(() -> audit.record(note(i))))
                    .toList();
            assertThat(work).allSatisfy(w -> assertThatThrownBy(w::get).hasCauseInstanceOf(AuditException.class));
        }
        Files.write(key, bytes);
        record(1);
        assertThat(audit.verify().entries()).isEqualTo(2);
        assertThat(found()).isEmpty();
    }

    @Test
    void aRecordOutlivesTheGateway() {
        record(2);
        try (var later = file.again()) {
            log(later).record(note(3));
        }
        assertThat(audit.verify().entries()).isEqualTo(3);
        assertThat(found()).isEmpty();
    }

    @Test
    void aQuestionIsAnsweredByEachOfItsParts() {
        var request = audit.record(
                new AuditNote(ALICE, "api", "start", "deploy production", AuditVerdict.ASKED, "", note(1).details()));
        clock.go(Duration.ofHours(1));
        audit.record(AuditNote.done(ALICE, "api", "start", "deploy production")
                .with(AuditNote.REQUEST, Long.toString(request.sequence()))
                .with(AuditNote.RUN, "7")
                .with(AuditNote.ENVIRONMENT, "production"));
        audit.record(AuditNote.refused(BOB, "slack:C1", "cancel", "#7", "may not"));
        audit.record(AuditNote.refused(BOB, "slack:C1", "start", "deploy staging", "may not"));
        var all = AuditQuery.all(10);
        assertThat(numbers(all)).containsExactly(4L, 3L, 2L, 1L);
        assertThat(numbers(query(Optional.of("slack:bob"), Optional.empty(), Optional.empty())))
                .isEmpty();
        assertThat(numbers(query(Optional.of(BOB.value()), Optional.empty(), Optional.empty())))
                .containsExactly(4L, 3L);
        assertThat(numbers(query(Optional.of(ALICE.id()), Optional.empty(), Optional.empty())))
                .as("the wish is settled")
                .containsExactly(2L);
        assertThat(numbers(query(Optional.empty(), Optional.of("production"), Optional.empty())))
                .containsExactly(2L);
        assertThat(numbers(query(Optional.empty(), Optional.empty(), Optional.of(7L))))
                .containsExactly(3L, 2L);
        var since = new AuditQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("start"),
                Optional.of(AuditVerdict.REFUSED),
                Optional.of(clock.instant()),
                Optional.of(clock.instant().plusSeconds(1)),
                false,
                Optional.of(5L),
                10);
        assertThat(numbers(since)).containsExactly(4L);
    }

    private List<Long> numbers(AuditQuery query) {
        return audit.find(query).stream().map(e -> e.sequence()).toList();
    }

    private static AuditQuery query(Optional<String> person, Optional<String> environment, Optional<Long> run) {
        return new AuditQuery(
                person,
                environment,
                run,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.empty(),
                10);
    }
}
