package dev.playcall.runner;

import dev.playcall.runner.directory.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Starts supervisor processes. */
final class Supervisor {
    private final List<String> command;

    /** @param command program and arguments to which the run directory is added */
    Supervisor(List<String> command) {
        this.command = List.copyOf(command);
    }

    /**
     * Starts one; it leaves our session by itself and outlives us.
     *
     * @return whether the run may still be taken: code 3 is "another supervisor has this run", which is to be waited for
     */
    BooleanSupplier start(RunDirectory directory) {
        var argv = new ArrayList<>(command);
        if (directory.isCarried()) {
            argv.add(Path.of(argv.removeLast()).resolveSibling("carrier.py").toString());
        }
        argv.add(directory.path().toString());
        var builder = new ProcessBuilder(argv)
                .directory(directory.path().toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.supervisorLog().toFile()));
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
        builder.environment().put("LC_ALL", "C.UTF-8");
        try {
            var process = builder.start();
            return () -> process.isAlive() || process.exitValue() == 3;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the supervisor " + command + ": " + e.getMessage(), e);
        }
    }
}
