package dev.playcall.catalog;

import dev.playcall.domain.Value;
import java.util.List;
import java.util.Optional;

/**
 * A variable that may be given to a playbook.
 *
 * @param choices the only values, empty when any will do
 * @param pattern regular expression that a text has to match as a whole
 * @param secret its value is never shown or stored in clear
 */
public record VariableSpec(
        String name,
        Type type,
        String description,
        List<String> choices,
        Optional<Value> defaultValue,
        Optional<String> pattern,
        boolean required,
        boolean secret) {
    public VariableSpec {
        choices = List.copyOf(choices);
    }

    /** What a value may look like; written in lower case in {@code .meta.yml}. */
    public enum Type {
        TEXT,
        INTEGER,
        NUMBER,
        BOOLEAN,
        CHOICE,
        /** Letters, digits, dot, dash, underscore and plus. */
        VERSION,
        /** Items with commas between them. */
        LIST
    }
}
