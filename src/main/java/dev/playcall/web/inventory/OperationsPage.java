package dev.playcall.web.inventory;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.journal.HostStatus;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.RunQuery;
import dev.playcall.journal.VersionDrift;
import dev.playcall.security.access.VisibleEnvironments;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.pages.Chip;
import dev.playcall.web.runs.RunRows;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.RunButtons;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts the first page together: {@code /?environment=a,b&merged=1&host=web&all=1}. */
final class OperationsPage {
    private static final int ROWS = 60;
    private static final int ROWS_OF_ONE = 200;
    private static final int RECENT = 12;

    private final Catalog catalog;
    private final RunJournal journal;
    private final VisibleEnvironments visible;
    private final RunButtons runButtons;
    private final StatusCells cells;
    private final RunRows rows;
    private final List<Environment> seen;
    private final Set<String> chosen;
    private final boolean merged;
    private final boolean all;
    private final String host;

    OperationsPage(Catalog catalog, RunJournal journal, RequestAuth requestAuth, Context ctx, Instant now) {
        this.catalog = catalog;
        this.journal = journal;
        this.visible = requestAuth.visibleEnvironments(ctx);
        this.runButtons = new RunButtons(catalog, requestAuth, ctx);
        this.cells = new StatusCells(now);
        this.rows = new RunRows(journal.read(), now);
        this.seen = catalog.environments().values().stream()
                .filter(e -> visible.sees(e.name()))
                .toList();
        this.chosen = chosen(ctx, requestAuth);
        this.merged = Params.text(ctx, "merged").isPresent();
        this.all = Params.text(ctx, "all").isPresent();
        this.host = Params.text(ctx, "host").orElse("").toLowerCase(Locale.ROOT);
    }

    private Set<String> chosen(Context ctx, RequestAuth requestAuth) {
        var names = new LinkedHashSet<String>();
        for (var name : Params.text(ctx, "environment").map(e -> e.split(",")).orElse(new String[0])) {
            var found = catalog.environment(name.strip())
                    .orElseThrow(() -> ProblemException.notFound("there is no environment \"" + name + "\""));
            requestAuth.admit(ctx, found.name());
            names.add(found.name().value());
        }
        return names;
    }

    /** @param ailments what is wrong with parts of the gateway */
    public OperationsView view(List<String> ailments) {
        var shown = seen.stream()
                .filter(e -> chosen.isEmpty() || chosen.contains(e.name().value()))
                .toList();
        var tables = merged && shown.size() > 1
                ? List.of(together(shown))
                : shown.stream().map(this::table).toList();
        var running = visible(journal.read().running());
        var waiting = visible(journal.read().queue());
        int bad = tables.stream().mapToInt(EnvironmentTable::bad).sum();
        var work = work(running, waiting);
        boolean idle = running.isEmpty() && waiting.isEmpty();
        return new OperationsView(
                bad > 0 ? "bad" : idle ? "good" : "busy",
                bad > 0
                        ? bad + (bad == 1 ? " server" : " servers") + " failing"
                        : idle ? "Nothing failing, nothing running" : work,
                bad > 0 && !idle ? work : idle ? "Queue is empty." : "",
                picker(),
                List.copyOf(chosen),
                merged,
                host,
                shown.size() > 1
                        ? runButtons.batch(shown.stream().map(Environment::name).toList())
                        : List.of(),
                shown.size(),
                rows.active(running, waiting),
                tables,
                recent(shown),
                Stream.concat(ailments.stream(), catalog.problems().stream()).toList(),
                "ping " + shown.stream().findFirst().map(e -> e.name().value()).orElse("production"));
    }

    /** {@code 2 running, 1 queued, 1 awaiting approval}, without those that are none. */
    private static String work(List<Run> running, List<Run> waiting) {
        long approval = waiting.stream()
                .filter(r -> r.state() == RunState.AWAITING_APPROVAL)
                .count();
        return Stream.of(
                        running.size() + " running",
                        waiting.size() - approval + " queued",
                        approval + " awaiting approval")
                .filter(part -> !part.startsWith("0 "))
                .collect(Collectors.joining(", "));
    }

    private List<dev.playcall.web.pages.RunRow> recent(List<Environment> shown) {
        var names = chosen.isEmpty()
                ? visible.narrowed(catalog.environments().keySet())
                : Optional.of(shown.stream().map(e -> e.name().value()).collect(Collectors.toSet()));
        return journal.read().list(RunQuery.newest(RECENT).within(names)).runs().stream()
                .filter(r -> r.state().isFinal())
                .map(rows::row)
                .toList();
    }

    /** Nothing to pick where there is only one. */
    private List<Chip> picker() {
        if (seen.size() < 2) {
            return List.of();
        }
        var chips = new ArrayList<Chip>();
        chips.add(new Chip("All", address(Set.of(), merged), chosen.isEmpty()));
        for (var environment : seen) {
            var name = environment.name().value();
            var others = new LinkedHashSet<>(chosen);
            boolean on = !others.add(name) && others.remove(name);
            chips.add(new Chip(name, address(others, merged), on));
        }
        if (chosen.size() != 1) {
            chips.add(new Chip("Merged view", address(chosen, !merged), merged));
        }
        return chips;
    }

    private static String address(Set<String> environments, boolean merged) {
        var parts = new ArrayList<String>();
        if (!environments.isEmpty()) {
            parts.add("environment=" + RunButtons.encoded(String.join(",", environments)));
        }
        if (merged) {
            parts.add("merged=1");
        }
        return parts.isEmpty() ? "/" : "/?" + String.join("&", parts);
    }

    private List<Run> visible(List<Run> runs) {
        return runs.stream()
                .filter(r -> visible.sees(r.request().environment()))
                .toList();
    }

    private EnvironmentTable table(Environment environment) {
        var name = environment.name().value();
        int most = chosen.size() == 1 ? ROWS_OF_ONE : ROWS;
        return table(
                name,
                false,
                runButtons.of(environment.name()),
                servers(environment).toList(),
                most,
                address(Set.of(name), false));
    }

    private EnvironmentTable together(List<Environment> environments) {
        return table(
                environments.size() + " environments",
                true,
                List.of(),
                environments.stream().flatMap(this::servers).toList(),
                ROWS_OF_ONE,
                address(chosen, true));
    }

    private EnvironmentTable table(
            String name,
            boolean several,
            List<dev.playcall.web.pages.ActionButton> buttons,
            List<ServerRow> servers,
            int most,
            String address) {
        int bad = (int)
                servers.stream().filter(r -> r.whole().tone().equals("bad")).count();
        var found = servers.stream()
                .filter(r -> host.isEmpty() || r.host().toLowerCase(Locale.ROOT).contains(host))
                .sorted(Comparator.comparingInt(OperationsPage::rank))
                .toList();
        var shown = found.stream().limit(all ? Integer.MAX_VALUE : most).toList();
        var more = address + (address.contains("?") ? "&" : "?")
                + (host.isEmpty() ? "" : "host=" + RunButtons.encoded(host) + "&") + "all=1";
        return new EnvironmentTable(
                name, several, servers.size(), bad, buttons, shown, found.size() - shown.size(), more);
    }

    private Stream<ServerRow> servers(Environment environment) {
        var statuses = journal.read().statuses(environment.name());
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
}
