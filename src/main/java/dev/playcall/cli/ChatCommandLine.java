package dev.playcall.cli;

import dev.playcall.boot.GatewayMode;
import dev.playcall.chat.command.CommandCatalogue;
import dev.playcall.chat.command.CommandEntry;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** A line of chat on the command line: what the chat understands and has no command of its own here. */
@Command(mixinStandardHelpOptions = true)
final class ChatCommandLine implements Callable<Integer> {
    /** They make a run without being the name of one, and whoever says them waits for it. */
    private static final Set<String> FOLLOWED = Set.of("retry", "rerun", "batch");
    /** Without a gateway to talk to, this one has to stop something by itself. */
    private static final Set<String> WORKING = Set.of("cancel");

    private final CommandEntry entry;

    @ParentCommand
    @Nullable
    PlaycallCommand root;

    @Parameters(arity = "0..*", paramLabel = "WORDS", description = "as in chat")
    @Nullable
    List<String> words;

    private ChatCommandLine(CommandEntry entry) {
        this.entry = entry;
    }

    /** Adds every command of the chat that is not there yet. */
    static void addTo(CommandLine cli) {
        for (var entry : CommandCatalogue.fixed()) {
            if (!cli.getSubcommands().containsKey(entry.name()) && !entry.name().equals("help")) {
                cli.addSubcommand(entry.name(), spoken(entry));
            }
        }
    }

    private static CommandLine spoken(CommandEntry entry) {
        var command = new CommandLine(new ChatCommandLine(entry));
        // A percent sign would be a format of the usage message.
        command.getCommandSpec()
                .usageMessage()
                .description((entry.help() + ": " + String.join("; ", entry.examples())).replace("%", "%%"));
        // Taken apart, an option of the chat would lose its value.
        command.setUnmatchedOptionsArePositionalParams(true);
        return command;
    }

    @Override
    public Integer call() {
        var playcall = Objects.requireNonNull(root);
        var line = PlaycallCommand.line(entry.name(), words);
        if (entry.kind() == CommandEntry.Kind.RUN || FOLLOWED.contains(entry.name())) {
            return new FollowedCommand(playcall).run(line, false);
        }
        return playcall.say(
                entry.name(), words, WORKING.contains(entry.name()) ? GatewayMode.WORKING : GatewayMode.READING);
    }
}
