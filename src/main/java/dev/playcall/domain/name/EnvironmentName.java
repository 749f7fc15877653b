package dev.playcall.domain.name;

/** Name of an environment, the folder below {@code inventory/}. Letters, digits, dot, dash and underscore; at most 64; starts with a letter or digit. */
public record EnvironmentName(String value) implements Comparable<EnvironmentName> {
    public EnvironmentName {
        NameRules.require("environment", value);
    }

    /** Whether the text could be such a name at all. */
    public static boolean isValid(String text) {
        return NameRules.isValid(text);
    }

    @Override
    public int compareTo(EnvironmentName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
