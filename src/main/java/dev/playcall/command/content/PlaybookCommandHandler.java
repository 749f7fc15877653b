package dev.playcall.command.content;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.file.FileVersions;
import dev.playcall.catalog.playbook.PlaybookFiles;
import dev.playcall.catalog.playbook.PlaybookFiles.PlaybookText;
import dev.playcall.catalog.playbook.PlaybookVersions;
import dev.playcall.command.Caller;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.PlaybookCommand;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.domain.Run;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import dev.playcall.security.secret.SecretService;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Writes playbooks and takes them away: only what Ansible understands, only in place of what the writer saw, and never while
 * somebody has agreed to exactly what stands there.
 */
final class PlaybookCommandHandler implements FamilyHandler<PlaybookCommand> {
    private final Rights rights;
    private final Catalogs catalogs;
    private final RunJournal journal;
    private final PlaybookFiles files;
    private final SecretService secrets;
    private final ContentEdits edits;

    PlaybookCommandHandler(
            Rights rights,
            Catalogs catalogs,
            RunJournal journal,
            PlaybookFiles files,
            SecretService secrets,
            ContentEdits edits) {
        this.rights = rights;
        this.catalogs = catalogs;
        this.journal = journal;
        this.files = files;
        this.secrets = secrets;
        this.edits = edits;
    }

    @Override
    public Reply handle(PlaybookCommand command, Caller caller) {
        return edits.lock().edit(() -> permitted(command, caller));
    }

    private Reply permitted(PlaybookCommand command, Caller caller) {
        var refusal = rights.refusal(caller, Permission.ADMIN, Target.EVERYTHING);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var kept = edits.refusal();
        if (kept.isPresent()) {
            return invalid("name", kept.get());
        }
        return PlaybookName.isValid(command.name())
                ? change(command, new PlaybookName(command.name()))
                : invalid("name", "a playbook name has letters, digits and . _ -, at most 64");
    }

    /** One at a time: between what was seen and what is written nobody else may write. */
    private synchronized Reply change(PlaybookCommand command, PlaybookName name) {
        try {
            var now = files.read(name);
            return switch (command) {
                case PlaybookCommand.WritePlaybook write -> write(write, name, now);
                case PlaybookCommand.DeletePlaybook delete -> delete(delete, name, now);
                case PlaybookCommand.RestorePlaybook restore -> restore(restore, name, now);
            };
        } catch (IOException e) {
            return new Reply.Unavailable("playbooks/" + name + ".yml cannot be changed: "
                    + e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }

    private Reply write(PlaybookCommand.WritePlaybook command, PlaybookName name, Optional<PlaybookText> now)
            throws IOException {
        if (command.seen().isEmpty() && now.isPresent()) {
            return new Reply.Conflict(
                    "there is a playbook " + name + " already; read it first, then write with its tag");
        }
        var changed = other(command.seen(), name, now);
        if (changed.isPresent()) {
            return changed.get();
        }
        var description = command.description().isPresent()
                ? command.description().filter(d -> !d.isBlank())
                : now.flatMap(PlaybookText::description);
        return put(
                name, new PlaybookText(command.playbook(), description), now.isPresent() ? "is written" : "is there");
    }

    private Reply put(PlaybookName name, PlaybookText text, String done) throws IOException {
        var sealed =
                waiting(name, r -> r.approvalState().terms().contentDigest().isPresent());
        if (sealed.isPresent()) {
            return sealed.get();
        }
        if (secrets.knows(text.playbook())
                || text.description().filter(secrets::knows).isPresent()) {
            return invalid("playbook", SecretService.KNOWN);
        }
        var problem = files.problem(name, text);
        if (problem.isPresent()) {
            return invalid("playbook", "nothing was changed: " + problem.get());
        }
        files.write(name, text);
        catalogs.afterChange();
        return new Reply.Done("playbook " + name + " " + done + " (" + text.tag() + ")"
                // People agreed to everything that lies beside the playbook, too.
                + InvalidatedApprovals.ending(journal.read(), _ -> true));
    }

    private Reply delete(PlaybookCommand.DeletePlaybook command, PlaybookName name, Optional<PlaybookText> now)
            throws IOException {
        var changed = command.seen().isPresent() || now.isEmpty()
                ? other(command.seen(), name, now)
                : Optional.<Reply>empty();
        var refused = changed.or(() -> waiting(name, _ -> true));
        if (refused.isPresent()) {
            return refused.get();
        }
        files.remove(name);
        var before = catalogs.current();
        catalogs.afterChange();
        var lost = before.operations().values().stream()
                .filter(o -> o.playbook().filter(name::equals).isPresent())
                .map(o -> o.operation().value())
                .toList();
        var without = lost.isEmpty() ? "" : "; " + String.join(", ", lost) + " no longer has a playbook";
        return new Reply.Done(
                "playbook " + name + " is deleted" + without + "; to restore it: playbook restore " + name);
    }

    private Reply restore(PlaybookCommand.RestorePlaybook command, PlaybookName name, Optional<PlaybookText> now)
            throws IOException {
        return switch (files.versions().choose(name, command.version())) {
            case FileVersions.Choice.Missing(var why) -> invalid("version", why);
            case FileVersions.Choice.Found found -> {
                var text = PlaybookVersions.text(found.kept());
                yield now.equals(Optional.of(text))
                        ? invalid("version", name + " is already identical")
                        : put(name, text, found.done());
            }
        };
    }

    private static Optional<Reply> other(Optional<String> seen, PlaybookName name, Optional<PlaybookText> now) {
        if (seen.isEmpty() && now.isPresent()) {
            return Optional.empty();
        }
        if (now.isEmpty()) {
            return seen.isEmpty() ? Optional.empty() : Optional.of(new Reply.NotFound("there is no playbook " + name));
        }
        return seen.equals(Optional.of(now.get().tag()))
                ? Optional.empty()
                : Optional.of(new Reply.Conflict("another user changed " + name + " since you read it; reload it"));
    }

    private Optional<Reply> waiting(PlaybookName name, Predicate<Run> about) {
        return journal.read().queue().stream()
                .filter(r -> r.request().playbook().filter(name::equals).isPresent())
                .filter(about)
                .findFirst()
                .map(r -> invalid(
                        "name",
                        r.id() + " " + r.request().operation() + " of "
                                + r.requestedBy().inText() + " is pending for exactly this"
                                + " playbook; cancel it or wait until it ends"));
    }

    private static Reply invalid(String field, String why) {
        return new Reply.Invalid(field, why, Optional.empty());
    }
}
