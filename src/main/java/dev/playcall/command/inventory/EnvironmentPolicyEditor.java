package dev.playcall.command.inventory;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.inventory.EnvironmentFiles;
import dev.playcall.command.EnvironmentCommand.WritePolicy;
import dev.playcall.command.Reply;
import dev.playcall.command.content.InvalidatedApprovals;
import dev.playcall.journal.EventStore;
import java.io.IOException;
import java.util.Optional;

/** Replaces the policy of an environment: only by one that can be read, and only in place of what the writer saw. */
final class EnvironmentPolicyEditor {
    private final Catalogs catalogs;
    private final EnvironmentFiles files;
    private final EventStore history;

    EnvironmentPolicyEditor(Catalogs catalogs, EnvironmentFiles files, EventStore history) {
        this.catalogs = catalogs;
        this.files = files;
        this.history = history;
    }

    Reply write(WritePolicy command) throws IOException {
        var catalog = catalogs.current();
        var environment = catalog.folder(command.name());
        if (environment.isEmpty()) {
            return EnvironmentFolderEditor.unknown(catalog, command.name());
        }
        var now = EnvironmentFiles.tag(EnvironmentFiles.policy(environment.get()));
        if (command.seen().isPresent() && !command.seen().get().equals(now)) {
            return new Reply.Conflict(
                    "another user changed the policy of " + command.name() + " since you read it; reload it");
        }
        var problems = files.problems(environment.get(), command.text());
        if (!problems.isEmpty()) {
            return new Reply.Invalid("policy", "nothing was changed: " + problems.getFirst(), Optional.empty());
        }
        files.writePolicy(environment.get(), command.text());
        catalogs.afterChange();
        return new Reply.Done("the policy of " + command.name()
                + (command.text().isBlank() ? " is removed" : " is changed")
                + InvalidatedApprovals.ending(
                        history,
                        r -> r.request().environment().equals(environment.get().name())));
    }
}
