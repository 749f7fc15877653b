package dev.playcall.config;

import dev.playcall.config.yaml.Problem;
import dev.playcall.domain.name.Suggestion;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code PLAYCALL_<SECTION>_<KEY>} in the environment wins over the file. Which names there are is learned from the keys
 * that are asked for, so the two cannot drift apart.
 */
public final class Overrides {
    private static final String PREFIX = "PLAYCALL_";

    private final Map<String, String> environment;
    private final Set<String> asked = new HashSet<>();

    public Overrides(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The variable of a dotted path: {@code PLAYCALL_SERVER_PORT}. */
    public static String name(String path) {
        return PREFIX + path.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    Optional<String> find(String path) {
        var name = name(path);
        asked.add(name);
        return Optional.ofNullable(environment.get(name));
    }

    /** To be called last: what begins with the name of a section and was not asked for was meant for something. */
    public void end(Set<String> sections, List<Problem> problems) {
        for (var name : new TreeMap<>(environment).keySet()) {
            boolean meant = sections.stream().anyMatch(s -> name.startsWith(name(s) + "_"));
            if (meant && !asked.contains(name)) {
                var near = Suggestion.of(name, asked)
                        .map(n -> "; did you mean " + n + "?")
                        .orElse("");
                problems.add(new Problem("environment", name + " is not a configuration key" + near));
            }
        }
    }
}
