package dev.playcall.chat;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.OperationSpec;
import dev.playcall.chat.CommandEntry.Kind;
import dev.playcall.domain.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every command people can give. A new command is one entry here. */
public final class CommandCatalogue {
    private static final String RUN_OPTIONS = "[--limit hosts] [--tags a,b] [--check] [--diff] [-e key=value]";

    private static final List<CommandEntry> FIXED = List.of(
            new CommandEntry(
                    "play",
                    "<playbook> <env> " + RUN_OPTIONS,
                    "run any playbook of the catalogue",
                    Kind.RUN,
                    List.of("play update staging --check")),
            new CommandEntry(
                    "check",
                    "<operation> <env> …",
                    "the same as --check --diff: says what would change",
                    Kind.RUN,
                    List.of("check deploy production version=v1.2.3")),
            new CommandEntry("retry", "<run>", "only the hosts that did not end well", Kind.DEED, List.of("retry 412")),
            new CommandEntry("rerun", "<run>", "the same request again", Kind.DEED, List.of("rerun 412")),
            new CommandEntry("cancel", "<run>", "stop a run, waiting or working", Kind.DEED, List.of("cancel 412")),
            new CommandEntry(
                    "status",
                    "[env]",
                    "what is where: reachable, provisioned, deployed",
                    Kind.QUESTION,
                    List.of("status production")),
            new CommandEntry("queue", "", "what works and what waits", Kind.QUESTION, List.of("queue")),
            new CommandEntry(
                    "runs", "[env] [state]", "the last runs", Kind.QUESTION, List.of("runs", "runs production failed")),
            new CommandEntry("show", "<run>", "one run", Kind.QUESTION, List.of("show 412")),
            new CommandEntry(
                    "logs",
                    "<run> [--host name] [--tail lines]",
                    "the end of a run's log",
                    Kind.QUESTION,
                    List.of("logs 412 --host web-1")),
            new CommandEntry("hosts", "<env>", "hosts and groups", Kind.QUESTION, List.of("hosts staging")),
            new CommandEntry("playbooks", "", "playbooks and their variables", Kind.QUESTION, List.of("playbooks")),
            new CommandEntry("whoami", "", "who you are here", Kind.QUESTION, List.of("whoami")),
            new CommandEntry("help", "[command]", "this list, or one command", Kind.QUESTION, List.of("help deploy")));

    private CommandCatalogue() {}

    /** The operations of this catalogue, then the fixed commands. */
    public static List<CommandEntry> of(Catalog catalog) {
        var entries = new ArrayList<CommandEntry>();
        catalog.operations().values().stream()
                .filter(o -> !o.operation().equals(Operation.PLAY))
                .map(o -> operation(o, catalog))
                .forEach(entries::add);
        entries.addAll(FIXED);
        return entries;
    }

    public static Optional<CommandEntry> find(Catalog catalog, String name) {
        return of(catalog).stream().filter(e -> e.name().equals(name)).findFirst();
    }

    private static CommandEntry operation(OperationSpec spec, Catalog catalog) {
        var name = spec.operation().value();
        if (spec.operation().equals(Operation.VALIDATE)) {
            return new CommandEntry(
                    name,
                    "<env>",
                    "inventory parses, playbooks pass the syntax check",
                    Kind.RUN,
                    List.of("validate production"));
        }
        var playbook = spec.playbook().flatMap(catalog::playbook);
        var variables = new StringBuilder();
        playbook.ifPresent(p -> p.variables().stream()
                .filter(v -> !v.secret())
                .forEach(v -> variables.append(v.required() ? v.name() + "=… " : "[" + v.name() + "=…] ")));
        return new CommandEntry(
                name,
                "<env> " + variables + RUN_OPTIONS,
                playbook.map(p -> p.description().isBlank() ? p.title() : p.description())
                        .orElse(name),
                Kind.RUN,
                List.of(name + " production --check"));
    }
}
