package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the app answers to interactions, and what it may still do with their tokens. */
final class InteractionEndpoint {
    private static final Duration TOKEN_LIVES = Duration.ofMinutes(15);
    private static final int CLIENT_FLAGS = (1 << 2) | (1 << 12) | Posted.EPHEMERAL | Posted.COMPONENTS_V2;

    private final DiscordState world;
    private final Payloads payloads;
    private final MessageEndpoint messages;
    private final Map<String, Interaction> byId = new LinkedHashMap<>();
    private final Map<String, Interaction> byToken = new LinkedHashMap<>();
    private final Map<String, JsonNode> modals = new LinkedHashMap<>();
    private final Map<String, List<Posted>> replies = new LinkedHashMap<>();

    InteractionEndpoint(DiscordState world, Payloads payloads, MessageEndpoint messages) {
        this.world = world;
        this.payloads = payloads;
        this.messages = messages;
    }

    void begin(Interaction interaction) {
        byId.put(interaction.id, interaction);
        byToken.put(interaction.token, interaction);
    }

    List<Posted> replies(Person to) {
        return List.copyOf(replies.getOrDefault(to.id(), List.of()));
    }

    Optional<JsonNode> modal(Person of) {
        return Optional.ofNullable(modals.get(of.id()));
    }

    void closeModal(Person of) {
        modals.remove(of.id());
    }

    Answer callback(Request request) {
        var interaction = byId.get(request.at("interaction"));
        if (interaction == null || !interaction.token.equals(request.at("token"))) {
            throw Refusal.of(404, 10062, "Unknown interaction");
        }
        if (interaction.acknowledged.isDone()) {
            throw Refusal.of(400, 40060, "Interaction has already been acknowledged.");
        }
        var latency = Duration.between(interaction.created, world.pulse.now());
        if (latency.compareTo(world.patience) > 0) {
            throw Refusal.of(404, 10062, "Unknown interaction");
        }
        var type = request.body().path("type").asInt();
        refuseWrongKind(interaction, type);
        apply(interaction, type, request.body().path("data"), request.files());
        interaction.acknowledged.complete(
                new Ack(true, latency, type, request.body().path("data").deepCopy()));
        if (!request.query().getOrDefault("with_response", "false").equals("true")) {
            return Answer.nothing();
        }
        return Answer.ok(response(interaction, type));
    }

    private static void refuseWrongKind(Interaction interaction, int type) {
        var onMessage = interaction.source != null;
        var fits = switch (type) {
            case 4, 5 -> interaction.kind != Interaction.AUTOCOMPLETE;
            case 6, 7 -> onMessage;
            case 8 -> interaction.kind == Interaction.AUTOCOMPLETE;
            case 9 -> interaction.kind == Interaction.COMMAND || interaction.kind == Interaction.COMPONENT;
            default -> false;
        };
        if (!fits) {
            var flaws = new Flaws();
            flaws.add("type", "BASE_TYPE_CHOICES", "This callback type does not fit the interaction.");
            flaws.refuseIfAny();
        }
    }

    private void apply(Interaction interaction, int type, JsonNode data, List<Upload> files) {
        switch (type) {
            case 4 -> interaction.original = reply(interaction, data, files);
            case 5 -> interaction.original = placeholder(interaction, data);
            case 6 -> interaction.original = interaction.source;
            case 7 -> {
                interaction.original = interaction.source;
                messages.change(original(interaction), data, files);
            }
            case 8 -> choices(data);
            default -> openModal(interaction, data);
        }
    }

    private Posted reply(Interaction interaction, JsonNode data, List<Upload> files) {
        var flags = data.path("flags").asInt() & CLIENT_FLAGS;
        MessageRules.check(data, files, flags);
        MessageEndpoint.refuseEmpty(data, files);
        var message = fresh(interaction, flags);
        messages.fill(message, data, files);
        show(interaction, message);
        return message;
    }

    private Posted placeholder(Interaction interaction, JsonNode data) {
        var flags = data.path("flags").asInt();
        if ((flags & ~Posted.EPHEMERAL) != 0) {
            var flaws = new Flaws();
            flaws.add("data.flags", "BITFIELD_ANY_MASK", "Only the ephemeral flag may be set on a deferred response.");
            flaws.refuseIfAny();
        }
        var message = fresh(interaction, flags | Posted.LOADING);
        show(interaction, message);
        return message;
    }

    private Posted fresh(Interaction interaction, int flags) {
        var now = world.pulse.now();
        var message = new Posted(world.pulse.id(), interaction.place.id(), DiscordState.APP, now, interaction.id);
        message.flags = flags;
        return message;
    }

    private void show(Interaction interaction, Posted message) {
        if (message.has(Posted.EPHEMERAL)) {
            world.add(message);
        } else {
            messages.publish(message);
        }
        replies.computeIfAbsent(interaction.by.id(), id -> new ArrayList<>()).add(message);
    }

    private static void choices(JsonNode data) {
        var flaws = new Flaws();
        var choices = data.path("choices");
        flaws.count(choices, 25, "data.choices");
        for (var i = 0; i < choices.size(); i++) {
            flaws.between(choices.get(i).path("name"), 1, 100, "data.choices." + i + ".name");
            if (choices.get(i).path("value").isTextual()) {
                flaws.between(choices.get(i).path("value"), 1, 100, "data.choices." + i + ".value");
            }
        }
        flaws.refuseIfAny();
    }

    private void openModal(Interaction interaction, JsonNode data) {
        var flaws = new Flaws();
        new ComponentRules(flaws, true).modal(data);
        flaws.refuseIfAny();
        ObjectNode modal = data.deepCopy();
        modal.set("components", Payloads.numbered(data.path("components")));
        modal.put("opened_in", interaction.place.id());
        if (interaction.source != null) {
            modal.put("opened_on", interaction.source.id);
        }
        modals.put(interaction.by.id(), modal);
    }

    private JsonNode response(Interaction interaction, int type) {
        var response = Json.object();
        var about = response.putObject("interaction")
                .put("id", interaction.id)
                .put("type", interaction.kind)
                .put("activity_instance_id", (String) null);
        var resource = Json.object().put("type", type);
        var original = interaction.original;
        if (original != null) {
            about.put("response_message_id", original.id)
                    .put("response_message_loading", original.has(Posted.LOADING))
                    .put("response_message_ephemeral", original.has(Posted.EPHEMERAL));
            if (type == 4 || type == 7) {
                resource.set("message", payloads.message(original));
            }
        }
        if (type == 4 || type == 7) {
            response.set("resource", resource);
        }
        return response;
    }

    /** A further message with the token; the first one after a deferral takes the place of the placeholder. */
    Answer followUp(Request request) {
        var interaction = alive(request);
        var original = interaction.original;
        if (original != null && original.has(Posted.LOADING)) {
            MessageEndpoint.refuseEmpty(request.body(), request.files());
            return Answer.ok(messages.change(original, request.body(), request.files()));
        }
        return Answer.ok(payloads.message(reply(interaction, request.body(), request.files())));
    }

    Answer get(Request request) {
        return Answer.ok(payloads.message(target(request)));
    }

    Answer edit(Request request) {
        return Answer.ok(messages.change(target(request), request.body(), request.files()));
    }

    Answer delete(Request request) {
        var message = target(request);
        messages.remove(message, world.place(message.channel));
        replies.values().forEach(list -> list.remove(message));
        return Answer.nothing();
    }

    private Interaction alive(Request request) {
        var interaction = byToken.get(request.at("token"));
        if (interaction == null || !interaction.acknowledged.isDone()) {
            throw Refusal.of(404, 10015, "Unknown Webhook");
        }
        if (Duration.between(interaction.created, world.pulse.now()).compareTo(TOKEN_LIVES) > 0) {
            throw Refusal.of(401, 50027, "Invalid Webhook Token");
        }
        return interaction;
    }

    private Posted target(Request request) {
        var interaction = alive(request);
        if (request.at("message").equals("@original")) {
            return original(interaction);
        }
        return world.find(request.at("message"))
                .filter(m -> m.interaction.equals(interaction.id) || m.equals(interaction.original))
                .orElseThrow(Refusal::unknownMessage);
    }

    private Posted original(Interaction interaction) {
        return Optional.ofNullable(interaction.original)
                .filter(m -> world.find(m.id).isPresent())
                .orElseThrow(Refusal::unknownMessage);
    }
}
