package dev.playcall.boot;

import dev.playcall.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** A consistent copy of the database, also while a gateway uses it. */
@Command(name = "backup", description = "write a consistent copy of the database, also while it is in use")
final class BackupCommand implements Callable<Integer> {
    @ParentCommand
    @Nullable
    PlaycallCommand root;

    @Parameters(arity = "1", paramLabel = "FILE")
    @Nullable
    Path file;

    @Override
    public Integer call() {
        var command = Objects.requireNonNull(root);
        var to = Objects.requireNonNull(file).toAbsolutePath();
        try (var database = Database.open(command.load().store().url(), Clock.systemUTC())) {
            database.backup(to);
        } catch (IllegalStateException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
        command.out().println("wrote " + to);
        return Main.OK;
    }
}
