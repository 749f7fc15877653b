package dev.playcall.chat.message;

import dev.playcall.domain.name.RunId;
import java.nio.file.Path;
import java.util.List;
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

    /**
     * What has to be asked before a request can be done.
     *
     * @param request number of the kept request it belongs to
     * @param title at most 24 characters
     * @param why what is missing, one line
     * @param submit what the button says that sends it, where a platform lets it say something
     */
    public record Form(long request, String title, String why, List<Field> fields, String submit) {
        public Form {
            fields = List.copyOf(fields);
        }

        /**
         * One thing to fill in.
         *
         * @param name of the variable
         * @param hint what it is for, one line, empty when nothing is known
         * @param choices the only values, empty when any text will do
         * @param value what stands there at first, empty for nothing
         * @param secret may have several lines, and is never shown again
         */
        public record Field(
                String name,
                String hint,
                List<String> choices,
                Optional<String> value,
                boolean required,
                boolean secret) {
            public Field {
                choices = List.copyOf(choices);
            }
        }
    }
}
