package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** How Discord writes down what is in the world. */
final class Payloads {
    /** View, send, embed, attach, history, react, app commands, public threads, send in threads. */
    static final long EVERYONE = (1L << 10)
            | (1L << 11)
            | (1L << 14)
            | (1L << 15)
            | (1L << 16)
            | (1L << 6)
            | (1L << 31)
            | (1L << 35)
            | (1L << 38);

    private final DiscordState world;

    Payloads(DiscordState world) {
        this.world = world;
    }

    static ObjectNode user(Person person) {
        return Json.object()
                .put("id", person.id())
                .put("username", person.name())
                .put("discriminator", person.bot() ? "4242" : "0")
                .put("bot", person.bot())
                .put("flags", 0)
                .put("public_flags", 0)
                .putNull("global_name")
                .putNull("avatar")
                .putNull("primary_guild");
    }

    static ObjectNode self() {
        return user(DiscordState.APP)
                .put("verified", true)
                .put("mfa_enabled", false)
                .put("locale", "en-US");
    }

    static ObjectNode member(Person person) {
        var member = Json.object();
        member.set("user", user(person));
        member.set("roles", Json.strings(person.roles()));
        return member.put("joined_at", "2024-01-01T00:00:00.000000+00:00")
                .put("deaf", false)
                .put("mute", false)
                .put("flags", 0)
                .put("pending", false)
                .put("permissions", Long.toString(EVERYONE))
                .putNull("nick")
                .putNull("avatar")
                .putNull("premium_since")
                .putNull("communication_disabled_until");
    }

    static ObjectNode role(String id, String name, long permissions, int position) {
        var role = Json.object()
                .put("id", id)
                .put("name", name)
                .put("color", 0)
                .put("hoist", false)
                .put("position", position)
                .put("permissions", Long.toString(permissions))
                .put("managed", false)
                .put("mentionable", true)
                .put("flags", 0)
                .putNull("icon")
                .putNull("unicode_emoji");
        role.putObject("colors")
                .put("primary_color", 0)
                .putNull("secondary_color")
                .putNull("tertiary_color");
        return role;
    }

    ArrayNode roles(String guild) {
        var roles = Json.array().add(role(guild, "@everyone", EVERYONE, 0));
        var position = 1;
        for (var role : world.roles(guild)) {
            roles.add(role(role.id(), role.name(), 0, position++));
        }
        return roles;
    }

    ObjectNode channel(Place place) {
        var channel =
                Json.object().put("id", place.id()).put("type", place.type()).put("flags", 0);
        channel.put("last_message_id", (String) null);
        if (place.isDirect()) {
            channel.putArray("recipients").add(user(world.person(place.owner()).orElseThrow()));
            return channel;
        }
        channel.put("guild_id", place.guild()).put("name", place.name()).put("permissions", Long.toString(EVERYONE));
        if (place.isThread()) {
            return thread(channel, place);
        }
        channel.putArray("permission_overwrites");
        return channel.put("position", 0)
                .put("nsfw", false)
                .put("rate_limit_per_user", 0)
                .putNull("topic")
                .putNull("parent_id");
    }

    private ObjectNode thread(ObjectNode channel, Place place) {
        channel.put("parent_id", place.parent())
                .put("owner_id", place.owner())
                .put("message_count", world.in(place.id()).size())
                .put("total_message_sent", world.in(place.id()).size())
                .put("member_count", 1)
                .put("rate_limit_per_user", 0);
        channel.putObject("thread_metadata")
                .put("archived", place.archived())
                .put("auto_archive_duration", place.archiveMinutes())
                .put("archive_timestamp", world.pulse.now().toString())
                .put("create_timestamp", world.pulse.now().toString())
                .put("locked", false);
        channel.putObject("member")
                .put("id", place.id())
                .put("user_id", DiscordServer.BOT)
                .put("join_timestamp", world.pulse.now().toString())
                .put("flags", 0);
        return channel;
    }

    ObjectNode guild(String id) {
        var guild = Json.object()
                .put("id", id)
                .put("name", id.equals(DiscordServer.GUILD) ? "Rehearsal" : "Elsewhere")
                .put("owner_id", DiscordServer.OWNER)
                .put("region", "deprecated")
                .put("afk_timeout", 300)
                .put("verification_level", 0)
                .put("default_message_notifications", 1)
                .put("explicit_content_filter", 0)
                .put("mfa_level", 0)
                .put("nsfw_level", 0)
                .put("premium_tier", 0)
                .put("premium_subscription_count", 0)
                .put("premium_progress_bar_enabled", false)
                .put("preferred_locale", "en-US")
                .put("locale", "en-US")
                .put("system_channel_flags", 0)
                .put("max_members", 500000)
                .put("max_presences", 25000)
                .put("unavailable", false)
                .put("large", false);
        for (var empty : List.of("icon", "description", "splash", "banner", "vanity_url_code", "afk_channel_id")) {
            guild.putNull(empty);
        }
        guild.set("roles", roles(id));
        guild.putArray("features");
        guild.putArray("emojis");
        guild.putArray("stickers");
        return guild;
    }

    /** The whole guild as the gateway tells it after the login. */
    ObjectNode arrival(String id) {
        var guild = guild(id).put("joined_at", "2024-01-01T00:00:00.000000+00:00");
        var members = guild.putArray("members");
        world.members(id).forEach(p -> members.add(member(p)));
        guild.put("member_count", members.size());
        var channels = guild.putArray("channels");
        var threads = guild.putArray("threads");
        world.places(id).forEach(p -> (p.isThread() ? threads : channels).add(channel(p)));
        for (var empty : List.of(
                "voice_states", "presences", "guild_scheduled_events", "stage_instances", "soundboard_sounds")) {
            guild.putArray(empty);
        }
        return guild;
    }

    ObjectNode message(Posted message) {
        var json = Json.object()
                .put("id", message.id)
                .put("channel_id", message.channel)
                .put("type", message.reference.isEmpty() ? 0 : 19)
                .put("content", message.content)
                .put("timestamp", message.created.toString())
                .put("edited_timestamp", message.edited == null ? null : message.edited.toString())
                .put("tts", false)
                .put("pinned", false)
                .put("mention_everyone", message.mentions.contains("everyone"))
                .put("flags", message.flags);
        json.set("author", user(message.author));
        var mentions = json.putArray("mentions");
        message.mentions.forEach(id -> world.person(id).ifPresent(p -> mentions.add(user(p))));
        json.putArray("mention_roles");
        json.set("embeds", message.embeds.deepCopy());
        json.set("components", message.components.deepCopy());
        var files = json.putArray("attachments");
        message.files.forEach(f -> files.add(attachment(message, f)));
        if (!message.nonce.isEmpty()) {
            json.put("nonce", message.nonce);
        }
        if (!message.interaction.isEmpty()) {
            json.put("application_id", DiscordServer.BOT).put("webhook_id", DiscordServer.BOT);
        }
        reference(message, json);
        if (message.has(Posted.HAS_THREAD) && world.hasPlace(message.id)) {
            json.set("thread", channel(world.place(message.id)));
        }
        return json;
    }

    private void reference(Posted message, ObjectNode json) {
        if (!message.reference.isEmpty()) {
            json.putObject("message_reference")
                    .put("type", 0)
                    .put("channel_id", message.channel)
                    .put("message_id", message.reference);
            world.find(message.reference)
                    .filter(m -> m.reference.isEmpty())
                    .ifPresent(m -> json.set("referenced_message", message(m)));
        }
    }

    private static ObjectNode attachment(Posted message, Attachment file) {
        var url = "https://cdn.discordapp.com/attachments/" + message.channel + "/" + file.id() + "/" + file.name();
        return Json.object()
                .put("id", file.id())
                .put("filename", file.name())
                .put("size", file.size())
                .put("url", url)
                .put("proxy_url", url);
    }

    static JsonNode embed(JsonNode asked) {
        var embed = ((ObjectNode) asked.deepCopy()).put("type", "rich");
        for (var field : embed.path("fields")) {
            if (!field.has("inline")) {
                ((ObjectNode) field).put("inline", false);
            }
        }
        return embed;
    }

    /** Components get a number each, as Discord gives it to those that come without. */
    static ArrayNode numbered(JsonNode asked) {
        var copy = Json.array();
        var next = new int[] {1};
        asked.forEach(c -> copy.add(number((ObjectNode) c.deepCopy(), next)));
        return copy;
    }

    private static ObjectNode number(ObjectNode component, int[] next) {
        if (component.path("id").asInt(0) == 0) {
            component.put("id", next[0]++);
        }
        component.path("components").forEach(c -> number((ObjectNode) c, next));
        if (component.path("accessory") instanceof ObjectNode accessory) {
            number(accessory, next);
        }
        if (component.path("component") instanceof ObjectNode inner) {
            number(inner, next);
        }
        return component;
    }
}
