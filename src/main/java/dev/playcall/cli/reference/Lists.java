package dev.playcall.cli.reference;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What a command has below it, without what is hidden and without repeating aliases. */
final class Lists {
    private Lists() {}

    static List<CommandSpec> visible(CommandSpec command) {
        return new LinkedHashSet<>(command.subcommands().values())
                .stream()
                        .map(CommandLine::getCommandSpec)
                        .filter(c -> !c.usageMessage().hidden())
                        .toList();
    }

    static Stream<OptionSpec> options(CommandSpec command) {
        return command.options().stream().filter(o -> !o.hidden());
    }

    /** Without those that every command has. */
    static Stream<OptionSpec> own(CommandSpec command) {
        return options(command).filter(o -> !o.inherited() && !o.usageHelp());
    }

    /** What it does; empty where nothing is said. */
    static String description(CommandSpec command) {
        return String.join(" ", command.usageMessage().description());
    }
}
