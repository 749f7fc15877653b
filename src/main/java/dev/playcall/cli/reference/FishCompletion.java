package dev.playcall.cli.reference;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script of fish, which picocli does not make: subcommands of two levels, and options. */
final class FishCompletion {
    private FishCompletion() {}

    static String script(CommandSpec root) {
        var name = root.name();
        var first = Lists.visible(root);
        var lines = Stream.concat(
                Stream.of("complete -c " + name + " -f"),
                Stream.concat(
                        Lists.options(root).map(o -> "complete -c " + name + option(o)),
                        first.stream().flatMap(c -> command(name, first, c))));
        return String.join("\n", lines.toList()) + "\n";
    }

    private static Stream<String> command(String name, List<CommandSpec> beside, CommandSpec command) {
        var begin = "complete -c " + name + " -n '__fish_seen_subcommand_from " + command.name() + "'";
        return Stream.of(
                        Stream.of("complete -c " + name + " -n 'not __fish_seen_subcommand_from " + names(beside)
                                + "' -a " + command.name() + describedAs(Lists.description(command))),
                        Lists.visible(command).stream()
                                .map(s -> begin + " -a " + s.name() + describedAs(Lists.description(s))),
                        Lists.own(command).map(o -> begin + option(o)))
                .flatMap(s -> s);
    }

    private static String names(List<CommandSpec> commands) {
        return String.join(" ", commands.stream().map(CommandSpec::name).toList());
    }

    private static String option(OptionSpec option) {
        var text = new StringBuilder();
        for (var name : option.names()) {
            text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.arity().max() > 0) {
            text.append(option.paramLabel().toUpperCase(Locale.ROOT).contains("FILE") ? " -rF" : " -x");
        }
        return text + describedAs(String.join(" ", option.description()));
    }

    private static String describedAs(String text) {
        return text.isEmpty() ? "" : " -d '" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
