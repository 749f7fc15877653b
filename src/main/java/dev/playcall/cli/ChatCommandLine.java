package dev.playcall.cli;

import dev.playcall.boot.GatewayMode;
import dev.playcall.chat.command.CommandCatalogue;
import dev.playcall.chat.command.CommandEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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

    @Parameters(arity = "0..*", paramLabel = "WORDS", description = "the words that follow the command in chat")
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

    /** A percent sign would be a format of the usage message. */
    private static String plain(String text) {
        return text.replace("%", "%%");
    }

    private static String[] explained(CommandEntry entry) {
        var lines = new ArrayList<String>();
        if (!entry.help().equals(entry.summary())) {
            lines.add(plain(entry.help()));
        }
        lines.add("");
        lines.add(plain("As in chat: " + entry.synopsis()));
        entry.options().forEach(o -> lines.add(plain("  " + o.usage() + ": " + o.help())));
        lines.add("");
        return lines.toArray(String[]::new);
    }

    private static CommandLine spoken(CommandEntry entry) {
        var command = new CommandLine(new ChatCommandLine(entry));
        command.getCommandSpec()
                .usageMessage()
                .header(plain(entry.summary()))
                .description(explained(entry))
                .footer(Stream.concat(
                                Stream.of("", "Examples:"),
                                entry.examples().stream().map(e -> "  " + plain(e)))
                        .toArray(String[]::new));
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
        return playcall.runChatCommand(
                entry.name(), words, WORKING.contains(entry.name()) ? GatewayMode.WORKING : GatewayMode.READING);
    }
}
