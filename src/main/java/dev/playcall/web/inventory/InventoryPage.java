package dev.playcall.web.inventory;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.RegisteredHost;
import dev.playcall.catalog.selection.HostFacts;
import dev.playcall.catalog.vars.RegisteredConnections;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.HostStatus;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.VisibleEnvironments;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.Params;
import dev.playcall.web.inventory.InventoryView.Folder;
import dev.playcall.web.inventory.InventoryView.Group;
import dev.playcall.web.inventory.InventoryView.Server;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.RunButtons;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts together which servers there are and in which groups. */
final class InventoryPage {
    private static final int ROWS = 300;
    /** Finds those that stand in no file. */
    private static final String REGISTERED = "registered";

    private final Catalog catalog;
    private final EventStore store;
    private final VisibleEnvironments visible;
    private final RunButtons runButtons;
    private final StatusCells cells;
    private final String host;
    private final Instant now;
    private final Predicate<EnvironmentName> mayEdit;

    InventoryPage(Catalog catalog, EventStore store, RequestAuth requestAuth, Context ctx, Instant now) {
        this.catalog = catalog;
        this.store = store;
        this.visible = requestAuth.visibleEnvironments(ctx);
        this.runButtons = new RunButtons(catalog, requestAuth, ctx);
        this.now = now;
        this.mayEdit = e -> requestAuth.may(ctx, Permission.ADMIN, e);
        this.cells = new StatusCells(now, HostFacts.NONE);
        this.host = Params.text(ctx, "host").orElse("").toLowerCase(Locale.ROOT);
    }

    InventoryView view() {
        return new InventoryView(
                catalog.environments().values().stream()
                        .filter(e -> visible.sees(e.name()))
                        .map(this::folder)
                        .toList(),
                host,
                catalog.problems());
    }

    private String registered(RegisteredHost host) {
        return "registered by " + host.by().inText() + " " + TextFormat.ago(host.at(), now);
    }

    private Folder folder(Environment environment) {
        Map<String, HostStatus> known = store.statuses(environment.name()).stream()
                .collect(Collectors.toMap(HostStatus::host, Function.identity()));
        Map<String, TreeSet<String>> groups = new HashMap<>();
        environment
                .groups()
                .forEach((group, hosts) -> hosts.forEach(
                        h -> groups.computeIfAbsent(h, _ -> new TreeSet<>()).add(group)));
        var found = environment.hosts().stream()
                .filter(h -> h.toLowerCase(Locale.ROOT).contains(host)
                        || groups.getOrDefault(h, new TreeSet<>()).contains(host)
                        || (host.equals(REGISTERED) && environment.registered(h).isPresent()))
                .toList();
        boolean pings = catalog.operation(Operation.PING).isPresent();
        var servers = found.stream()
                .limit(ROWS)
                .map(h -> new Server(
                        h,
                        "/inventory/" + RunButtons.encoded(environment.name().value()) + "/hosts/"
                                + RunButtons.encoded(h),
                        environment.registered(h).map(this::registered).orElse(""),
                        environment
                                .registered(h)
                                .map(r -> JsonBodies.time(r.at()))
                                .orElse(""),
                        String.join(", ", groups.getOrDefault(h, new TreeSet<>())),
                        cells.ssh(Optional.ofNullable(known.get(h))),
                        runButtons.now("Ping", Operation.PING, environment.name(), h)))
                .toList();
        return new Folder(
                environment.name().value(),
                environment.hosts().size(),
                environment.registered().size(),
                Stream.concat(
                                environment.hidden().values().stream(),
                                RegisteredConnections.warnings(environment).stream())
                        .toList(),
                pings ? List.of(runButtons.now("Ping all", Operation.PING, environment.name(), "")) : List.of(),
                environment.groups().entrySet().stream()
                        .map(g -> new Group(g.getKey(), g.getValue().size()))
                        .toList(),
                servers,
                found.size() - servers.size(),
                mayEdit.test(environment.name()));
    }
}
