package dev.playcall.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.RegisteredHost;
import dev.playcall.command.Command;
import dev.playcall.command.Command.HostChange;
import dev.playcall.command.Desk;
import dev.playcall.command.Reply;
import dev.playcall.domain.EnvironmentName;
import dev.playcall.web.openapi.PlacesSaid;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Hosts and groups of an environment over HTTP. */
final class InventoryRoutes {
    private final Catalogs catalogs;
    private final Desk desk;
    private final Visitors visitors;

    InventoryRoutes(Catalogs catalogs, Desk desk, Visitors visitors) {
        this.catalogs = catalogs;
        this.desk = desk;
        this.visitors = visitors;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes);
        api.get("/api/v1/inventory/{env}", PlacesSaid.INVENTORY, this::list);
        api.post("/api/v1/inventory/{env}/hosts", PlacesSaid.ADD_HOST, this::add);
        api.post("/api/v1/inventory/{env}/groups", PlacesSaid.ADD_GROUP, this::addGroup);
        api.put("/api/v1/inventory/{env}/groups/{group}", PlacesSaid.SET_GROUP, this::renameGroup);
        api.delete(
                "/api/v1/inventory/{env}/groups/{group}",
                PlacesSaid.DROP_GROUP,
                ctx -> change(ctx, new HostChange.RemoveGroup(ctx.pathParam("group"))));
        api.delete(
                "/api/v1/inventory/{env}/hosts/{host}",
                PlacesSaid.DROP_HOST,
                ctx -> change(ctx, new HostChange.Remove(ctx.pathParam("host"))));
        api.put(
                "/api/v1/inventory/{env}/hosts/{host}/tags/{tag}",
                PlacesSaid.SET_HOST_TAG,
                ctx -> change(ctx, new HostChange.Tag(ctx.pathParam("host"), ctx.pathParam("tag"))));
        api.delete(
                "/api/v1/inventory/{env}/hosts/{host}/tags/{tag}",
                PlacesSaid.DROP_HOST_TAG,
                ctx -> change(ctx, new HostChange.Untag(ctx.pathParam("host"), ctx.pathParam("tag"))));
    }

    private void addGroup(Context ctx) throws JsonProcessingException {
        var name =
                text(Json.body(ctx), "name").orElseThrow(() -> ProblemException.badRequest("name", "name is required"));
        change(ctx, new HostChange.AddGroup(name));
    }

    private void renameGroup(Context ctx) throws JsonProcessingException {
        var name = text(Json.body(ctx), "name")
                .orElseThrow(() -> ProblemException.badRequest("name", "name is required: what it is to be called"));
        change(ctx, new HostChange.RenameGroup(ctx.pathParam("group"), name));
    }

    private void list(Context ctx) {
        visitors.admit(ctx);
        var environment = Optional.of(ctx.pathParam("env"))
                .filter(EnvironmentName::isValid)
                .flatMap(e -> catalogs.current().environment(new EnvironmentName(e)))
                .orElseThrow(() -> ProblemException.notFound("there is no such environment"));
        visitors.admit(ctx, environment.name());
        var node = Json.object().put("environment", environment.name().value());
        node.set("hosts", RunJson.texts(environment.hosts()));
        node.set(
                "registered",
                RunJson.texts(environment.registered().stream()
                        .map(RegisteredHost::name)
                        .toList()));
        var groups = node.putObject("groups");
        environment.groups().forEach((name, hosts) -> groups.set(name, RunJson.texts(hosts)));
        Json.send(ctx, node);
    }

    private void add(Context ctx) throws JsonProcessingException {
        var body = Json.body(ctx);
        Map<String, String> variables = new HashMap<>();
        body.path("variables")
                .properties()
                .forEach(v -> variables.put(v.getKey(), v.getValue().asText()));
        var host = text(body, "name").orElseThrow(() -> ProblemException.badRequest("name", "name is required"));
        change(ctx, new HostChange.Add(host, text(body, "group").orElse("all"), variables));
    }

    private static Optional<String> text(JsonNode body, String name) {
        return Optional.ofNullable(body.path(name).textValue());
    }

    private void change(Context ctx, HostChange change) {
        var wish = new Command.EditHosts(ctx.pathParam("env"), change);
        switch (desk.handle(wish, visitors.caller(ctx, Optional.empty()))) {
            case Reply.Done(var message) -> Json.send(ctx, Json.object().put("message", message));
            case Reply.Invalid invalid -> throw ProblemException.badRequest(invalid.field(), invalid.line());
            case Reply.NotFound(var message) -> throw ProblemException.notFound(message);
            case Reply.Denied denied -> throw new ProblemException(403, denied.line(), Optional.empty());
            case Reply.Unavailable(var message) -> throw new ProblemException(503, message, Optional.empty());
            case Reply.TooMany(var message, var _) -> throw new ProblemException(429, message, Optional.empty());
            case Reply.Taken(var message) -> throw new ProblemException(409, message, Optional.empty());
            case Reply.Accepted _, Reply.Again _, Reply.TooLate _, Reply.Scheduled _, Reply.Batched _, Reply.Told _ ->
                throw new IllegalStateException("a change of hosts is no run");
        }
    }
}
