package dev.playcall.web.alerts;

import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.RunId;
import dev.playcall.notify.alert.Alert;
import dev.playcall.notify.alert.AlertAction;
import dev.playcall.notify.alert.Alerts;
import dev.playcall.notify.alert.Silence;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.pages.Chip;
import dev.playcall.web.pages.Fact;
import dev.playcall.web.pages.RunRow;
import dev.playcall.web.runs.RunRows;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The list of alerts with the silences, and one alert with its history. */
final class AlertPages {
    private static final int ROWS = 50;
    private static final int EARLIER = 10;

    private final WebContext web;
    private final Alerts alerts;

    AlertPages(WebContext web, Alerts alerts) {
        this.web = web;
        this.alerts = alerts;
    }

    void register(RoutesConfig routes) {
        routes.get("/alerts", this::list);
        routes.get("/alerts/{id}", this::one);
    }

    private void list(Context ctx) {
        var requestAuth = web.requestAuth();
        requestAuth.admit(ctx);
        var now = web.clock().instant();
        var visible = requestAuth.visibleEnvironments(ctx);
        var filter = AlertFilter.of(ctx);
        var found = alerts.find(
                filter.open(),
                a -> visible.seesAlertsOf(a.environment()) && filter.matches(a),
                Params.id(ctx, "cursor"),
                ROWS);
        var rows = rows(ctx, now);
        long total = alerts.count(visible::seesAlertsOf);
        var environments = web.catalogs().current().environments().keySet().stream()
                .filter(visible::sees)
                .map(EnvironmentName::value)
                .toList();
        web.pages()
                .show(
                        ctx,
                        "alerts/alerts.jte",
                        new AlertsView(
                                states(filter, total),
                                filter,
                                environments,
                                found.stream().map(rows::row).toList(),
                                total,
                                found.size() < ROWS
                                        ? ""
                                        : filter.address(
                                                filter.open(),
                                                Optional.of(found.getLast().id())),
                                alerts.mutes().stream()
                                        .map(m -> silence(m, now, alerts.what(m)))
                                        .toList(),
                                requestAuth.mayAnywhere(ctx, Permission.LOCK)));
    }

    private AlertRows rows(Context ctx, Instant now) {
        return new AlertRows(web.catalogs().current(), web.requestAuth(), ctx, now);
    }

    private static List<Chip> states(AlertFilter filter, long total) {
        return List.of(
                new Chip("Open " + total, filter.address(true, Optional.empty()), filter.open()),
                new Chip("Resolved", filter.address(false, Optional.empty()), !filter.open()));
    }

    private static AlertsView.SilenceRow silence(Silence m, Instant now, String what) {
        var left = m.until().map(u -> Duration.between(now, u));
        return new AlertsView.SilenceRow(
                m.id(),
                what,
                m.by(),
                m.reason(),
                left.map(TextFormat::duration).orElse("no end"),
                left.map(Duration::toSeconds).orElse(0L),
                m.hidden());
    }

    private void one(Context ctx) {
        web.requestAuth().admit(ctx);
        var alert = find(ctx);
        var rows = rows(ctx, web.clock().instant());
        var row = rows.row(alert);
        web.pages()
                .show(
                        ctx,
                        "alerts/alert.jte",
                        new AlertView(
                                row,
                                TextFormat.minute(alert.standing().since()),
                                facts(alert),
                                scopes(alert),
                                rows.whyNot(alert),
                                alerts.mutes(alert).stream().map(this::line).toList(),
                                alert.standing().notes(),
                                runs(ctx, alert, row.run()),
                                alerts.earlier(alert, EARLIER).stream()
                                        .map(rows::row)
                                        .toList()));
    }

    private String line(Silence m) {
        return "Silenced by " + m.by()
                + m.until()
                        .map(u -> " for another "
                                + TextFormat.duration(
                                        Duration.between(web.clock().instant(), u)))
                        .orElse(" without an end")
                + (m.reason().isEmpty() ? "" : ": " + m.reason());
    }

    private Alert find(Context ctx) {
        var visible = web.requestAuth().visibleEnvironments(ctx);
        var id = ctx.pathParam("id");
        return Optional.of(id)
                .filter(Params::isNumber)
                .flatMap(i -> alerts.alert(Long.parseLong(i)))
                .filter(a -> visible.seesAlertsOf(a.environment()))
                .orElseThrow(() -> ProblemException.notFound("there is no alert " + id));
    }

    private List<Fact> facts(Alert alert) {
        var now = web.clock().instant();
        var since = alert.standing().since();
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("Opened", TextFormat.ago(since, now), JsonBodies.time(since), ""));
        alert.resolvedAt()
                .ifPresent(at -> facts.add(new Fact("Resolved", TextFormat.ago(at, now), JsonBodies.time(at), "")));
        facts.add(new Fact("Acknowledged by", alert.standing().acknowledgedBy().orElse("nobody"), "", ""));
        facts.add(new Fact("Reports", Integer.toString(alert.standing().times()), "", ""));
        alert.item().labels().forEach((name, value) -> facts.add(new Fact(name, value, "", "")));
        return facts;
    }

    private static List<AlertView.Scope> scopes(Alert alert) {
        var scopes = new ArrayList<>(List.of(new AlertView.Scope(Long.toString(alert.id()), "this alert")));
        Stream.of("host", "environment")
                .filter(name -> alert.item().labels().containsKey(name))
                .map(name -> name + "=" + alert.item().labels().get(name))
                .filter(matcher -> matcher.matches("\\w+=[\\w.@:-]+"))
                .forEach(matcher -> scopes.add(new AlertView.Scope(matcher, "everything with " + matcher)));
        return scopes;
    }

    /** Only runs that this user may see. */
    private List<RunRow> runs(Context ctx, Alert alert, long about) {
        var visible = web.requestAuth().visibleEnvironments(ctx);
        var rows = new RunRows(web.journal().read(), web.clock().instant());
        return Stream.concat(
                        Stream.of(about).filter(run -> run > 0),
                        alerts.actions(alert.id()).stream()
                                .map(AlertAction::run)
                                .flatMap(Optional::stream))
                .distinct()
                .flatMap(run -> web.journal().read().find(new RunId(run)).stream())
                .filter(run -> visible.sees(run.request().environment()))
                .map(rows::row)
                .toList();
    }
}
