package dev.playcall.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.chat.PlatformFinding;
import dev.playcall.config.runtime.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code doctor} says about settings of Ansible that cannot hold. */
class TuningFindingsTest {
    @TempDir
    Path home;

    private void write(String file, String text) throws IOException {
        Files.createDirectories(home.resolve(file).getParent());
        Files.writeString(home.resolve(file), text);
    }

    @Test
    void anEnvironmentThatIsNotThereAndFactsThatAreNotKeptAreToldOf() throws IOException {
        write("inventory/production/hosts.yml", "all: { hosts: { a: } }\n");
        write("config/playcall.yml", """
            ansible:
              run_as: ansible
              environments:
                production: { forks: 100 }
                prodution: { fact_cache: 24h }
            """);
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        var catalog = new DiskCatalogs(config, Clock.systemUTC()).current();
        assertThat(new TuningFindings(config, catalog).all())
                .extracting(PlatformFinding::text)
                .containsExactly(
                        "ansible.environments.prodution: there is no environment prodution; did you mean production?",
                        "fact_cache is set but not used: runs have another user with ansible.run_as");
    }
}
