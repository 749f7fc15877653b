package dev.playcall.cli.words;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.chat.command.CommandCatalogue;
import dev.playcall.chat.command.CommandEntry;
import dev.playcall.config.Config;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.domain.name.PlaybookName;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The commands that playbooks make: {@code deploy}, and whatever else the configuration calls an operation. */
public final class Operations {
    private Operations() {}

    /** Those of this machine; none where its configuration cannot be read, which the command that needs it says. */
    public static List<CommandEntry> here(Supplier<Config> config) {
        try {
            return withRollback(
                    CommandCatalogue.operations(new DiskCatalogs(config.get(), Clock.systemUTC()).current()));
        } catch (ConfigException e) {
            return List.of();
        }
    }

    /**
     * The command that runs the playbook of this name on this machine, or some playbook where it has no operations at all, so
     * that somebody may be looking for one of the manual; empty otherwise.
     */
    public static Optional<String> playbook(Supplier<Config> config, String name) {
        try {
            var catalog = new DiskCatalogs(config.get(), Clock.systemUTC()).current();
            var names = catalog.playbooks().keySet().stream()
                    .map(PlaybookName::value)
                    .toList();
            boolean none = CommandCatalogue.operations(catalog).stream().noneMatch(o -> names.contains(o.name()));
            return none || names.contains(name) ? CommandCatalogue.play(catalog, name) : Optional.empty();
        } catch (ConfigException e) {
            return Optional.empty();
        }
    }

    /** What is wrong with what makes the command of this name: its playbook, or the configuration; empty when nothing is. */
    public static Optional<String> problem(Supplier<Config> config, String name) {
        try {
            return CommandCatalogue.problem(new DiskCatalogs(config.get(), Clock.systemUTC()).current(), name);
        } catch (ConfigException e) {
            return e.problems().stream().findFirst().map(p -> "operations are not known: " + p);
        }
    }

    /** A deployment is rolled back by this word also where no operation has it. */
    private static List<CommandEntry> withRollback(List<CommandEntry> operations) {
        var rollback = CommandCatalogue.rollback();
        return operations.stream().anyMatch(o -> o.name().equals(rollback.name()))
                ? operations
                : Stream.concat(operations.stream(), Stream.of(rollback)).toList();
    }

    /** One of a gateway elsewhere, which knows whether there is one of this name. */
    public static CommandEntry elsewhere(String name) {
        return CommandCatalogue.operation(name);
    }
}
