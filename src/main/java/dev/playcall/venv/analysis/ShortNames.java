package dev.playcall.venv.analysis;

import dev.playcall.config.yaml.YamlResource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which collection a plugin's name belongs to. */
final class ShortNames {
    static final String BUILTIN = "ansible.builtin";

    private final Map<PluginKind, Map<String, String>> collections = new HashMap<>();

    ShortNames() {
        YamlResource.read(ShortNames.class, "short-names.yml").forEach((collection, kinds) -> {
            for (var kind : PluginKind.values()) {
                if (kinds instanceof Map<?, ?> names && names.get(kind.word()) instanceof String list) {
                    var known = collections.computeIfAbsent(kind, _ -> new HashMap<>());
                    Arrays.stream(list.split("\\s+", -1)).forEach(name -> known.putIfAbsent(name, collection));
                }
            }
        });
    }

    /**
     * The whole name of a plugin, {@code community.general.json_query}.
     *
     * @param name whole or short
     * @return empty for a short name that no collection is known for
     */
    Optional<String> qualified(PluginKind kind, String name) {
        if (isQualified(name)) {
            return Optional.of(name.replaceFirst("^ansible\\.legacy\\.", BUILTIN + "."));
        }
        return Optional.ofNullable(collections.getOrDefault(kind, Map.of()).get(name))
                .map(c -> c + "." + name);
    }

    /** Whether a name says its collection: {@code namespace.collection.plugin}. */
    static boolean isQualified(String name) {
        return name.matches("[a-z_][a-z0-9_]*\\.[a-z_][a-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)+");
    }

    /** {@code community.general} of {@code community.general.json_query}. */
    static String collection(String qualified) {
        return qualified.substring(0, qualified.indexOf('.', qualified.indexOf('.') + 1));
    }
}
