package dev.playcall.config.yaml;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One node of a YAML file that remembers its place. Text stays as written: {@code NO} is "NO", {@code 0644} "0644". */
public sealed interface Yaml {

    /** Where it stands. */
    Place place();

    /** What it says without where it stands, to compare two texts: a list for a sequence, a map for a mapping. */
    default Object plain() {
        return switch (this) {
            case Scalar s -> (s.isNull() ? "null " : s.quoted() ? "text " : "plain ") + s.text();
            case Sequence s -> s.items().stream().map(Yaml::plain).toList();
            case Mapping m -> {
                var plain = new LinkedHashMap<String, Object>();
                m.entries().forEach((key, value) -> plain.put(key, value.plain()));
                yield plain;
            }
        };
    }

    /** A place in a file; lines count from 1. Prints as {@code file:line}. */
    record Place(Path file, int line) {
        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    /** A value in its written form; {@code isNull} for an empty one or {@code ~}, {@code quoted} where quotes stood. */
    record Scalar(Place place, String text, boolean isNull, boolean quoted) implements Yaml {}

    record Sequence(Place place, List<Yaml> items) implements Yaml {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Entries in the order of the file. {@code keyPlaces} says where each key stands. */
    record Mapping(Place place, Map<String, Yaml> entries, Map<String, Place> keyPlaces) implements Yaml {
        public Mapping {
            entries = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(entries));
            keyPlaces = Map.copyOf(keyPlaces);
        }
    }
}
