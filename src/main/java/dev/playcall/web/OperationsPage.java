package dev.playcall.web;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.Environment;
import dev.playcall.domain.Run;
import dev.playcall.journal.HostStatus;
import dev.playcall.journal.HostStatus.Column;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.RunQuery;
import dev.playcall.security.Sight;
import dev.playcall.web.pages.Cell;
import dev.playcall.web.pages.EnvironmentTable;
import dev.playcall.web.pages.OperationsView;
import dev.playcall.web.pages.ServerRow;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts the first page together. */
final class OperationsPage {
    private static final int ROWS = 60;
    private static final int RECENT = 12;

    private final Catalogs catalogs;
    private final RunJournal journal;
    private final Sight sight;
    private final Instant now;

    OperationsPage(Catalogs catalogs, RunJournal journal, Sight sight, Instant now) {
        this.catalogs = catalogs;
        this.journal = journal;
        this.sight = sight;
        this.now = now;
    }

    /**
     * @param only the environment to show, with all its hosts; all environments when empty
     * @param ailments what is wrong with parts of the gateway
     */
    OperationsView view(Optional<Environment> only, List<String> ailments) {
        var catalog = catalogs.current();
        var shown = only.map(List::of)
                .orElseGet(() -> catalog.environments().values().stream()
                        .filter(e -> sight.sees(e.name()))
                        .toList());
        int most = only.isPresent() ? Integer.MAX_VALUE : ROWS;
        var tables = shown.stream().map(e -> table(e, most)).toList();
        var rows = new RunRows(journal.read(), now);
        var running = seen(journal.read().running());
        var waiting = seen(journal.read().queue());
        int bad = tables.stream().mapToInt(EnvironmentTable::bad).sum();
        var query = only.map(e -> RunQuery.of(e.name().value(), RECENT))
                .orElseGet(() -> RunQuery.newest(RECENT))
                .within(sight.narrowed(catalog.environments().keySet()));
        var work = running.size() + " working, " + waiting.size() + " waiting";
        boolean quiet = running.isEmpty() && waiting.isEmpty();
        return new OperationsView(
                bad > 0 ? "bad" : quiet ? "good" : "busy",
                bad > 0 ? bad + (bad == 1 ? " server" : " servers") + " in trouble" : quiet ? "All quiet" : work,
                bad > 0 && !quiet ? work : quiet ? "Nothing works and nothing waits." : "",
                rows.active(running, waiting),
                tables,
                journal.read().list(query).runs().stream()
                        .filter(r -> r.state().isFinal())
                        .map(rows::row)
                        .toList(),
                Stream.concat(ailments.stream(), catalog.problems().stream()).toList(),
                "ping " + shown.stream().findFirst().map(e -> e.name().value()).orElse("production"));
    }

    private List<Run> seen(List<Run> runs) {
        return runs.stream().filter(r -> sight.sees(r.request().environment())).toList();
    }

    private EnvironmentTable table(Environment environment, int most) {
        Map<String, HostStatus> known = journal.read().statuses(environment.name()).stream()
                .collect(Collectors.toMap(HostStatus::host, Function.identity()));
        var rows = environment.hosts().stream()
                .map(h -> row(h, Optional.ofNullable(known.get(h))))
                .sorted(Comparator.comparingInt(OperationsPage::rank))
                .toList();
        int bad =
                (int) rows.stream().filter(r -> r.whole().tone().equals("bad")).count();
        var shown = rows.stream().limit(most).toList();
        return new EnvironmentTable(environment.name().value(), rows.size(), bad, shown, rows.size() - shown.size());
    }

    private static int rank(ServerRow row) {
        return switch (row.whole().tone()) {
            case "bad" -> 0;
            case "busy" -> 1;
            default -> 2;
        };
    }

    private ServerRow row(String host, Optional<HostStatus> status) {
        var ssh = status.flatMap(HostStatus::ssh).map(c -> cell(c, latency(c)));
        var provision = status.flatMap(HostStatus::provision).map(c -> cell(c, ""));
        var deploy = status.flatMap(HostStatus::deploy).map(c -> cell(c, c.version()));
        return new ServerRow(
                host,
                ssh.orElse(Cell.UNKNOWN),
                provision.orElse(Cell.UNKNOWN),
                deploy.orElse(Cell.UNKNOWN),
                whole(Stream.of(ssh, provision, deploy)
                        .flatMap(Optional::stream)
                        .toList()));
    }

    private static String latency(Column c) {
        return c.latencyMillis().isPresent() && c.status().equals("ok")
                ? c.latencyMillis().getAsLong() + " ms"
                : "";
    }

    private Cell cell(Column c, String text) {
        var tone = switch (c.status()) {
            case "ok" -> "good";
            case "running" -> "busy";
            default -> "bad";
        };
        var at = c.completed().orElse(c.started());
        return new Cell(
                Tones.sign(tone),
                tone,
                c.status(),
                text,
                Ages.ago(at, now),
                Json.time(at),
                tone.equals("bad") ? c.error() : "",
                c.run().value());
    }

    private static Cell whole(List<Cell> cells) {
        var worst = cells.stream()
                .filter(c -> c.tone().equals("bad"))
                .findFirst()
                .or(() -> cells.stream().filter(c -> c.tone().equals("busy")).findFirst());
        if (worst.isPresent()) {
            return worst.get();
        }
        return cells.isEmpty() ? Cell.UNKNOWN : cells.getFirst();
    }
}
