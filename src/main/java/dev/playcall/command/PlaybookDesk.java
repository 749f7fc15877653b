package dev.playcall.command;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.PlaybookFiles;
import dev.playcall.catalog.PlaybookText;
import dev.playcall.domain.PlaybookName;
import dev.playcall.domain.Run;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.Permission;
import dev.playcall.security.Target;
import dev.playcall.security.Vault;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Writes playbooks and takes them away: only what Ansible understands, only in place of what the writer saw, and never while
 * somebody has agreed to exactly what stands there.
 */
public final class PlaybookDesk implements Desk {
    private final Desk desk;
    private final Rights rights;
    private final Catalogs catalogs;
    private final RunJournal journal;
    private final PlaybookFiles files;
    private final Vault vault;
    private final Supplier<Optional<String>> elsewhere;

    /** @param elsewhere why playbooks are not changed here at all */
    public PlaybookDesk(
            Desk desk,
            Rights rights,
            Catalogs catalogs,
            RunJournal journal,
            PlaybookFiles files,
            Vault vault,
            Supplier<Optional<String>> elsewhere) {
        this.desk = desk;
        this.rights = rights;
        this.catalogs = catalogs;
        this.journal = journal;
        this.files = files;
        this.vault = vault;
        this.elsewhere = elsewhere;
    }

    @Override
    public Reply handle(Command command, Caller caller) {
        return command instanceof Command.OnPlaybooks wish ? permitted(wish, caller) : desk.handle(command, caller);
    }

    private Reply permitted(Command.OnPlaybooks wish, Caller caller) {
        var refusal = rights.refusal(caller, Permission.ADMIN, Target.EVERYTHING);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var kept = elsewhere.get();
        if (kept.isPresent()) {
            return invalid("name", kept.get());
        }
        return PlaybookName.isValid(wish.name())
                ? change(wish, new PlaybookName(wish.name()))
                : invalid("name", "a playbook has a name of letters, digits and . _ -, at most 64");
    }

    /** One at a time: between what was seen and what is written nobody else may write. */
    private synchronized Reply change(Command.OnPlaybooks wish, PlaybookName name) {
        try {
            var now = files.read(name);
            return switch (wish) {
                case Command.WritePlaybook write -> write(write, name, now);
                case Command.DeletePlaybook delete -> delete(delete, name, now);
                case Command.RestorePlaybook restore -> restore(restore, name, now);
            };
        } catch (IOException e) {
            return new Reply.Unavailable("playbooks/" + name + ".yml cannot be changed: "
                    + e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }

    private Reply write(Command.WritePlaybook wish, PlaybookName name, Optional<PlaybookText> now) throws IOException {
        if (wish.seen().isEmpty() && now.isPresent()) {
            return new Reply.Taken("there is a playbook " + name + " already; read it, then write over what you read");
        }
        var changed = other(wish.seen(), name, now);
        if (changed.isPresent()) {
            return changed.get();
        }
        var description = wish.description().isPresent()
                ? wish.description().filter(d -> !d.isBlank())
                : now.flatMap(PlaybookText::description);
        return put(name, new PlaybookText(wish.playbook(), description), now.isPresent() ? "is written" : "is there");
    }

    private Reply put(PlaybookName name, PlaybookText text, String done) throws IOException {
        var sealed = waiting(name, r -> r.agreement().terms().seal().isPresent());
        if (sealed.isPresent()) {
            return sealed.get();
        }
        if (vault.knows(text.playbook())
                || text.description().filter(vault::knows).isPresent()) {
            return invalid("playbook", Vault.KNOWN);
        }
        var problem = files.problem(name, text);
        if (problem.isPresent()) {
            return invalid("playbook", "nothing was changed: " + problem.get());
        }
        files.write(name, text);
        catalogs.afterChange();
        return new Reply.Done("playbook " + name + " " + done + " (" + text.tag() + ")" + voided());
    }

    private Reply delete(Command.DeletePlaybook wish, PlaybookName name, Optional<PlaybookText> now)
            throws IOException {
        var changed =
                wish.seen().isPresent() || now.isEmpty() ? other(wish.seen(), name, now) : Optional.<Reply>empty();
        if (changed.isPresent()) {
            return changed.get();
        }
        var queued = waiting(name, _ -> true);
        if (queued.isPresent()) {
            return queued.get();
        }
        files.remove(name);
        var before = catalogs.current();
        catalogs.afterChange();
        var lost = before.operations().values().stream()
                .filter(o -> o.playbook().filter(name::equals).isPresent())
                .map(o -> o.operation().value())
                .toList();
        var without = lost.isEmpty() ? "" : "; " + String.join(", ", lost) + " has no playbook now";
        return new Reply.Done(
                "playbook " + name + " is gone" + without + "; to have it back: playbook restore " + name);
    }

    private Reply restore(Command.RestorePlaybook wish, PlaybookName name, Optional<PlaybookText> now)
            throws IOException {
        var kept = files.versions().of(name);
        var wanted =
                wish.version().isBlank() && !kept.isEmpty() ? kept.getFirst().id() : wish.version();
        var text = files.versions().read(name, wanted);
        if (text.isEmpty()) {
            return invalid(
                    "version",
                    kept.isEmpty()
                            ? "no earlier version of " + name + " is kept"
                            : "there is no such version of " + name + "; there are "
                                    + kept.stream().limit(5).map(v -> v.id()).collect(Collectors.joining(", ")));
        }
        return now.equals(text)
                ? invalid("version", name + " says exactly that already")
                : put(
                        name,
                        text.get(),
                        "is again as it was until "
                                + kept.stream()
                                        .filter(v -> v.id().startsWith(wanted))
                                        .findFirst()
                                        .orElseThrow()
                                        .until());
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
                : Optional.of(new Reply.Taken("somebody else changed " + name + " since you read it; read it again"));
    }

    private Optional<Reply> waiting(PlaybookName name, Predicate<Run> about) {
        return journal.read().queue().stream()
                .filter(r -> r.request().playbook().filter(name::equals).isPresent())
                .filter(about)
                .findFirst()
                .map(r -> invalid(
                        "name",
                        r.id() + " " + r.request().operation() + " of " + r.requestedBy() + " waits for exactly this"
                                + " playbook; cancel it or let it end first"));
    }

    /** People agreed to everything that lies beside the playbook, too. */
    private String voided() {
        List<String> runs = journal.read().queue().stream()
                .filter(r -> r.agreement().terms().seal().isPresent())
                .map(r -> r.id().toString())
                .toList();
        return runs.isEmpty() ? "" : "; what was agreed for " + String.join(", ", runs) + " is void by it";
    }

    private static Reply invalid(String field, String why) {
        return new Reply.Invalid(field, why, Optional.empty());
    }
}
