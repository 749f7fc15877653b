package dev.playcall.cli;

import dev.playcall.boot.GatewayMode;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.chat.command.CommandCatalogue;
import dev.playcall.chat.command.CommandEntry;
import dev.playcall.chat.command.CommandParser;
import dev.playcall.cli.client.LogFollower;
import dev.playcall.cli.client.OutputOptions;
import dev.playcall.cli.words.CatalogueSpec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A line of chat on the command line: what the chat understands and has no command of its own here. */
@Command
final class ChatCommandLine implements Callable<Integer> {
    /** They make a run without being the name of one, and whoever says them waits for it. */
    private static final Set<String> FOLLOWED = Set.of("retry", "rerun", "rollback", "batch", "rollout");
    /** Without a gateway to talk to, this one has to stop something by itself. */
    private static final Set<String> WORKING = Set.of("cancel");

    private static final String FOLLOW = "--follow";

    private final CommandEntry entry;
    private final OutputOptions output = new OutputOptions();

    @ParentCommand
    @Nullable
    PlaycallCommand root;

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "WORDS", description = "the words that follow the command in chat")
    @Nullable
    List<String> words;

    private ChatCommandLine(CommandEntry entry) {
        this.entry = entry;
    }

    /** Adds every one of these commands that is not there yet. */
    static void add(CommandLine cli, List<CommandEntry> entries) {
        for (var entry : entries) {
            if (!cli.getSubcommands().containsKey(entry.name()) && !entry.name().equals("help")) {
                cli.addSubcommand(entry.name(), spoken(entry));
            }
        }
    }

    private static CommandLine spoken(CommandEntry entry) {
        var command = new ChatCommandLine(entry);
        var line = new CommandLine(command);
        var spec = line.getCommandSpec();
        CatalogueSpec.describe(spec, entry);
        if (command.isFollowed() || CatalogueSpec.isRead(entry)) {
            spec.addMixin("output", CommandSpec.forAnnotatedObject(command.output));
        }
        if (entry.name().equals("logs")) {
            spec.addOption(OptionSpec.builder("-f", FOLLOW)
                    .description("print what is written until the run ends, and end as it does (exit code as of run)")
                    .build());
        }
        return line;
    }

    /** Whether it is done by one request, whose answer is all there is to print. */
    boolean isOneRequest() {
        return !isFollowed();
    }

    private boolean isFollowed() {
        return entry.kind() == CommandEntry.Kind.RUN || FOLLOWED.contains(entry.name());
    }

    @Override
    public Integer call() {
        var playcall = Objects.requireNonNull(root);
        var parsed = Objects.requireNonNull(spec).commandLine().getParseResult();
        var all = CatalogueSpec.words(entry, Objects.requireNonNullElse(words, List.of()), parsed);
        if (isFollowed()) {
            return new FollowedCommand(playcall)
                    .run(PlaycallCommand.line(all.getFirst(), all.subList(1, all.size())), output.record());
        }
        if (parsed.hasMatchedOption(FOLLOW)) {
            return follow(playcall, parsed.matchedOptionValue("--host", new String[0]));
        }
        var mode = WORKING.contains(entry.name()) ? GatewayMode.WORKING : GatewayMode.READING;
        return playcall.runChatCommand(all, mode, output.record());
    }

    private int follow(PlaycallCommand playcall, String[] host) {
        var run = Optional.ofNullable(words)
                .filter(w -> w.size() == 1)
                .flatMap(w -> CommandParser.runId(w.getFirst()))
                .orElseThrow(() -> new RefusedException("which run? For example: playcall logs 412 -f"));
        try (var client = playcall.gateway(GatewayMode.READING)) {
            var only = host.length == 0 ? Optional.<String>empty() : Optional.of(host[host.length - 1]);
            return FollowedCommand.code(new LogFollower(client.gateway(), playcall.out()).follow(run.value(), only));
        }
    }

    /** What the catalogue has whatever is configured. */
    static void addFixed(CommandLine cli) {
        add(cli, CommandCatalogue.fixed());
    }

    /** The one of this name among these, unless the shell has another one. */
    static void addFixed(CommandLine cli, String name) {
        if (!PlaycallCommand.Whole.hasMethod(name)) {
            add(
                    cli,
                    CommandCatalogue.fixed().stream()
                            .filter(e -> e.name().equals(name))
                            .toList());
        }
    }
}
