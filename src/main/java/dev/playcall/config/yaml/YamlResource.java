package dev.playcall.config.yaml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A YAML file that comes with the product. */
public final class YamlResource {
    private YamlResource() {}

    /**
     * Reads it into maps, lists, texts, numbers and truth values. Aliases and merges are followed.
     *
     * @param name of the file, which lies beside the class
     */
    public static Map<String, Object> read(Class<?> beside, String name) {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        try (var in = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
            return new org.yaml.snakeyaml.Yaml(new SafeConstructor(options)).load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
