package dev.playcall.command.inventory;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.HostsEdit;
import dev.playcall.catalog.inventory.HostsEdit.RefusedException;
import dev.playcall.catalog.inventory.InventoryCheck;
import dev.playcall.catalog.inventory.InventoryFile;
import dev.playcall.catalog.inventory.InventoryNames;
import dev.playcall.command.Caller;
import dev.playcall.command.HostCommand.EditHosts;
import dev.playcall.command.HostCommand.HostChange;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.command.schedule.ScheduleTerms;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Changes the inventory of an environment: only the lines that say so, only when Ansible understands the result, and
 * only when nobody else changed the file meanwhile.
 */
public final class InventoryFileEditor {
    private final Catalogs catalogs;
    private final Rights rights;
    private final InventoryCheck check;

    public InventoryFileEditor(Catalogs catalogs, Rights rights, InventoryCheck check) {
        this.catalogs = catalogs;
        this.rights = rights;
        this.check = check;
    }

    public synchronized Reply handle(EditHosts command, Caller caller) {
        var environment = Optional.of(command.environment())
                .filter(EnvironmentName::isValid)
                .flatMap(e -> catalogs.current().environment(new EnvironmentName(e)));
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
        var known = catalogs.current().environments().keySet().stream()
                .map(Object::toString)
                .toList();
        return new Reply.NotFound("there is no environment \"" + ScheduleTerms.cut(name) + "\""
                + Suggestion.of(name, known).map(n -> " — " + n).orElse(""));
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
            // A name that nobody could give is simply not there.
            case HostChange.Remove _, HostChange.Untag _ -> Optional.empty();
        };
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
            var file = environment.hostsFile().toRealPath();
            var before = Files.readAllBytes(file);
            var edit = InventoryFile.edit(file, new String(before, StandardCharsets.UTF_8));
            var after = switch (change) {
                case HostChange.Add(var host, var group, var variables) ->
                    edit.add(host, group, HostsEdit.variables(variables));
                case HostChange.Remove(var host) -> edit.remove(host);
                case HostChange.Tag(var host, var group) -> edit.tag(host, group);
                case HostChange.Untag(var host, var group) -> edit.untag(host, group);
                case HostChange.AddGroup(var group) -> edit.addGroup(group);
                case HostChange.RemoveGroup(var group) -> edit.removeGroup(unnamed(environment, group));
                case HostChange.RenameGroup(var group, var to) -> edit.renameGroup(unnamed(environment, group), to);
            };
            return replace(file, before, after)
                    .<Reply>map(why -> new Reply.Invalid("host", why, Optional.empty()))
                    .orElseGet(() -> new Reply.Done(done(change, environment)));
        } catch (RefusedException e) {
            return e.isMissing()
                    ? new Reply.NotFound(e.why() + " in " + environment.name())
                    : new Reply.Invalid("host", e.why(), Optional.empty());
        } catch (IOException e) {
            return new Reply.Unavailable("inventory/" + environment.name() + " cannot be changed: "
                    + e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }

    /** Variables in a file that is named after a group would be nobody's, and nobody would see it. */
    private static String unnamed(Environment environment, String group) throws RefusedException {
        for (var ending : List.of("", ".yml", ".yaml", ".json")) {
            if (Files.exists(environment.folder().resolve("group_vars").resolve(group + ending))) {
                throw new RefusedException(
                        "group_vars/" + group + ending + " is only in this group; edit both by hand");
            }
        }
        return group;
    }

    /** Returns why it was left as it is. */
    private Optional<String> replace(Path file, byte[] before, String after) throws IOException {
        var folder = file.getParent();
        var draft = Files.createTempFile(
                folder, ".hosts", InventoryFile.plugin(file).equals("yaml") ? ".yml" : ".ini");
        try {
            Files.writeString(draft, after);
            Files.setPosixFilePermissions(draft, Files.getPosixFilePermissions(file));
            var problem = check.problem(draft);
            if (problem.isPresent()) {
                return Optional.of("nothing was changed, Ansible rejects it: " + problem.get());
            }
            if (!Arrays.equals(before, Files.readAllBytes(file))) {
                return Optional.of("nothing was changed: the file was changed at the same time; try again");
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            catalogs.afterChange();
            return Optional.empty();
        } finally {
            Files.deleteIfExists(draft);
        }
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
        };
    }
}
