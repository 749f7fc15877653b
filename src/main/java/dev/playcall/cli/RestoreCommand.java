package dev.playcall.cli;

import dev.playcall.boot.Backup;
import dev.playcall.boot.GatewayFile;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.config.Config;
import dev.playcall.domain.name.Person;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditNote;
import dev.playcall.security.audit.AuditSignature;
import dev.playcall.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Puts a {@link Backup} in place. What was there is set aside, never thrown away. */
@Command(
        name = "restore",
        header = "restore a backup while no gateway is running",
        description = "The previous data is kept in data/before-restore-…; a PostgreSQL database has to be empty.")
final class RestoreCommand implements Callable<Integer> {
    private static final String SQLITE = "jdbc:sqlite:";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

    @ParentCommand
    @Nullable
    PlaycallCommand root;

    @Parameters(arity = "1", paramLabel = "FILE", description = "backup file to restore")
    @Nullable
    Path file;

    @Option(names = "--force", description = "restore even if a database already exists")
    boolean force;

    @Override
    public Integer call() {
        var config = Objects.requireNonNull(root).load();
        var from = Objects.requireNonNull(file).toAbsolutePath();
        if (!Files.isReadable(from)) {
            throw new RefusedException(from + " cannot be read");
        }
        if (!config.store().url().startsWith(SQLITE)) {
            return fill(config, from);
        }
        var there = place(config);
        if (Files.exists(there) && !force) {
            throw new RefusedException(
                    "there is a database in " + there + " already; --force moves it aside and restores the backup");
        }
        try (var _ = taken(config)) {
            return restore(config, from, there);
        } catch (IOException | IllegalStateException e) {
            throw new RefusedException("the backup " + from + " cannot be restored: " + e.getMessage());
        }
    }

    private static Path place(Config config) {
        return Path.of(config.store().url().substring(SQLITE.length()).replaceFirst("\\?.*", ""))
                .toAbsolutePath();
    }

    /** Into PostgreSQL: what is there cannot be set aside, so nothing may be there. */
    private int fill(Config config, Path from) {
        try (var _ = taken(config)) {
            var data = config.paths().data();
            var unpacked = unpacked(data, from);
            try {
                var keys = names(unpacked.resolve("keys"));
                Database.copy(
                        SQLITE + unpacked.resolve(Backup.DATABASE),
                        config.store().url(),
                        Clock.systemUTC(),
                        _ -> {});
                var aside = aside(data);
                asideFiles(data, aside, !keys.isEmpty());
                place(unpacked, data, !keys.isEmpty());
                return report(config, aside, keys);
            } finally {
                Backup.delete(unpacked);
            }
        } catch (IOException | IllegalStateException e) {
            throw new RefusedException("the backup " + from + " cannot be restored: " + e.getMessage());
        }
    }

    private static GatewayFile taken(Config config) {
        return GatewayFile.take(config.paths().data())
                .orElseThrow(() -> new RefusedException(
                        "a Playcall process uses " + config.paths().data() + "; stop it first"));
    }

    private static Path unpacked(Path data, Path from) throws IOException {
        return new Backup(data)
                .unpack(from)
                .orElseThrow(() -> new RefusedException(from + " is no backup of Playcall"));
    }

    private static Path aside(Path data) {
        return data.resolve("before-restore-" + STAMP.format(Clock.systemUTC().instant()));
    }

    private int restore(Config config, Path from, Path there) throws IOException {
        var data = config.paths().data();
        var unpacked = unpacked(data, from);
        try {
            var keys = names(unpacked.resolve("keys"));
            look(unpacked);
            var aside = aside(data);
            for (var ending : List.of("", "-wal", "-shm")) {
                Backup.move(Path.of(there + ending), aside.resolve(Backup.DATABASE + ending));
            }
            asideFiles(data, aside, !keys.isEmpty());
            Backup.move(unpacked.resolve(Backup.DATABASE), there);
            place(unpacked, data, !keys.isEmpty());
            return report(config, aside, keys);
        } finally {
            Backup.delete(unpacked);
        }
    }

    /** A copy that cannot be opened is found out before anything is moved; one of an older Playcall is upgraded. */
    private static void look(Path unpacked) {
        try (var copy = Database.open("jdbc:sqlite:" + unpacked.resolve(Backup.DATABASE), Clock.systemUTC())) {
            if (!copy.isHealthy()) {
                throw new IllegalStateException("its database cannot be read");
            }
        }
    }

    /** The folders of runs go too: the numbers of those that are younger than the backup will be given again. */
    private static void asideFiles(Path data, Path aside, boolean keys) throws IOException {
        for (var name : List.of(Backup.HEAD, "runs")) {
            Backup.move(data.resolve(name), aside.resolve(name));
        }
        if (keys) {
            Backup.move(data.resolve("keys"), aside.resolve("keys"));
        }
    }

    private static void place(Path unpacked, Path data, boolean keys) throws IOException {
        Backup.move(unpacked.resolve(Backup.HEAD), data.resolve(Backup.HEAD));
        if (keys) {
            Backup.move(unpacked.resolve("keys"), data.resolve("keys"));
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (var found = Files.list(folder)) {
            return found.map(p -> String.valueOf(p.getFileName())).sorted().toList();
        }
    }

    private int report(Config config, Path aside, List<String> keys) {
        var out = Objects.requireNonNull(root).out();
        out.println(
                "restored the database" + (keys.isEmpty() ? ", without keys: the current ones stay" : " and the keys"));
        if (Files.exists(aside)) {
            out.println("the previous data is in " + aside);
        }
        var problem = note(config);
        out.println(problem.map(t -> "✗ " + t).orElse("✓ audit log verified"));
        out.flush();
        return problem.isEmpty() ? Main.OK : Main.FAILED;
    }

    private Optional<String> note(Config config) {
        var clock = Clock.systemUTC();
        try (var database = Database.open(config.store().url(), clock)) {
            var audit = new AuditLog(
                    database.audit(), new AuditSignature(config.paths().data()), t -> t, clock);
            var report = audit.verify();
            if (!report.isSound()) {
                return Optional.of("the audit log: " + String.join("; ", report.findings())
                        + " (./playcall audit verify, and audit accept --reason …)");
            }
            var person = new Person("console:" + System.getProperty("user.name", "unknown"));
            audit.record(AuditNote.done(person, "cli", "restore", String.valueOf(file)));
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("the audit log cannot be used: " + e.getMessage());
        }
    }
}
