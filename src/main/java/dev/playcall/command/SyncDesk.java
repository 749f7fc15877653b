package dev.playcall.command;

import dev.playcall.catalog.Catalogs;
import dev.playcall.domain.Run;
import dev.playcall.journal.RunJournal;
import dev.playcall.library.Checkouts;
import dev.playcall.library.Gate;
import dev.playcall.library.Pulled;
import dev.playcall.library.RefusedException;
import dev.playcall.runner.Clearance;
import dev.playcall.security.Permission;
import dev.playcall.security.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Takes in what the remotes of playbooks and inventories have, and lets whoever changes files here do it one at a time. */
public final class SyncDesk implements Desk {
    private static final int NAMED = 5;

    private final Desk desk;
    private final Rights rights;
    private final Catalogs catalogs;
    private final RunJournal journal;
    private final Checkouts checkouts;
    private final Gate gate;
    private final Clearance clearance;
    private final Supplier<Optional<String>> elsewhere;

    /**
     * @param clearance says of which waiting run it is not what people agreed to any more
     * @param elsewhere why files are not changed here at all
     */
    public SyncDesk(
            Desk desk,
            Rights rights,
            Catalogs catalogs,
            RunJournal journal,
            Checkouts checkouts,
            Gate gate,
            Clearance clearance,
            Supplier<Optional<String>> elsewhere) {
        this.desk = desk;
        this.rights = rights;
        this.catalogs = catalogs;
        this.journal = journal;
        this.checkouts = checkouts;
        this.gate = gate;
        this.clearance = clearance;
        this.elsewhere = elsewhere;
    }

    @Override
    public Reply handle(Command command, Caller caller) {
        return switch (command) {
            case Command.Sync(var now) ->
                rights.refusal(caller, Permission.SYNC, Target.EVERYTHING)
                        .<Reply>map(d -> d)
                        .orElseGet(() -> pull(now));
            case Command.EditHosts _ ->
                rights.anywhere(caller, Permission.ADMIN)
                        .<Reply>map(d -> d)
                        .or(() -> elsewhere.get().map(why -> new Reply.Invalid("environment", why, Optional.empty())))
                        .orElseGet(() -> gate.editing(() -> desk.handle(command, caller)));
            case Command.OnPlaybooks _ -> gate.editing(() -> desk.handle(command, caller));
            default -> desk.handle(command, caller);
        };
    }

    /** For those who were asked already whether they may. */
    public Reply pull(boolean now) {
        try {
            var before = catalogs.current().problems();
            var pulled = checkouts.pull(() -> now ? Optional.empty() : working());
            return new Reply.Synced(
                    pulled, pulled.stream().anyMatch(Pulled::isNews) ? consequences(before) : List.of());
        } catch (RefusedException e) {
            return e.isPassing() ? new Reply.Taken(e.why()) : new Reply.Invalid("sync", e.why(), Optional.empty());
        }
    }

    /** Ansible reads roles, templates and included files when it comes to them. */
    private Optional<String> working() {
        var running = journal.read().running();
        return running.isEmpty()
                ? Optional.empty()
                : Optional.of("nothing was taken: " + named(running) + (running.size() == 1 ? " works" : " work")
                        + " from these files and would go on with the new ones; sync again when"
                        + (running.size() == 1 ? " it has" : " they have") + " ended, or at once with: sync now");
    }

    private List<String> consequences(List<String> before) {
        var lines = new ArrayList<String>();
        catalogs.afterChange().problems().stream()
                .filter(p -> !before.contains(p))
                .limit(NAMED)
                .forEach(p -> lines.add("left out now: " + p));
        var voided = journal.read().queue().stream()
                .filter(r -> clearance.voids(r).isPresent())
                .toList();
        if (!voided.isEmpty()) {
            lines.add("what was agreed for " + named(voided) + " is void by it");
        }
        return lines;
    }

    private static String named(List<Run> runs) {
        var rest = runs.size() - NAMED;
        return runs.stream().limit(NAMED).map(r -> r.id().toString()).collect(Collectors.joining(", "))
                + (rest > 0 ? " and " + rest + " more" : "");
    }
}
