package dev.playcall.chat.command;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.playbook.OperationSpec;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.chat.command.CommandEntry.Kind;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.name.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every command people can give. A new command is one entry in the list of its family. */
public final class CommandCatalogue {
    private static final List<CommandEntry> FIXED = Stream.of(
                    RunEntries.ALL,
                    OperatingEntries.ALL,
                    NotificationEntries.ALL,
                    HistoryEntries.ALL,
                    AdministrationEntries.ALL)
            .flatMap(List::stream)
            .toList();

    private CommandCatalogue() {}

    /** The operations of this catalogue, then the fixed commands. */
    public static List<CommandEntry> of(Catalog catalog) {
        var entries = new ArrayList<CommandEntry>();
        catalog.operations().values().stream()
                .filter(o ->
                        !o.operation().equals(Operation.PLAY) && !o.operation().equals(Operation.ADHOC))
                .map(o -> operation(o, catalog))
                .forEach(entries::add);
        entries.addAll(FIXED);
        return entries;
    }

    /** Those that are there whatever the catalogue holds. */
    public static List<CommandEntry> fixed() {
        return FIXED;
    }

    public static Optional<CommandEntry> find(Catalog catalog, String name) {
        return of(catalog).stream().filter(e -> e.name().equals(name)).findFirst();
    }

    private static CommandEntry operation(OperationSpec spec, Catalog catalog) {
        var name = spec.operation().value();
        if (spec.operation().equals(Operation.VALIDATE)) {
            return CommandEntry.of(
                    name,
                    "check inventory and playbook syntax",
                    Kind.RUN,
                    "validate production",
                    CommandOption.maybe(
                            "env", CommandOption.Type.ENVIRONMENT, "environment; all of them when omitted"));
        }
        var playbook = spec.playbook().flatMap(catalog::playbook);
        var variables = Stream.concat(playbook.stream().flatMap(p -> p.variables().stream()), spec.variables().stream())
                .filter(v -> !v.secret() && !RunEntries.isOption(v.name()))
                .map(CommandCatalogue::variable);
        var own = Stream.concat(Stream.of(CommandOption.IN_ENVIRONMENT), variables)
                .toArray(CommandOption[]::new);
        return new CommandEntry(
                name,
                UntrustedText.line(playbook.map(CommandCatalogue::about).orElse(name), 95),
                Kind.RUN,
                RunEntries.withOptions(own),
                List.of(name + " production --check"));
    }

    private static String about(Playbook playbook) {
        return playbook.description().isBlank() ? playbook.title() : playbook.description();
    }

    private static CommandOption variable(VariableSpec v) {
        var type = v.type() == VariableSpec.Type.VERSION || v.name().equals("version")
                ? CommandOption.Type.VERSION
                : CommandOption.Type.TEXT;
        return CommandOption.equal(
                v.name(), type, UntrustedText.line(v.description().isBlank() ? v.name() : v.description(), 95));
    }
}
