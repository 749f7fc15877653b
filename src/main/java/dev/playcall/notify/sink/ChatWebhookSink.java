package dev.playcall.notify.sink;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.config.ReceiverConfig.Connection;
import dev.playcall.config.ReceiverConfig.Mention;
import dev.playcall.domain.Truncate;
import dev.playcall.notify.dispatch.Sink;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.Severity;
import dev.playcall.notify.routing.Mentions;
import dev.playcall.notify.template.NotificationTemplates;
import dev.playcall.notify.template.NotificationTemplates.Words;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** An incoming webhook of Slack or Discord: no key against repetition, no way to change what was said. */
final class ChatWebhookSink implements Sink {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final int SLACK_TEXT = 3_000;
    private static final int DISCORD_CONTENT = 2_000;
    private static final int DISCORD_TEXT = 4_000;
    private static final int RED = 0xd73a49;
    private static final int GREEN = 0x28a745;

    private final URI to;
    private final Kind kind;
    private final NotificationTemplates notificationTemplates;
    private final Mentions mentions;
    private final SinkHttp sinkHttp;

    /** Whose it is. */
    enum Kind {
        SLACK,
        DISCORD
    }

    ChatWebhookSink(
            URI to, Kind kind, Connection connection, NotificationTemplates notificationTemplates, Mentions mentions) {
        this.to = to;
        this.kind = kind;
        this.notificationTemplates = notificationTemplates;
        this.mentions = mentions;
        this.sinkHttp = new SinkHttp(connection);
    }

    @Override
    public Result deliver(Notification notification) {
        var c = notification.content();
        var words = notificationTemplates.of(c);
        var who = mentions.of(c);
        var full = kind == Kind.SLACK ? slack(c, words, who) : discord(c, words, who);
        var plain = kind == Kind.SLACK ? slackLine(words, who) : discordLine(words, who);
        return sinkHttp.post(to, NotificationJson.bytes(full), NotificationJson.bytes(plain), JSON)
                .noting(words.note());
    }

    /** Plain text objects, in which nothing calls anybody; who is called has a block alone. */
    private static ObjectNode slack(Notification.Content c, Words words, List<Mention> who) {
        var json = NotificationJson.object().put("text", escaped(Truncate.of(words.title(), SLACK_TEXT)));
        json.put("unfurl_links", false).put("unfurl_media", false);
        var blocks = json.putArray("blocks");
        block(blocks.addObject(), Truncate.of(words.title(), SLACK_TEXT));
        if (!who.isEmpty()) {
            blocks.addObject()
                    .put("type", "section")
                    .putObject("text")
                    .put("type", "mrkdwn")
                    .put("text", Mentions.slack(who));
        }
        var body = words.body(c, SLACK_TEXT);
        if (!body.equals(words.title()) && !body.isBlank()) {
            block(blocks.addObject(), body);
        }
        return json;
    }

    private static ObjectNode slackLine(Words words, List<Mention> who) {
        var called = who.isEmpty() ? "" : Mentions.slack(who) + " ";
        return NotificationJson.object().put("text", called + escaped(Truncate.of(words.title(), 500)));
    }

    private static void block(ObjectNode block, String text) {
        block.put("type", "section")
                .putObject("text")
                .put("type", "plain_text")
                .put("text", text)
                .put("emoji", false);
    }

    /** In a text that is no object, these three mean something to Slack. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static ObjectNode discord(Notification.Content c, Words words, List<Mention> who) {
        var json = discordLine(words, who);
        var embed = json.putArray("embeds").addObject();
        boolean bad = c.open() + c.events() > 0 && c.severity().compareTo(Severity.ERROR) >= 0;
        embed.put("description", marked(words.body(c, DISCORD_TEXT / 2))).put("color", bad ? RED : GREEN);
        return json;
    }

    private static ObjectNode discordLine(Words words, List<Mention> who) {
        var called = who.isEmpty() ? "" : Mentions.discord(who) + " ";
        int capacity = DISCORD_CONTENT - called.length();
        var json = NotificationJson.object()
                .put("content", called + Truncate.of(marked(Truncate.of(words.title(), 900)), capacity));
        var allowed = json.putObject("allowed_mentions");
        var kinds = allowed.putArray("parse");
        if (Mentions.callsAll(who)) {
            kinds.add("everyone");
        }
        names(allowed, "users", Mentions.ids(who, Mention.Kind.PERSON));
        names(allowed, "roles", Mentions.ids(who, Mention.Kind.GROUP));
        return json;
    }

    private static void names(ObjectNode allowed, String kind, List<String> ids) {
        if (!ids.isEmpty()) {
            ids.forEach(allowed.putArray(kind)::add);
        }
    }

    /** No sign has a meaning, and behind an @ stands something that nobody sees, so that it calls nobody. */
    private static String marked(String text) {
        return text.replaceAll("([\\\\*_~`|>#\\[\\]()<-])", "\\\\$1").replace("@", "@\u200b");
    }
}
