package dev.playcall.web.security;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.access.VisibleEnvironments;
import dev.playcall.web.http.StatusColors;
import dev.playcall.web.pages.PageFrame.StatusDot;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** What is shown beside every page: how each playbook stands, and how many alerts are open. */
public final class Sidebar {
    private static final int MOST = 30;

    private final Catalogs catalogs;
    private final RequestAuth requestAuth;
    private final LastRuns last;
    private ToLongFunction<VisibleEnvironments> alerts = _ -> 0;

    public Sidebar(Catalogs catalogs, RequestAuth requestAuth, RunJournal journal) {
        this.catalogs = catalogs;
        this.requestAuth = requestAuth;
        this.last = new LastRuns(journal);
    }

    /** @param counter how many alerts are open of those that somebody sees; before the start */
    public void count(ToLongFunction<VisibleEnvironments> counter) {
        alerts = counter;
    }

    /** How many alerts are open that this user sees. */
    long alerts(Context ctx) {
        return alerts.applyAsLong(requestAuth.visibleEnvironments(ctx));
    }

    /** Follows the runs from now on and reads what came before. */
    public void start() {
        last.start();
    }

    /** Those of sub-folders last; nothing for those who may not look at any environment. */
    List<StatusDot> dots(Context ctx) {
        var visible = requestAuth.visibleEnvironments(ctx);
        var catalog = catalogs.current();
        if (catalog.environments().keySet().stream().noneMatch(visible::sees)) {
            return List.of();
        }
        return catalog.playbooks().values().stream()
                .sorted(Comparator.comparing(p -> p.name().value().contains(".")))
                .limit(MOST)
                .map(p -> dot(p, visible))
                .toList();
    }

    /** Of one that cannot be run now. */
    public StatusDot none(String name) {
        return new StatusDot(name, "bad", "cannot be started", link(name));
    }

    private static String link(String name) {
        return "/runs?playbook=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    public StatusDot dot(Playbook playbook, VisibleEnvironments visible) {
        var name = playbook.name().value();
        var run = last.of(playbook.name(), visible);
        return new StatusDot(
                name,
                run.map(r -> StatusColors.of(r.state())).orElse("none"),
                run.map(r -> r.state().label() + " in " + r.request().environment())
                        .orElse("no recent run"),
                link(name));
    }
}
