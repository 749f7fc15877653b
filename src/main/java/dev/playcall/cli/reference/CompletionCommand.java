package dev.playcall.cli.reference;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Prints the completion script of a shell: {@code source <(playcall completion bash)}. The package of Debian installs the
 * same scripts.
 */
@Command(
        name = "completion",
        description = "print the completion script of a shell",
        footer = {"", "Example:", "  completion bash"})
public final class CompletionCommand implements Callable<Integer> {
    private enum Shell {
        bash,
        zsh,
        fish
    }

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish")
    @Nullable
    private Shell shell;

    @Spec
    @Nullable
    private CommandSpec spec;

    @Override
    public Integer call() {
        var own = Objects.requireNonNull(spec);
        var root = own.root().commandLine();
        var name = root.getCommandName();
        var script = switch (Objects.requireNonNull(shell)) {
            case bash -> AutoComplete.bash(name, root);
            // The script of bash sees to zsh itself when it is sourced; as a file in fpath it needs the tag.
            case zsh -> "#compdef " + name + "\n" + AutoComplete.bash(name, root);
            case fish -> FishCompletion.script(root.getCommandSpec());
        };
        own.commandLine().getOut().print(script);
        own.commandLine().getOut().flush();
        return 0;
    }
}
