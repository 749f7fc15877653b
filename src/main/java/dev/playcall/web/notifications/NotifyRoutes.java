package dev.playcall.web.notifications;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.domain.name.RunId;
import dev.playcall.notify.dispatch.NotificationEngine;
import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.inbound.InboundHook;
import dev.playcall.notify.template.DefaultTemplate;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.IdempotencyKey;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was told to whom and what came of it; and the way in for notifications. */
final class NotifyRoutes {
    private static final int MOST = 200;
    private static final int USUAL = 50;

    private final NotificationEngine notificationEngine;
    private final InboundHook inboundHook;
    private final RequestAuth requestAuth;

    NotifyRoutes(NotificationEngine notificationEngine, RequestAuth requestAuth, Clock clock) {
        this.notificationEngine = notificationEngine;
        this.inboundHook = InboundHook.trusted("api", notificationEngine.outbox(), clock);
        this.requestAuth = requestAuth;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth.everywhere(Permission.AUDIT));
        api.get("/api/v1/deliveries", this::list);
        api.get("/api/v1/deliveries/{id}", ctx -> {
            requestAuth.admit(ctx, Permission.AUDIT);
            JsonBodies.send(ctx, whole(find(ctx)));
        });
        api.post("/api/v1/notifications", requestAuth.everywhere(Permission.START), ctx -> {
            requestAuth.admit(ctx, Permission.START);
            var person = requestAuth.webCaller(ctx).person();
            var owner = IdempotencyKey.of(ctx, person, "").name();
            var reply = inboundHook.handle(ctx.headerMap(), ctx.bodyAsBytes(), owner);
            ctx.status(reply.status())
                    .contentType(reply.status() < 400 ? "application/json" : "application/problem+json")
                    .result(reply.body());
        });
    }

    private void list(Context ctx) {
        requestAuth.admit(ctx, Permission.AUDIT);
        var state = Optional.ofNullable(ctx.queryParam("state")).filter(s -> !s.isBlank());
        var wanted = state.flatMap(Delivery.State::of);
        if (state.isPresent() && wanted.isEmpty()) {
            throw new ProblemException(
                    400,
                    "there is no state \"" + state.get() + "\"; there are "
                            + Arrays.stream(Delivery.State.values())
                                    .map(Delivery.State::word)
                                    .collect(Collectors.joining(", ")),
                    Optional.of("state"));
        }
        int limit = (int) Params.number(ctx, "limit", USUAL, 1, MOST);
        var receiver = Optional.ofNullable(ctx.queryParam("receiver")).filter(r -> !r.isBlank());
        var run = Params.id(ctx, "run");
        var cursor = Params.id(ctx, "cursor");
        var page = run.isPresent()
                ? notificationEngine.ofRun(run.get(), cursor, limit).reversed()
                : notificationEngine.deliveries(wanted, receiver, cursor, limit);
        var found = page.stream()
                .filter(d -> wanted.isEmpty() || wanted.get() == d.state())
                .filter(d -> receiver.isEmpty() || receiver.get().equals(d.receiver()))
                .toList();
        var node = JsonBodies.object();
        var all = node.putArray("deliveries");
        found.forEach(d ->
                all.add(run.map(r -> line(d).put("summary", DefaultTemplate.headline(d.content(), new RunId(r))))
                        .orElseGet(() -> line(d))));
        if (page.size() == limit) {
            node.put("next_cursor", page.getLast().id());
        } else {
            node.putNull("next_cursor");
        }
        var counts = node.putObject("counts");
        notificationEngine.counts().forEach((s, n) -> counts.put(s.word(), n));
        var open = node.putObject("spared");
        notificationEngine.circuitOpen().forEach((r, until) -> open.put(r, until.toString()));
        var held = node.putArray("held");
        notificationEngine
                .held()
                .forEach(h -> held.addObject()
                        .put("receiver", h.receiver())
                        .put("route", h.route())
                        .put("messages", h.messages())
                        .put("why", h.word())
                        .put("until", JsonBodies.time(h.until())));
        var paced = node.putArray("paced");
        notificationEngine.paced().forEach(paced::add);
        JsonBodies.send(ctx, node);
    }

    private Delivery find(Context ctx) {
        var id = ctx.pathParam("id");
        return Optional.of(id)
                .filter(i -> i.matches("\\d{1,18}"))
                .flatMap(i -> notificationEngine.delivery(Long.parseLong(i)))
                .orElseThrow(() -> ProblemException.notFound("there is no delivery " + id));
    }

    private static ObjectNode line(Delivery d) {
        var node = JsonBodies.object()
                .put("id", d.id())
                .put("receiver", d.receiver())
                .put("state", d.state().word())
                .put("severity", d.content().severity().word())
                .put("summary", DefaultTemplate.headline(d.content()))
                .put("created_at", d.createdAt().toString())
                .put("tries", d.tries())
                .put("reason", d.reason());
        d.due().ifPresent(t -> node.put("due_at", t.toString()));
        d.endedAt().ifPresent(t -> node.put("ended_at", t.toString()));
        return node;
    }

    private static ObjectNode whole(Delivery d) {
        var node = line(d);
        var attempts = node.putArray("attempts");
        d.attempts()
                .forEach(a -> attempts.addObject()
                        .put("number", a.number())
                        .put("at", a.at().toString())
                        .put("milliseconds", a.millis())
                        .put("delivered", a.delivered())
                        .put("answer", a.answer()));
        return node;
    }
}
