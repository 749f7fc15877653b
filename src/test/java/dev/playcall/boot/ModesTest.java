package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.playcall.config.Config;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.config.yaml.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModesTest {
    @TempDir
    private Path home;

    private Path old(String file) throws IOException {
        var path = home.resolve(file);
        for (var missing = path.resolveSibling(""); !missing.equals(home); missing = missing.resolveSibling("")) {
            Files.createDirectories(missing);
            Files.setPosixFilePermissions(missing, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.writeString(path, "old");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-r--"));
        return path;
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private Config.Paths paths(Optional<String> group) {
        return new Config.Paths(
                home.resolve("playbooks"),
                home.resolve("inventory"),
                home.resolve("logs"),
                home.resolve("data"),
                home.resolve("data/venv_specs"),
                group,
                home);
    }

    private String ownGroup() throws IOException {
        return Files.readAttributes(home, PosixFileAttributes.class).group().getName();
    }

    @Test
    void looseModesOfAnExistingInstallationAreTightenedAtStart() throws IOException {
        var log = old("logs/prod/1.log");
        var config = old("data/runs/1/ansible.cfg");
        FileModes.apply(paths(Optional.empty()), false);
        assertThat(mode(log)).isEqualTo("rw-------");
        assertThat(mode(config)).isEqualTo("rw-------");
        assertThat(mode(log.resolveSibling(""))).isEqualTo("rwx------");
        assertThat(mode(home.resolve("data"))).isEqualTo("rwx------");
    }

    @Test
    void aGroupMayReadTheLogsAndNothingElse() throws IOException {
        var log = old("logs/prod/1.log");
        var config = old("data/runs/1/ansible.cfg");
        FileModes.apply(paths(Optional.of(ownGroup())), false);
        assertThat(mode(log)).isEqualTo("rw-r-----");
        assertThat(mode(log.resolveSibling(""))).isEqualTo("rwxr-x---");
        assertThat(mode(config)).isEqualTo("rw-------");
    }

    @Test
    void theGroupIsTakenBackWhenItIsNoLongerConfigured() throws IOException {
        var log = old("logs/prod/1.log");
        FileModes.apply(paths(Optional.of(ownGroup())), false);
        FileModes.apply(paths(Optional.empty()), false);
        assertThat(mode(log)).isEqualTo("rw-------");
        assertThat(mode(log.resolveSibling(""))).isEqualTo("rwx------");
    }

    @Test
    void anUnknownGroupIsRefusedWithItsPlace() throws IOException {
        var file = Files.writeString(home.resolve("playcall.yml"), "paths:\n  logs_group: no-such-group\n");
        assertThatThrownBy(() -> ConfigFile.load(home, Optional.of(file), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("playcall.yml:2")
                .hasMessageContaining("a group of this machine");
    }
}
