package dev.playcall.command.inventory;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.vars.InventoryFiles;
import dev.playcall.command.Reply;
import dev.playcall.command.content.InvalidatedApprovals;
import dev.playcall.journal.EventStore;
import dev.playcall.security.secret.SecretService;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes files of an inventory: only when Ansible understands the result, when no value of a secret would stand in the open, and
 * when nobody else changed one of the files meanwhile.
 */
final class InventoryWriter {
    private final Catalogs catalogs;
    private final InventoryFiles files;
    private final SecretService secrets;
    private final EventStore history;

    InventoryWriter(Catalogs catalogs, InventoryFiles files, SecretService secrets, EventStore history) {
        this.catalogs = catalogs;
        this.files = files;
        this.secrets = secrets;
        this.history = history;
    }

    Catalogs catalogs() {
        return catalogs;
    }

    InventoryFiles files() {
        return files;
    }

    /** The texts that stand there now, by file; a file that is not there is left out. */
    Map<String, String> texts(Environment environment) throws IOException {
        var texts = new HashMap<String, String>();
        for (var name : files.names(environment)) {
            files.read(environment, name).ifPresent(t -> texts.put(name, t.text()));
        }
        return texts;
    }

    /**
     * Writes these texts.
     *
     * @param before all texts as they were when the change was made
     * @param done what to say when it is
     */
    Reply put(Environment environment, String field, Map<String, String> texts, Map<String, String> before, String done)
            throws IOException {
        for (var entry : texts.entrySet()) {
            // A page shows such a file without the value, so what was read there must never be written back.
            if (secrets.knows(entry.getValue()) || secrets.knows(before.getOrDefault(entry.getKey(), ""))) {
                return invalid(field, entry.getKey() + ": " + SecretService.KNOWN);
            }
        }
        var problem = files.problem(environment, texts);
        if (problem.isPresent()) {
            return invalid(field, "nothing was changed: " + problem.get());
        }
        for (var name : texts.keySet()) {
            var now = files.read(environment, name).map(InventoryFiles.Text::text);
            if (!now.equals(Optional.ofNullable(before.get(name)))) {
                return invalid(field, "nothing was changed: the file was changed at the same time; try again");
            }
        }
        files.write(environment, texts);
        catalogs.afterChange();
        return new Reply.Done(done
                + InvalidatedApprovals.ending(
                        history, r -> r.request().environment().equals(environment.name())));
    }

    static Reply invalid(String field, String why) {
        return new Reply.Invalid(field, why, Optional.empty());
    }
}
