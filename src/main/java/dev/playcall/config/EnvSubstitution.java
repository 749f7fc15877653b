package dev.playcall.config;

import dev.playcall.config.yaml.Problem;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.config.yaml.Yaml.Mapping;
import dev.playcall.config.yaml.Yaml.Scalar;
import dev.playcall.config.yaml.Yaml.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the environment into values: {@code ${NAME}} and {@code ${NAME:-default}}. */
public final class EnvSubstitution {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(:-([^${}]*))?}");
    private static final Pattern BEGUN = Pattern.compile("\\$\\{[A-Za-z_]");
    private static final Pattern SECRET = Pattern.compile(".*(TOKEN|SECRET|PASSWORD|KEY).*");

    private final Map<String, String> environment;
    private final List<Problem> problems;
    private final List<String> secrets = new ArrayList<>();

    public EnvSubstitution(Map<String, String> environment, List<Problem> problems) {
        this.environment = environment;
        this.problems = problems;
    }

    String of(Scalar scalar) {
        var text = scalar.text();
        // Half a reference would be taken as the value itself, and a bot would log in with "${TOKEN".
        if (BEGUN.matcher(REFERENCE.matcher(text).replaceAll("")).find()) {
            problems.add(new Problem(
                    scalar.place().toString(),
                    "\"" + text + "\" is not a complete reference (write ${NAME} or ${NAME:-default})"));
            return "";
        }
        return REFERENCE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(scalar, found)));
    }

    private String value(Scalar scalar, MatchResult found) {
        var name = found.group(1);
        var value = environment.get(name);
        if ((value == null || value.isEmpty()) && found.group(2) != null) {
            value = found.group(3);
        }
        if (value == null) {
            problems.add(new Problem(
                    scalar.place().toString(),
                    "${" + name + "} is not set (export it, or write ${" + name + ":-default})"));
            return "";
        }
        if (SECRET.matcher(name.toUpperCase(Locale.ROOT)).matches() && !value.isBlank()) {
            secrets.add(value);
        }
        return value;
    }

    /** The same tree with every value expanded; keys stay. */
    public Yaml tree(Yaml yaml) {
        return switch (yaml) {
            case Scalar scalar -> new Scalar(scalar.place(), of(scalar), scalar.isNull(), scalar.quoted());
            case Sequence(var place, var items) ->
                new Sequence(place, items.stream().map(this::tree).toList());
            case Mapping(var place, var entries, var keyPlaces) -> {
                var expanded = new LinkedHashMap<String, Yaml>();
                entries.forEach((key, value) -> expanded.put(key, tree(value)));
                yield new Mapping(place, expanded, keyPlaces);
            }
        };
    }

    /** Values whose variable's name says that they are secret. */
    public List<String> secrets() {
        return secrets;
    }
}
