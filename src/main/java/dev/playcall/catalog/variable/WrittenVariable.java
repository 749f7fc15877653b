package dev.playcall.catalog.variable;

import dev.playcall.config.yaml.Yaml;
import java.util.stream.Collectors;

/**
 * A variable as it is written in a file of an inventory.
 *
 * @param value on one line; {@code vaulted} in place of an encrypted one
 * @param file relative to the folder of the environment
 * @param line counts from 1; 0 for a file that is encrypted as a whole, which has no name either
 */
public record WrittenVariable(String name, String value, boolean vaulted, String file, int line) {
    private static final String VAULT = "$ANSIBLE_VAULT;";
    private static final String SHOWN = "vaulted";

    /** Whether this text is one that {@code ansible-vault} encrypted. */
    public static boolean isVaulted(String text) {
        return text.startsWith(VAULT);
    }

    /** A file that is encrypted as a whole. */
    public static WrittenVariable vaultedFile(String file) {
        return new WrittenVariable("", SHOWN, true, file, 0);
    }

    /** One of a YAML file. */
    public static WrittenVariable of(String name, Yaml value, String file, int line) {
        boolean vaulted = holdsVaulted(value);
        return new WrittenVariable(name, vaulted ? SHOWN : shown(value), vaulted, file, line);
    }

    private static boolean holdsVaulted(Yaml value) {
        return switch (value) {
            case Yaml.Scalar s -> isVaulted(s.text());
            case Yaml.Sequence s -> s.items().stream().anyMatch(WrittenVariable::holdsVaulted);
            case Yaml.Mapping m -> m.entries().values().stream().anyMatch(WrittenVariable::holdsVaulted);
        };
    }

    private static String shown(Yaml value) {
        return switch (value) {
            case Yaml.Scalar s -> s.isNull() ? "null" : s.text().strip();
            case Yaml.Sequence s ->
                s.items().stream().map(WrittenVariable::shown).collect(Collectors.joining(", ", "[", "]"));
            case Yaml.Mapping m ->
                m.entries().entrySet().stream()
                        .map(e -> e.getKey() + ": " + shown(e.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
        };
    }
}
