package dev.playcall.cli;

import dev.playcall.boot.Umask;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.cli.client.UnreachableException;
import dev.playcall.cli.reference.ExitCode;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.domain.name.Suggestion;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The command line. It ends with an {@link ExitCode}. */
public final class Main {
    static final int OK = ExitCode.SUCCESS.code();
    static final int FAILED = ExitCode.RUN_FAILED.code();
    static final int USAGE = ExitCode.REFUSED.code();
    static final int CANCELLED = ExitCode.RUN_CANCELLED.code();
    static final int UNREACHABLE = ExitCode.UNREACHABLE.code();

    private Main() {}

    public static void main(String[] args) {
        Umask.makePrivate();
        System.exit(execute(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                args));
    }

    static int execute(PrintWriter out, PrintWriter err, String... args) {
        return execute(Invocation.ofThisProcess(), out, err, args);
    }

    static int execute(Invocation invocation, PrintWriter out, PrintWriter err, String... args) {
        var cli = commandLine(invocation);
        cli.setOut(out);
        cli.setErr(err);
        cli.setExecutionExceptionHandler((e, line, _) -> failed(e, line.getErr()));
        var usual = cli.getParameterExceptionHandler();
        cli.setParameterExceptionHandler((e, words) -> isUnknown(e)
                ? unknown(words, cli.getSubcommands().keySet(), cli.getErr())
                : usual.handleParseException(e, words));
        return cli.execute(args);
    }

    /** All commands with their options, those of the chat too. */
    static CommandLine commandLine(Invocation invocation) {
        var cli = new CommandLine(new PlaycallCommand(invocation));
        ChatCommandLine.addTo(cli);
        helpEverywhere(cli);
        // Taken apart, an option of the chat would lose its value: what it does not know it hands on in its order.
        Objects.requireNonNull(cli.getSubcommands().get("run")).setUnmatchedOptionsArePositionalParams(true);
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
        command.getSubcommands().values().forEach(Main::helpEverywhere);
    }

    private static boolean isUnknown(CommandLine.ParameterException e) {
        return e instanceof CommandLine.UnmatchedArgumentException
                && e.getCommandLine().getParent() == null;
    }

    /** Operations have the names that the playbooks give them, so what is no command may well be one. */
    private static int unknown(String[] words, Collection<String> known, PrintWriter err) {
        var near = Suggestion.of(words[0], known)
                .map(n -> "; did you mean ./playcall " + n + "?")
                .orElse("");
        err.println("playcall: there is no command " + words[0] + near + (near.isEmpty() ? "; to" : " To")
                + " start an operation: ./playcall run " + String.join(" ", words)
                + " (all commands: ./playcall help)");
        return USAGE;
    }

    /** One line for what an operator can mend; a trace only for what is our own fault. */
    private static int failed(Exception e, PrintWriter err) {
        switch (e) {
            case ConfigException config -> err.println(config.getMessage());
            case RefusedException refused -> err.println("playcall: " + refused.getMessage());
            case UnreachableException unreachable -> {
                err.println("playcall: " + unreachable.getMessage());
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
}
