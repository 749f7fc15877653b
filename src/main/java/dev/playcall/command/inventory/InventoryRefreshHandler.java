package dev.playcall.command.inventory;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.fetched.InventoryRefresh;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.layout.FetchedInventory;
import dev.playcall.command.Caller;
import dev.playcall.command.ContentCommand.RefreshInventory;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.command.content.InvalidatedApprovals;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.journal.EventStore;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Has the inventory plugins and scripts of an environment asked for its hosts, for those who may sync there. */
final class InventoryRefreshHandler implements FamilyHandler<RefreshInventory> {
    private static final int NAMED = 5;

    private final Rights rights;
    private final Catalogs catalogs;
    private final InventoryRefresh refresh;
    private final EventStore history;
    private final Clock clock;

    InventoryRefreshHandler(
            Rights rights, Catalogs catalogs, InventoryRefresh refresh, EventStore history, Clock clock) {
        this.rights = rights;
        this.catalogs = catalogs;
        this.refresh = refresh;
        this.history = history;
        this.clock = clock;
    }

    @Override
    public Reply handle(RefreshInventory command, Caller caller) {
        var catalog = catalogs.current();
        var environment = catalog.environment(command.environment());
        if (environment.isEmpty()) {
            return rights.anywhere(caller, Permission.SYNC)
                    .<Reply>map(d -> d)
                    .orElseGet(() -> EnvironmentFolderEditor.unknown(catalog, command.environment()));
        }
        return rights.refusal(
                        caller, Permission.SYNC, Target.of(environment.get().name()))
                .<Reply>map(d -> d)
                .orElseGet(() -> ask(environment.get()));
    }

    private Reply ask(Environment environment) {
        var name = environment.name();
        return switch (refresh.now(environment)) {
            case InventoryRefresh.Outcome.OnlyData _ ->
                new Reply.Done("the inventory of " + name
                        + " has no plugins or scripts: its files are read as they are, at any time");
            case InventoryRefresh.Outcome.Failed(var why, var last) ->
                new Reply.Unavailable("the inventory of " + name + " could not be fetched: " + why + stillUsed(last));
            case InventoryRefresh.Outcome.Fetched(var now) ->
                new Reply.Done("the inventory of " + name + " is fetched: "
                        + TextFormat.count(now.hosts().size(), "host") + difference(environment.hosts(), now.hosts())
                        + InvalidatedApprovals.ending(
                                history, r -> r.request().environment().equals(name)));
        };
    }

    private String stillUsed(Optional<FetchedInventory> last) {
        return last.flatMap(FetchedInventory::at)
                .map(at -> "; the result of " + TextFormat.ago(at, clock.instant()) + " is still used")
                .orElse("; there is no earlier result");
    }

    private static String difference(List<String> before, List<String> now) {
        var added = now.stream().filter(h -> !before.contains(h)).toList();
        var gone = before.stream().filter(h -> !now.contains(h)).toList();
        return named(added, " new") + named(gone, " gone");
    }

    private static String named(List<String> hosts, String what) {
        return hosts.isEmpty() ? "" : ", " + hosts.size() + what + " (" + TextFormat.list(hosts, NAMED) + ")";
    }
}
