package dev.playcall.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Hands its words on to the benchmarks of the development jar. */
@Command(name = "bench", description = "run the benchmarks; in a checkout only (bench --help)")
final class MeasureCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Unmatched
    List<String> words = new ArrayList<>();

    @Override
    public Integer call() {
        var line = Objects.requireNonNull(spec).commandLine();
        return new CommandLine(DevelopmentTools.load().bench())
                .setOut(line.getOut())
                .setErr(line.getErr())
                .setExecutionExceptionHandler(line.getExecutionExceptionHandler())
                .execute(words.toArray(String[]::new));
    }
}
