package dev.playcall.web.search;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.domain.Run;
import dev.playcall.domain.name.RunId;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.RouteGroup;
import dev.playcall.web.search.SearchView.Hit;
import dev.playcall.web.security.RunButtons;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code /search?q=}: only what the user may see; the command palette of the pages shows the same. */
public final class SearchFeature implements RouteGroup {
    private static final int OF_A_KIND = 8;
    private static final int LONGEST = 100;
    private static final List<Hit> PAGES = List.of(
            page("Operations", "/"),
            page("Alerts", "/alerts"),
            page("Runs", "/runs"),
            page("Queue and schedules", "/queue"),
            page("Playbooks", "/playbooks"),
            page("Python environments", "/venvs"),
            page("Inventory", "/inventory"),
            page("Environments", "/environments"),
            page("Statistics", "/statistics"),
            page("Notifications", "/notifications"),
            page("Receivers and routes", "/notifications/receivers"),
            page("Audit", "/audit"),
            page("Settings", "/settings"),
            page("Secrets", "/secrets"),
            page("Account", "/account"));

    private final WebContext web;

    public SearchFeature(WebContext web) {
        this.web = web;
    }

    private static Hit page(String name, String link) {
        return new Hit("page", name, "", link);
    }

    @Override
    public void register(RoutesConfig routes) {
        routes.get("/search", this::search);
    }

    private void search(Context ctx) {
        web.requestAuth().admit(ctx);
        var asked = Params.text(ctx, "q").orElse("").strip();
        var text = asked.substring(0, Math.min(LONGEST, asked.length()));
        web.pages().show(ctx, "search/search.jte", new SearchView(text, hits(ctx, text)));
    }

    private List<Hit> hits(Context ctx, String text) {
        var wanted = text.toLowerCase(Locale.ROOT);
        var visible = web.requestAuth().visibleEnvironments(ctx);
        var catalog = web.catalogs().current();
        var environments = catalog.environments().values().stream()
                .filter(e -> visible.sees(e.name()))
                .toList();
        return Stream.of(
                        run(wanted)
                                .filter(r -> visible.sees(r.request().environment()))
                                .map(SearchFeature::hit)
                                .stream(),
                        some(PAGES.stream(), wanted),
                        some(
                                catalog.playbooks().keySet().stream()
                                        .map(p -> new Hit("playbook", p.value(), "", "/playbooks/" + p)),
                                wanted),
                        some(
                                environments.stream()
                                        .map(e -> new Hit(
                                                "environment", e.name().value(), "", "/?environment=" + e.name())),
                                wanted),
                        wanted.isEmpty()
                                ? Stream.<Hit>empty()
                                : some(environments.stream().flatMap(SearchFeature::hosts), wanted))
                .flatMap(hits -> hits)
                .toList();
    }

    private Optional<Run> run(String text) {
        var number = text.startsWith("#") ? text.substring(1) : text;
        return Optional.of(number)
                .filter(Params::isNumber)
                .flatMap(n -> web.journal().read().find(new RunId(Long.parseLong(n))));
    }

    private static Hit hit(Run run) {
        var request = run.request();
        return new Hit(
                "run",
                run.id() + " " + request.operation(),
                request.environment() + ", " + run.state().label(),
                "/runs/" + run.id().value());
    }

    private static Stream<Hit> hosts(Environment environment) {
        return environment.hosts().stream()
                .map(h -> new Hit(
                        "host",
                        h,
                        environment.name().value(),
                        "/?environment=" + environment.name() + "&host=" + RunButtons.encoded(h)));
    }

    private static Stream<Hit> some(Stream<Hit> all, String wanted) {
        return all.filter(h -> h.name().toLowerCase(Locale.ROOT).contains(wanted))
                .limit(wanted.isEmpty() ? Integer.MAX_VALUE : OF_A_KIND);
    }
}
