package dev.playcall.chat.discord.render;

import dev.playcall.config.ReceiverConfig.Mention;
import dev.playcall.notify.routing.Mentions;
import java.util.List;
import java.util.Optional;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/**
 * How a message looks on Discord.
 *
 * @param content what a phone shows in its notification
 * @param texts descriptions of the coloured boxes under it
 * @param rows of at most five buttons
 * @param calls who is called; nobody else is, whatever the texts say
 */
public record DiscordMessage(
        String content, int colour, List<String> texts, List<List<Press>> rows, List<Mention> calls) {
    public static final int EPHEMERAL = 1 << 6;
    public static final int SILENT = 1 << 12;
    /** Leads nowhere by the rules of the net. */
    public static final String MARK = "https://playcall.invalid/";

    private static final String NOTHING_TO_SEE = "\u200b";

    public DiscordMessage {
        texts = List.copyOf(texts);
        rows = List.copyOf(rows);
        calls = List.copyOf(calls);
    }

    public DiscordMessage(String content, int colour, List<String> texts, List<List<Press>> rows) {
        this(content, colour, texts, rows, List.of());
    }

    /** A button. */
    record Press(int style, String label, String id) {
        private DataObject json() {
            return DataObject.empty()
                    .put("type", 2)
                    .put("style", style)
                    .put("label", label)
                    .put("custom_id", id);
        }
    }

    /** The same with its text in a box, where it can be marked; for what no phone has to show. */
    public DiscordMessage boxed() {
        return texts.isEmpty() ? new DiscordMessage("", colour, List.of(content), rows, calls) : this;
    }

    public DiscordMessage withoutButtons() {
        return new DiscordMessage(content, colour, texts, List.of(), calls);
    }

    /** Everything is said, also what is empty, so that the same serves for an edit. */
    public DataObject json() {
        return json(Optional.empty());
    }

    /**
     * The same with a mark by which the message can be found again.
     *
     * @param mark where a box leads that has no title to click on, so that nobody sees it; a message without a box has none
     */
    public DataObject json(Optional<String> mark) {
        var boxes = DataArray.empty();
        texts.forEach(t -> boxes.add(
                DataObject.empty().put("type", "rich").put("color", colour).put("description", t)));
        mark.filter(_ -> !boxes.isEmpty()).ifPresent(m -> boxes.getObject(0).put("url", MARK + m));
        return DataObject.empty()
                .put("content", calls.isEmpty() ? content : Mentions.discord(calls) + " " + defused())
                .put("embeds", boxes)
                .put("components", components())
                .put("allowed_mentions", allowed());
    }

    /** Where @everyone is meant to call, one that somebody else wrote must not. */
    private String defused() {
        return content.replace("@", "@" + NOTHING_TO_SEE);
    }

    private DataObject allowed() {
        var allowed = DataObject.empty()
                .put("parse", DataArray.fromCollection(Mentions.callsAll(calls) ? List.of("everyone") : List.of()));
        var people = Mentions.ids(calls, Mention.Kind.PERSON);
        if (!people.isEmpty()) {
            allowed.put("users", DataArray.fromCollection(people));
        }
        var roles = Mentions.ids(calls, Mention.Kind.GROUP);
        if (!roles.isEmpty()) {
            allowed.put("roles", DataArray.fromCollection(roles));
        }
        return allowed;
    }

    /** Whether this message calls somebody, who is then to hear it. */
    public static boolean calls(DataObject message) {
        var allowed = message.getObject("allowed_mentions");
        return allowed.hasKey("users")
                || allowed.hasKey("roles")
                || !allowed.getArray("parse").isEmpty();
    }

    private DataArray components() {
        var all = DataArray.empty();
        for (var row : rows) {
            var buttons = DataArray.empty();
            row.forEach(b -> buttons.add(b.json()));
            all.add(DataObject.empty().put("type", 1).put("components", buttons));
        }
        return all;
    }
}
