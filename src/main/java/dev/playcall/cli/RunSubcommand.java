package dev.playcall.cli;

import dev.playcall.cli.client.OutputOptions;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code run deploy production version=v1 --limit web}: enqueue, follow, and end with what became of it. */
@Command(
        name = "run",
        header = "start a run and follow it",
        footer = {
            "",
            "Example:",
            "  run deploy production version=v1.2.3 --limit web --check",
            "",
            "Exit code: 0 succeeded, 1 failed, 2 refused, 3 cancelled, 4 no gateway."
        })
final class RunSubcommand implements Callable<Integer> {
    @ParentCommand
    @Nullable
    PlaycallCommand root;

    /** Of json and yaml, only the finished run is printed. */
    @Mixin
    OutputOptions output = new OutputOptions();

    @Parameters(index = "0", paramLabel = "OPERATION", description = "name of an operation, for example deploy")
    @Nullable
    String operation;

    /** The options of the chat are among them, each before its value: they are the chat's to understand. */
    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "WORDS",
            description = "environment, variables and options, as in chat (help deploy lists them)")
    @Nullable
    List<String> words;

    @Override
    public Integer call() {
        return new FollowedCommand(java.util.Objects.requireNonNull(root))
                .run(PlaycallCommand.line(String.valueOf(operation), words), output.record());
    }
}
