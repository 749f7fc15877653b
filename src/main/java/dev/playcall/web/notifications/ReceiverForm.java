package dev.playcall.web.notifications;

import dev.playcall.web.http.Forms;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds of receivers as forms. The names of the fields are the keys of the configuration file. */
enum ReceiverForm {
    WEBHOOK(
            "Webhook",
            Field.secret("webhook", "Address", "https://example.org/hook"),
            Field.secret("secret", "Signing secret", "").optional(),
            Field.tick("allow_private", "Allow addresses in private networks")),
    APPRISE("Apprise", Field.secret("apprise", "Apprise URL", "pover://user@token")),
    APPRISE_API(
            "Apprise API",
            Field.secret("apprise_api", "Address", "https://apprise.example.org/notify/ops"),
            Field.text("tag", "Tag", "oncall").optional(),
            Field.tick("allow_private", "Allow addresses in private networks")),
    EMAIL(
            "Mail",
            Field.text("host", "Mail server", "mail.example.org"),
            Field.text("port", "Port", "587").optional(),
            Field.choice("encryption", "Encryption", List.of("starttls", "tls", "none")),
            Field.text("user", "User", "").optional(),
            Field.secret("password", "Password", "").optional(),
            Field.text("from", "From", "Playcall <ops@example.org>"),
            Field.text("to", "To, separated by commas", "team@example.org")),
    NTFY(
            "ntfy",
            Field.secret("ntfy", "Address of the topic", "https://ntfy.sh/our-topic"),
            Field.secret("token", "Access token", "").optional(),
            Field.tick("allow_private", "Allow addresses in private networks")),
    SLACK("Slack channel", Field.text("slack", "Channel ID", "C0123ABCD")),
    DISCORD("Discord channel", Field.text("discord", "Channel ID", "987654321")),
    SLACK_WEBHOOK("Slack webhook", Field.secret("slack_webhook", "Address", "https://hooks.slack.com/services/…")),
    DISCORD_WEBHOOK(
            "Discord webhook", Field.secret("discord_webhook", "Address", "https://discord.com/api/webhooks/…"));

    private final String label;
    /** A {@code List.of}, which nobody can change. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Field> fields;

    ReceiverForm(String label, Field... fields) {
        this.label = label;
        this.fields = List.of(fields);
    }

    String label() {
        return label;
    }

    List<Field> fields() {
        return fields;
    }

    /** As in the file: {@code slack_webhook}. */
    String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The kind of this key; a webhook when there is none. */
    static ReceiverForm of(String key) {
        return Arrays.stream(values())
                .filter(k -> k.key().equals(key))
                .findFirst()
                .orElse(WEBHOOK);
    }

    /** The definition of a receiver as it was filled in; what is empty is left out. */
    Map<String, Object> read(Context ctx) {
        var read = new LinkedHashMap<String, Object>();
        for (var field : fields) {
            typed(ctx, field.key()).ifPresent(text -> read.put(field.key(), value(field, text)));
        }
        return this == EMAIL ? Map.of(key(), read) : read;
    }

    private static Object value(Field field, String text) {
        return switch (field.key()) {
            case "to" -> parts(text);
            case "port" -> text.matches("\\d{1,9}") ? (Object) Integer.valueOf(text) : text;
            default -> field.type() == Type.TICK ? (Object) true : text;
        };
    }

    /** What stands between commas. */
    static List<String> parts(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(t -> !t.isEmpty())
                .toList();
    }

    /** What was typed, so that it is shown again; nothing that is secret. */
    Map<String, String> shown(Context ctx) {
        var shown = new LinkedHashMap<String, String>();
        fields.stream()
                .filter(f -> f.type() != Type.SECRET)
                .forEach(f -> typed(ctx, f.key()).ifPresent(t -> shown.put(f.key(), t)));
        return shown;
    }

    private static Optional<String> typed(Context ctx, String key) {
        return Forms.text(ctx, key).map(String::strip).filter(t -> !t.isEmpty());
    }

    /** How something is filled in. */
    enum Type {
        TEXT,
        SECRET,
        TICK,
        CHOICE
    }

    /**
     * One thing to fill in.
     *
     * @param example what it looks like, empty where that is plain
     * @param choices what there is to choose from, empty where it is typed
     */
    record Field(String key, String label, Type type, String example, boolean required, List<String> choices) {
        static Field text(String key, String label, String example) {
            return new Field(key, label, Type.TEXT, example, true, List.of());
        }

        static Field secret(String key, String label, String example) {
            return new Field(key, label, Type.SECRET, example, true, List.of());
        }

        static Field tick(String key, String label) {
            return new Field(key, label, Type.TICK, "", false, List.of());
        }

        static Field choice(String key, String label, List<String> choices) {
            return new Field(key, label, Type.CHOICE, "", true, choices);
        }

        Field optional() {
            return new Field(key, label, type, example, false, choices);
        }

        public boolean isTick() {
            return type == Type.TICK;
        }

        public boolean isSecret() {
            return type == Type.SECRET;
        }
    }
}
