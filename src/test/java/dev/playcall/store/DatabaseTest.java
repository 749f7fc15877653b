package dev.playcall.store;

import static dev.playcall.testing.Runs.asked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    @TempDir
    private Path folder;

    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(url(), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private String url() {
        return "jdbc:sqlite:" + folder.resolve("playcall.db");
    }

    @Test
    void nobodyElseMayReadTheFile() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("playcall.db"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aBackupIsADatabaseOfItsOwn() {
        database.events().create(asked("deploy"), Instant.EPOCH);
        var copy = folder.resolve("copy.db");
        database.backup(copy);
        try (var restored = Database.open("jdbc:sqlite:" + copy, Clock.systemUTC())) {
            assertThat(restored.events().queue()).hasSize(1);
        }
        assertThatThrownBy(() -> database.backup(copy)).hasMessageContaining("exists already");
    }

    @Test
    void aFileThatIsNoDatabaseIsToldInOneLine() throws IOException {
        var file = folder.resolve("broken.db");
        Files.writeString(file, "this is not a database, it is a text that somebody put here by mistake".repeat(20));
        assertThatThrownBy(() -> Database.open("jdbc:sqlite:" + file, Clock.systemUTC()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be used")
                .hasMessageEndingWith("./playcall restore --force FILE")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aDatabaseThatWasCutOffNamesTheWayBack() throws IOException {
        var file = folder.resolve("cut.db");
        database.backup(file);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
        assertThatThrownBy(() -> Database.open("jdbc:sqlite:" + file, Clock.systemUTC()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("./playcall restore --force FILE")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void anotherDatabaseIsRefusedWithWhatIsRight() {
        assertThatThrownBy(() -> Database.open("jdbc:mysql://x/y", Clock.systemUTC()))
                .hasMessageContaining("jdbc:sqlite:data/playcall.db");
    }

    @Test
    void aBackupIsAsPrivateAsTheDatabase() throws IOException {
        var copy = folder.resolve("copy.db");
        database.backup(copy);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
    }

    @Test
    void aBackupThatCannotBeWrittenIsTold() {
        var copy = folder.resolve("no/such/folder/copy.db");
        assertThatThrownBy(() -> database.backup(copy))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void aDatabaseOfANewerVersionIsLeftAlone() throws SQLException {
        try (var connection = DriverManager.getConnection(url());
                var statement = connection.createStatement()) {
            statement.execute("insert into flyway_schema_history select 99, '99', 'future', type, 'V99__future.sql', 1,"
                    + " installed_by, installed_on, 1, true from flyway_schema_history where version = '1'");
        }
        assertThatThrownBy(() -> Database.open(url(), Clock.systemUTC()))
                .hasMessageContaining("newer Playcall (schema 99)")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aUrlThatNamesNoFileIsRefused() {
        for (var url : List.of("jdbc:sqlite:", "jdbc:sqlite::memory:", "jdbc:sqlite:file:x.db")) {
            assertThatThrownBy(() -> Database.open(url, Clock.systemUTC())).hasMessageContaining("names no file");
        }
    }

    @Test
    void itIsHealthyUntilItIsClosed() {
        assertThat(database.isHealthy()).isTrue();
        database.close();
        assertThat(database.isHealthy()).isFalse();
    }
}
