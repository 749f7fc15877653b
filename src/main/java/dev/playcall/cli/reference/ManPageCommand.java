package dev.playcall.cli.reference;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** Prints {@code playcall(1)}, in the format of {@code man}. Packages are made with it. */
@Command(name = "man-page", hidden = true, description = "print the manual page playcall(1)")
public final class ManPageCommand implements Callable<Integer> {
    private static final String FILES = """
        .SH FILES
        .TP
        .I /etc/playcall/playcall.yml
        The configuration, with every key and its default.
        .TP
        .I /etc/playcall/environment
        Tokens of chats and other secrets of the service, as NAME=value.
        .TP
        .I /var/lib/playcall
        Playbooks, inventory, database and logs.
        """;

    @Spec
    @Nullable
    private CommandSpec spec;

    @Override
    public Integer call() {
        var own = Objects.requireNonNull(spec);
        var root = own.root();
        var page = Stream.of(
                        Stream.of(
                                ".TH PLAYCALL 1",
                                ".SH NAME",
                                root.name() + " \\- " + text(Lists.description(root)),
                                ".SH SYNOPSIS",
                                ".B " + root.name(),
                                "[options] COMMAND [arguments]",
                                ".SH OPTIONS"),
                        Lists.options(root).map(ManPageCommand::option),
                        Stream.of(".SH COMMANDS"),
                        Lists.visible(root).stream().flatMap(ManPageCommand::command))
                .flatMap(s -> s)
                .collect(Collectors.joining("\n"));
        own.commandLine()
                .getOut()
                .print(page + "\n" + environment() + FILES + ".SH EXIT STATUS\n" + text(ExitCode.sentence()) + "\n");
        own.commandLine().getOut().flush();
        return 0;
    }

    private static String environment() {
        return Arrays.stream(EnvironmentVariable.values())
                .map(v -> ".TP\n.B " + text(v.written()) + "\n" + text(v.meaning()) + ".\n")
                .collect(Collectors.joining("", ".SH ENVIRONMENT\n", ""));
    }

    private static Stream<String> command(CommandSpec command) {
        return Stream.of(
                        Stream.of(".SS " + text(command.qualifiedName(" ")), text(Lists.description(command))),
                        Lists.own(command).map(ManPageCommand::option),
                        Lists.visible(command).stream().flatMap(ManPageCommand::command))
                .flatMap(s -> s);
    }

    private static String option(OptionSpec option) {
        var label = option.arity().max() > 0 ? " " + option.paramLabel() : "";
        return ".TP\n.B " + text(String.join(", ", option.names()) + label) + "\n"
                + text(String.join(" ", option.description()));
    }

    /** A minus is a minus, and no line begins with a request. */
    private static String text(String words) {
        var escaped = words.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
