package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.testing.Gateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gateway writes is for its own user, whatever the umask it was started with. */
class FileModesIT {
    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path home;

    private List<String> open(String folder) throws IOException {
        try (Stream<Path> all = Files.walk(home.resolve(folder))) {
            return all.filter(p -> mode(p).stream().anyMatch(OTHERS::contains))
                    .map(p -> PosixFilePermissions.toString(mode(p)) + " " + home.relativize(p))
                    .toList();
        }
    }

    private static Set<PosixFilePermission> mode(Path path) {
        try {
            return Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return Set.of(); // removed since, as it may be while a gateway works
        }
    }

    private static void ended(Gateway gateway, long run) {
        await().atMost(SOON).until(() -> gateway.status(run).equals("success"));
    }

    private String modeOf(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(file)));
    }

    private void old(String file) throws IOException {
        var path = home.resolve(file);
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, "old");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(path.resolveSibling(""), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "022"})
    void nothingBelowDataAndLogsIsForOthersWhateverTheUmask(String umask) throws Exception {
        old("logs/old/1.log");
        old("data/runs/900/ansible.cfg");
        Files.setPosixFilePermissions(home.resolve("data"), PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var gateway = new Gateway(home, Map.of("GATEWAY_UMASK", umask))) {
            gateway.environment("prod", List.of("h1", "h2"));
            gateway.file("playbooks/stay.yml", """
                - hosts: all
                  gather_facts: false
                  tasks:
                    - ansible.builtin.wait_for: { path: "{{ playbook_dir }}/../go", sleep: 1 }
                """);
            gateway.start();
            long working = gateway.run("play", "prod", Map.of("playbook", "stay"));
            await().atMost(SOON)
                    .until(() -> Files.exists(home.resolve("logs"))
                            && gateway.status(working).equals("running"));
            assertThat(open("data")).isEmpty();
            gateway.file("go", "");
            ended(gateway, working);
            await().atMost(SOON).until(() -> Files.exists(home.resolve("inventory/prod/status.yml")));
            assertThat(open("logs")).isEmpty();
            assertThat(modeOf("inventory/prod/status.yml")).isEqualTo("rw-r--r--");
            assertThat(open("data")).isEmpty();
            assertThat(Files.readString(home.resolve("gateway.err"))).contains("The modes of the files in");
        }
    }
}
