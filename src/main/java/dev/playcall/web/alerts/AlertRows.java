package dev.playcall.web.alerts;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.notify.alert.Alert;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.Severity;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.Params;
import dev.playcall.web.pages.ActionForm;
import dev.playcall.web.pages.AlertRow;
import dev.playcall.web.security.RequestAuth;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Alerts as pages show them to one user at one moment, each with what this user may do about it. */
public final class AlertRows {
    private final Catalog catalog;
    private final RequestAuth requestAuth;
    private final Context ctx;
    private final Instant now;

    public AlertRows(Catalog catalog, RequestAuth requestAuth, Context ctx, Instant now) {
        this.catalog = catalog;
        this.requestAuth = requestAuth;
        this.ctx = ctx;
        this.now = now;
    }

    public AlertRow row(Alert alert) {
        var item = alert.item();
        var since = alert.standing().since();
        return new AlertRow(
                alert.id(),
                item.severity().word(),
                alert.resolvedAt().isPresent() ? "none" : tone(item.severity()),
                item.title(),
                item.text(),
                where(item.labels()),
                TextFormat.duration(Duration.between(since, alert.resolvedAt().orElse(now))),
                JsonBodies.time(since),
                alert.standing().times(),
                alert.standing().acknowledgedBy().orElse(""),
                run(item.labels()),
                alert.resolvedAt().map(at -> TextFormat.ago(at, now)).orElse(""),
                alert.resolvedAt().isPresent() ? List.of() : actions(alert));
    }

    /** 0 when it is of no run. */
    private static long run(Map<String, String> labels) {
        return Optional.ofNullable(labels.get("run"))
                .filter(Params::isNumber)
                .map(Long::parseLong)
                .orElse(0L);
    }

    static String tone(Severity severity) {
        return switch (severity) {
            case CRITICAL, ERROR -> "bad";
            case WARNING -> "wait";
            case INFO -> "none";
        };
    }

    private static String where(Map<String, String> labels) {
        return Stream.of("environment", "host")
                .map(labels::get)
                .filter(text -> text != null && !text.isBlank())
                .collect(Collectors.joining(" · "));
    }

    private List<ActionForm> actions(Alert alert) {
        var forms = new ArrayList<ActionForm>();
        if (alert.standing().acknowledgedBy().isEmpty()) {
            var path = "/alerts/" + alert.id() + "/ack";
            forms.add(new ActionForm("Acknowledge", path, "", "", whyNot(alert), "/api/v1" + path, "", ""));
        }
        alert.standing().offers().forEach(o -> forms.add(offer(o)));
        return forms;
    }

    private ActionForm offer(Notification.Button offer) {
        var question = "Run “" + offer.label() + "”?";
        return new ActionForm(
                offer.label(),
                "/alerts/actions/" + offer.offer(),
                "first",
                question,
                requestAuth.whyNotAnywhere(ctx, Permission.START),
                "/api/v1/offers/" + offer.offer() + "/act",
                question,
                "");
    }

    /** Why this user may not acknowledge, silence or resolve it, empty when they may. */
    String whyNot(Alert alert) {
        return requestAuth.whyNotCare(ctx, environment(alert));
    }

    /** What an alert says of its environment counts where there is such an environment. */
    private Optional<EnvironmentName> environment(Alert alert) {
        return catalog.environment(alert.environment()).map(Environment::name);
    }
}
