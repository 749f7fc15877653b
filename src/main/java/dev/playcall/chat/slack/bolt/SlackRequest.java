package dev.playcall.chat.slack.bolt;

import com.slack.api.model.view.View;
import java.util.List;
import java.util.Optional;

/** What somebody wants, as Slack delivered it. */
public sealed interface SlackRequest {

    /** Who wants it. */
    String user();

    record Command(String user, String channel, String name, String text, String trigger, Optional<String> response)
            implements SlackRequest {}

    record Press(
            String user,
            Optional<String> channel,
            Optional<String> thread,
            Optional<Window> window,
            boolean ephemeral,
            String value,
            String trigger,
            Optional<String> response)
            implements SlackRequest {}

    /** A window that is open, and what it remembers. */
    record Window(String id, boolean modal, String memory, String title) {}

    record Submission(String user, Window window, View view) implements SlackRequest {}

    /**
     * Something was chosen in a window that is not sent yet.
     *
     * @param option the control it is
     * @param value what was chosen, or empty
     */
    record Choosing(String user, Window window, View view, String option, String value) implements SlackRequest {}

    /**
     * A menu asks what it shall offer.
     *
     * @param option the control it is
     */
    record Suggestion(String user, View view, String option, String typed) implements SlackRequest {}

    /**
     * Chosen from a menu of Slack itself.
     *
     * @param channel of the message it was chosen for, with the thread of that message; empty for none
     * @param about what that message says
     */
    record Shortcut(String user, Optional<String> channel, Optional<String> thread, String about, String trigger)
            implements SlackRequest {}

    /** @param direct said to us alone */
    record Line(String user, String channel, Optional<String> thread, String ts, String text, boolean direct, String id)
            implements SlackRequest {}

    /** Somebody posted links to pages of ours. */
    record Links(String user, String channel, String ts, List<String> urls) implements SlackRequest {
        public Links {
            urls = List.copyOf(urls);
        }
    }

    record Home(String user) implements SlackRequest {}

    /** Nothing that concerns us; it is acknowledged. */
    record Ignored() implements SlackRequest {
        @Override
        public String user() {
            return "";
        }
    }
}
