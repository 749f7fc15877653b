package dev.playcall.store;

import static dev.playcall.testing.Runs.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditLog.AuditException;
import dev.playcall.security.audit.AuditNote;
import dev.playcall.security.audit.AuditSignature;
import dev.playcall.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several gateways that write to one audit log. */
class AuditJoinTest {
    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-31T09:30:00Z"));
    private SqliteFile file;
    private AuditLog audit;

    @BeforeEach
    void open() {
        file = SqliteFile.in(folder);
        audit = in(folder);
    }

    @AfterEach
    void close() {
        file.close();
    }

    private AuditLog in(Path data) {
        return new AuditLog(file.database().audit(), new AuditSignature(data), text -> text, clock);
    }

    private void record(int many) {
        IntStream.rangeClosed(1, many)
                .forEach(i -> audit.record(AuditNote.done(ALICE, "slack:C1", "lock", "environment-" + i)));
    }

    /** As a second gateway that has joined an empty log and has recorded nothing itself. */
    @Test
    void whatOthersHaveRecordedIsSoundAlsoWhereNothingWasRecordedBefore(@TempDir Path second) throws IOException {
        audit.join();
        Files.createDirectories(second.resolve("keys"));
        Files.copy(folder.resolve("keys/audit.key"), second.resolve("keys/audit.key"));
        var other = in(second);
        other.join();
        record(3);
        assertThat(other.verify().findings()).isEmpty();
        assertThat(other.verify().entries()).isEqualTo(3);
    }

    /** A second gateway is started with keys of its own on an empty log, is refused, and gets the right keys. */
    @Test
    void whoOnlyProvesItsKeyCanStillJoinWithAnotherOne(@TempDir Path second) throws IOException {
        audit.join();
        var other = in(second);
        assertThat(other.proof()).isPresent().isNotEqualTo(audit.proof());
        assertThat(second.resolve("audit.head")).doesNotExist();
        Files.copy(
                folder.resolve("keys/audit.key"),
                second.resolve("keys/audit.key"),
                StandardCopyOption.REPLACE_EXISTING);
        other.join();
        assertThat(other.proof()).isEqualTo(audit.proof());
        record(3);
        assertThat(other.verify().findings()).isEmpty();
    }

    @Test
    void whoHasAnotherKeyCannotJoinALogWithEntries(@TempDir Path second) {
        record(1);
        var other = in(second);
        assertThat(other.proof()).isEmpty();
        assertThatThrownBy(other::join).isInstanceOf(AuditException.class).hasMessageContaining("another key");
        assertThat(second.resolve("audit.head")).doesNotExist();
    }
}
