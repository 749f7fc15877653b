package dev.playcall.boot;

import java.util.List;
import java.util.Map;

/** One chat platform as the people in its channel see it, with the gateway behind it. */
public interface ChatStage extends AutoCloseable {

    /** What is said back to one person. */
    record Said(String text, boolean alone) {}

    /** What not every platform has. */
    enum Feature {
        BUTTONS,
        THREADS,
        FILES,
        FORMS,
        /** Mentions of the bot, and direct messages to it. */
        MENTIONS,
        AUTOCOMPLETE,
        HOME,
        /** It can say something that nobody there asked for. */
        UNASKED,
        /** Groups of people that the platform knows. */
        GROUPS,
        /** A limit on everything the app says, beside those of channels. */
        GLOBAL_LIMIT,
        /** A wire between the gateway and the platform, on which things go wrong. */
        WIRE
    }

    String platform();

    /** A group that alice is in and bob is not, as the configuration writes it. */
    String group();

    ChatFixture house();

    /** A command as this platform has them. */
    Said say(String person, String line);

    /** A command in words to the bot, in the channel. */
    Said mention(String person, String line);

    Said direct(String person, String line);

    /** The newest button with this label that the channel shows; where there are none, what it says to type. */
    Said press(String person, String label);

    /** A button of what was said to this person alone. */
    Said answer(String person, String label);

    /** Fills in the form that this person sees. */
    Said submit(String person, Map<String, String> values);

    List<String> complete(String command, String option, String typed);

    String home(String person);

    /** Presses a button of this person's own page and waits until the page, or the window it opens, shows all of this. */
    default void pressHome(String person, String label, String... shown) {
        throw new UnsupportedOperationException();
    }

    /** The messages of the channel as they stand, the oldest first. */
    List<String> channel();

    /** The labels of the newest message's buttons. */
    List<String> buttons();

    /** What stands under the first card. */
    List<String> thread();

    /** The names of the files in the thread of the first card. */
    List<String> files();

    /** People who were called by a message of the gateway. */
    int pings();

    /** The platform does the next post, and its answer is lost. */
    void loseNextAnswer();

    /** The platform answers the next edits with "too many". */
    void slowDown();

    void away(boolean away);

    /** Lets this go wrong with the next calls, or at once where it is not about calls. */
    void trouble(ConnectionFault problem);

    /** A command whose answer nobody waits for. */
    void shout(String person, String line);

    /** The platform delivers the last command once more. */
    void deliverAgain();

    /** Somebody from elsewhere, a bot or a guest says this. */
    Said stranger(String line);

    @Override
    void close();
}
