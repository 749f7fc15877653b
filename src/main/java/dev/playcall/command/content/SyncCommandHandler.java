package dev.playcall.command.content;

import dev.playcall.catalog.Catalogs;
import dev.playcall.command.Caller;
import dev.playcall.command.ContentCommand;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.content.ContentException;
import dev.playcall.content.git.Checkouts;
import dev.playcall.content.git.FetchResult;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.journal.RunJournal;
import dev.playcall.runner.queue.StartGuard;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes in what the remotes of playbooks and inventories have, and lets whoever changes files here do it one at a time. */
final class SyncCommandHandler implements FamilyHandler<ContentCommand.Sync> {
    private static final int NAMED = 5;

    private final Rights rights;
    private final Catalogs catalogs;
    private final RunJournal journal;
    private final Checkouts checkouts;
    private final StartGuard startGuard;

    /** @param startGuard says of which waiting run it is not what people agreed to any more */
    SyncCommandHandler(
            Rights rights, Catalogs catalogs, RunJournal journal, Checkouts checkouts, StartGuard startGuard) {
        this.rights = rights;
        this.catalogs = catalogs;
        this.journal = journal;
        this.checkouts = checkouts;
        this.startGuard = startGuard;
    }

    @Override
    public Reply handle(ContentCommand.Sync command, Caller caller) {
        return rights.refusal(caller, Permission.SYNC, Target.EVERYTHING)
                .<Reply>map(d -> d)
                .orElseGet(() -> pull(command.now()));
    }

    /** For those who were asked already whether they may. */
    Reply pull(boolean now) {
        try {
            var before = catalogs.current().problems();
            var pulled = checkouts.pull(() -> now ? Optional.empty() : working());
            return new Reply.Synced(
                    pulled, pulled.stream().anyMatch(FetchResult::hasChanges) ? consequences(before) : List.of());
        } catch (ContentException e) {
            return e.isPassing() ? new Reply.Conflict(e.why()) : new Reply.Invalid("sync", e.why(), Optional.empty());
        }
    }

    /** Ansible reads roles, templates and included files when it comes to them. */
    private Optional<String> working() {
        var running = journal.read().running();
        return running.isEmpty()
                ? Optional.empty()
                : Optional.of("nothing was updated: " + TextFormat.list(running, NAMED, r -> r.id().toString())
                        + (running.size() == 1 ? " is running" : " are running")
                        + " from these files and would continue with the new ones; sync again when"
                        + (running.size() == 1 ? " it has" : " they have")
                        + " finished, or immediately with: sync now");
    }

    private List<String> consequences(List<String> before) {
        var lines = new ArrayList<String>();
        catalogs.afterChange().problems().stream()
                .filter(p -> !before.contains(p))
                .limit(NAMED)
                .forEach(p -> lines.add("no longer in the catalogue: " + p));
        var voided = journal.read().queue().stream()
                .filter(r -> startGuard.voids(r).isPresent())
                .toList();
        InvalidatedApprovals.sentence(voided).ifPresent(lines::add);
        return lines;
    }
}
