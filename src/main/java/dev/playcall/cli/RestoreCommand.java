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
        description = "The previous data is kept in data/before-restore-….")
final class RestoreCommand implements Callable<Integer> {
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
        var there = place(config);
        if (!Files.isReadable(from)) {
            throw new RefusedException(from + " cannot be read");
        }
        if (Files.exists(there) && !force) {
            throw new RefusedException(
                    "there is a database in " + there + " already; --force moves it aside and restores the backup");
        }
        try (var _ = GatewayFile.take(config.paths().data())
                .orElseThrow(() -> new RefusedException(
                        "a Playcall process uses " + config.paths().data() + "; stop it first"))) {
            return restore(config, from, there);
        } catch (IOException | IllegalStateException e) {
            throw new RefusedException("the backup " + from + " cannot be restored: " + e.getMessage());
        }
    }

    private static Path place(Config config) {
        var url = config.store().url();
        if (!url.startsWith("jdbc:sqlite:")) {
            throw new RefusedException("only a SQLite database can be restored");
        }
        return Path.of(url.substring("jdbc:sqlite:".length()).replaceFirst("\\?.*", ""))
                .toAbsolutePath();
    }

    private int restore(Config config, Path from, Path there) throws IOException {
        var data = config.paths().data();
        var unpacked = new Backup(data)
                .unpack(from)
                .orElseThrow(() -> new RefusedException(from + " is no backup of Playcall"));
        try {
            var keys = names(unpacked.resolve("keys"));
            look(unpacked);
            var aside = data.resolve(
                    "before-restore-" + STAMP.format(Clock.systemUTC().instant()));
            aside(data, there, aside, !keys.isEmpty());
            Backup.move(unpacked.resolve(Backup.DATABASE), there);
            Backup.move(unpacked.resolve(Backup.HEAD), data.resolve(Backup.HEAD));
            if (!keys.isEmpty()) {
                Backup.move(unpacked.resolve("keys"), data.resolve("keys"));
            }
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
    private static void aside(Path data, Path there, Path aside, boolean keys) throws IOException {
        for (var ending : List.of("", "-wal", "-shm")) {
            Backup.move(Path.of(there + ending), aside.resolve(Backup.DATABASE + ending));
        }
        for (var name : List.of(Backup.HEAD, "runs")) {
            Backup.move(data.resolve(name), aside.resolve(name));
        }
        if (keys) {
            Backup.move(data.resolve("keys"), aside.resolve("keys"));
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
