package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sessions of the app: who is logged in, what each was told, and what it missed. */
final class Gateway {
    private static final int GUILDS = 1;
    private static final int GUILD_MESSAGES = 1 << 9;
    private static final int DIRECT_MESSAGES = 1 << 12;
    private static final int MESSAGE_CONTENT = 1 << 15;
    /** Members, presences and message content need a permission this app does not have. */
    private static final int PRIVILEGED = (1 << 1) | (1 << 8) | MESSAGE_CONTENT;

    private final DiscordState world;
    private final Payloads payloads;
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final List<GatewayLink> links = new ArrayList<>();
    private int most;
    private boolean revoked;
    private String address = "";

    Gateway(DiscordState world, Payloads payloads) {
        this.world = world;
        this.payloads = payloads;
    }

    synchronized void address(String url) {
        address = url;
    }

    synchronized void add(GatewayLink link) {
        links.add(link);
    }

    synchronized void gone(GatewayLink link, int code) {
        links.remove(link);
        link.session().ifPresent(s -> {
            s.lost(link);
            if (code == 1000 || code == 1001) {
                sessions.remove(s.id());
            }
        });
    }

    void identify(GatewayLink link, JsonNode data) {
        synchronized (world) {
            synchronized (this) {
                var code = refusal(data);
                if (code.isPresent()) {
                    link.close(code.get(), "refused");
                    return;
                }
                var session = new Session(world.pulse.id(), data.path("intents").asInt(), link);
                sessions.put(session.id(), session);
                link.enter(session);
                most = Math.max(most, connections());
                session.tell("READY", ready(session));
                if ((session.intents() & GUILDS) != 0) {
                    session.tell("GUILD_CREATE", payloads.arrival(DiscordServer.GUILD));
                    session.tell("GUILD_CREATE", payloads.arrival(DiscordServer.OTHER_GUILD));
                }
            }
        }
    }

    private Optional<Integer> refusal(JsonNode data) {
        if (revoked || !data.path("token").asText().equals(DiscordServer.TOKEN)) {
            return Optional.of(4004);
        }
        if (!data.path("intents").isInt() || data.path("intents").asInt() >>> 26 != 0) {
            return Optional.of(4013);
        }
        if ((data.path("intents").asInt() & PRIVILEGED) != 0) {
            return Optional.of(4014);
        }
        var shard = data.path("shard");
        if (shard.isArray() && shard.path(0).asInt() >= shard.path(1).asInt()) {
            return Optional.of(4010);
        }
        return data.path("properties").isObject() ? Optional.empty() : Optional.of(4002);
    }

    private ObjectNode ready(Session session) {
        var ready = Json.object()
                .put("v", 10)
                .put("session_id", session.id())
                .put("resume_gateway_url", address)
                .put("session_type", "normal");
        ready.set("user", Payloads.self());
        ready.putObject("application").put("id", DiscordServer.BOT).put("flags", 0);
        var guilds = ready.putArray("guilds");
        List.of(DiscordServer.GUILD, DiscordServer.OTHER_GUILD)
                .forEach(g -> guilds.addObject().put("id", g).put("unavailable", true));
        ready.putArray("private_channels");
        ready.putArray("relationships");
        ready.putArray("presences");
        return ready;
    }

    synchronized void resume(GatewayLink link, JsonNode data) {
        if (revoked || !data.path("token").asText().equals(DiscordServer.TOKEN)) {
            link.close(4004, "Authentication failed.");
            return;
        }
        var session = sessions.get(data.path("session_id").asText());
        if (session == null) {
            link.invalid(false);
            return;
        }
        var seen = data.path("seq").asInt(-1);
        if (seen < 0 || seen > session.sequence()) {
            link.close(4007, "Invalid seq");
            return;
        }
        link.enter(session);
        session.continueOn(link, seen);
    }

    /** What every session is told that has asked for guilds. */
    synchronized void tell(String event, ObjectNode data) {
        sessions.values().stream().filter(s -> (s.intents() & GUILDS) != 0).forEach(s -> s.tell(event, data));
    }

    /** Interactions need no intent. */
    synchronized void interaction(ObjectNode data) {
        sessions.values().forEach(s -> s.tell("INTERACTION_CREATE", data));
    }

    synchronized void message(String event, JsonNode data, Place place) {
        var intent = place.isDirect() ? DIRECT_MESSAGES : GUILD_MESSAGES;
        for (var session : sessions.values()) {
            if ((session.intents() & intent) != 0) {
                session.tell(event, delivered((ObjectNode) data.deepCopy(), place));
            }
        }
    }

    /** Without the privileged intent the text comes only to who wrote it, is named in it or is written to directly. */
    private ObjectNode delivered(ObjectNode message, Place place) {
        if (!place.isDirect()) {
            message.put("guild_id", place.guild());
        }
        var own = message.at("/author/id").asText().equals(DiscordServer.BOT);
        var named = Json.list(message.path("mentions")).stream()
                .anyMatch(u -> u.path("id").asText().equals(DiscordServer.BOT));
        if (message.has("content") && !own && !named && !place.isDirect()) {
            message.put("content", "");
            message.putArray("embeds");
            message.putArray("components");
            message.putArray("attachments");
        }
        world.person(message.at("/author/id").asText())
                .filter(p -> !place.isDirect())
                .ifPresent(p -> {
                    var member = Payloads.member(p);
                    member.remove("user");
                    message.set("member", member);
                });
        return message;
    }

    synchronized boolean connected() {
        return sessions.values().stream().anyMatch(Session::connected);
    }

    /** How many connections are logged in. */
    synchronized int connections() {
        return (int) sessions.values().stream().filter(Session::connected).count();
    }

    synchronized int mostConnections() {
        return most;
    }

    synchronized List<GatewayLink> links() {
        return List.copyOf(links);
    }

    synchronized void forgetSessions() {
        sessions.clear();
    }

    synchronized void revoke() {
        revoked = true;
        sessions.clear();
    }
}
