package dev.playcall.chat.message;

import java.util.List;
import java.util.Optional;

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
            String name, String hint, List<String> choices, Optional<String> value, boolean required, boolean secret) {
        public Field {
            choices = List.copyOf(choices);
        }
    }
}
