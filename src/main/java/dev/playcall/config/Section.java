package dev.playcall.config;

import dev.playcall.config.yaml.Problem;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.config.yaml.Yaml.Mapping;
import dev.playcall.config.yaml.Yaml.Scalar;
import dev.playcall.config.yaml.Yaml.Sequence;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.name.Suggestion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of a YAML file, read key by key. Everything wrong is collected with its place, and every key that nobody
 * asked for is wrong.
 */
public final class Section {
    private static final int LONGEST_SHOWN = 80;
    /** So many first letters make two words of one stem. */
    private static final int STEM = 5;

    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,62}(=[A-Za-z0-9._-]{1,63})?");

    private final String name;
    private final @Nullable Mapping mapping;
    private final List<Problem> problems;
    private final Optional<EnvSubstitution> expansion;
    private final Optional<Overrides> overrides;
    private final ConfigOrigins configOrigins;
    private final Set<String> asked = new HashSet<>();

    /**
     * Reads values as they stand.
     *
     * @param name dotted path of this section, empty for the whole file
     * @param yaml what stands in the file, if anything
     * @param problems gets what is wrong
     */
    public Section(String name, Optional<Yaml> yaml, List<Problem> problems) {
        this(name, yaml, problems, Optional.empty(), Optional.empty(), new ConfigOrigins());
    }

    public Section(
            String name,
            Optional<Yaml> yaml,
            List<Problem> problems,
            Optional<EnvSubstitution> expansion,
            Optional<Overrides> overrides,
            ConfigOrigins configOrigins) {
        this.name = name;
        this.configOrigins = configOrigins;
        this.problems = problems;
        this.expansion = expansion;
        this.overrides = overrides;
        this.mapping = yaml.orElse(null) instanceof Mapping m ? m : null;
        yaml.filter(y -> mapping == null && !isNull(y))
                .ifPresent(y -> problems.add(new Problem(
                        y.place().toString(), (name.isEmpty() ? "" : name + ": ") + "must be a mapping (key: value)")));
    }

    /** The dotted path of a key of this section. */
    public String name(String key) {
        return path(key);
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
        return new Section(path(key), raw(key), problems, expansion, overrides, configOrigins);
    }

    public Optional<String> optional(String key) {
        return text(key).map(Found::text);
    }

    public String text(String key, String otherwise) {
        configOrigins.usual(path(key), otherwise);
        return optional(key).orElse(otherwise);
    }

    /** What a key is when nothing is said, for those who look at what holds. */
    public void usually(String key, Object value) {
        configOrigins.usual(path(key), value);
    }

    /** The entries of a list, each to be read as a section. */
    public List<Section> items(String key) {
        var sections = new ArrayList<Section>();
        switch (raw(key).orElse(null)) {
            case null -> {}
            case Scalar s when s.isNull() -> {}
            case Yaml.Sequence sequence -> {
                int number = 0;
                for (var item : sequence.items()) {
                    var name = path(key) + "[" + number++ + "]";
                    var section = new Section(name, Optional.of(item), problems, expansion, overrides, configOrigins);
                    // One that is no mapping is wrong, which is told already; nothing is missing in it.
                    if (section.mapping != null) {
                        sections.add(section);
                    }
                }
            }
            case Yaml other -> wrong(other.place().toString(), key, "must be a list");
        }
        return sections;
    }

    /** A value that {@code parse} understands; {@code kind} and {@code example} say what it should have been. */
    public <T> T value(String key, T otherwise, Function<String, Optional<T>> parse, String kind, String example) {
        configOrigins.usual(path(key), otherwise);
        return optionalValue(key, parse, kind, example).orElse(otherwise);
    }

    public <T> Optional<T> optionalValue(String key, Function<String, Optional<T>> parse, String kind, String example) {
        return optionalValue(key, parse, kind, (String _) -> example);
    }

    /** The same for a value that is a secret: it is not repeated. */
    public <T> Optional<T> hiddenValue(String key, Function<String, Optional<T>> parse, String kind, String example) {
        var found = text(key);
        var parsed = found.flatMap(f -> parse.apply(f.text().strip()));
        if (found.isPresent() && parsed.isEmpty()) {
            wrong(found.get().place(), key, "is not " + kind + " (try " + example + ")");
        }
        return parsed;
    }

    /** The same where {@code nearest} can tell from what was written what it should have been. */
    public <T> Optional<T> optionalValue(
            String key, Function<String, Optional<T>> parse, String kind, UnaryOperator<String> nearest) {
        var found = text(key);
        var parsed = found.flatMap(f -> parse.apply(f.text().strip()));
        if (found.isPresent() && parsed.isEmpty()) {
            var written = found.get().text();
            wrong(
                    found.get().place(),
                    key,
                    "\"" + shortened(written) + "\" is not " + kind + " (try " + nearest.apply(written) + ")");
        }
        return parsed;
    }

    /** One of some words, the first when nothing is said. */
    public String oneOf(String key, String... words) {
        var known = List.of(words);
        configOrigins.usual(path(key), known.getFirst());
        var found = text(key);
        if (found.isPresent() && !known.contains(found.get().text().strip())) {
            var written = found.get().text();
            var near = Suggestion.of(written, known)
                    .map(n -> "; did you mean " + n + "?")
                    .orElse("");
            wrong(
                    found.get().place(),
                    key,
                    "\"" + shortened(written) + "\" is not one of " + String.join(", ", known) + near);
            return known.getFirst();
        }
        return found.map(f -> f.text().strip()).orElse(known.getFirst());
    }

    private static String shortened(String text) {
        return Truncate.of(text, LONGEST_SHOWN);
    }

    public boolean flag(String key, boolean otherwise) {
        return value(
                key,
                otherwise,
                t -> switch (t.toLowerCase(Locale.ROOT)) {
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

    /** A list of texts; one text alone is a list of one. */
    public List<String> texts(String key) {
        var texts = written(key);
        if (!texts.isEmpty()) {
            configOrigins.record(
                    path(key),
                    String.join(", ", texts),
                    override(key).map(Found::place).orElseGet(() -> place(key)));
        }
        return texts;
    }

    /** Labels: a mapping, or a list of {@code name=value} or of names alone; sorted, each as {@code name=value} or a name. */
    public SortedSet<String> labels(String key) {
        var labels = new TreeSet<String>();
        for (var label : isMapping(key) ? pairs(section(key)) : texts(key)) {
            if (LABEL.matcher(label).matches()) {
                labels.add(label);
            } else {
                wrong(place(key), key, "\"" + shortened(label) + "\" is not a label (try zone=dmz)");
            }
        }
        return Collections.unmodifiableSortedSet(labels);
    }

    private boolean isMapping(String key) {
        return raw(key).orElse(null) instanceof Mapping && override(key).isEmpty();
    }

    private static List<String> pairs(Section labels) {
        return labels.entries().keySet().stream()
                .map(name -> name
                        + labels.optional(name)
                                .filter(v -> !v.isEmpty())
                                .map(v -> "=" + v)
                                .orElse(""))
                .toList();
    }

    private List<String> written(String key) {
        var yaml = raw(key);
        var override = override(key);
        if (override.isPresent()) {
            return Stream.of(override.get().text().split(",", -1))
                    .map(String::strip)
                    .filter(t -> !t.isEmpty())
                    .toList();
        }
        return switch (yaml.orElse(null)) {
            case null -> List.of();
            case Scalar s when s.isNull() -> List.of();
            case Scalar s -> List.of(value(s));
            case Sequence sequence ->
                sequence.items().stream().flatMap(item -> item(key, item)).toList();
            case Mapping m -> {
                wrong(m.place().toString(), key, "must be a list of strings");
                yield List.of();
            }
        };
    }

    private Stream<String> item(String key, Yaml item) {
        if (item instanceof Scalar s && !s.isNull()) {
            return Stream.of(value(s));
        }
        wrong(item.place().toString(), key, "must be a list of strings");
        return Stream.of();
    }

    private String value(Scalar scalar) {
        return expansion.map(e -> e.of(scalar)).orElseGet(scalar::text);
    }

    private static boolean isNull(Yaml yaml) {
        return yaml instanceof Scalar scalar && scalar.isNull();
    }

    private Optional<Found> override(String key) {
        return overrides.flatMap(o -> o.find(path(key))).map(value -> new Found(value, Overrides.name(path(key))));
    }

    /** The keys as they stand, for a section whose keys are names. */
    public Map<String, Yaml> entries() {
        if (mapping == null) {
            return Map.of();
        }
        asked.addAll(mapping.entries().keySet());
        return mapping.entries();
    }

    /** Where a key stands, or this section when it is not there. */
    public String place(String key) {
        return mapping == null
                ? ""
                : mapping.keyPlaces().getOrDefault(key, mapping.place()).toString();
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
                var near = Suggestion.of(key, asked)
                        .or(() -> alike(key))
                        .map(n -> "; did you mean " + n + "?")
                        .orElse("");
                problems.add(new Problem(place(key), path(key) + ": no such key" + near));
            }
        }
    }

    /** Another word of the same stem, too long to be a mistyped one: {@code notifications} for {@code notify}. */
    private Optional<String> alike(String key) {
        return asked.stream()
                .filter(known -> key.length() > STEM && known.startsWith(key.substring(0, STEM)))
                .sorted()
                .findFirst();
    }

    private record Found(String text, String place) {}

    private Optional<Found> text(String key) {
        var found = found(key);
        found.ifPresent(f -> configOrigins.record(path(key), f.text(), f.place()));
        return found;
    }

    private Optional<Found> found(String key) {
        var written = raw(key);
        var override = override(key);
        if (override.isPresent()) {
            return override;
        }
        return written.flatMap(y -> {
            if (y instanceof Scalar s) {
                return s.isNull()
                        ? Optional.empty()
                        : Optional.of(new Found(value(s), s.place().toString()));
            }
            wrong(y.place().toString(), key, "must be a single value");
            return Optional.empty();
        });
    }
}
