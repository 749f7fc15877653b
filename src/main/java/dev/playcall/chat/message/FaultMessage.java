package dev.playcall.chat.message;

import dev.playcall.background.Faults;
import dev.playcall.chat.message.Message.Tone;

/** What is said to somebody whose command could not be answered. */
public final class FaultMessage {
    private FaultMessage() {}

    /**
     * What passes by itself is named.
     *
     * @param otherwise what is said of a fault of our own
     */
    public static Message of(Throwable fault, Message otherwise) {
        return Faults.isPassing(fault)
                ? Message.line(
                        Tone.BAD,
                        "Not possible at the moment: " + Faults.plain(fault).orElse("the database does not answer"))
                : otherwise;
    }
}
