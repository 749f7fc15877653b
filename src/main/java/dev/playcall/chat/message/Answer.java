package dev.playcall.chat.message;

import dev.playcall.domain.name.RunId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is said back to a line of chat, a pressed button or a form.
 *
 * @param refused nothing was done
 * @param ephemeral only for the person who asked: refusals, help and questions
 * @param run the run this made or spoke of, whose card the channel will see
 * @param form what to ask before it can be done; where a form cannot be shown the message says what is missing
 * @param file to hand to that person alone, where the platform can
 */
public record Answer(
        Message message,
        boolean refused,
        boolean ephemeral,
        Optional<RunId> run,
        Optional<Form> form,
        Optional<Path> file) {
    public static Answer refusal(String text) {
        return new Answer(
                Message.line(Message.Tone.BAD, text), true, true, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Answer of(Message message) {
        return new Answer(message, false, true, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Answer about(RunId run, Message message) {
        return new Answer(message, false, true, Optional.of(run), Optional.empty(), Optional.empty());
    }

    public static Answer asking(Message message, Optional<Form> form) {
        return new Answer(message, true, true, Optional.empty(), form, Optional.empty());
    }

    /** The same without secrets. */
    public Answer map(UnaryOperator<String> words) {
        return new Answer(message.map(words), refused, ephemeral, run, form, file);
    }

    public Answer with(Path log) {
        return new Answer(message, refused, ephemeral, run, form, Optional.of(log));
    }
}
