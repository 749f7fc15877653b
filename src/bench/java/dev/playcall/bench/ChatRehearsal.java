package dev.playcall.bench;

import dev.playcall.boot.settings.RefusedException;
import java.util.Map;
import java.util.SequencedMap;

/** A chat platform in miniature with one person in front of it, for those who have no tokens yet. */
public interface ChatRehearsal extends AutoCloseable {

    /** @throws RefusedException when there is no such platform */
    static ChatRehearsal of(String platform) {
        return switch (platform) {
            case "slack" -> new SlackRehearsal();
            case "discord" -> new DiscordRehearsal();
            default ->
                throw new RefusedException(
                        "there is no rehearsal of \"" + platform + "\"; there are slack and discord");
        };
    }

    /** What has to be configured so that a gateway takes this for the platform. */
    Map<String, String> settings();

    boolean isConnected();

    /** The person gives a slash command; {@code options} by name, in the order in which they are written. */
    void command(String name, SequencedMap<String, String> options);

    /** The person presses the newest button with this label. Returns false while there is none. */
    boolean press(String label);

    /** The platform's own name of the channel. */
    String channel();

    /** The person asks something that only has to be looked up. */
    ChatBench.Answered ask();

    /** From now on the platform's limits hold. */
    void limits();

    /** How many messages were edited so far. */
    long edits();

    /** How many calls the platform turned away as too many. */
    long slowedDown();

    /** What the channel and that person see now. */
    String transcript();

    @Override
    void close();
}
