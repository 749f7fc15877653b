package dev.playcall.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.playcall.boot.Umask;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.cli.client.CheckedOutput;
import dev.playcall.cli.client.GatewayClient.UnreachableException;
import dev.playcall.cli.client.Terminal;
import dev.playcall.cli.reference.ExitCode;
import dev.playcall.cli.words.Beginning;
import dev.playcall.cli.words.CommandList;
import dev.playcall.cli.words.HelpFooter;
import dev.playcall.cli.words.WrongWords;
import dev.playcall.config.yaml.ConfigException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The command line. It ends with an {@link ExitCode}. */
public final class Main {
    static final int OK = ExitCode.SUCCESS.code();
    static final int FAILED = ExitCode.RUN_FAILED.code();
    static final int USAGE = ExitCode.REFUSED.code();
    static final int CANCELLED = ExitCode.RUN_CANCELLED.code();
    static final int UNREACHABLE = ExitCode.UNREACHABLE.code();

    /** They list every command, or explain one. */
    private static final Set<String> ABOUT_ALL = Set.of("help", "completion", "man-page");

    private static final int NARROWEST_HELP = 55;

    private Main() {}

    public static void main(String[] args) {
        Umask.makePrivate();
        var output = new CheckedOutput(new FileOutputStream(FileDescriptor.out));
        var out = new PrintWriter(output, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = execute(out, err, args);
        out.flush();
        output.problem().ifPresent(p -> err.println("playcall: the output cannot be written: " + p));
        System.exit(code == OK && output.problem().isPresent() ? ExitCode.OUTPUT.code() : code);
    }

    static int execute(PrintWriter out, PrintWriter err, String... args) {
        return execute(Invocation.ofThisProcess(), out, err, args);
    }

    static int execute(Invocation invocation, PrintWriter out, PrintWriter err, String... args) {
        var cli = commandLine(invocation, args);
        cli.setOut(out);
        cli.setErr(err);
        cli.setExecutionExceptionHandler((e, line, parsed) -> failed(e, parsed, line.getErr()));
        cli.setParameterExceptionHandler((e, _) -> {
            cli.getErr()
                    .println(
                            "playcall: " + WrongWords.line(e, word -> playbook(cli, word), word -> problem(cli, word)));
            return USAGE;
        });
        return cli.execute(args);
    }

    private static Optional<String> playbook(CommandLine cli, String word) {
        return cli.getCommand() instanceof PlaycallCommand playcall ? playcall.playbook(word) : Optional.empty();
    }

    private static Optional<String> problem(CommandLine cli, String word) {
        return cli.getCommand() instanceof PlaycallCommand playcall ? playcall.problem(word) : Optional.empty();
    }

    /** The one command that the first of these words names, where it is there in every project; else all of them. */
    static CommandLine commandLine(Invocation invocation, String... args) {
        var cli = own(invocation, args).orElseGet(() -> all(invocation, args));
        helpEverywhere(cli);
        var terminal = Terminal.current();
        cli.setUsageHelpWidth(Math.max(NARROWEST_HELP, terminal.width()));
        cli.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colour() ? Ansi.ON : Ansi.OFF));
        CommandList.showIn(cli, terminal.width());
        // Taken apart, an option of the chat would lose its value: what it does not know it hands on in its order.
        Optional.ofNullable(cli.getSubcommands().get("run"))
                .ifPresent(run -> run.setUnmatchedOptionsArePositionalParams(true));
        return cli;
    }

    private static Optional<CommandLine> own(Invocation invocation, String... args) {
        var word = args.length == 0 ? "" : args[0];
        if (ABOUT_ALL.contains(word)) {
            return Optional.empty();
        }
        var cli = new CommandLine(new PlaycallCommand(invocation));
        PlaycallCommand.Whole.command(word)
                .ifPresentOrElse(cli::addSubcommand, () -> ChatCommandLine.addFixed(cli, word));
        return Optional.of(cli).filter(c -> !c.getSubcommands().isEmpty());
    }

    /** All commands with their options, those of the chat too; operations where these words may be about one. */
    private static CommandLine all(Invocation invocation, String... args) {
        var playcall = new PlaycallCommand.Whole(invocation);
        var cli = new CommandLine(playcall);
        ChatCommandLine.addFixed(cli);
        var beginning = Beginning.of(invocation.environment(), args);
        if (beginning
                .command()
                .filter(c -> !ABOUT_ALL.contains(c))
                .filter(cli.getSubcommands()::containsKey)
                .isEmpty()) {
            ChatCommandLine.add(cli, playcall.operations(beginning));
        }
        return cli;
    }

    /** Also where the words of a chat command are taken as they are, {@code --help} asks for help. */
    private static void helpEverywhere(CommandLine command) {
        if (command.getCommandSpec().findOption("--help") == null
                && !command.getCommandName().equals("bench")) {
            command.getCommandSpec()
                    .addOption(OptionSpec.builder("-h", "--help")
                            .usageHelp(true)
                            .description("Show this help message and exit.")
                            .build());
        }
        HelpFooter.complete(command.getCommandSpec());
        command.getSubcommands().values().forEach(Main::helpEverywhere);
    }

    /** One line for what an operator can mend, as JSON where the answer would be for a program; a trace only for what is our own fault. */
    private static int failed(Exception e, ParseResult parsed, PrintWriter err) {
        switch (e) {
            case ConfigException config -> err.println(line(config.getMessage(), parsed, config.getMessage()));
            case RefusedException refused ->
                err.println(line(refused.getMessage(), parsed, "playcall: " + refused.getMessage()));
            case UnreachableException unreachable -> {
                err.println(line(unreachable.getMessage(), parsed, "playcall: " + unreachable.getMessage()));
                return UNREACHABLE;
            }
            default -> {
                err.println("playcall: unexpected error, please report it:");
                e.printStackTrace(err);
                return ExitCode.UNEXPECTED.code();
            }
        }
        return USAGE;
    }

    /** JSON is YAML as well. */
    private static String line(@Nullable String problem, ParseResult parsed, @Nullable String text) {
        var last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        Object format = last.matchedOptionValue("-o", (Object) "table");
        boolean record = last.hasMatchedOption("--json") || !format.toString().equals("table");
        return record
                ? JsonNodeFactory.instance.objectNode().put("error", problem).toString()
                : String.valueOf(text);
    }
}
