package dev.playcall.command.inventory;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.EnvironmentFiles;
import dev.playcall.catalog.inventory.EnvironmentRecords;
import dev.playcall.catalog.inventory.HostsEdit.RefusedException;
import dev.playcall.catalog.inventory.InventoryNames;
import dev.playcall.command.EnvironmentCommand.ArchiveEnvironment;
import dev.playcall.command.EnvironmentCommand.CreateEnvironment;
import dev.playcall.command.EnvironmentCommand.RenameEnvironment;
import dev.playcall.command.EnvironmentCommand.RestoreEnvironment;
import dev.playcall.command.Reply;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.journal.EventStore;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.security.secret.SecretService;
import java.io.IOException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes environments, renames them and puts them away, for those who were asked already whether they may. */
final class EnvironmentFolderEditor {
    private final Catalogs catalogs;
    private final EnvironmentFiles files;
    private final EnvironmentRecords records;
    private final EnvironmentUses uses;
    private final SecretService secrets;

    EnvironmentFolderEditor(
            Catalogs catalogs,
            EnvironmentFiles files,
            EnvironmentRecords records,
            EventStore history,
            ScheduleStore schedules,
            SecretService secrets) {
        this.catalogs = catalogs;
        this.files = files;
        this.records = records;
        this.uses = new EnvironmentUses(history, schedules);
        this.secrets = secrets;
    }

    Reply create(CreateEnvironment command) throws IOException {
        var wrong = unusable("name", command.name());
        if (wrong.isPresent()) {
            return wrong.get();
        }
        var catalog = catalogs.current();
        var from = command.copyFrom().flatMap(name -> find(catalog, name));
        if (command.copyFrom().isPresent() && from.isEmpty()) {
            return unknown(command.copyFrom().get());
        }
        var hosts = new TreeMap<String, String>();
        for (var host : command.hosts()) {
            var parts = host.split("=", 2);
            var problem = InventoryNames.wrongHost(parts[0]);
            if (problem.isPresent()) {
                return invalid("hosts", problem.get());
            }
            hosts.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        var name = new EnvironmentName(command.name());
        try {
            files.create(name, from, hosts);
        } catch (RefusedException e) {
            return invalid("hosts", "nothing was created: " + e.why());
        }
        return created(name, from);
    }

    /** What cannot be used as an environment after all is said at once, with the reason of the catalogue. */
    private Reply created(EnvironmentName name, Optional<Environment> from) {
        var catalog = catalogs.afterChange();
        var made = catalog.environment(name);
        if (made.isEmpty()) {
            var problem = catalog.problems().stream()
                    .filter(p -> p.contains("/" + name))
                    .findFirst()
                    .orElse("it is not in the catalogue");
            return new Reply.Done("environment " + name + " is created, but cannot be used yet: " + problem);
        }
        var count = made.get().hosts().size();
        var hosts = count == 0
                ? "no hosts yet; add one: host add " + name + " web-1"
                : count + (count == 1 ? " host" : " hosts");
        var shared = from.filter(f -> count > 0)
                .map(f -> ". It begins with the hosts of " + f.name() + ": a deploy to " + name
                        + " reaches the same servers until you change them")
                .orElse("");
        return new Reply.Done("environment " + name + " is created with " + hosts + shared);
    }

    Reply rename(RenameEnvironment command) throws IOException {
        if (!EnvironmentName.isValid(command.name())) {
            return unknown(command.name());
        }
        var from = new EnvironmentName(command.name());
        if (isHalfRenamed(command)) {
            return moveRecords(from, new EnvironmentName(command.to()));
        }
        var environment = find(catalogs.current(), command.name());
        if (environment.isEmpty()) {
            return unknown(command.name());
        }
        var wrong = noFolder(environment.get(), "rename")
                .or(() -> unusable("to", command.to()))
                .or(() -> uses.any(from));
        if (wrong.isPresent()) {
            return wrong.get();
        }
        var to = new EnvironmentName(command.to());
        secrets.copyScope(from, to);
        files.rename(from, to);
        return moveRecords(from, to);
    }

    /** The gateway was ended between the folder and the records: saying it again does the rest. */
    private boolean isHalfRenamed(RenameEnvironment command) {
        if (!EnvironmentName.isValid(command.to())
                || files.exists(new EnvironmentName(command.name()))
                || find(catalogs.current(), command.to()).isEmpty()
                || records.knows(new EnvironmentName(command.to()))) {
            return false;
        }
        return records.knows(new EnvironmentName(command.name()))
                || secrets.list().stream().anyMatch(s -> s.ref().scope().equals(command.name()));
    }

    private Reply moveRecords(EnvironmentName from, EnvironmentName to) {
        records.rename(from, to);
        secrets.removeScope(from);
        catalogs.afterChange();
        return new Reply.Done("environment " + from + " is now " + to + "; its earlier runs stay in the history as "
                + from + ". Roles, policies and routes of the configuration that name " + from + " must be updated");
    }

    Reply archive(ArchiveEnvironment command) throws IOException {
        var environment = find(catalogs.current(), command.name());
        if (environment.isEmpty()) {
            return unknown(command.name());
        }
        var name = environment.get().name();
        var wrong = noFolder(environment.get(), "remove").or(() -> uses.any(name));
        if (wrong.isPresent()) {
            return wrong.get();
        }
        if (files.archived().contains(name)) {
            return new Reply.Conflict("an environment named " + name + " is archived already; rename this one first");
        }
        files.archive(name);
        catalogs.afterChange();
        return new Reply.Done("environment " + name
                + " is archived; its files, secrets and runs are kept. To use it again: " + "env restore " + name);
    }

    Reply restore(RestoreEnvironment command) throws IOException {
        var archived = files.archived();
        var found =
                archived.stream().filter(n -> n.value().equals(command.name())).findFirst();
        if (found.isEmpty()) {
            var there = archived.isEmpty()
                    ? "no environment is archived"
                    : "archived are " + archived.stream().map(Object::toString).collect(Collectors.joining(", "));
            return new Reply.NotFound(
                    "there is no archived environment \"" + Truncate.quoted(command.name()) + "\"; " + there);
        }
        var wrong = unusable("name", command.name());
        if (wrong.isPresent()) {
            return wrong.get();
        }
        files.restore(found.get());
        return catalogs.afterChange().environment(found.get()).isPresent()
                ? new Reply.Done("environment " + found.get() + " is in use again")
                : new Reply.Done("environment " + found.get() + " is restored, but cannot be used yet; see doctor");
    }

    private Optional<Reply> unusable(String field, String name) {
        if (!EnvironmentName.isValid(name)) {
            return Optional.of(invalid(
                    field,
                    "an environment name has letters, digits and . _ -, at most 64, and begins with one of the"
                            + " first two"));
        }
        if (name.equals("all")) {
            return Optional.of(invalid(field, "all means every environment and cannot be the name of one"));
        }
        return files.exists(new EnvironmentName(name))
                        || find(catalogs.current(), name).isPresent()
                ? Optional.of(new Reply.Conflict("there is an environment " + name + " already"))
                : Optional.empty();
    }

    /** Its files may be those of others too, and the repository decides what they are called. */
    private static Optional<Reply> noFolder(Environment environment, String verb) {
        return environment.isFolder()
                ? Optional.empty()
                : Optional.of(new Reply.Conflict(environment.name() + " is read from " + environment.hostsFile() + "; "
                        + verb + " it in the repository, or under environments: in the configuration"));
    }

    private static Optional<Environment> find(Catalog catalog, String name) {
        return Optional.of(name)
                .filter(EnvironmentName::isValid)
                .flatMap(n -> catalog.environment(new EnvironmentName(n)));
    }

    private Reply unknown(String name) {
        return unknown(catalogs.current(), name);
    }

    static Reply unknown(Catalog catalog, String name) {
        var known =
                catalog.environments().keySet().stream().map(Object::toString).toList();
        return new Reply.NotFound("there is no environment \"" + Truncate.quoted(name) + "\""
                + Suggestion.of(name, known)
                        .map(n -> "; did you mean " + n + "?")
                        .orElse(""));
    }

    private static Reply invalid(String field, String why) {
        return new Reply.Invalid(field, why, Optional.empty());
    }
}
