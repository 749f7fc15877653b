package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** The Web API: tokens, limits, faults, the methods, and a log of every call. */
final class WebApi implements AutoCloseable {
    private static final String SCOPES = "app_mentions:read,chat:write,chat:write.public,commands,files:write,"
            + "usergroups:read,users:read,users:read.email,im:history,im:write,reactions:write,channels:read,groups:read,"
            + "channels:history,groups:history,links:read,links:write";
    private static final String CONNECT = "apps.connections.open";

    private final Map<String, Function<Params, ObjectNode>> methods;
    private final Limits limits;
    private final Recorder recorder;
    private final Clock clock;
    private final Map<String, Deque<Fault>> faults = new HashMap<>();
    private final List<Call> calls = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean revoked;

    WebApi(Map<String, Function<Params, ObjectNode>> methods, Limits limits, Recorder recorder, Clock clock) {
        this.methods = Map.copyOf(methods);
        this.limits = limits;
        this.recorder = recorder;
        this.clock = clock;
    }

    /** What goes back: status 0 cuts the connection. */
    private record Reply(int status, String body, Optional<Integer> retryAfter) {}

    void handle(Context ctx) {
        var method = ctx.pathParam("method");
        Params params;
        Optional<Refusal> unread = Optional.empty();
        try {
            params = Params.of(method, ctx);
        } catch (Refusal e) {
            params = new Params(method, Map.of());
            unread = Optional.of(e);
        }
        var at = clock.instant();
        var reply = reply(ctx, params, unread);
        synchronized (this) {
            calls.add(new Call(method, params.values(), at, reply.status(), reply.body()));
        }
        send(ctx, reply);
    }

    private Reply reply(Context ctx, Params params, Optional<Refusal> unread) {
        var fault = poll(params.method());
        if (fault.filter(f -> !f.applied()).isPresent()) {
            return spoiled(fault.get());
        }
        var wait = limits.wait(params);
        if (wait.isPresent()) {
            var body =
                    Json.object().put("ok", false).put("error", "ratelimited").toString();
            return new Reply(429, body, wait.map(Math::toIntExact));
        }
        var answer = answer(ctx, params, unread);
        return fault.map(this::spoiled).orElseGet(() -> new Reply(200, answer.toString(), Optional.empty()));
    }

    private ObjectNode answer(Context ctx, Params params, Optional<Refusal> unread) {
        try {
            unread.ifPresent(e -> {
                throw e;
            });
            var work = methods.get(params.method());
            if (work == null) {
                throw new Refusal("unknown_method");
            }
            authorise(ctx, params);
            recorder.call(params);
            return work.apply(params);
        } catch (Refusal e) {
            return e.answer();
        }
    }

    private void authorise(Context ctx, Params params) {
        var token = Optional.ofNullable(ctx.header("Authorization"))
                .filter(h -> h.startsWith("Bearer "))
                .map(h -> h.substring("Bearer ".length()))
                .or(() -> params.text("token"))
                .orElseThrow(() -> new Refusal("not_authed"));
        if (!token.equals(SlackServer.BOT_TOKEN) && !token.equals(SlackServer.APP_TOKEN)) {
            throw new Refusal("invalid_auth");
        }
        if (isRevoked()) {
            throw new Refusal("token_revoked");
        }
        if (token.equals(SlackServer.APP_TOKEN) != params.method().equals(CONNECT)) {
            throw new Refusal("not_allowed_token_type");
        }
    }

    private Reply spoiled(Fault fault) {
        if (fault.kind() == Fault.Kind.HANG) {
            pause(fault.hang());
        }
        return new Reply(fault.status(), fault.body(), fault.retryAfter());
    }

    private void pause(Duration time) {
        try {
            // ends early when the server closes
            var _ = closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(Context ctx, Reply reply) {
        if (reply.status() == 0) {
            ServletContextRequest.getServletContextRequest(ctx.req())
                    .getConnectionMetaData()
                    .getConnection()
                    .getEndPoint()
                    .close();
            return;
        }
        reply.retryAfter().ifPresent(s -> ctx.header("Retry-After", Integer.toString(s)));
        ctx.header("x-oauth-scopes", SCOPES)
                .status(reply.status())
                .contentType(reply.body().startsWith("{") ? "application/json; charset=utf-8" : "text/html")
                .result(reply.body());
    }

    private synchronized Optional<Fault> poll(String method) {
        return Optional.ofNullable(faults.get(method)).map(Deque::poll);
    }

    synchronized void fail(String method, Fault fault) {
        faults.computeIfAbsent(method, _ -> new ArrayDeque<>()).add(fault);
    }

    synchronized void revoke() {
        revoked = true;
    }

    private synchronized boolean isRevoked() {
        return revoked;
    }

    synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
