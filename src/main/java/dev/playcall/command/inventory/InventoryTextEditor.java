package dev.playcall.command.inventory;

import dev.playcall.catalog.file.FileVersions;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.vars.InventoryFiles;
import dev.playcall.command.Caller;
import dev.playcall.command.HostCommand.RestoreInventoryFile;
import dev.playcall.command.HostCommand.WriteInventoryFile;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the hosts file and files of variables as text. A text may hold templates and variables of the connection, which execute
 * commands on the controller, so whoever writes one must be admin of everything, as for a playbook.
 */
final class InventoryTextEditor {
    private final Rights rights;
    private final InventoryWriter writer;

    public InventoryTextEditor(Rights rights, InventoryWriter writer) {
        this.rights = rights;
        this.writer = writer;
    }

    private interface Change {
        Reply to(Environment environment) throws IOException;
    }

    synchronized Reply write(WriteInventoryFile command, Caller caller) {
        return permitted(command.environment(), command.file(), caller, e -> write(command, e));
    }

    synchronized Reply restore(RestoreInventoryFile command, Caller caller) {
        return permitted(command.environment(), command.file(), caller, e -> restore(command, e));
    }

    private Reply permitted(String name, String file, Caller caller, Change change) {
        var refusal = rights.refusal(caller, Permission.ADMIN, Target.EVERYTHING);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var catalog = writer.catalogs().current();
        var environment = catalog.environment(name);
        if (environment.isEmpty()) {
            return EnvironmentFolderEditor.unknown(catalog, name);
        }
        try {
            return change.to(environment.get());
        } catch (IOException e) {
            return new Reply.Unavailable("inventory/" + name + "/" + file + " cannot be changed: "
                    + e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }

    private Reply write(WriteInventoryFile command, Environment environment) throws IOException {
        var name = command.file();
        var now = writer.files().read(environment, name);
        if (now.isEmpty()) {
            if (command.seen().isPresent()) {
                return new Reply.NotFound("there is no file " + name + " in " + environment.name());
            }
            var wrong = writer.files().wrongName(environment, name);
            if (wrong.isPresent()) {
                return InventoryWriter.invalid("file", wrong.get());
            }
            if (command.text().isBlank()) {
                return InventoryWriter.invalid("text", "the file would be empty");
            }
        }
        var changed = changed(command, now);
        if (changed.isPresent()) {
            return changed.get();
        }
        var done = command.text().isBlank() ? "is removed" : now.isEmpty() ? "is there" : "is written";
        return put(environment, name, command.text(), now, done);
    }

    private static Optional<Reply> changed(WriteInventoryFile command, Optional<InventoryFiles.Text> now) {
        if (now.isEmpty()) {
            return Optional.empty();
        }
        if (command.seen().isEmpty()) {
            return Optional.of(new Reply.Conflict(
                    "there is a file " + command.file() + " already; read it first, then write with its tag"));
        }
        return command.seen().equals(now.map(InventoryFiles.Text::tag))
                ? Optional.empty()
                : Optional.of(
                        new Reply.Conflict("another user changed " + command.file() + " since you read it; reload it"));
    }

    private Reply put(Environment environment, String name, String text, Optional<InventoryFiles.Text> now, String done)
            throws IOException {
        if (now.filter(InventoryFiles.Text::vaulted).isPresent()) {
            return InventoryWriter.invalid("text", name + " is vaulted; change it with ansible-vault edit");
        }
        if (text.isBlank() && environment.hostsFiles().containsKey(name)) {
            return InventoryWriter.invalid("text", name + " would be empty");
        }
        var before = now.map(t -> Map.of(name, t.text())).orElse(Map.of());
        return writer.put(
                environment,
                "text",
                Map.of(name, text),
                before,
                "inventory/" + environment.name() + "/" + name + " " + done + " (" + InventoryFiles.tag(text) + ")");
    }

    private Reply restore(RestoreInventoryFile command, Environment environment) throws IOException {
        var name = command.file();
        return switch (writer.files().choose(environment, name, command.version())) {
            case FileVersions.Choice.Missing(var why) -> InventoryWriter.invalid("version", why);
            case FileVersions.Choice.Found found -> {
                var text = found.kept().text();
                var now = writer.files().read(environment, name);
                yield now.map(InventoryFiles.Text::text).equals(Optional.of(text))
                        ? InventoryWriter.invalid("version", name + " is already identical")
                        : put(environment, name, text, now, found.done());
            }
        };
    }
}
