package dev.playcall.web.inventory;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.selection.HostFacts;
import dev.playcall.domain.Run;
import dev.playcall.journal.QueuePosition;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.RunQuery;
import dev.playcall.notify.alert.Alert;
import dev.playcall.notify.alert.Alerts;
import dev.playcall.security.access.VisibleEnvironments;
import dev.playcall.security.approval.LocksAndFreezes;
import dev.playcall.web.alerts.AlertRows;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.pages.AlertRow;
import dev.playcall.web.pages.Chip;
import dev.playcall.web.pages.RunRow;
import dev.playcall.web.runs.RunActions;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts the first page together: {@code /?environment=a,b&merged=1&host=web&all=1}. */
final class OperationsPage {
    private static final int RECENT = 12;
    private static final int ALERTS = 5;
    private static final int MOST_ALERTS = 200;

    private final Catalog catalog;
    private final RunJournal journal;
    private final VisibleEnvironments visible;
    private final RunButtons runButtons;
    private final EnvironmentTables tables;
    private final LockRows locks;
    private final AlertRows alertRows;
    private final RunRows rows;
    private final List<Environment> seen;
    private final Set<String> chosen;
    private final boolean merged;
    private final String host;

    OperationsPage(
            Catalog catalog,
            HostFacts facts,
            RunJournal journal,
            LocksAndFreezes closed,
            RequestAuth requestAuth,
            Context ctx,
            Instant now) {
        this.catalog = catalog;
        this.journal = journal;
        this.visible = requestAuth.visibleEnvironments(ctx);
        this.runButtons = new RunButtons(catalog, requestAuth, ctx);
        this.locks = new LockRows(closed, requestAuth, ctx, now);
        this.alertRows = new AlertRows(catalog, requestAuth, ctx, now);
        this.rows = new RunRows(journal.read(), now);
        this.seen = catalog.environments().values().stream()
                .filter(e -> visible.sees(e.name()))
                .toList();
        this.chosen = chosen(ctx, requestAuth);
        this.merged = Params.text(ctx, "merged").isPresent();
        this.host = Params.text(ctx, "host").orElse("").toLowerCase(Locale.ROOT);
        this.tables = new EnvironmentTables(
                catalog,
                journal.read(),
                new StatusCells(now, facts),
                runButtons,
                run -> RunActions.retry(requestAuth, ctx, journal.read(), run, "Retry " + run.id()),
                locks,
                new EnvironmentTables.Chosen(
                        seen.size() == 1 || chosen.size() == 1,
                        !chosen.isEmpty(),
                        Params.text(ctx, "all").isPresent(),
                        host));
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

    /**
     * @param ailments what is wrong with parts of the gateway
     * @param alerts those of the gateway, empty where it has none
     */
    public OperationsView view(List<String> ailments, Optional<Alerts> alerts) {
        var shown = seen.stream()
                .filter(e -> chosen.isEmpty() || chosen.contains(e.name().value()))
                .toList();
        var found = merged && shown.size() > 1
                ? List.of(tables.together(shown, address(chosen, true)))
                : tables.each(shown, e -> address(Set.of(e.name().value()), false));
        var allRunning = journal.read().running();
        var queue = journal.read().queue();
        var running = visible(allRunning);
        var waiting = visible(queue);
        long open = alerts.map(a -> a.count(visible::seesAlertsOf)).orElse(0L);
        int bad = found.stream().mapToInt(EnvironmentTable::bad).sum();
        return new OperationsView(
                OperationsHeadline.of(open, bad, running, waiting),
                alerts.map(this::alertRows).orElse(List.of()),
                open,
                locks.of(shown.stream().map(Environment::name).toList()),
                picker(),
                List.copyOf(chosen),
                merged,
                host,
                shown.size() > 1
                        ? runButtons.batch(shown.stream().map(Environment::name).toList())
                        : List.of(),
                shown.size(),
                rows.active(running, waiting, QueuePosition.of(queue, allRunning)),
                found,
                recent(shown),
                Stream.concat(ailments.stream(), catalog.problems().stream()).toList(),
                "ping " + shown.stream().findFirst().map(e -> e.name().value()).orElse("production"));
    }

    /** Those that nobody takes care of first, and of these the worst. */
    private List<AlertRow> alertRows(Alerts alerts) {
        return alerts.open(visible::seesAlertsOf, Optional.empty(), MOST_ALERTS).stream()
                .sorted(Comparator.comparing(
                                (Alert a) -> a.standing().acknowledgedBy().isPresent())
                        .thenComparing(a -> a.item().severity(), Comparator.reverseOrder()))
                .limit(ALERTS)
                .map(alertRows::row)
                .toList();
    }

    private List<RunRow> recent(List<Environment> shown) {
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
}
