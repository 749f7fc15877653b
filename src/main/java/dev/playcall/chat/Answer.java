package dev.playcall.chat;

import dev.playcall.domain.RunId;
import java.util.Optional;

/**
 * What is said back to a line of chat.
 *
 * @param refused nothing was done
 * @param ephemeral only for the person who asked: refusals, help and questions
 * @param run the run this made, whose card the channel will see
 */
public record Answer(Message message, boolean refused, boolean ephemeral, Optional<RunId> run) {
    static Answer refusal(String text) {
        return new Answer(Message.line(Message.Tone.BAD, text), true, true, Optional.empty());
    }

    static Answer told(Message message) {
        return new Answer(message, false, true, Optional.empty());
    }
}
