package dev.playcall.config;

import dev.playcall.config.Yaml.Mapping;
import dev.playcall.config.Yaml.Scalar;
import dev.playcall.domain.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of a YAML file, read key by key. Everything wrong is collected with its place, and every key that nobody
 * asked for is wrong.
 */
public final class Section {
    private final String name;
    private final @Nullable Mapping mapping;
    private final List<Problem> problems;
    private final Function<Scalar, String> expand;
    private final Map<String, String> overrides;
    private final Set<String> asked = new HashSet<>();

    /**
     * @param name dotted path of this section, empty for the whole file
     * @param yaml what stands in the file, if anything
     * @param problems gets what is wrong
     * @param expand gives the value of a scalar
     * @param overrides values that win over the file, by dotted path
     */
    public Section(
            String name,
            Optional<Yaml> yaml,
            List<Problem> problems,
            Function<Scalar, String> expand,
            Map<String, String> overrides) {
        this.name = name;
        this.problems = problems;
        this.expand = expand;
        this.overrides = overrides;
        this.mapping = yaml.orElse(null) instanceof Mapping m ? m : null;
        yaml.filter(y -> mapping == null && !(y instanceof Scalar s && s.isNull()))
                .ifPresent(y -> problems.add(new Problem(y.place().toString(), name + " has to be a mapping of keys")));
    }

    private String path(String key) {
        return name.isEmpty() ? key : name + "." + key;
    }

    /** A key whose value is of a kind of its own. */
    public Optional<Yaml> raw(String key) {
        asked.add(key);
        return Optional.ofNullable(mapping).map(m -> m.entries().get(key));
    }

    public Section section(String key) {
        return new Section(path(key), raw(key), problems, expand, overrides);
    }

    public Optional<String> optional(String key) {
        return text(key).map(Found::text);
    }

    public String text(String key, String otherwise) {
        return optional(key).orElse(otherwise);
    }

    /** A value that {@code parse} understands; {@code kind} and {@code example} say what it should have been. */
    public <T> T value(String key, T otherwise, Function<String, Optional<T>> parse, String kind, String example) {
        return optionalValue(key, parse, kind, example).orElse(otherwise);
    }

    public <T> Optional<T> optionalValue(String key, Function<String, Optional<T>> parse, String kind, String example) {
        var found = text(key);
        var parsed = found.flatMap(f -> parse.apply(f.text()));
        if (found.isPresent() && parsed.isEmpty()) {
            wrong(found.get().place(), key, "\"" + found.get().text() + "\" is not " + kind + " (try " + example + ")");
        }
        return parsed;
    }

    public boolean flag(String key, boolean otherwise) {
        return value(
                key,
                otherwise,
                t -> switch (t.toLowerCase(java.util.Locale.ROOT)) {
                    case "true", "yes", "on" -> Optional.of(true);
                    case "false", "no", "off" -> Optional.of(false);
                    default -> Optional.empty();
                },
                "true or false",
                "true");
    }

    public int number(String key, int otherwise, int least, int most) {
        return value(
                key,
                otherwise,
                t -> t.matches("-?\\d{1,9}")
                        ? Optional.of(Integer.parseInt(t)).filter(n -> n >= least && n <= most)
                        : Optional.empty(),
                "a number from " + least + " to " + most,
                Integer.toString(otherwise));
    }

    public List<String> texts(String key) {
        var items = new ArrayList<String>();
        raw(key).ifPresent(yaml -> {
            if (yaml instanceof Yaml.Sequence(var place, var list)) {
                for (var item : list) {
                    if (item instanceof Scalar s && !s.isNull()) {
                        items.add(expand.apply(s));
                    } else {
                        wrong(place.toString(), key, "has to be a list of texts");
                    }
                }
            } else if (!(yaml instanceof Scalar s && s.isNull())) {
                wrong(yaml.place().toString(), key, "has to be a list of texts");
            }
        });
        return items;
    }

    /** The keys as they stand, for a section whose keys are names. */
    public Map<String, Yaml> entries() {
        if (mapping == null) {
            return Map.of();
        }
        asked.addAll(mapping.entries().keySet());
        return mapping.entries();
    }

    public void wrong(String place, String key, String message) {
        problems.add(new Problem(place, path(key) + ": " + message));
    }

    /** To be called last: what was not asked for is not known. */
    public void end() {
        if (mapping == null) {
            return;
        }
        for (var key : mapping.entries().keySet()) {
            if (!asked.contains(key)) {
                var near = Nearest.of(key, asked)
                        .map(n -> "; did you mean " + n + "?")
                        .orElse("");
                var place =
                        mapping.keyPlaces().getOrDefault(key, mapping.place()).toString();
                problems.add(new Problem(place, path(key) + " is not a key Playcall knows" + near));
            }
        }
    }

    private record Found(String text, String place) {}

    private Optional<Found> text(String key) {
        var yaml = raw(key);
        var override = overrides.get(path(key));
        if (override != null) {
            return Optional.of(new Found(override, "environment"));
        }
        return yaml.flatMap(y -> {
            if (y instanceof Scalar s) {
                return s.isNull()
                        ? Optional.empty()
                        : Optional.of(new Found(expand.apply(s), s.place().toString()));
            }
            wrong(y.place().toString(), key, "has to be a single value");
            return Optional.empty();
        });
    }
}
