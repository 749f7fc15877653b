package dev.playcall.config.runtime;

import dev.playcall.config.Config;
import dev.playcall.config.ConfigOrigins.EffectiveSetting;
import dev.playcall.config.yaml.Yaml;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A configuration that was read, with what stands in its file.
 *
 * @param file as people know it, {@code config/playcall.yml}
 * @param written what stands behind each key, by its dotted path; may hold secrets and is only compared
 * @param effective what each key is, said or not, without its secrets
 */
public record LoadedConfig(
        String file, Config config, SortedMap<String, String> written, List<EffectiveSetting> effective) {
    /** What is used from the start on: sockets, connections and folders are not changed under those who use them. */
    private static final Predicate<String> FIXED = key -> key.matches("(server|store|cluster|paths|chat)(\\..*)?");

    public LoadedConfig {
        written = Collections.unmodifiableSortedMap(new TreeMap<>(written));
        effective = List.copyOf(effective);
    }

    @Override
    public String toString() {
        return file + " " + written.keySet();
    }

    static SortedMap<String, String> written(Optional<Yaml> yaml) {
        var found = new TreeMap<String, String>();
        yaml.ifPresent(y -> collect("", y, found));
        return found;
    }

    private static void collect(String path, Yaml yaml, SortedMap<String, String> found) {
        if (yaml instanceof Yaml.Mapping mapping && !mapping.entries().isEmpty()) {
            mapping.entries().forEach((key, value) -> collect(path.isEmpty() ? key : path + "." + key, value, found));
        } else {
            found.put(path, text(yaml));
        }
    }

    /** Without places: a line that moved has not changed. */
    private static String text(Yaml yaml) {
        return switch (yaml) {
            case Yaml.Scalar scalar -> scalar.isNull() ? "~" : "'" + scalar.text() + "'";
            case Yaml.Sequence sequence ->
                sequence.items().stream().map(LoadedConfig::text).collect(Collectors.joining(",", "[", "]"));
            case Yaml.Mapping mapping ->
                mapping.entries().entrySet().stream()
                        .map(e -> "'" + e.getKey() + "':" + text(e.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
        };
    }

    /** The keys that other values stand behind in the other one, and that can change while Playcall works. */
    public SortedSet<String> changed(LoadedConfig other) {
        return different(other, FIXED.negate());
    }

    /** The same for those that need a restart. */
    public SortedSet<String> needingRestart(LoadedConfig other) {
        return different(other, FIXED);
    }

    private SortedSet<String> different(LoadedConfig other, Predicate<String> of) {
        var keys = new TreeSet<>(written.keySet());
        keys.addAll(other.written.keySet());
        keys.removeIf(k -> !of.test(k) || Objects.equals(written.get(k), other.written.get(k)));
        return keys;
    }
}
