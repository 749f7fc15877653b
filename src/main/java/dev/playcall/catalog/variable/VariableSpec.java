package dev.playcall.catalog.variable;

import dev.playcall.domain.Value;
import java.util.List;
import java.util.Optional;

/**
 * A variable that may be given to a playbook.
 *
 * @param choices the only values, empty when any will do
 * @param pattern regular expression that a text has to match as a whole
 * @param source of a secret, whose value is never shown or stored in clear; empty for any other variable
 */
public record VariableSpec(
        String name,
        Type type,
        String description,
        List<String> choices,
        Optional<Value> defaultValue,
        Optional<String> pattern,
        boolean required,
        Optional<SecretSource> source) {
    public VariableSpec {
        choices = List.copyOf(choices);
    }

    public boolean secret() {
        return source.isPresent();
    }

    /** What the secret is called that is kept for this variable. */
    public String secretName() {
        return source.flatMap(SecretSource::name).orElse(name);
    }

    /** Answer to {@link #check}. */
    public sealed interface Checked {}

    public record Ok(Value value) implements Checked {}

    /** {@code message} is one line that says what is wrong and what would be right. */
    public record Invalid(String message) implements Checked {}

    /** Makes a value of what somebody wrote: text, or what JSON or YAML has for it. */
    public Checked check(Object raw) {
        return new VariableCheck(this).check(raw);
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

    /**
     * Where the value of a secret variable comes from.
     *
     * @param name of the secret that is kept for it; without one it is the variable's own name where such a secret is kept,
     *     and asked for otherwise
     * @param environment whether it is put into the environment of Ansible instead of among its variables
     */
    public record SecretSource(Optional<String> name, boolean environment) {
        /** {@code secret: true}. */
        public static final SecretSource ASKED = new SecretSource(Optional.empty(), false);
    }
}
