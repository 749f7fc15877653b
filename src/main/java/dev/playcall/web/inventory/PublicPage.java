package dev.playcall.web.inventory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.catalog.Catalogs;
import dev.playcall.config.Config;
import dev.playcall.journal.RunJournal;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.security.Pages;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How servers are, for everybody, without an account: of the environments that are named in the configuration and nothing
 * else. It is made anew every few seconds, however many look.
 */
final class PublicPage {
    private static final Set<String> PATHS = Set.of("/public", "/public.json");
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Supplier<Config.PublicStatus> chosen;
    private final Catalogs catalogs;
    private final RunJournal journal;
    private final Pages pages;
    private final Clock clock;
    private @Nullable Shown shown;

    private record Shown(Instant at, Config.PublicStatus of, List<PublicRow> rows) {}

    PublicPage(Supplier<Config.PublicStatus> chosen, Catalogs catalogs, RunJournal journal, Pages pages, Clock clock) {
        this.chosen = chosen;
        this.catalogs = catalogs;
        this.journal = journal;
        this.pages = pages;
        this.clock = clock;
    }

    /** Whether this path may be read by everybody now. */
    public boolean isOpen(String path) {
        return PATHS.contains(path) && chosen.get().isOn();
    }

    void register(RoutesConfig routes) {
        new Api(routes, Api.ANYBODY).get("/public.json", ctx -> {
            var now = current(ctx);
            JsonBodies.send(ctx, json(now));
        });
        routes.get("/public", ctx -> {
            var now = current(ctx);
            ctx.header("Refresh", "30");
            pages.outside(ctx, "inventory/public.jte", view(now));
        });
    }

    private Shown current(Context ctx) {
        var wanted = chosen.get();
        if (!wanted.isOn()) {
            throw ProblemException.notFound(
                    "there is no public status page (server.public_status in config/playcall.yml)");
        }
        ctx.header("Cache-Control", "public, max-age=" + FRESH.toSeconds());
        return fresh(wanted);
    }

    private synchronized Shown fresh(Config.PublicStatus wanted) {
        var now = clock.instant();
        var last = shown;
        if (last != null
                && last.of().equals(wanted)
                && Duration.between(last.at(), now).abs().compareTo(FRESH) < 0) {
            return last;
        }
        var made = new Shown(now, wanted, new PublicRows(catalogs.current(), journal.read()).of(wanted));
        shown = made;
        return made;
    }

    private static String word(Shown now) {
        return List.of("trouble", "working", "ok").stream()
                .filter(w -> now.rows().stream().anyMatch(r -> r.word().equals(w)))
                .findFirst()
                .orElse("unknown");
    }

    private static PublicView view(Shown now) {
        var word = word(now);
        int problem = now.rows().stream().mapToInt(PublicRow::problem).sum();
        var headline = switch (word) {
            case "trouble" -> problem(now, problem);
            case "working" -> "In progress";
            case "ok" -> well(now);
            default -> "Status unknown";
        };
        return new PublicView(PublicRows.tone(word), headline, JsonBodies.time(now.at()), now.rows());
    }

    /** An alert that names no environment is one for each of them, so that they are not added up. */
    private static String problem(Shown now, int servers) {
        int alerts = now.rows().stream().mapToInt(PublicRow::alerts).max().orElse(0);
        var failing = servers + (servers == 1 ? " server" : " servers") + " failing";
        if (alerts == 0) {
            return failing;
        }
        return servers > 0 ? failing + ", critical alert open" : "Critical alert open";
    }

    /** What nobody has looked at is not said to work. */
    private static String well(Shown now) {
        int unknown = now.rows().stream().mapToInt(r -> r.total() - r.ok()).sum();
        return unknown == 0
                ? "All systems operational"
                : "No known problems; " + unknown + (unknown == 1 ? " server" : " servers") + " not checked yet";
    }

    private static ObjectNode json(Shown now) {
        var node = JsonBodies.object().put("at", JsonBodies.time(now.at())).put("status", word(now));
        var list = node.putArray("environments");
        for (var row : now.rows()) {
            var one = list.addObject().put("name", row.name()).put("status", row.word());
            one.putObject("servers")
                    .put("total", row.total())
                    .put("ok", row.ok())
                    .put("trouble", row.problem())
                    .put("working", row.working())
                    .put("unknown", row.total() - row.ok() - row.problem() - row.working());
            one.put("critical_alerts", row.alerts());
            one.put(
                    "last_deployment",
                    Optional.of(row.deployed()).filter(t -> !t.isEmpty()).orElse(null));
            if (now.of().hosts()) {
                var hosts = one.putArray("hosts");
                row.hosts().forEach(h -> hosts.addObject().put("name", h.name()).put("status", h.word()));
            }
        }
        return node;
    }
}
