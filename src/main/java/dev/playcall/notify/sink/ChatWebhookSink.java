package dev.playcall.notify.sink;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.notify.Excerpt;
import dev.playcall.notify.Parcel;
import dev.playcall.notify.Severity;
import dev.playcall.notify.Sink;
import java.net.URI;
import java.util.Map;

/** An incoming webhook of Slack or Discord: no key against repetition, no way to change what was said. */
public final class ChatWebhookSink implements Sink {
    private static final int SLACK_TEXT = 3_000;
    private static final int DISCORD_CONTENT = 2_000;
    private static final int DISCORD_TEXT = 4_000;
    private static final int RED = 0xd73a49;
    private static final int GREEN = 0x28a745;

    private final URI to;
    private final Kind kind;
    private final Http http;

    /** Whose it is. */
    public enum Kind {
        SLACK,
        DISCORD
    }

    public ChatWebhookSink(URI to, Kind kind, boolean insideToo) {
        this.to = to;
        this.kind = kind;
        this.http = new Http(insideToo);
    }

    @Override
    public Result deliver(Parcel parcel) {
        var body = kind == Kind.SLACK ? slack(parcel.content()) : discord(parcel.content());
        return http.post(to, ParcelJson.bytes(body), Map.of("Content-Type", "application/json"), _ -> "");
    }

    /** Plain text objects, in which nothing calls anybody. */
    private static ObjectNode slack(Parcel.Content c) {
        var headline = Plain.headline(c);
        var json = ParcelJson.object().put("text", escaped(Excerpt.of(headline, SLACK_TEXT)));
        json.put("unfurl_links", false).put("unfurl_media", false);
        var blocks = json.putArray("blocks");
        block(blocks.addObject(), Excerpt.of(headline, SLACK_TEXT));
        var body = Plain.body(c, SLACK_TEXT);
        if (!body.equals(headline)) {
            block(blocks.addObject(), body);
        }
        return json;
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

    private static ObjectNode discord(Parcel.Content c) {
        var json = ParcelJson.object().put("content", Excerpt.of(marked(Plain.headline(c)), DISCORD_CONTENT));
        json.putObject("allowed_mentions").putArray("parse");
        var embed = json.putArray("embeds").addObject();
        boolean bad = c.open() + c.events() > 0 && c.severity().compareTo(Severity.ERROR) >= 0;
        embed.put("description", marked(Plain.body(c, DISCORD_TEXT / 2))).put("color", bad ? RED : GREEN);
        return json;
    }

    private static String marked(String text) {
        return text.replaceAll("([\\\\*_~`|>#\\[\\]()<@-])", "\\\\$1");
    }
}
