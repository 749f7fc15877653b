package dev.playcall.catalog.ansiblecfg;

import dev.playcall.domain.name.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What becomes of each setting of an {@code ansible.cfg}, from the list in {@code keys.txt}. */
final class CfgKeys {
    private static final Map<String, Use> KEYS = read();

    private CfgKeys() {}

    /** What a setting is to a run. */
    sealed interface Use {
        /** It counts as it is written. */
        record Value() implements Use {}

        /** A path of one file, from the folder of the ansible.cfg. */
        record File() implements Use {}

        /** Folders, which have to be in the repository. */
        record Folders() implements Use {}

        /** Playcall decides it. */
        record Owned(String why) implements Use {}

        /** It is for installing what requirements.yml wants, and not for runs. */
        record OfGalaxy() implements Use {}

        /** Ansible has no such setting, as far as is known. */
        record Unknown(Optional<String> near) implements Use {}
    }

    static Use of(String section, String key) {
        if (section.equals("galaxy") || section.startsWith("galaxy_server.")) {
            return new Use.OfGalaxy();
        }
        var use = Optional.ofNullable(KEYS.get(section + "." + key))
                .or(() -> Optional.ofNullable(KEYS.get(section + ".*")));
        return use.orElseGet(() -> section.startsWith("callback_")
                ? new Use.Owned("Playcall reads a run with a callback of its own")
                : new Use.Unknown(Suggestion.of(key, known(section))));
    }

    private static List<String> known(String section) {
        return KEYS.keySet().stream()
                .filter(k -> k.startsWith(section + "."))
                .map(k -> k.substring(section.length() + 1))
                .filter(k -> !k.equals("*"))
                .toList();
    }

    private static Map<String, Use> read() {
        var keys = new HashMap<String, Use>();
        try (InputStream in = CfgKeys.class.getResourceAsStream("keys.txt")) {
            if (in == null) {
                throw new IllegalStateException("keys.txt is not in the jar");
            }
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .forEach(line -> add(keys, line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(keys);
    }

    /** {@code value defaults: timeout forks}, or {@code owned defaults: log_path | why}. */
    private static void add(Map<String, Use> keys, String line) {
        var why = line.split(" \\| ", 2);
        var parts = why[0].split("[ :]+", -1);
        for (int i = 2; i < parts.length; i++) {
            keys.put(
                    parts[1] + "." + parts[i],
                    switch (parts[0]) {
                        case "value" -> new Use.Value();
                        case "file" -> new Use.File();
                        case "folders" -> new Use.Folders();
                        case "owned" -> new Use.Owned(why[1]);
                        default -> throw new IllegalStateException("keys.txt: " + line);
                    });
        }
    }
}
