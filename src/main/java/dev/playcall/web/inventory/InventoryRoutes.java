package dev.playcall.web.inventory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.inventory.RegisteredHost;
import dev.playcall.catalog.layout.FetchedInventory;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.ContentCommand;
import dev.playcall.command.HostCommand;
import dev.playcall.command.HostCommand.HostChange;
import dev.playcall.security.access.Permission;
import dev.playcall.web.hosts.ChosenHosts;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.ChangeAnswer;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.StartRequest;
import dev.playcall.web.runs.RunJson;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;

/** Hosts and groups of an environment over HTTP. */
final class InventoryRoutes {
    private final Catalogs catalogs;
    private final CommandHandler commands;
    private final RequestAuth requestAuth;

    InventoryRoutes(Catalogs catalogs, CommandHandler commands, RequestAuth requestAuth) {
        this.catalogs = catalogs;
        this.commands = commands;
        this.requestAuth = requestAuth;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth::admit);
        api.get("/api/v1/inventory/{env}", this::list);
        api.post("/api/v1/inventory/{env}/refresh", requestAuth.onEnvironment(Permission.SYNC), this::refresh);
        api.post("/api/v1/inventory/{env}/hosts", requestAuth.onEnvironment(Permission.ADMIN), this::add);
        api.post("/api/v1/inventory/{env}/groups", requestAuth.onEnvironment(Permission.ADMIN), this::addGroup);
        api.put(
                "/api/v1/inventory/{env}/groups/{group}",
                requestAuth.onEnvironment(Permission.ADMIN),
                this::renameGroup);
        api.delete(
                "/api/v1/inventory/{env}/groups/{group}",
                requestAuth.onEnvironment(Permission.ADMIN),
                ctx -> change(ctx, new HostChange.RemoveGroup(ctx.pathParam("group"))));
        api.delete(
                "/api/v1/inventory/{env}/hosts/{host}",
                requestAuth.onEnvironment(Permission.ADMIN),
                ctx -> change(ctx, new HostChange.Remove(ctx.pathParam("host"))));
        api.put(
                "/api/v1/inventory/{env}/hosts/{host}/tags/{tag}",
                requestAuth.onEnvironment(Permission.ADMIN),
                ctx -> change(ctx, new HostChange.Tag(ctx.pathParam("host"), ctx.pathParam("tag"))));
        api.delete(
                "/api/v1/inventory/{env}/hosts/{host}/tags/{tag}",
                requestAuth.onEnvironment(Permission.ADMIN),
                ctx -> change(ctx, new HostChange.Untag(ctx.pathParam("host"), ctx.pathParam("tag"))));
    }

    private void addGroup(Context ctx) throws JsonProcessingException {
        var name = text(JsonBodies.body(ctx), "name")
                .orElseThrow(() -> ProblemException.badRequest("name", "name is required"));
        change(ctx, new HostChange.AddGroup(name));
    }

    private void renameGroup(Context ctx) throws JsonProcessingException {
        var name = text(JsonBodies.body(ctx), "name")
                .orElseThrow(() -> ProblemException.badRequest("name", "name is required: the new name"));
        change(ctx, new HostChange.RenameGroup(ctx.pathParam("group"), name));
    }

    private void list(Context ctx) {
        var environment = requestAuth.environment(ctx);
        var node = JsonBodies.object().put("environment", environment.name().value());
        var chosen = ChosenHosts.of(ctx, environment, catalogs.facts());
        node.set("hosts", RunJson.texts(chosen.hosts()));
        node.set(
                "registered",
                RunJson.texts(environment.registered().stream()
                        .map(RegisteredHost::name)
                        .filter(new HashSet<>(chosen.hosts())::contains)
                        .toList()));
        var groups = node.putObject("groups");
        chosen.groups().forEach((name, hosts) -> groups.set(name, RunJson.texts(hosts)));
        environment.fetched().ifPresent(f -> fetched(node.putObject("fetched"), f));
        JsonBodies.send(ctx, node);
    }

    private static void fetched(ObjectNode node, FetchedInventory fetched) {
        node.put("at", fetched.at().map(JsonBodies::time).orElse(null));
        node.put(
                "failed_at", fetched.failure().map(f -> JsonBodies.time(f.at())).orElse(null));
        node.put("error", fetched.failure().map(FetchedInventory.Failure::why).orElse(null));
    }

    private void refresh(Context ctx) {
        var environment = requestAuth.environment(ctx).name();
        var command = new ContentCommand.RefreshInventory(environment.value());
        ChangeAnswer.send(ctx, commands.handle(command, requestAuth.caller(ctx, Optional.empty())), 200, 409);
    }

    private void add(Context ctx) throws JsonProcessingException {
        var body = JsonBodies.body(ctx);
        Map<String, String> variables = new HashMap<>();
        StartRequest.given(body)
                .forEach(v -> variables.put(v.getKey(), v.getValue().asText()));
        var host = text(body, "name").orElseThrow(() -> ProblemException.badRequest("name", "name is required"));
        change(ctx, new HostChange.Add(host, text(body, "group").orElse("all"), variables));
    }

    private static Optional<String> text(JsonNode body, String name) {
        return Optional.ofNullable(body.path(name).textValue());
    }

    private void change(Context ctx, HostChange change) {
        var command = new HostCommand.EditHosts(ctx.pathParam("env"), change);
        ChangeAnswer.send(ctx, commands.handle(command, requestAuth.caller(ctx, Optional.empty())), 200, 409);
    }
}
