package dev.playcall.command.inventory;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.HostsEdit;
import dev.playcall.catalog.inventory.HostsEdit.RefusedException;
import dev.playcall.catalog.inventory.InventoryEdit;
import dev.playcall.catalog.inventory.InventoryFile;
import dev.playcall.catalog.inventory.InventoryNames;
import dev.playcall.catalog.variable.VariableOwner;
import dev.playcall.catalog.variable.VariableValue;
import dev.playcall.catalog.vars.EnvironmentVariables;
import dev.playcall.command.Caller;
import dev.playcall.command.HostCommand.EditHosts;
import dev.playcall.command.HostCommand.HostChange;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Changes the inventory of an environment: only the lines that say so, only when Ansible understands the result, and
 * only when nobody else changed the file meanwhile.
 */
final class InventoryFileEditor {
    private static final Set<String> ALWAYS = Set.of("all", "ungrouped");

    private final Rights rights;
    private final InventoryWriter writer;

    InventoryFileEditor(Rights rights, InventoryWriter writer) {
        this.rights = rights;
        this.writer = writer;
    }

    synchronized Reply handle(EditHosts command, Caller caller) {
        var environment = Optional.of(command.environment())
                .filter(EnvironmentName::isValid)
                .flatMap(e -> writer.catalogs().current().environment(new EnvironmentName(e)));
        if (environment.isEmpty()) {
            return rights.anywhere(caller, Permission.ADMIN)
                    .<Reply>map(d -> d)
                    .orElseGet(() -> unknown(command.environment()));
        }
        return rights.refusal(
                        caller, Permission.ADMIN, Target.of(environment.get().name()))
                .<Reply>map(d -> d)
                .or(() -> wrong(command.change(), environment.get()))
                .orElseGet(() -> change(environment.get(), command.change()));
    }

    private Reply unknown(String name) {
        var known = writer.catalogs().current().environments().keySet().stream()
                .map(Object::toString)
                .toList();
        return new Reply.NotFound("there is no environment \"" + Truncate.quoted(name) + "\""
                + Suggestion.of(name, known)
                        .map(n -> "; did you mean " + n + "?")
                        .orElse(""));
    }

    /** What Ansible would take for something else, or what was never made. */
    private static Optional<Reply> wrong(HostChange change, Environment environment) {
        return switch (change) {
            case HostChange.Add(var host, var group, var _) ->
                field("host", InventoryNames.wrongHost(host, environment))
                        .or(() -> field("group", wrongGroup(group, environment)));
            case HostChange.Tag(var _, var group) ->
                field(
                        "group",
                        InventoryNames.wrongGroup(group, environment)
                                .or(() -> InventoryNames.nearGroup(group, environment)
                                        .map(_ -> InventoryNames.missingGroup(group, environment))));
            case HostChange.AddGroup(var group) -> field("group", InventoryNames.wrongGroup(group, environment));
            case HostChange.RenameGroup(var group, var to) ->
                field("group", InventoryNames.unreadable(group))
                        .or(() -> field("name", InventoryNames.wrongGroup(to, environment)));
            case HostChange.RemoveGroup(var group) -> field("group", InventoryNames.unreadable(group));
            case HostChange.ChangeVariables(var owner, var set, var _) ->
                wrongOwner(owner, environment)
                        .or(() -> set.entrySet().stream()
                                .flatMap(e ->
                                        field("variables", VariableValue.refusal(e.getKey(), e.getValue())).stream())
                                .findFirst());
            // A name that nobody could give is simply not there.
            case HostChange.Remove _, HostChange.Untag _ -> Optional.empty();
        };
    }

    private static Optional<Reply> wrongOwner(VariableOwner owner, Environment environment) {
        var known = new ArrayList<String>(
                switch (owner.kind()) {
                    case HOST -> environment.hosts();
                    case GROUP -> environment.groups().keySet();
                });
        boolean always = owner.kind() == VariableOwner.Kind.GROUP && ALWAYS.contains(owner.name());
        return always || known.contains(owner.name())
                ? Optional.empty()
                : Optional.of(new Reply.NotFound("there is no "
                        + (owner.kind() == VariableOwner.Kind.HOST ? "host " : "group ")
                        + Truncate.quoted(owner.name()) + " in " + environment.name()
                        + Suggestion.of(owner.name(), known)
                                .map(n -> "; did you mean " + n + "?")
                                .orElse("")));
    }

    private static Optional<Reply> field(String name, Optional<String> wrong) {
        return wrong.map(why -> new Reply.Invalid(name, why, Optional.empty()));
    }

    private static Optional<String> wrongGroup(String group, Environment environment) {
        return group.equals("all")
                ? Optional.empty()
                : InventoryNames.wrongGroup(group, environment).or(() -> missing(group, environment));
    }

    private static Optional<String> missing(String group, Environment environment) {
        return environment.groups().containsKey(group)
                ? Optional.empty()
                : Optional.of(InventoryNames.missingGroup(group, environment));
    }

    private Reply change(Environment environment, HostChange change) {
        try {
            var before = writer.texts(environment);
            return writer.put(environment, "host", texts(environment, change), before, done(change, environment));
        } catch (RefusedException e) {
            return e.isMissing()
                    ? new Reply.NotFound(e.why() + " in " + environment.name())
                    : InventoryWriter.invalid("host", e.why());
        } catch (IOException e) {
            return new Reply.Unavailable("inventory/" + environment.name() + " cannot be changed: "
                    + e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }

    /** The new text of each file that it concerns. */
    static Map<String, String> texts(Environment environment, HostChange change) throws IOException, RefusedException {
        if (change instanceof HostChange.ChangeVariables(var owner, var set, var unset)) {
            var variables = new EnvironmentVariables(environment);
            for (var entry : set.entrySet()) {
                variables.set(owner, entry.getKey(), entry.getValue());
            }
            for (var name : unset) {
                variables.unset(owner, name);
            }
            return variables.changed();
        }
        return HostsFileChoice.texts(environment, change, (edit, file) -> text(environment, change, edit, file));
    }

    private static String text(Environment environment, HostChange change, InventoryEdit edit, Path file)
            throws RefusedException {
        return switch (change) {
            case HostChange.Add add -> added(environment, add, edit, file);
            case HostChange.Remove(var host) -> edit.remove(host);
            case HostChange.Tag(var host, var group) -> edit.tag(host, group);
            case HostChange.Untag(var host, var group) -> edit.untag(host, group);
            case HostChange.AddGroup(var group) -> edit.addGroup(group);
            case HostChange.RemoveGroup(var group) -> edit.removeGroup(unnamed(environment, group));
            case HostChange.RenameGroup(var group, var to) -> edit.renameGroup(unnamed(environment, group), to);
            case HostChange.ChangeVariables _ -> throw new IllegalStateException("variables may be in several files");
        };
    }

    /** Of an environment that is one group of its files a new host is in that group too. */
    private static String added(Environment environment, HostChange.Add add, InventoryEdit edit, Path file)
            throws RefusedException {
        var variables = HostsEdit.variables(add.variables());
        var own = environment.source().group().filter(g -> !g.equals(add.group()));
        if (own.isEmpty()) {
            return edit.add(add.host(), add.group(), variables);
        }
        var text = edit.add(add.host(), own.get(), variables);
        return add.group().equals("all") ? text : InventoryFile.edit(file, text).tag(add.host(), add.group());
    }

    /** Variables in a file that is named after a group would be nobody's, and nobody would see it. */
    private static String unnamed(Environment environment, String group) throws RefusedException {
        for (var ending : List.of("", ".yml", ".yaml", ".json")) {
            if (Files.exists(environment.variables().resolve("group_vars").resolve(group + ending))) {
                throw new RefusedException(
                        "group_vars/" + group + ending + " is only in this group; edit both by hand");
            }
        }
        return group;
    }

    private static String done(HostChange change, Environment environment) {
        return switch (change) {
            case HostChange.Add(var host, var group, var _) ->
                host + " is in " + environment.name() + (group.equals("all") ? "" : ", group " + group);
            case HostChange.Remove(var host) -> host + " is no longer in " + environment.name();
            case HostChange.Tag(var host, var group) -> host + " of " + environment.name() + " is tagged " + group;
            case HostChange.Untag(var host, var group) ->
                host + " of " + environment.name() + " is no longer tagged " + group;
            case HostChange.AddGroup(var group) -> "group " + group + " is in " + environment.name();
            case HostChange.RemoveGroup(var group) -> "group " + group + " is no longer in " + environment.name();
            case HostChange.RenameGroup(var group, var to) ->
                "group " + group + " of " + environment.name() + " is renamed to " + to
                        + "; playbooks and limits that use " + group + " must be updated";
            case HostChange.ChangeVariables c -> done(c, environment);
        };
    }

    private static String done(HostChange.ChangeVariables change, Environment environment) {
        var said = new ArrayList<String>();
        if (!change.set().isEmpty()) {
            said.add(String.join(", ", change.set().keySet()) + " of " + change.owner() + " in " + environment.name()
                    + (change.set().size() == 1 ? " is set" : " are set"));
        }
        if (!change.unset().isEmpty()) {
            said.add(String.join(", ", change.unset()) + " of " + change.owner() + " in " + environment.name()
                    + (change.unset().size() == 1 ? " is removed" : " are removed"));
        }
        return String.join("; ", said);
    }
}
