package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What people do in front of the client; each deed waits for the app's answer as long as Discord does. */
final class People {
    private final DiscordState world;
    private final Payloads payloads;
    private final Gateway gateway;
    private final CommandEndpoint commands;
    private final InteractionEndpoint interactions;
    private final MessageEndpoint messages;
    private @Nullable Interaction last;

    People(
            DiscordState world,
            Payloads payloads,
            Gateway gateway,
            CommandEndpoint commands,
            InteractionEndpoint interactions,
            MessageEndpoint messages) {
        this.world = world;
        this.payloads = payloads;
        this.gateway = gateway;
        this.commands = commands;
        this.interactions = interactions;
        this.messages = messages;
    }

    Ack slash(Person by, String channel, String name, Map<String, ?> values, String focused) {
        Interaction interaction;
        synchronized (world) {
            var place = entered(by, channel);
            var words = Arrays.asList(name.strip().split("\\s+"));
            var command = commands.find(place.guild(), words.getFirst())
                    .orElseThrow(() -> new IllegalArgumentException("there is no command /" + words.getFirst()));
            var data = new SlashForm(world).fill(command, words.subList(1, words.size()), values, focused);
            var kind = focused.isEmpty() ? Interaction.COMMAND : Interaction.AUTOCOMPLETE;
            interaction = begin(kind, by, place, data, null);
        }
        return answer(interaction);
    }

    Ack press(Person by, String channel, String messageId, String customIdOrLabel) {
        Interaction interaction;
        synchronized (world) {
            var place = entered(by, channel);
            var message = visible(by, place, messageId);
            var button = Views.buttons(message).stream()
                    .filter(b ->
                            b.customId().equals(customIdOrLabel) || b.label().equals(customIdOrLabel))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("there is no button " + customIdOrLabel));
            if (!button.enabled() || button.customId().isEmpty()) {
                throw new IllegalStateException("the button " + button.label() + " cannot be pressed");
            }
            var data = Json.object()
                    .put("component_type", 2)
                    .put("custom_id", button.customId())
                    .put("id", 1);
            interaction = begin(Interaction.COMPONENT, by, place, data, message);
        }
        return answer(interaction);
    }

    Ack choose(Person by, String channel, String messageId, String customId, List<String> values) {
        Interaction interaction;
        synchronized (world) {
            var place = entered(by, channel);
            var message = visible(by, place, messageId);
            var select = message.components.findParents("custom_id").stream()
                    .filter(c -> c.path("custom_id").asText().equals(customId) && c.has("options"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("there is no select " + customId));
            var offered = select.path("options").findValuesAsText("value");
            if (!offered.containsAll(values) || select.path("disabled").asBoolean()) {
                throw new IllegalStateException(values + " cannot be chosen from " + offered);
            }
            var data = Json.object()
                    .put("component_type", 3)
                    .put("custom_id", customId)
                    .put("id", 1);
            data.set("values", Json.strings(values));
            interaction = begin(Interaction.COMPONENT, by, place, data, message);
        }
        return answer(interaction);
    }

    Ack submit(Person by, String customId, Map<String, String> values) {
        Interaction interaction;
        synchronized (world) {
            var modal = interactions
                    .modal(by)
                    .filter(m -> m.path("custom_id").asText().equals(customId))
                    .orElseThrow(() -> new IllegalStateException(by.name() + " sees no form " + customId));
            var data = ModalForm.fill(modal, values);
            var place = world.place(modal.path("opened_in").asText());
            var source = world.find(modal.path("opened_on").asText("")).orElse(null);
            interactions.closeModal(by);
            interaction = begin(Interaction.MODAL, by, place, data, source);
        }
        return answer(interaction);
    }

    String say(Person by, String channel, String text) {
        synchronized (world) {
            var place = entered(by, channel);
            var message = new Posted(world.pulse.id(), place.id(), by, world.pulse.now(), "");
            message.content = text;
            message.mentions = MentionScan.in(text, MissingNode.getInstance(), false);
            messages.publish(message);
            return message.id;
        }
    }

    /** Discord delivers at least once: the same event comes again. */
    void redeliverLast() {
        synchronized (world) {
            if (last == null) {
                throw new IllegalStateException("nobody has done anything yet");
            }
            gateway.interaction(last.event);
        }
    }

    private Place entered(Person by, String channel) {
        var place = world.place(channel);
        if (place.isDirect() ? !place.owner().equals(by.id()) : !place.guild().equals(by.guild())) {
            throw new IllegalArgumentException(by.name() + " cannot see #" + place.name());
        }
        return place;
    }

    private Posted visible(Person by, Place place, String id) {
        return world.find(id)
                .filter(m -> m.channel.equals(place.id()))
                .filter(m ->
                        !m.has(Posted.EPHEMERAL) || interactions.replies(by).contains(m))
                .orElseThrow(() -> new IllegalStateException(by.name() + " sees no message " + id));
    }

    private Interaction begin(int kind, Person by, Place place, ObjectNode data, @Nullable Posted source) {
        var id = world.pulse.id();
        var event = Json.object();
        var interaction = new Interaction(id, kind, by, place, world.pulse.now(), event, source);
        event.put("id", id)
                .put("application_id", DiscordServer.BOT)
                .put("type", kind)
                .put("token", interaction.token)
                .put("version", 1)
                .put("locale", "en-US")
                .put("app_permissions", Long.toString(Payloads.EVERYONE))
                .put("attachment_size_limit", 10 * 1024 * 1024)
                .put("channel_id", place.id());
        event.set("data", data);
        event.set("channel", payloads.channel(place));
        event.putArray("entitlements");
        where(event, by, place);
        if (source != null) {
            event.set("message", payloads.message(source));
        }
        interactions.begin(interaction);
        last = interaction;
        gateway.interaction(event);
        return interaction;
    }

    private static void where(ObjectNode event, Person by, Place place) {
        var owners = event.putObject("authorizing_integration_owners");
        if (place.isDirect()) {
            event.put("context", 1).set("user", Payloads.user(by));
            owners.put("0", "0");
            return;
        }
        owners.put("0", place.guild());
        event.put("context", 0).put("guild_id", place.guild()).put("guild_locale", "en-US");
        event.set("member", Payloads.member(by));
        event.putObject("guild").put("id", place.guild()).put("locale", "en-US").putArray("features");
    }

    private Ack answer(Interaction interaction) {
        try {
            return interaction.acknowledged.get(world.patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Ack(false, world.patience, 0, none());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Ack(false, world.patience, 0, none());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode none() {
        return MissingNode.getInstance();
    }
}
