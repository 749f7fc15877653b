package dev.playcall.venv.analysis;

import dev.playcall.config.yaml.YamlResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which Python packages collections and plugins are known to need, as pip's requirements. */
final class PythonPackages {
    private final Map<String, List<String>> collections;
    private final Map<String, List<String>> plugins;

    PythonPackages() {
        var table = YamlResource.read(PythonPackages.class, "python-packages.yml");
        collections = lists(Objects.requireNonNull(table.get("collections")));
        plugins = lists(Objects.requireNonNull(table.get("plugins")));
    }

    private static SortedMap<String, List<String>> lists(Object section) {
        return ((Map<?, ?>) section)
                .entrySet().stream()
                        .collect(Collectors.toMap(
                                e -> e.getKey().toString(),
                                e -> ((List<?>) e.getValue())
                                        .stream().map(Object::toString).toList(),
                                (first, _) -> first,
                                TreeMap::new));
    }

    /** What a whole collection needs; an empty list for nothing, empty when it is not known. */
    Optional<List<String>> ofCollection(String name) {
        return Optional.ofNullable(collections.get(name));
    }

    /**
     * What one plugin needs beside that.
     *
     * @param plugin with its kind, {@code filter community.general.json_query}
     */
    List<String> ofPlugin(String plugin) {
        return plugins.entrySet().stream()
                .filter(e -> matches(e.getKey(), plugin))
                .flatMap(e -> e.getValue().stream())
                .distinct()
                .toList();
    }

    private static boolean matches(String pattern, String plugin) {
        return pattern.endsWith("*")
                ? plugin.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(plugin);
    }
}
