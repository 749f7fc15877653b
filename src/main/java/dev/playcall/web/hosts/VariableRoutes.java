package dev.playcall.web.hosts;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.HostsEdit.RefusedException;
import dev.playcall.catalog.variable.VariableOwner;
import dev.playcall.catalog.vars.EnvironmentVariables;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.HostCommand;
import dev.playcall.command.HostCommand.HostChange;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.ChangeAnswer;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.StartRequest;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Variables of hosts and groups over HTTP, where they are written. */
final class VariableRoutes {
    private static final String OF_HOST = "/api/v1/inventory/{env}/hosts/{host}/variables";
    private static final String OF_GROUP = "/api/v1/inventory/{env}/groups/{group}/variables";

    private final FoundEnvironment found;
    private final CommandHandler commands;
    private final RequestAuth requestAuth;

    VariableRoutes(FoundEnvironment found, CommandHandler commands, RequestAuth requestAuth) {
        this.found = found;
        this.commands = commands;
        this.requestAuth = requestAuth;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth::admit);
        var right = requestAuth.onEnvironment(Permission.ADMIN);
        api.get(OF_HOST, right, ctx -> list(ctx, VariableOwner.host(ctx.pathParam("host"))));
        api.patch(OF_HOST, right, ctx -> change(ctx, VariableOwner.host(ctx.pathParam("host"))));
        api.get(OF_GROUP, right, ctx -> list(ctx, VariableOwner.group(ctx.pathParam("group"))));
        api.patch(OF_GROUP, right, ctx -> change(ctx, VariableOwner.group(ctx.pathParam("group"))));
    }

    /** Whether there is such a host or group; {@code all} always is. */
    static boolean isThere(Environment environment, VariableOwner owner) {
        return switch (owner.kind()) {
            case HOST -> environment.isInFile(owner.name());
            case GROUP ->
                owner.name().equals("all")
                        || owner.name().equals("ungrouped")
                        || environment.groups().containsKey(owner.name());
        };
    }

    private void list(Context ctx, VariableOwner owner) throws IOException {
        var environment = found.of(ctx);
        if (!isThere(environment, owner)) {
            throw ProblemException.notFound("there is no " + (owner.kind() == VariableOwner.Kind.HOST ? "host " : "")
                    + owner + " in a file of " + environment.name());
        }
        try {
            var node = JsonBodies.object().put("environment", environment.name().value());
            var list = node.putArray("variables");
            new EnvironmentVariables(environment)
                    .of(owner)
                    .forEach(v -> list.addObject()
                            .put("name", v.name())
                            .put("value", v.value())
                            .put("vaulted", v.vaulted())
                            .put("file", v.file())
                            .put("line", v.line()));
            JsonBodies.send(ctx, node);
        } catch (RefusedException e) {
            throw new ProblemException(422, e.why(), Optional.empty());
        }
    }

    /** A null takes a variable away. */
    private void change(Context ctx, VariableOwner owner) throws JsonProcessingException {
        var given = StartRequest.given(JsonBodies.body(ctx));
        if (given.isEmpty()) {
            throw ProblemException.badRequest(
                    "variables", "variables is required: names with values, null to remove one");
        }
        var set = new TreeMap<String, Object>();
        var unset = new TreeSet<String>();
        given.forEach(v -> {
            if (v.getValue().isNull()) {
                unset.add(v.getKey());
            } else {
                set.put(v.getKey(), JsonBodies.plain(v.getValue()));
            }
        });
        var command =
                new HostCommand.EditHosts(ctx.pathParam("env"), new HostChange.ChangeVariables(owner, set, unset));
        ChangeAnswer.send(ctx, commands.handle(command, requestAuth.caller(ctx, Optional.empty())), 200, 409);
    }
}
