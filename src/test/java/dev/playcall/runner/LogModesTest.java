package dev.playcall.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogModesTest {
    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource({"rwx------,rwx------,rw-------", "rwxr-x---,rwxr-x---,rw-r-----", "rwxr-xr-x,rwxr-x---,rw-r-----"})
    void aNewLogMayBeReadByTheGroupOfTheLogsAndByNobodyElse(String around, String folder, String file)
            throws IOException {
        var logs = Files.createDirectory(home.resolve("logs"));
        Files.setPosixFilePermissions(logs, PosixFilePermissions.fromString(around));
        var log = logs.resolve("prod/2026/1.log");
        LogModes.makeFolder(log.resolveSibling(""));
        LogModes.open(log).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log.resolveSibling(""))))
                .isEqualTo(folder);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
                .isEqualTo(file);
    }
}
