package dev.playcall.web;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.Playbook;
import dev.playcall.security.Sight;
import dev.playcall.web.pages.Dot;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How each playbook stands, shown beside every page. */
final class Sidebar {
    private static final int MOST = 30;

    private final Catalogs catalogs;
    private final Visitors visitors;
    private final LastRuns last;

    Sidebar(Catalogs catalogs, Visitors visitors, LastRuns last) {
        this.catalogs = catalogs;
        this.visitors = visitors;
        this.last = last;
    }

    /** Nothing for those who may not look at any environment. */
    List<Dot> dots(Context ctx) {
        var sight = visitors.sight(ctx);
        var catalog = catalogs.current();
        if (catalog.environments().keySet().stream().noneMatch(sight::sees)) {
            return List.of();
        }
        return catalog.playbooks().values().stream()
                .limit(MOST)
                .map(p -> dot(p, sight))
                .toList();
    }

    /** Of one that cannot be run now. */
    Dot none(String name) {
        return new Dot(name, "bad", "cannot be run", link(name));
    }

    private static String link(String name) {
        return "/runs?playbook=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    Dot dot(Playbook playbook, Sight sight) {
        var name = playbook.name().value();
        var run = last.of(playbook.name(), sight);
        return new Dot(
                name,
                run.map(r -> Tones.of(r.state())).orElse("none"),
                run.map(r -> r.state().word().replace('_', ' ') + " in "
                                + r.request().environment())
                        .orElse("has not run lately"),
                link(name));
    }
}
