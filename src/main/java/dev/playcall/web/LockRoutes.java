package dev.playcall.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.catalog.Catalogs;
import dev.playcall.command.Command;
import dev.playcall.command.Desk;
import dev.playcall.command.Reply;
import dev.playcall.config.Quantities;
import dev.playcall.domain.EnvironmentName;
import dev.playcall.security.Closure;
import dev.playcall.security.Closures;
import dev.playcall.security.EnvironmentLock;
import dev.playcall.web.openapi.PlacesSaid;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Locks over HTTP, through the same desk as everywhere. */
final class LockRoutes {
    private static final String ONE = "/api/v1/environments/{env}/lock";

    private final Catalogs catalogs;
    private final Desk desk;
    private final Closures closures;
    private final Visitors visitors;

    LockRoutes(Catalogs catalogs, Desk desk, Closures closures, Visitors visitors) {
        this.catalogs = catalogs;
        this.desk = desk;
        this.closures = closures;
        this.visitors = visitors;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes);
        api.get("/api/v1/locks", PlacesSaid.LOCKS, this::list);
        api.put(ONE, PlacesSaid.SET_ENVIRONMENT_LOCK, this::lock);
        api.delete(ONE, PlacesSaid.DROP_ENVIRONMENT_LOCK, ctx -> {
            var message = done(ctx, new Command.Unlock(ctx.pathParam("env")));
            Json.send(ctx, Json.object().put("message", message));
        });
    }

    private void list(Context ctx) {
        visitors.admit(ctx);
        var sight = visitors.sight(ctx);
        var known = Stream.concat(
                        catalogs.current().environments().keySet().stream(),
                        closures.locks().all().stream().map(EnvironmentLock::environment))
                .distinct()
                .filter(sight::sees)
                .sorted()
                .toList();
        var node = Json.object();
        var locks = node.putArray("locks");
        var freezes = node.putArray("freezes");
        for (var closure : closures.all(known)) {
            switch (closure) {
                case Closure.Locked(var lock) -> locks.add(json(lock));
                case Closure.Frozen(var environment, var freeze, var end) ->
                    freezes.addObject()
                            .put("environment", environment.value())
                            .put("reason", freeze.reason())
                            .put("until", Json.time(end));
            }
        }
        Json.send(ctx, node);
    }

    private void lock(Context ctx) throws JsonProcessingException {
        var body = Body.of(ctx, "reason", "for");
        var text = body.text("for", "");
        Optional<Duration> time = Quantities.positiveDuration(text);
        if (!text.isBlank() && time.isEmpty()) {
            throw new ProblemException(422, "\"" + text + "\" is not a duration (30m, 2h, 1d)", Optional.of("for"));
        }
        var environment = ctx.pathParam("env");
        var message = done(ctx, new Command.Lock(environment, body.text("reason", ""), time));
        var node = closures.lock(new EnvironmentName(environment))
                .map(LockRoutes::json)
                .orElseGet(Json::object);
        Json.send(ctx, node.put("message", message));
    }

    private static ObjectNode json(EnvironmentLock lock) {
        return Json.object()
                .put("environment", lock.environment().value())
                .put("holder", lock.holder().value())
                .put("reason", lock.reason())
                .put("since", Json.time(lock.since()))
                .put("until", lock.until().map(Json::time).orElse(null));
    }

    private String done(Context ctx, Command wish) {
        return switch (desk.handle(wish, visitors.caller(ctx, Optional.empty()))) {
            case Reply.Done(var message) -> message;
            case Reply.Invalid invalid ->
                throw new ProblemException(
                        invalid.field().equals("environment") ? 404 : 422,
                        invalid.line(),
                        Optional.of(invalid.field()));
            case Reply.NotFound(var message) -> throw ProblemException.notFound(message);
            case Reply.Denied denied -> throw new ProblemException(403, denied.line(), Optional.empty());
            case Reply.Taken(var message) -> throw new ProblemException(409, message, Optional.empty());
            case Reply.TooLate(var _, var message) -> throw new ProblemException(409, message, Optional.empty());
            case Reply.TooMany(var message, var after) -> {
                ctx.header("Retry-After", Long.toString(after.toSeconds()));
                throw new ProblemException(429, message, Optional.empty());
            }
            case Reply.Unavailable(var message) -> throw new ProblemException(503, message, Optional.empty());
            case Reply.Accepted _, Reply.Again _, Reply.Scheduled _, Reply.Batched _, Reply.Told _ ->
                throw new IllegalStateException("a lock is no run");
        };
    }
}
