package dev.playcall.venv.analysis;

import dev.playcall.config.yaml.Yaml;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the analysis asks of YAML nodes. */
final class Nodes {
    private Nodes() {}

    /** The entry of a mapping by the first of these keys that is there. */
    static Optional<Yaml> entry(Yaml yaml, String... keys) {
        return yaml instanceof Yaml.Mapping mapping
                ? Stream.of(keys)
                        .filter(mapping.entries()::containsKey)
                        .map(mapping.entries()::get)
                        .findFirst()
                : Optional.empty();
    }

    /** Its text; empty for what is not a scalar, or is null. */
    static Optional<String> text(Yaml yaml) {
        return yaml instanceof Yaml.Scalar scalar && !scalar.isNull() ? Optional.of(scalar.text()) : Optional.empty();
    }

    static Optional<String> text(Yaml yaml, String... keys) {
        return entry(yaml, keys).flatMap(Nodes::text);
    }

    /** The items of a list; a single value counts as a list of one, as Ansible has it in most places. */
    static List<Yaml> items(Optional<Yaml> yaml) {
        return yaml.map(y -> switch (y) {
                    case Yaml.Sequence sequence -> sequence.items();
                    case Yaml.Scalar scalar -> scalar.isNull() ? List.<Yaml>of() : List.<Yaml>of(scalar);
                    case Yaml.Mapping mapping -> List.<Yaml>of(mapping);
                })
                .orElse(List.of());
    }

    static boolean isTemplated(String text) {
        return text.contains("{{") || text.contains("{%");
    }

    static String place(Yaml yaml) {
        return yaml.place().toString();
    }
}
