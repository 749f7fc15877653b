package dev.playcall.config.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether two texts say the same but for one entry. */
public final class YamlDifference {
    private static final String NULL = "null ";

    private YamlDifference() {}

    /**
     * Whether nothing differs but the entry of this name in these mappings.
     *
     * @param paths of the mappings that may hold the entry; the empty path is the root
     */
    public static boolean isOnly(Optional<Yaml> before, Optional<Yaml> after, List<List<String>> paths, String name) {
        return without(before, paths, name).equals(without(after, paths, name));
    }

    private static Object without(Optional<Yaml> root, List<List<String>> paths, String name) {
        var tree = root.map(Yaml::plain).orElse(NULL);
        for (var path : paths) {
            tree = cut(tree, path, name);
        }
        return tree;
    }

    /** A mapping whose last entry is gone is written as nothing. */
    private static Object cut(Object tree, List<String> path, String name) {
        if (!(tree instanceof Map<?, ?> map)) {
            return tree;
        }
        var left = new LinkedHashMap<Object, Object>(map);
        if (path.isEmpty()) {
            left.remove(name);
        } else {
            left.computeIfPresent(path.getFirst(), (_, below) -> cut(below, path.subList(1, path.size()), name));
        }
        return left.isEmpty() ? NULL : left;
    }
}
