package dev.playcall.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.Environment;
import dev.playcall.catalog.RegisteredHost;
import dev.playcall.command.Command;
import dev.playcall.command.Command.RegisterHost.Way;
import dev.playcall.command.Desk;
import dev.playcall.command.Reply;
import dev.playcall.domain.EnvironmentName;
import dev.playcall.web.openapi.RegisteredSaid;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hosts that stand in no file, over HTTP: for programs that make machines. */
final class RegisterRoutes {
    private static final String ALL = "/api/v1/inventory/{env}/registered";
    private static final String ONE = ALL + "/{host}";

    private final Catalogs catalogs;
    private final Desk desk;
    private final Visitors visitors;
    private final RunRoutes runs;

    RegisterRoutes(Catalogs catalogs, Desk desk, Visitors visitors, RunRoutes runs) {
        this.catalogs = catalogs;
        this.desk = desk;
        this.visitors = visitors;
        this.runs = runs;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes);
        api.get(ALL, RegisteredSaid.HOSTS, this::list);
        api.post(ALL, RegisteredSaid.CREATE, this::create);
        api.get(ONE, RegisteredSaid.HOST, ctx -> Json.send(ctx, json(find(ctx, ctx.pathParam("host")))));
        api.put(ONE, RegisteredSaid.REPLACE, ctx -> put(ctx, Way.REPLACE));
        api.patch(ONE, RegisteredSaid.CHANGE, ctx -> put(ctx, Way.CHANGE));
        api.delete(ONE, RegisteredSaid.REMOVE, this::remove);
    }

    private Environment environment(Context ctx) {
        visitors.admit(ctx);
        var environment = Optional.of(ctx.pathParam("env"))
                .filter(EnvironmentName::isValid)
                .flatMap(e -> catalogs.current().environment(new EnvironmentName(e)))
                .orElseThrow(() -> ProblemException.notFound("there is no such environment"));
        visitors.admit(ctx, environment.name());
        return environment;
    }

    private RegisteredHost find(Context ctx, String name) {
        var environment = environment(ctx);
        return environment
                .registered(name)
                .orElseThrow(() -> ProblemException.notFound("no host of this name is registered in "
                        + environment.name() + (environment.isInFile(name) ? "; it stands in its file" : "")));
    }

    private void list(Context ctx) {
        var environment = environment(ctx);
        var node = Json.object().put("environment", environment.name().value());
        var hosts = node.putArray("hosts");
        environment.registered().forEach(h -> hosts.add(json(h)));
        node.set("hidden", RunJson.texts(List.copyOf(environment.hidden().keySet())));
        node.set("problems", RunJson.texts(List.copyOf(environment.hidden().values())));
        Json.send(ctx, node);
    }

    private void create(Context ctx) throws JsonProcessingException {
        var body = Json.body(ctx);
        var name = StartBody.optional(body, "name")
                .orElseThrow(() -> ProblemException.badRequest("name", "name is required"));
        var wish = wish(ctx, name, Way.CREATE, body);
        switch (desk.handle(wish, visitors.caller(ctx, Optional.empty()))) {
            case Reply.Done(var message) -> {
                ctx.status(201).header("Location", "/api/v1/inventory/" + ctx.pathParam("env") + "/registered/" + name);
                Json.send(ctx, json(find(ctx, name)).put("message", message));
            }
            case Reply other -> runs.answer(ctx, other, wish);
        }
    }

    private void put(Context ctx, Way how) throws JsonProcessingException {
        var body = Json.body(ctx);
        var name = ctx.pathParam("host");
        if (StartBody.optional(body, "name").filter(n -> !n.equals(name)).isPresent()) {
            throw ProblemException.badRequest("name", "name is not the one of the address; a host keeps its name");
        }
        var wish = wish(ctx, name, how, body);
        switch (desk.handle(wish, visitors.caller(ctx, Optional.empty()))) {
            case Reply.Done(var message) -> Json.send(ctx, json(find(ctx, name)).put("message", message));
            case Reply other -> runs.answer(ctx, other, wish);
        }
    }

    private void remove(Context ctx) {
        var wish = new Command.UnregisterHost(ctx.pathParam("env"), ctx.pathParam("host"));
        runs.answer(ctx, desk.handle(wish, visitors.caller(ctx, Optional.empty())), wish);
    }

    private static Command.RegisterHost wish(Context ctx, String name, Way how, JsonNode body) {
        return new Command.RegisterHost(
                ctx.pathParam("env"),
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
        return body.path(name).isNull() ? Optional.of("") : StartBody.optional(body, name);
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
            throw ProblemException.badRequest("tags", "tags is a list of texts");
        }
        return Optional.of(tags);
    }

    private static Map<String, Object> variables(JsonNode body) {
        var node = body.path("variables");
        if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
            throw ProblemException.badRequest("variables", "variables is an object");
        }
        Map<String, Object> variables = new HashMap<>();
        node.properties()
                .forEach(v -> variables.put(v.getKey(), v.getValue().isNull() ? "" : Json.plain(v.getValue())));
        return variables;
    }

    private static ObjectNode json(RegisteredHost host) {
        var node = Json.object()
                .put("name", host.name())
                .put("address", host.address().orElse(null))
                .put("port", host.port().orElse(null))
                .put("user", host.user().orElse(null))
                .put("key", host.key().orElse(null));
        node.set("tags", RunJson.texts(List.copyOf(host.tags())));
        node.set("variables", Json.tree(host.variables()));
        return node.put("registered_by", host.by().value()).put("registered_at", Json.time(host.at()));
    }
}
