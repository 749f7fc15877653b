package dev.playcall.cli;

import dev.playcall.boot.Backup;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.domain.name.Person;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditNote;
import dev.playcall.security.audit.AuditSignature;
import dev.playcall.store.Database;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Writes a {@link Backup}, also while a gateway uses the database. */
@Command(
        name = "backup",
        header = "write database, keys and audit log head to one file, also while Playcall is running",
        description = "The file holds the encryption keys: keep it as safe as they are.")
final class BackupCommand implements Callable<Integer> {
    @ParentCommand
    @Nullable
    PlaycallCommand root;

    @Parameters(arity = "1", paramLabel = "FILE", description = "backup file to write")
    @Nullable
    Path file;

    @Option(names = "--without-keys", description = "leave out data/keys, to be stored elsewhere")
    boolean withoutKeys;

    @Override
    public Integer call() {
        var command = Objects.requireNonNull(root);
        var to = Objects.requireNonNull(file).toAbsolutePath();
        if (Files.exists(to)) {
            throw new RefusedException(to + " exists already");
        }
        var config = command.load();
        var clock = Clock.systemUTC();
        try (var database = Database.open(config.store().url(), clock)) {
            note(
                    new AuditLog(
                            database.audit(), new AuditSignature(config.paths().data()), t -> t, clock),
                    to);
            new Backup(config.paths().data()).write(database, to, !withoutKeys, clock.instant());
        } catch (FileAlreadyExistsException e) {
            throw new RefusedException(to + " exists already");
        } catch (IOException | IllegalStateException e) {
            throw new RefusedException("the backup " + to + " cannot be written: " + e.getMessage());
        }
        command.out()
                .println("wrote " + to
                        + (withoutKeys ? ", without data/keys" : "; anyone who has it can read every secret"));
        return Main.OK;
    }

    /** A log that cannot be used is a reason to make a backup, not to refuse one. */
    private void note(AuditLog audit, Path to) {
        try {
            var person = new Person("console:" + System.getProperty("user.name", "unknown"));
            audit.record(AuditNote.done(person, "cli", "backup", to.toString())
                    .with("keys", withoutKeys ? "without" : "with"));
        } catch (RuntimeException e) {
            Objects.requireNonNull(root).out().println("✗ not recorded: " + e.getMessage());
        }
    }
}
