package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What Discord refuses in the body of a message. */
final class MessageRules {
    private static final int LARGEST_FILE = 10 * 1024 * 1024;

    private MessageRules() {}

    /** Checks a body; `flags` are those the message has or will have. */
    static void check(JsonNode body, List<Upload> files, int flags) {
        var flaws = new Flaws();
        var v2 = (flags & Posted.COMPONENTS_V2) != 0;
        flaws.atMost(body.path("content"), 2000, "content");
        embeds(body.path("embeds"), flaws);
        allowed(body.path("allowed_mentions"), flaws);
        if (v2) {
            noLegacy(body, flaws);
        }
        new ComponentRules(flaws, v2).message(body.path("components"));
        nonce(body, flaws);
        flaws.count(Json.value(files.stream().map(Upload::name).toList()), 10, "attachments");
        flaws.refuseIfAny();
        if (files.stream().anyMatch(f -> f.bytes().length > LARGEST_FILE)) {
            throw Refusal.of(413, 40005, "Request entity too large");
        }
    }

    static boolean isEmpty(JsonNode body, List<Upload> files) {
        return body.path("content").asText("").isBlank()
                && body.path("embeds").isEmpty()
                && body.path("components").isEmpty()
                && files.isEmpty();
    }

    private static void noLegacy(JsonNode body, Flaws flaws) {
        for (var field : List.of("content", "embeds", "poll")) {
            var value = body.path(field);
            if (value.isTextual() ? !value.textValue().isEmpty() : !value.isEmpty()) {
                flaws.add(
                        field,
                        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                        "The '" + field + "' field cannot be used when using MessageFlags.IS_COMPONENTS_V2");
            }
        }
    }

    private static void nonce(JsonNode body, Flaws flaws) {
        if (Json.has(body, "nonce")) {
            flaws.atMost(Json.value(body.path("nonce").asText()), 25, "nonce");
        }
    }

    private static void embeds(JsonNode embeds, Flaws flaws) {
        flaws.count(embeds, 10, "embeds");
        var total = 0;
        for (var i = 0; i < embeds.size(); i++) {
            total += embed(embeds.get(i), "embeds." + i, flaws);
        }
        if (total > 6000) {
            flaws.add("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000");
        }
    }

    private static int embed(JsonNode embed, String path, Flaws flaws) {
        flaws.atMost(embed.path("title"), 256, path + ".title");
        flaws.atMost(embed.path("description"), 4096, path + ".description");
        flaws.atMost(embed.at("/footer/text"), 2048, path + ".footer.text");
        flaws.atMost(embed.at("/author/name"), 256, path + ".author.name");
        flaws.count(embed.path("fields"), 25, path + ".fields");
        var size = Flaws.length(embed.path("title"))
                + Flaws.length(embed.path("description"))
                + Flaws.length(embed.at("/footer/text"))
                + Flaws.length(embed.at("/author/name"));
        for (var i = 0; i < embed.path("fields").size(); i++) {
            var field = embed.path("fields").get(i);
            flaws.between(field.path("name"), 1, 256, path + ".fields." + i + ".name");
            flaws.between(field.path("value"), 1, 1024, path + ".fields." + i + ".value");
            size += Flaws.length(field.path("name")) + Flaws.length(field.path("value"));
        }
        if (size == 0
                && embed.path("image").isMissingNode()
                && embed.path("thumbnail").isMissingNode()) {
            flaws.add(path + ".description", "BASE_TYPE_REQUIRED", "This field is required");
        }
        var color = embed.path("color");
        if (color.isNumber() && (color.asLong() < 0 || color.asLong() > 0xFFFFFF)) {
            flaws.add(path + ".color", "NUMBER_TYPE_MAX", "int value should be less than or equal to 16777215.");
        }
        return size;
    }

    private static void allowed(JsonNode allowed, Flaws flaws) {
        Set<String> parse = new HashSet<>();
        for (var kind : allowed.path("parse")) {
            if (!Set.of("users", "roles", "everyone").contains(kind.asText()) || !parse.add(kind.asText())) {
                flaws.add(
                        "allowed_mentions.parse", "BASE_TYPE_CHOICES", "Value must be one of users, roles, everyone.");
            }
        }
        for (var kind : List.of("users", "roles")) {
            if (parse.contains(kind) && !allowed.path(kind).isEmpty()) {
                flaws.add(
                        "allowed_mentions",
                        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                        "parse:[\"" + kind + "\"] and " + kind + ": [ids...] are mutually exclusive.");
            }
            flaws.count(allowed.path(kind), 100, "allowed_mentions." + kind);
        }
    }
}
