package dev.playcall.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A fresh clone works with the files as shipped. */
class SampleContentTest {
    @Test
    void loadsWithoutAProblem() {
        var home = Path.of(System.getProperty("basedir", ""));
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        var catalog = new DiskCatalogs(config, Clock.systemUTC()).current();
        assertThat(catalog.problems()).isEmpty();
        assertThat(catalog.environments().keySet())
                .contains(new EnvironmentName("production"), new EnvironmentName("staging"));
        assertThat(catalog.environments().values())
                .allSatisfy(e -> assertThat(e.hosts()).isNotEmpty());
        assertThat(catalog.operations().keySet())
                .contains(
                        Operation.VALIDATE,
                        Operation.PING,
                        Operation.PROVISION,
                        Operation.DEPLOY,
                        Operation.ROLLBACK,
                        Operation.UPDATE,
                        Operation.PLAY);
    }
}
