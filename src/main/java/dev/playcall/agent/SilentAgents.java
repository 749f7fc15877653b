package dev.playcall.agent;

import dev.playcall.background.BackgroundLoop;
import dev.playcall.catalog.Catalogs;
import dev.playcall.domain.agent.AgentState;
import dev.playcall.domain.agent.HostAgent;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.notify.alert.Alert;
import dev.playcall.notify.alert.AlertStore;
import dev.playcall.notify.dispatch.Outbox;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.NotificationEvent.Order;
import dev.playcall.notify.event.NotificationEvent.Status;
import dev.playcall.notify.event.Severity;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes an alert {@code agent.silent} of each agent that reported and no longer does, and resolves it when it reports again or is not
 * expected any more. What is open is read from the alerts at the start, so that a restart neither repeats nor resolves it.
 */
public final class SilentAgents implements AutoCloseable {
    /** The kind of the event. */
    static final String KIND = "agent.silent";

    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final String SOURCE = "playcall";
    private static final int PAGE = 500;

    private final AgentReports reports;
    private final Catalogs catalogs;
    private final AlertStore alerts;
    private final Outbox outbox;
    private final String page;
    private final Clock clock;
    private final BackgroundLoop loop;
    private final Map<Missing, Instant> open = new LinkedHashMap<>();
    private boolean known;

    private record Missing(EnvironmentName environment, String host) {
        String subject() {
            return "agent/" + environment + "/" + host;
        }
    }

    /** @param page address of the gateway, empty when unknown */
    public SilentAgents(
            AgentReports reports, Catalogs catalogs, AlertStore alerts, Outbox outbox, String page, Clock clock) {
        this.reports = reports;
        this.catalogs = catalogs;
        this.alerts = alerts;
        this.outbox = outbox;
        this.page = page.replaceFirst("/+$", "");
        this.clock = clock;
        this.loop = new BackgroundLoop("silent agents", INTERVAL, clock, this::step);
        loop.onResume(this::forget);
    }

    /** What looks in the background. */
    public BackgroundLoop loop() {
        return loop;
    }

    public void start() {
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }

    /** Another gateway has opened and resolved alerts meanwhile. */
    private void forget() {
        open.clear();
        known = false;
    }

    /** Looks at all agents once; what is new is taken in one transaction. */
    void step() {
        remember();
        var silent = silent();
        var over = open.entrySet().stream()
                .filter(e -> !silent.containsKey(e.getKey()) && isOver(e.getKey(), e.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        var fresh = new LinkedHashMap<>(silent);
        fresh.keySet().removeAll(open.keySet());
        var events = new ArrayList<NotificationEvent>();
        fresh.forEach((m, agent) -> events.add(opened(m, agent)));
        over.forEach(m -> events.add(resolved(m)));
        if (!events.isEmpty()) {
            outbox.take(events);
        }
        over.forEach(open::remove);
        fresh.forEach((m, agent) -> open.put(m, millis(agent.lastSeen())));
    }

    private Map<Missing, HostAgent> silent() {
        var found = new LinkedHashMap<Missing, HostAgent>();
        for (var environment : reports.environments()) {
            for (var state : reports.states(environment)) {
                if (state instanceof AgentState.Silent(var agent)) {
                    found.put(new Missing(environment, agent.host()), agent);
                }
            }
        }
        return found;
    }

    /** Not when the gateway was started just now and nothing has come yet, nor while the inventory cannot be read. */
    private boolean isOver(Missing missing, Instant lastSeen) {
        if (isUnreadable(missing.environment())) {
            return false;
        }
        return reports.state(missing.environment(), missing.host())
                .known()
                .filter(_ ->
                        reports.serverId(missing.environment(), missing.host()).isPresent())
                .map(a -> millis(a.lastSeen()).isAfter(lastSeen))
                .orElse(true);
    }

    private boolean isUnreadable(EnvironmentName environment) {
        var catalog = catalogs.current();
        return catalog.broken().containsKey(environment)
                || (!catalog.environments().containsKey(environment)
                        && catalog.problems().stream().anyMatch(p -> p.contains("inventory/" + environment + "/")));
    }

    private void remember() {
        if (known) {
            return;
        }
        Optional<Long> before = Optional.empty();
        List<Alert> found;
        do {
            found = alerts.open(before, PAGE);
            found.forEach(this::remember);
            before = found.isEmpty() ? before : Optional.of(found.getLast().id());
        } while (found.size() == PAGE);
        known = true;
    }

    private void remember(Alert alert) {
        var host = alert.item().labels().getOrDefault("host", "");
        if (alert.item().kind().equals(KIND) && !alert.environment().isEmpty() && !host.isEmpty()) {
            open.put(
                    new Missing(new EnvironmentName(alert.environment()), host),
                    alert.item().at());
        }
    }

    private static Instant millis(Instant at) {
        return Instant.ofEpochMilli(at.toEpochMilli());
    }

    private NotificationEvent opened(Missing missing, HostAgent agent) {
        var version = agent.version().isEmpty() ? "" : agent.version() + ", ";
        return event(
                missing,
                Status.OPEN,
                agent.lastSeen(),
                "agent of " + missing.host() + " is silent",
                version + "last report " + TextFormat.second(agent.lastSeen()));
    }

    private NotificationEvent resolved(Missing missing) {
        var agent = reports.state(missing.environment(), missing.host()).known();
        return event(
                missing,
                Status.RESOLVED,
                clock.instant(),
                agent.map(_ -> "agent of " + missing.host() + " reports again")
                        .orElse("agent of " + missing.host() + " was removed"),
                agent.map(HostAgent::version).orElse(""));
    }

    private NotificationEvent event(Missing missing, Status status, Instant at, String title, String text) {
        return new NotificationEvent(
                SOURCE,
                missing.subject() + "/" + status + "/" + at.toEpochMilli(),
                missing.subject(),
                at,
                KIND,
                status == Status.OPEN ? Severity.WARNING : Severity.INFO,
                status,
                new TreeMap<>(Map.of("environment", missing.environment().value(), "host", missing.host())),
                title,
                text,
                page.isEmpty()
                        ? ""
                        : page + "/?environment=" + missing.environment() + "&host="
                                + URLEncoder.encode(missing.host(), StandardCharsets.UTF_8),
                Order.once(status, Optional.of(at)));
    }
}
