package dev.playcall.chat;

import dev.playcall.background.BackgroundLoop;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.Message;
import dev.playcall.domain.name.Person;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A chat platform. It connects by itself and stays connected, says once what it is told to say, and hands what people
 * want to the {@link ChatInbox}. It never retries: the answer to each sending says what may be done next.
 */
public interface ChatAdapter extends AutoCloseable {

    /** {@code slack}, {@code discord}, {@code console}: the first part of its channels and persons. */
    String platform();

    Traits traits();

    /** Returns at once and connects in the background; the gateway works with the platform away. */
    void start(ChatInbox chatInbox);

    Health health();

    /** What works for it in the background beside the connection. */
    default List<BackgroundLoop> loops() {
        return List.of();
    }

    /** How often a connection was lost and made again since the start. */
    default long reconnects() {
        return 0;
    }

    /** Says something new. Called from one thread for each channel; blocks until the platform has answered. */
    Sent post(Post post);

    /** Shows something else in place of an earlier message. */
    Sent edit(Channel channel, String ref, Message message);

    Sent upload(Upload upload);

    /**
     * Looks for a message after a sending whose outcome is unknown: {@code Done} with its name when it is there,
     * {@code Gone} when it surely is not.
     */
    Sent find(Post post);

    /** Where this person can be told something alone, when a channel cannot be written to. */
    Optional<Channel> direct(Person person);

    /** Why nothing can be said there, for those who can mend it; empty where it can, and where nobody knows now. */
    default Optional<String> refusal(Channel channel) {
        return Optional.empty();
    }

    @Override
    void close();

    /**
     * A message to say.
     *
     * @param under the card in whose thread it belongs
     * @param broadcast shown to the whole channel although it belongs to a thread
     * @param key names this message for ever, at most 25 letters, digits, dots and dashes: a platform that is told the
     *     same key twice shows one message
     */
    record Post(Channel channel, Optional<String> under, boolean broadcast, Message message, String key) {
        public Post {
            if (!key.matches("[A-Za-z0-9.-]{1,25}")) {
                throw new IllegalArgumentException("\"" + key + "\" is not a message key");
            }
        }
    }

    /** A file to show in the thread of a card. */
    record Upload(Channel channel, String under, String name, Path file, String note, String key) {}

    /** What became of a sending. */
    sealed interface Sent {
        /** It is shown; {@code ref} is the platform's own name of the message. */
        record Done(String ref) implements Sent {}

        /** Nothing was shown; it may be tried again after this time. */
        record Later(Duration after, String why) implements Sent {}

        /** It may be shown and may not be: look before saying it again. */
        record Unknown(String why) implements Sent {}

        /** The message it is about is not there, or cannot be changed any more. */
        record Gone(String why) implements Sent {}

        /** This place will not take it, however often it is tried. */
        record Refused(String why) implements Sent {}

        /** The platform takes nothing from us any more (revoked token): an operator has to act. */
        record Stopped(String why) implements Sent {}
    }

    /** How a platform is doing. */
    sealed interface Health {
        /** Whether it can be told something. */
        default boolean isConnected() {
            return switch (this) {
                case Up _, Degraded _, Elsewhere _ -> true;
                case Connecting _, Stopped _ -> false;
            };
        }

        record Up(String detail) implements Health {}

        /** Another gateway on the database hears it, and this one takes over when that one ends; it can be told everything. */
        record Elsewhere() implements Health {}

        record Connecting(String why) implements Health {}

        /** Connected, and still told everything, but something does not work. */
        record Degraded(String why) implements Health {}

        /** It will not connect again by itself. */
        record Stopped(String why) implements Health {}
    }

    /**
     * What a platform can do and bear.
     *
     * @param threads messages can hang under a card
     * @param postGap least time between two new messages in one channel
     * @param editsPerMinute edits of all messages together
     * @param editableFor age from which a message is not edited any more and a new one continues it
     * @param pace time between two edits of one card
     */
    record Traits(boolean threads, Duration postGap, int editsPerMinute, Optional<Duration> editableFor, Pace pace) {}

    /** How long to wait between two edits of a card of this age while this many cards are live. */
    @FunctionalInterface
    interface Pace {
        Duration gap(Duration age, int live);
    }
}
