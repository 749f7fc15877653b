package dev.playcall.boot.settings;

import dev.playcall.config.Config;
import dev.playcall.content.DeployKeys;
import dev.playcall.runner.directory.PrivateFiles;
import dev.playcall.security.secret.SecretService;
import dev.playcall.store.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kept private keys for fetching, each as a file that only we may read, as long as a program needs it. */
public record GitKeys(SecretService vault, Path folder) implements DeployKeys {
    private static final Logger log = LoggerFactory.getLogger(GitKeys.class);

    public static Path place(Config config) {
        return config.paths().data().resolve("sync-keys");
    }

    /** Those of a gateway that may be at work or not. */
    public static DeployKeys kept(Config config, Clock clock) {
        return () -> {
            try (var database = Database.open(config.store().url(), clock)) {
                return new GitKeys(SecretServices.open(config, database, clock).vault(), place(config)).open();
            } catch (IllegalStateException e) {
                return DeployKeys.none().open(); // whoever looks at the database says so
            }
        };
    }

    @Override
    public Opened open() throws IOException {
        var kept = vault.gitKeys();
        if (kept.isEmpty()) {
            return DeployKeys.none().open();
        }
        Files.createDirectories(folder);
        var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        var place = Files.createTempDirectory(folder, "", mine);
        var files = new ArrayList<Path>();
        for (var key : kept) {
            var file = place.resolve("key-" + files.size());
            PrivateFiles.write(file, (key.value().reveal().strip() + "\n").getBytes(StandardCharsets.UTF_8));
            files.add(file);
        }
        return new Written(place, List.copyOf(files));
    }

    /** Takes away what a gateway left that was killed; nobody fetches yet. */
    public void sweep() {
        try (var left = Files.isDirectory(folder) ? Files.list(folder) : Stream.<Path>of()) {
            left.forEach(GitKeys::remove);
        } catch (IOException e) {
            log.warn("{} could not be cleared: {}", folder, e.getMessage());
        }
    }

    private static void remove(Path place) {
        try (var files = Files.list(place)) {
            for (var file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(place);
        } catch (IOException e) {
            log.warn("{} could not be removed: {}", place, e.getMessage());
        }
    }

    private record Written(Path place, List<Path> files) implements Opened {
        @Override
        public void close() {
            remove(place);
        }
    }
}
