package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The registered commands, for everywhere and for single guilds. */
final class CommandEndpoint {
    private static final String EVERYWHERE = "";
    private final DiscordState world;
    private final Map<String, List<ObjectNode>> registered = new LinkedHashMap<>();

    CommandEndpoint(DiscordState world) {
        this.world = world;
    }

    Answer list(Request request) {
        return Answer.ok(all(scope(request)));
    }

    Answer replace(Request request) {
        CommandRules.all(request.body());
        var scope = scope(request);
        var before = of(scope);
        var after = new ArrayList<ObjectNode>();
        for (var command : request.body()) {
            after.add(stored(command, scope, before));
        }
        registered.put(scope, after);
        return Answer.ok(all(scope));
    }

    Answer add(Request request) {
        CommandRules.one(request.body());
        var scope = scope(request);
        var before = of(scope);
        var fresh = stored(request.body(), scope, before);
        var after = new ArrayList<>(before);
        var replaced = after.removeIf(c -> c.path("id").equals(fresh.path("id")));
        if (after.size() >= 100) {
            throw Refusal.of(400, 30032, "Maximum number of application commands reached (100)");
        }
        after.add(fresh);
        registered.put(scope, after);
        return new Answer(replaced ? 200 : 201, fresh);
    }

    Answer delete(Request request) {
        var after = new ArrayList<>(of(scope(request)));
        if (!after.removeIf(c -> c.path("id").asText().equals(request.at("command")))) {
            throw Refusal.of(404, 10063, "Unknown application command");
        }
        registered.put(scope(request), after);
        return Answer.nothing();
    }

    /** The command as somebody in this guild finds it; a guild's own goes before the global one. */
    Optional<ObjectNode> find(String guild, String name) {
        var here = guild.isEmpty() ? List.<ObjectNode>of() : of(guild);
        return java.util.stream.Stream.concat(here.stream(), of(EVERYWHERE).stream())
                .filter(c ->
                        c.path("type").asInt() == 1 && c.path("name").asText().equals(name))
                .filter(c -> !guild.isEmpty() || inDirect(c))
                .findFirst();
    }

    List<ObjectNode> everything() {
        return registered.values().stream().flatMap(List::stream).toList();
    }

    /** Contexts may come as strings, as JDA writes them. */
    private static boolean inDirect(JsonNode command) {
        return !command.has("contexts")
                || Json.list(command.path("contexts")).stream()
                        .anyMatch(c -> c.asText().equals("1"));
    }

    private ObjectNode stored(JsonNode command, String scope, List<ObjectNode> before) {
        ObjectNode fresh = command.deepCopy();
        var type = fresh.path("type").asInt(1);
        var id = before.stream()
                .filter(c -> c.path("type").asInt() == type && c.path("name").equals(command.path("name")))
                .map(c -> c.path("id").asText())
                .findFirst()
                .orElseGet(world.pulse::id);
        fresh.put("id", id)
                .put("application_id", DiscordServer.BOT)
                .put("type", type)
                .put("version", world.pulse.id());
        if (!fresh.has("default_member_permissions")) {
            fresh.putNull("default_member_permissions");
        }
        if (!scope.equals(EVERYWHERE)) {
            fresh.put("guild_id", scope);
        }
        return fresh;
    }

    private List<ObjectNode> of(String scope) {
        return registered.getOrDefault(scope, List.of());
    }

    private JsonNode all(String scope) {
        return Json.array().addAll(of(scope));
    }

    private static String scope(Request request) {
        if (!request.at("app").equals(DiscordServer.BOT)) {
            throw Refusal.of(403, 20012, "You are not authorized to perform this action on this application");
        }
        var guild = request.at("guild");
        if (!guild.isEmpty() && !guild.equals(DiscordServer.GUILD) && !guild.equals(DiscordServer.OTHER_GUILD)) {
            throw Refusal.of(403, 50001, "Missing Access");
        }
        return guild;
    }
}
