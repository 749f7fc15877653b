package dev.playcall.web.inventory;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.domain.Run;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.HostStatus;
import dev.playcall.journal.VersionDrift;
import dev.playcall.web.pages.ActionButton;
import dev.playcall.web.pages.ActionForm;
import dev.playcall.web.security.RunButtons;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of the operations page: those of failing environments first. */
final class EnvironmentTables {
    private static final int ROWS = 60;
    private static final int ROWS_OF_ONE = 200;

    private final Catalog catalog;
    private final EventStore store;
    private final StatusCells cells;
    private final RunButtons runButtons;
    private final Function<Run, Optional<ActionForm>> retry;
    private final LockRows locks;
    private final Chosen chosen;

    /**
     * What of it is wanted.
     *
     * @param one whether a single environment is shown
     * @param some whether environments were chosen
     * @param all whether every server is shown
     * @param host part of the names of the servers, empty for all
     */
    record Chosen(boolean one, boolean some, boolean all, String host) {}

    EnvironmentTables(
            Catalog catalog,
            EventStore store,
            StatusCells cells,
            RunButtons runButtons,
            Function<Run, Optional<ActionForm>> retry,
            LockRows locks,
            Chosen chosen) {
        this.catalog = catalog;
        this.store = store;
        this.cells = cells;
        this.runButtons = runButtons;
        this.retry = retry;
        this.locks = locks;
        this.chosen = chosen;
    }

    /** One each, those that fail before the others. */
    List<EnvironmentTable> each(List<Environment> environments, Function<Environment, String> address) {
        var found = environments.stream()
                .collect(Collectors.toMap(
                        Function.identity(), e -> servers(e).toList(), (a, _) -> a, LinkedHashMap::new));
        boolean known = found.values().stream().map(Counts::of).anyMatch(Counts::isKnown);
        boolean fold = known && !chosen.one() && !chosen.some() && chosen.host().isEmpty();
        return found.entrySet().stream()
                .map(e -> one(e.getKey(), e.getValue(), fold, address.apply(e.getKey())))
                .sorted(Comparator.comparing(t -> t.bad() == 0))
                .toList();
    }

    private EnvironmentTable one(Environment environment, List<ServerRow> servers, boolean fold, String address) {
        var counts = Counts.of(servers);
        var shown = shown(servers, chosen.one() ? ROWS_OF_ONE : ROWS);
        return new EnvironmentTable(
                environment.name().value(),
                false,
                servers.size(),
                counts.bad(),
                counts.words(),
                fold && counts.bad() == 0 && !servers.isEmpty(),
                repairs(servers),
                acts(environment, counts.bad() > 0),
                locks.offer(environment.name()),
                cells.unknownAgents(environment.name()),
                shown,
                found(servers).size() - shown.size(),
                more(address));
    }

    private List<ActionButton> acts(Environment environment, boolean failing) {
        var acts = new ArrayList<ActionButton>();
        if (failing && catalog.operation(Operation.ROLLBACK).isPresent()) {
            acts.add(runButtons.form("Rollback", Operation.ROLLBACK, environment.name(), "", ""));
        }
        acts.addAll(runButtons.of(environment.name()));
        return acts;
    }

    EnvironmentTable together(List<Environment> environments, String address) {
        var servers = environments.stream().flatMap(this::servers).toList();
        var counts = Counts.of(servers);
        var shown = shown(servers, ROWS_OF_ONE);
        return new EnvironmentTable(
                environments.size() + " environments",
                true,
                servers.size(),
                counts.bad(),
                counts.words(),
                false,
                List.of(),
                List.of(),
                EnvironmentTable.LockOffer.NONE,
                environments.stream()
                        .flatMap(e -> cells.unknownAgents(e.name()).stream())
                        .toList(),
                shown,
                found(servers).size() - shown.size(),
                more(address));
    }

    private List<ServerRow> found(List<ServerRow> servers) {
        return servers.stream()
                .filter(r -> chosen.host().isEmpty()
                        || r.host().toLowerCase(Locale.ROOT).contains(chosen.host()))
                .toList();
    }

    private List<ServerRow> shown(List<ServerRow> servers, int most) {
        return found(servers).stream()
                .sorted(Comparator.comparingInt(EnvironmentTables::rank))
                .limit(chosen.all() ? Integer.MAX_VALUE : most)
                .toList();
    }

    private String more(String address) {
        var host = chosen.host().isEmpty() ? "" : "host=" + RunButtons.encoded(chosen.host()) + "&";
        return address + (address.contains("?") ? "&" : "?") + host + "all=1";
    }

    /** The newest run that left a server failing can be retried on what failed. */
    private List<ActionForm> repairs(List<ServerRow> servers) {
        return servers.stream()
                .filter(ServerRow::isBad)
                .mapToLong(r -> r.whole().run())
                .filter(run -> run > 0) // of an alert about a host on which nothing ran yet
                .max()
                .stream()
                .mapToObj(RunId::new)
                .flatMap(id -> store.find(id).stream())
                .flatMap(run -> retry.apply(run).stream())
                .toList();
    }

    private Stream<ServerRow> servers(Environment environment) {
        var statuses = store.statuses(environment.name());
        var drift = VersionDrift.of(environment.similarHosts(), statuses);
        Map<String, HostStatus> known =
                statuses.stream().collect(Collectors.toMap(HostStatus::host, Function.identity()));
        var name = environment.name().value();
        return environment.hosts().stream()
                .map(h -> cells.row(name, h, Optional.ofNullable(known.get(h)), drift.of(h)));
    }

    private static int rank(ServerRow row) {
        return switch (row.whole().tone()) {
            case "bad" -> 0;
            case "busy" -> 1;
            default -> 2;
        };
    }

    private record Counts(int all, int good, int bad, int busy) {
        static Counts of(List<ServerRow> servers) {
            return new Counts(servers.size(), with(servers, "good"), with(servers, "bad"), with(servers, "busy"));
        }

        private static int with(List<ServerRow> servers, String tone) {
            return (int)
                    servers.stream().filter(r -> r.whole().tone().equals(tone)).count();
        }

        boolean isKnown() {
            return good + busy + bad > 0;
        }

        String words() {
            int unknown = all - good - bad - busy;
            return good + "/" + all + " healthy" + part(bad, "failing") + part(busy, "in progress")
                    + part(unknown, "unknown");
        }

        private static String part(int n, String what) {
            return n == 0 ? "" : ", " + n + " " + what;
        }
    }
}
