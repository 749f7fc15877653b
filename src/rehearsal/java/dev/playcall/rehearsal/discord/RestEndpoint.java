package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** The REST door: who may, what goes wrong, how much is left, who answers. */
final class RestEndpoint {
    static final String ROOT = "/api/v10";
    private final DiscordState world;
    private final List<Route> routes;
    private final Recorder recorder;
    private final Limits limits;
    private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean revoked;

    RestEndpoint(DiscordState world, List<Route> routes, Recorder recorder, Limits limits) {
        this.world = world;
        this.routes = List.copyOf(routes);
        this.recorder = recorder;
        this.limits = limits;
    }

    void revoke() {
        revoked = true;
    }

    void close() {
        closing.countDown();
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    void fault(String route, Fault fault) {
        if (routes.stream().noneMatch(r -> r.name().equals(route))) {
            throw new IllegalArgumentException("there is no route " + route);
        }
        faults.computeIfAbsent(route, r -> new ArrayDeque<>()).add(fault);
    }

    void handle(Context ctx) {
        var path = ctx.path().substring(ROOT.length());
        for (var route : routes) {
            var names = route.match(ctx.method().name(), path);
            if (names.isPresent()) {
                Map<String, String> decoded = new HashMap<>();
                names.get().forEach((k, v) -> decoded.put(k, URLDecoder.decode(v, StandardCharsets.UTF_8)));
                serve(ctx, route, decoded);
                return;
            }
        }
        write(ctx, 404, "{\"message\":\"404: Not Found\",\"code\":0}");
    }

    private void serve(Context ctx, Route route, Map<String, String> path) {
        var verdict = limits.take(route, path);
        verdict.headers().forEach(ctx::header);
        var fault = verdict.refusal().orElseGet(() -> next(route));
        JsonNode body = Json.object();
        try {
            var request = read(ctx, route, path);
            body = request.body();
            authorize(ctx, route);
            if (fault == null || fault.applied()) {
                answer(ctx, route, request);
            }
        } catch (Refusal e) {
            refuse(ctx, e);
        }
        if (fault != null) {
            spoil(ctx, fault);
        }
        var status = fault != null && fault.cuts() ? 0 : ctx.statusCode();
        calls.add(new Call(world.pulse.now(), route.name(), ctx.path(), body, status));
    }

    private @org.jspecify.annotations.Nullable Fault next(Route route) {
        var queue = faults.get(route.name());
        if (queue == null) {
            return null;
        }
        synchronized (queue) {
            return queue.poll();
        }
    }

    private void authorize(Context ctx, Route route) {
        if (!route.open() && (revoked || !("Bot " + DiscordServer.TOKEN).equals(ctx.header("Authorization")))) {
            throw Refusal.unauthorized();
        }
    }

    private void answer(Context ctx, Route route, Request request) {
        recorder.note(request);
        synchronized (world) {
            var answer = route.handler().apply(request);
            if (answer.body().isMissingNode()) {
                ctx.status(answer.status());
            } else {
                write(ctx, answer.status(), answer.body().toString());
            }
        }
    }

    private static void refuse(Context ctx, Refusal refusal) {
        if (refusal.status() == 429) {
            ctx.header("Via", "1.1 google");
            ctx.header("X-RateLimit-Scope", "shared");
            ctx.header("Retry-After", Integer.toString((int)
                    Math.ceil(refusal.body().path("retry_after").asDouble())));
        }
        write(ctx, refusal.status(), refusal.body().toString());
    }

    private void spoil(Context ctx, Fault fault) {
        if (fault.cuts()) {
            pause(fault.stall());
            cut(ctx);
            return;
        }
        fault.headers().forEach(ctx::header);
        ctx.status(fault.status())
                .contentType(Objects.requireNonNull(fault.headers().get("Content-Type")));
        ctx.result(fault.body());
    }

    private void pause(Duration stall) {
        try {
            if (!stall.isZero() && closing.await(stall.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The line goes dead without an answer. */
    static void cut(Context ctx) {
        ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
    }

    private static void write(Context ctx, int status, String json) {
        ctx.status(status).contentType("application/json").result(json);
    }

    private static Request read(Context ctx, Route route, Map<String, String> path) {
        Map<String, String> query = new HashMap<>();
        ctx.queryParamMap().forEach((k, v) -> query.put(k, v.getFirst()));
        if (!ctx.isMultipartFormData()) {
            return new Request(route.name(), path, query, Json.parse(ctx.body()), List.of());
        }
        var files = new ArrayList<Upload>();
        for (var file : ctx.uploadedFiles()) {
            try (var in = file.content()) {
                files.add(new Upload(file.filename(), in.readAllBytes()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        var body = Objects.requireNonNullElse(ctx.formParam("payload_json"), "{}");
        return new Request(route.name(), path, query, Json.parse(body), files);
    }
}
