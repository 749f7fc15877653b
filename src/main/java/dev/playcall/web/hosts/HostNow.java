package dev.playcall.web.hosts;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.journal.HostStatus;
import dev.playcall.journal.RunQuery;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.pages.ActionButton;
import dev.playcall.web.pages.Fact;
import dev.playcall.web.pages.RunRow;
import dev.playcall.web.runs.RunRows;
import dev.playcall.web.security.RunButtons;
import dev.playcall.web.security.WebContext;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a host is, and what was done to it.
 *
 * @param facts what its last runs said, and the newest open alert that names it
 * @param runs the newest ones that worked on it; {@code allRuns} leads to the others
 * @param acts what can be started for this host alone
 */
record HostNow(List<Fact> facts, List<RunRow> runs, String allRuns, List<ActionButton> acts) {
    private static final int RUNS = 5;
    private static final int ERROR = 160;

    HostNow {
        facts = List.copyOf(facts);
        runs = List.copyOf(runs);
        acts = List.copyOf(acts);
    }

    static HostNow of(WebContext web, Context ctx, Environment environment, String host) {
        var now = web.clock().instant();
        var store = web.journal().read();
        var rows = new RunRows(store, now);
        var name = environment.name().value();
        return new HostNow(
                store.statuses(environment.name()).stream()
                        .filter(s -> s.host().equals(host))
                        .flatMap(s -> facts(s, now))
                        .toList(),
                store.list(RunQuery.of(name, RUNS).host(Optional.of(host))).runs().stream()
                        .map(rows::row)
                        .toList(),
                "/runs?environment=" + RunButtons.encoded(name) + "&host=" + RunButtons.encoded(host),
                acts(web, ctx, environment, host));
    }

    private static Stream<Fact> facts(HostStatus status, Instant now) {
        return Stream.of(
                        status.alert().map(a -> new Fact("Open alert", a.title(), "", "/alerts/" + a.id())),
                        status.deploy().map(c -> fact("Version", c.version(), c, now)),
                        status.ssh().map(c -> fact("SSH", c.answer(), c, now)),
                        status.provision().map(c -> fact("Provision", "", c, now)),
                        status.last()
                                .map(c -> fact(
                                        "Last run",
                                        Truncate.of(
                                                c.error().lines().findFirst().orElse(""), ERROR),
                                        c,
                                        now)))
                .flatMap(Optional::stream);
    }

    private static Fact fact(String name, String what, HostStatus.Column column, Instant now) {
        var at = column.completed().orElse(column.started());
        var words = Stream.of(what, column.status(), TextFormat.ago(at, now))
                .filter(w -> !w.isEmpty())
                .toList();
        return new Fact(
                name,
                String.join(", ", words),
                JsonBodies.time(at),
                "/runs/" + column.run().value());
    }

    private static List<ActionButton> acts(WebContext web, Context ctx, Environment environment, String host) {
        var catalog = web.catalogs().current();
        var buttons = new RunButtons(catalog, web.requestAuth(), ctx);
        return catalog.operations().values().stream()
                .filter(o -> o.playbook().flatMap(catalog::playbook).isPresent())
                .map(o -> buttons.form(
                        RunButtons.label(o.operation()),
                        o.operation(),
                        environment.name(),
                        "",
                        "&limit=" + RunButtons.encoded(host)))
                .toList();
    }
}
