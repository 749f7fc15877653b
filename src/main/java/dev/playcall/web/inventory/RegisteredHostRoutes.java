package dev.playcall.web.inventory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.catalog.inventory.RegisteredHost;
import dev.playcall.catalog.vars.RegisteredConnections;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.HostCommand;
import dev.playcall.command.HostCommand.RegisterHost.Mode;
import dev.playcall.command.Reply;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.StartRequest;
import dev.playcall.web.runs.RunJson;
import dev.playcall.web.runs.RunRoutes;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hosts that stand in no file, over HTTP: for programs that make machines. */
final class RegisteredHostRoutes {
    private static final String ALL = "/api/v1/inventory/{env}/registered";
    private static final String MANY = ALL + ":bulk";
    private static final String ONE = ALL + "/{host}";

    private final CommandHandler commands;
    private final RequestAuth requestAuth;
    private final RunRoutes runs;

    RegisteredHostRoutes(CommandHandler commands, RequestAuth requestAuth, RunRoutes runs) {
        this.commands = commands;
        this.requestAuth = requestAuth;
        this.runs = runs;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth::admit);
        api.get(ALL, this::list);
        api.post(ALL, requestAuth.onEnvironment(Permission.HOSTS), this::create);
        api.post(MANY, requestAuth.onEnvironment(Permission.HOSTS), this::createAll);
        api.get(ONE, ctx -> JsonBodies.send(ctx, json(find(ctx, ctx.pathParam("host")))));
        api.put(ONE, requestAuth.onEnvironment(Permission.HOSTS), ctx -> put(ctx, Mode.REPLACE));
        api.patch(ONE, requestAuth.onEnvironment(Permission.HOSTS), ctx -> put(ctx, Mode.CHANGE));
        api.delete(ONE, requestAuth.onEnvironment(Permission.HOSTS), this::remove);
    }

    private RegisteredHost find(Context ctx, String name) {
        var environment = requestAuth.environment(ctx);
        return environment
                .registered(name)
                .orElseThrow(() -> ProblemException.notFound("no host of this name is registered in "
                        + environment.name() + (environment.isInFile(name) ? "; it is in its inventory file" : "")));
    }

    private void list(Context ctx) {
        var environment = requestAuth.environment(ctx);
        var node = JsonBodies.object().put("environment", environment.name().value());
        var hosts = node.putArray("hosts");
        environment.registered().forEach(h -> hosts.add(json(h)));
        node.set("hidden", RunJson.texts(List.copyOf(environment.hidden().keySet())));
        node.set("problems", RunJson.texts(List.copyOf(environment.hidden().values())));
        node.set("warnings", RunJson.texts(RegisteredConnections.warnings(environment)));
        JsonBodies.send(ctx, node);
    }

    private void create(Context ctx) throws JsonProcessingException {
        var body = JsonBodies.body(ctx);
        var name = StartRequest.optional(body, "name")
                .orElseThrow(() -> ProblemException.badRequest("name", "name is required"));
        var command = command(ctx.pathParam("env"), name, Mode.CREATE, body);
        switch (commands.handle(command, requestAuth.caller(ctx, Optional.empty()))) {
            case Reply.Done(var message) -> {
                ctx.status(201).header("Location", "/api/v1/inventory/" + ctx.pathParam("env") + "/registered/" + name);
                JsonBodies.send(ctx, json(find(ctx, name)).put("message", message));
            }
            case Reply other -> runs.answer(ctx, other, command);
        }
    }

    private void createAll(Context ctx) throws IOException {
        var command = all(ctx.pathParam("env"), HostRows.read(ctx));
        runs.answer(ctx, commands.handle(command, requestAuth.caller(ctx, Optional.empty())), command);
    }

    static HostCommand.RegisterHosts all(String environment, List<JsonNode> hosts) {
        return new HostCommand.RegisterHosts(
                environment,
                hosts.stream()
                        .map(h -> command(environment, h.path("name").asText(), Mode.REPLACE, h))
                        .toList());
    }

    private void put(Context ctx, Mode how) throws JsonProcessingException {
        var body = JsonBodies.body(ctx);
        var name = ctx.pathParam("host");
        if (StartRequest.optional(body, "name").filter(n -> !n.equals(name)).isPresent()) {
            throw ProblemException.badRequest(
                    "name", "name differs from the one in the address; a host cannot be renamed");
        }
        var command = command(ctx.pathParam("env"), name, how, body);
        switch (commands.handle(command, requestAuth.caller(ctx, Optional.empty()))) {
            case Reply.Done(var message) ->
                JsonBodies.send(ctx, json(find(ctx, name)).put("message", message));
            case Reply other -> runs.answer(ctx, other, command);
        }
    }

    private void remove(Context ctx) {
        var command = new HostCommand.UnregisterHost(ctx.pathParam("env"), ctx.pathParam("host"));
        runs.answer(ctx, commands.handle(command, requestAuth.caller(ctx, Optional.empty())), command);
    }

    private static HostCommand.RegisterHost command(String environment, String name, Mode how, JsonNode body) {
        return new HostCommand.RegisterHost(
                environment,
                name,
                how,
                text(body, "address"),
                port(body),
                text(body, "user"),
                text(body, "key"),
                tags(body),
                variables(body));
    }

    /** Null takes away what was there. */
    private static Optional<String> text(JsonNode body, String name) {
        return body.path(name).isNull() ? Optional.of("") : StartRequest.optional(body, name);
    }

    private static Optional<String> port(JsonNode body) {
        var port = body.path("port");
        return port.isMissingNode() ? Optional.empty() : Optional.of(port.isNull() ? "" : port.asText());
    }

    private static Optional<List<String>> tags(JsonNode body) {
        var node = body.path("tags");
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        var tags = new ArrayList<String>();
        node.forEach(t -> tags.add(t.asText()));
        if (!node.isNull() && !node.isArray()) {
            throw ProblemException.badRequest("tags", "tags must be a list of strings");
        }
        return Optional.of(tags);
    }

    private static Map<String, Object> variables(JsonNode body) {
        Map<String, Object> variables = new HashMap<>();
        StartRequest.given(body).forEach(v -> variables.put(v.getKey(), value(v.getValue())));
        RegisteredHost.DETAILS.stream().filter(body::has).forEach(d -> variables.put(d, value(body.path(d))));
        return variables;
    }

    private static Object value(JsonNode node) {
        return node.isNull() ? "" : JsonBodies.plain(node);
    }

    private static ObjectNode json(RegisteredHost host) {
        var node = JsonBodies.object()
                .put("name", host.name())
                .put("address", host.address().orElse(null))
                .put("port", host.port().orElse(null))
                .put("user", host.user().orElse(null))
                .put("key", host.key().orElse(null));
        RegisteredHost.DETAILS.forEach(d -> node.put(d, host.detail(d).orElse(null)));
        node.set("tags", RunJson.texts(List.copyOf(host.tags())));
        node.set("variables", JsonBodies.tree(host.variables()));
        return node.put("registered_by", host.by().value()).put("registered_at", JsonBodies.time(host.at()));
    }
}
