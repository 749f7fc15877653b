package dev.playcall.chat.command;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.playbook.OperationCatalog.OperationSpec;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.chat.command.CommandEntry.Kind;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.name.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every command people can give. A new command is one entry in the list of its family. */
public final class CommandCatalogue {
    private static final int LONGEST_DESCRIPTION = 600;
    private static final List<Family> FAMILIES = List.of(
            new Family("run", "Start, retry and cancel runs", RunEntries.ALL),
            new Family("history", "Status, runs and logs", HistoryEntries.ALL),
            new Family("control", "Pause, approve, lock and schedule", OperatingEntries.ALL),
            new Family("alert", "Alerts and notifications", NotificationEntries.ALL),
            new Family("manage", "Hosts, playbooks, secrets and people", AdministrationEntries.ALL));

    private static final List<CommandEntry> FIXED =
            FAMILIES.stream().flatMap(f -> f.entries().stream()).toList();

    /**
     * Fixed commands about the same things.
     *
     * @param name one lower-case word: the name of the group where a platform has groups of commands
     * @param title heading of a list
     */
    public record Family(String name, String title, List<CommandEntry> entries) {
        public Family {
            entries = List.copyOf(entries);
        }
    }

    private CommandCatalogue() {}

    /** What is wrong with the playbook of this name, for which there is no command therefore. */
    public static Optional<String> problem(Catalog catalog, String name) {
        return catalog.problems().stream()
                .filter(p -> p.contains("/" + name + "."))
                .findFirst();
    }

    /** The operations of this catalogue, then the fixed commands. */
    public static List<CommandEntry> of(Catalog catalog) {
        return Stream.concat(operations(catalog).stream(), FIXED.stream()).toList();
    }

    /** The commands that are named after an operation. */
    public static List<CommandEntry> operations(Catalog catalog) {
        return catalog.operations().values().stream()
                .filter(o ->
                        !o.operation().equals(Operation.PLAY) && !o.operation().equals(Operation.ADHOC))
                .map(o -> operation(o, catalog))
                .toList();
    }

    /**
     * What is typed to run the playbook of this name, or else the first, in the first environment, with what it needs; empty
     * where one is missing.
     */
    public static Optional<String> play(Catalog catalog, String name) {
        return catalog.environments().keySet().stream()
                .findFirst()
                .flatMap(e -> catalog.playbooks().values().stream()
                        .min(Comparator.comparing(p -> !p.name().value().equals(name)))
                        .map(p -> "play " + p.name() + " " + e + needed(p.variables())));
    }

    /** Something that can be typed as it is to start a run here; empty where there is nothing to run. */
    public static Optional<String> example(Catalog catalog) {
        var environments = catalog.environments().keySet();
        return environments.stream()
                .reduce((_, last) -> last)
                .flatMap(e -> catalog.operations().values().stream()
                        .filter(o -> o.playbook().flatMap(catalog::playbook).isPresent())
                        .findFirst()
                        .map(o -> o.operation() + " " + e
                                + needed(o.playbook()
                                        .flatMap(catalog::playbook)
                                        .orElseThrow()
                                        .variables())))
                .or(() -> play(catalog, ""));
    }

    /** What has to be given for these, each after a space: {@code  version=…}. */
    public static String needed(List<VariableSpec> variables) {
        return variables.stream()
                .filter(v -> v.required() && v.defaultValue().isEmpty() && !v.secret())
                .map(v ->
                        " " + v.name() + "=" + v.choices().stream().findFirst().orElse("…"))
                .collect(Collectors.joining());
    }

    /** What takes a deployment back, where no operation has its name. */
    public static CommandEntry rollback() {
        return RunEntries.ROLLBACK;
    }

    /** The fixed commands by what they are about. */
    public static List<Family> families() {
        return FAMILIES;
    }

    /** Those that are there whatever the catalogue holds. */
    public static List<CommandEntry> fixed() {
        return FIXED;
    }

    public static Optional<CommandEntry> find(Catalog catalog, String name) {
        return of(catalog).stream().filter(e -> e.name().equals(name)).findFirst();
    }

    /** One of which the name alone is known: what every operation takes. */
    public static CommandEntry operation(String name) {
        return new CommandEntry(
                name,
                "run the operation " + name,
                Kind.RUN,
                RunEntries.withOptions(CommandOption.IN_ENVIRONMENT),
                List.of(name + " production --check"));
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
                RunEntries.withOptions(own).stream()
                        .filter(o -> o.type() != CommandOption.Type.TEMPLATE || hasTemplates(playbook))
                        .toList(),
                List.of(name + " production --check"),
                UntrustedText.line(playbook.map(CommandCatalogue::about).orElse(name), LONGEST_DESCRIPTION));
    }

    private static boolean hasTemplates(Optional<Playbook> playbook) {
        return playbook.filter(p -> !p.templates().isEmpty()).isPresent();
    }

    private static String about(Playbook playbook) {
        return playbook.description().isBlank() ? playbook.title() : playbook.description();
    }

    private static CommandOption variable(VariableSpec v) {
        var type = v.type() == VariableSpec.Type.VERSION || v.name().equals("version")
                ? CommandOption.Type.VERSION
                : CommandOption.Type.TEXT;
        var help = UntrustedText.line(v.description().isBlank() ? v.name() : v.description(), 95);
        boolean required = v.required() && v.defaultValue().isEmpty();
        return new CommandOption(v.name(), type, CommandOption.Written.EQUALS, required, help);
    }
}
