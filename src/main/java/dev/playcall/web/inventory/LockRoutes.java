package dev.playcall.web.inventory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.catalog.Catalogs;
import dev.playcall.command.Command;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.LockCommand;
import dev.playcall.command.Reply;
import dev.playcall.config.Quantities;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.security.access.Permission;
import dev.playcall.security.approval.LockStore.EnvironmentLock;
import dev.playcall.security.approval.LocksAndFreezes;
import dev.playcall.security.approval.LocksAndFreezes.LockOrFreeze;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.Body;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Locks over HTTP, through the same command handler as everywhere. */
final class LockRoutes {
    private static final String ONE = "/api/v1/environments/{env}/lock";

    private final Catalogs catalogs;
    private final CommandHandler commands;
    private final LocksAndFreezes locksAndFreezes;
    private final RequestAuth requestAuth;

    LockRoutes(Catalogs catalogs, CommandHandler commands, LocksAndFreezes locksAndFreezes, RequestAuth requestAuth) {
        this.catalogs = catalogs;
        this.commands = commands;
        this.locksAndFreezes = locksAndFreezes;
        this.requestAuth = requestAuth;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth::admit);
        api.get("/api/v1/locks", this::list);
        api.put(ONE, requestAuth.onEnvironment(Permission.LOCK), this::lock);
        api.delete(ONE, requestAuth.onEnvironment(Permission.LOCK), ctx -> {
            var message = done(ctx, new LockCommand.Unlock(ctx.pathParam("env")));
            JsonBodies.send(ctx, JsonBodies.object().put("message", message));
        });
    }

    private void list(Context ctx) {
        requestAuth.admit(ctx);
        var visible = requestAuth.visibleEnvironments(ctx);
        var known = Stream.concat(
                        catalogs.current().environments().keySet().stream(),
                        locksAndFreezes.locks().all().stream().map(EnvironmentLock::environment))
                .distinct()
                .filter(visible::sees)
                .sorted()
                .toList();
        var node = JsonBodies.object();
        var locks = node.putArray("locks");
        var freezes = node.putArray("freezes");
        for (var lockOrFreeze : locksAndFreezes.all(known)) {
            switch (lockOrFreeze) {
                case LockOrFreeze.Locked(var lock) -> locks.add(json(lock));
                case LockOrFreeze.Frozen(var environment, var freezeWindow, var end) ->
                    freezes.addObject()
                            .put("environment", environment.value())
                            .put("reason", freezeWindow.reason())
                            .put("until", JsonBodies.time(end));
            }
        }
        JsonBodies.send(ctx, node);
    }

    private void lock(Context ctx) throws JsonProcessingException {
        var body = Body.of(ctx, "reason", "for");
        var text = body.text("for", "");
        Optional<Duration> time = Quantities.positiveDuration(text);
        if (!text.isBlank() && time.isEmpty()) {
            throw new ProblemException(422, Quantities.notADuration(text), Optional.of("for"));
        }
        var environment = ctx.pathParam("env");
        var message = done(ctx, new LockCommand.Lock(environment, body.text("reason", ""), time));
        var node = locksAndFreezes
                .lock(new EnvironmentName(environment))
                .map(LockRoutes::json)
                .orElseGet(JsonBodies::object);
        JsonBodies.send(ctx, node.put("message", message));
    }

    private static ObjectNode json(EnvironmentLock lock) {
        return JsonBodies.object()
                .put("environment", lock.environment().value())
                .put("holder", lock.holder().value())
                .put("reason", lock.reason())
                .put("since", JsonBodies.time(lock.since()))
                .put("until", lock.until().map(JsonBodies::time).orElse(null));
    }

    private String done(Context ctx, Command command) {
        return switch (commands.handle(command, requestAuth.caller(ctx, Optional.empty()))) {
            case Reply.Done(var message) -> message;
            case Reply.Invalid invalid ->
                throw new ProblemException(
                        invalid.field().equals("environment") ? 404 : 422,
                        invalid.line(),
                        Optional.of(invalid.field()));
            case Reply.NotFound(var message) -> throw ProblemException.notFound(message);
            case Reply.Denied denied -> throw new ProblemException(403, denied.line(), Optional.empty());
            case Reply.Conflict(var message) -> throw new ProblemException(409, message, Optional.empty());
            case Reply.TooLate(var _, var message) -> throw new ProblemException(409, message, Optional.empty());
            case Reply.TooMany(var message, var after) -> {
                ctx.header("Retry-After", Long.toString(after.toSeconds()));
                throw new ProblemException(429, message, Optional.empty());
            }
            case Reply.Unavailable(var message) -> throw new ProblemException(503, message, Optional.empty());
            case Reply.Accepted _, Reply.Duplicate _, Reply.Scheduled _, Reply.Batched _, Reply.Detailed _ ->
                throw new IllegalStateException("a lock is not a run");
        };
    }
}
