package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Messages are created, changed and removed here, whoever does it. */
final class MessageEndpoint {
    /** How long the same nonce still means the same message. */
    private static final Duration NONCE_LIVES = Duration.ofMinutes(5);

    private static final int OLD_EDITS = 2;
    private static final Duration OLD_WINDOW = Duration.ofSeconds(60);
    private static final int CLIENT_FLAGS = (1 << 2) | (1 << 12) | Posted.COMPONENTS_V2;

    private final DiscordState world;
    private final Payloads payloads;
    private final Gateway gateway;
    private final Map<String, Deque<java.time.Instant>> oldEdits = new HashMap<>();

    MessageEndpoint(DiscordState world, Payloads payloads, Gateway gateway) {
        this.world = world;
        this.payloads = payloads;
        this.gateway = gateway;
    }

    Answer create(Request request) {
        var place = writable(request.at("channel"));
        var body = request.body();
        var flags = body.path("flags").asInt() & CLIENT_FLAGS;
        MessageRules.check(body, request.files(), flags);
        refuseEmpty(body, request.files());
        if (body.path("enforce_nonce").asBoolean() && Json.has(body, "nonce")) {
            var same = sameNonce(place.id(), body.path("nonce").asText());
            if (same != null) {
                return Answer.ok(payloads.message(same));
            }
        }
        var message = new Posted(world.pulse.id(), place.id(), DiscordState.APP, world.pulse.now(), "");
        message.flags = flags;
        message.nonce = body.path("nonce").asText("");
        message.reference = reference(place, body.path("message_reference"));
        fill(message, body, request.files());
        if (place.archived()) {
            world.place(place.archived(false));
        }
        return Answer.ok(publish(message));
    }

    JsonNode publish(Posted message) {
        world.add(message);
        var json = payloads.message(message);
        gateway.message("MESSAGE_CREATE", json, world.place(message.channel));
        return json;
    }

    /** Puts the body's looks, files and notifications on the message. */
    void fill(Posted message, JsonNode body, List<Upload> files) {
        message.show(body);
        files.forEach(f -> message.files.add(new Attachment(world.pulse.id(), f.name(), f.bytes())));
        notifyPeople(message, body);
    }

    static void refuseEmpty(JsonNode body, List<Upload> files) {
        if (MessageRules.isEmpty(body, files)) {
            throw Refusal.of(400, 50006, "Cannot send an empty message");
        }
    }

    private Place writable(String channel) {
        return world.place(channel);
    }

    private @org.jspecify.annotations.Nullable Posted sameNonce(String channel, String nonce) {
        var now = world.pulse.now();
        return world.in(channel).stream()
                .filter(m -> m.author.equals(DiscordState.APP) && m.nonce.equals(nonce))
                .filter(m -> m.age(now).compareTo(NONCE_LIVES) < 0)
                .findFirst()
                .orElse(null);
    }

    private String reference(Place place, JsonNode reference) {
        if (!Json.has(reference, "message_id")) {
            return "";
        }
        var id = reference.path("message_id").asText();
        var known = world.find(id).filter(m -> m.channel.equals(place.id()));
        if (known.isEmpty() && reference.path("fail_if_not_exists").asBoolean(true)) {
            var flaws = new Flaws();
            flaws.add("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message");
            flaws.refuseIfAny();
        }
        return known.map(m -> m.id).orElse("");
    }

    private void notifyPeople(Posted message, JsonNode body) {
        var allowed = body.path("allowed_mentions");
        var text = new StringBuilder(message.content);
        for (var content : message.components.findValues("content")) {
            text.append('\n').append(content.asText());
        }
        var who = MentionScan.in(text.toString(), allowed, !message.interaction.isEmpty());
        message.mentions = List.copyOf(who);
        if (allowed.isMissingNode()) {
            who.forEach(w -> world.pinged(new Ping(message.id, w)));
            world.find(message.reference)
                    .filter(m -> !m.author.equals(message.author) && message.edits == 0)
                    .ifPresent(m -> world.pinged(new Ping(message.id, m.author.id())));
        }
    }

    Answer edit(Request request) {
        world.place(request.at("channel"));
        var message = world.message(request.at("channel"), request.at("message"));
        if (!message.author.equals(DiscordState.APP)) {
            throw Refusal.of(403, 50005, "Cannot edit a message authored by another user");
        }
        refuseOld(message);
        return Answer.ok(change(message, request.body(), request.files()));
    }

    /** A changed message, checked, shown and told to whoever listens. */
    JsonNode change(Posted message, JsonNode body, List<Upload> files) {
        var flags = message.flags | (body.path("flags").asInt() & Posted.COMPONENTS_V2);
        MessageRules.check(body, files, flags);
        var keeps = body.path("attachments");
        if (body.has("attachments")) {
            var kept = Json.list(keeps).stream().map(a -> a.path("id").asText()).toList();
            message.files.removeIf(f -> !kept.contains(f.id()));
        }
        if (wouldBeEmpty(message, body, files)) {
            throw Refusal.of(400, 50006, "Cannot send an empty message");
        }
        message.flags = flags & ~Posted.LOADING;
        message.edits++;
        message.edited = world.pulse.now();
        fill(message, body, files);
        var json = payloads.message(message);
        if (!message.has(Posted.EPHEMERAL)) {
            gateway.message("MESSAGE_UPDATE", json, world.place(message.channel));
        }
        return json;
    }

    private static boolean wouldBeEmpty(Posted message, JsonNode body, List<Upload> files) {
        var after = new Posted(message.id, message.channel, message.author, message.created, "");
        after.content = message.content;
        after.embeds = message.embeds;
        after.components = message.components;
        after.files.addAll(message.files);
        after.show(body);
        return after.isEmpty() && files.isEmpty();
    }

    private void refuseOld(Posted message) {
        var now = world.pulse.now();
        if (message.age(now).compareTo(Duration.ofHours(1)) < 0) {
            return;
        }
        var recent = oldEdits.computeIfAbsent(message.id, id -> new ArrayDeque<>());
        recent.removeIf(t -> t.plus(OLD_WINDOW).isBefore(now));
        if (recent.size() >= OLD_EDITS) {
            var wait = Duration.between(now, recent.getFirst().plus(OLD_WINDOW)).toMillis() / 1000.0;
            throw Refusal.tooMany(
                    30046, "Maximum number of edits to messages older than 1 hour reached. Try again later.", wait);
        }
        recent.addLast(now);
    }

    Answer one(Request request) {
        world.place(request.at("channel"));
        return Answer.ok(payloads.message(world.message(request.at("channel"), request.at("message"))));
    }

    Answer list(Request request) {
        world.place(request.at("channel"));
        var limit = Integer.parseInt(request.query().getOrDefault("limit", "50"));
        if (limit < 1 || limit > 100) {
            var flaws = new Flaws();
            flaws.add("limit", "NUMBER_TYPE_MAX", "int value should be less than or equal to 100.");
            flaws.refuseIfAny();
        }
        var before = Long.parseLong(request.query().getOrDefault("before", Long.toString(Long.MAX_VALUE)));
        var after = Long.parseLong(request.query().getOrDefault("after", "0"));
        var found = world.in(request.at("channel")).stream()
                .filter(m -> Long.parseLong(m.id) < before && Long.parseLong(m.id) > after)
                .toList();
        var newest = Json.array();
        found.reversed().stream().limit(limit).forEach(m -> newest.add(payloads.message(m)));
        return Answer.ok(newest);
    }

    Answer delete(Request request) {
        var place = world.place(request.at("channel"));
        remove(world.message(request.at("channel"), request.at("message")), place);
        return Answer.nothing();
    }

    void remove(Posted message, Place place) {
        world.remove(message);
        var json = Json.object().put("id", message.id).put("channel_id", message.channel);
        if (!place.isDirect()) {
            json.put("guild_id", place.guild());
        }
        gateway.message("MESSAGE_DELETE", json, place);
    }
}
