package dev.playcall.catalog.vars;

import dev.playcall.catalog.inventory.HostsEdit.RefusedException;
import dev.playcall.catalog.variable.VariableValue;
import dev.playcall.catalog.variable.WrittenVariable;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.config.yaml.YamlDifference;
import dev.playcall.config.yaml.YamlFile;
import dev.playcall.config.yaml.YamlSplice;
import dev.playcall.config.yaml.YamlSplice.CannotSpliceException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The text of one file below {@code group_vars} or {@code host_vars}; a change leaves every other line as it is. */
final class VarsText {
    private final String text;
    private final String file;
    private final Optional<Yaml> root;

    private VarsText(String text, String file, Optional<Yaml> root) {
        this.text = text;
        this.file = file;
        this.root = root;
    }

    /** @param file what it is called, relative to the folder of the environment */
    static VarsText of(String text, String file) throws RefusedException {
        if (WrittenVariable.isVaulted(text)) {
            return new VarsText(text, file, Optional.empty());
        }
        var root = parse(text, file);
        if (root.isPresent() && !(root.get() instanceof Yaml.Mapping)) {
            throw new RefusedException(file + ":" + root.get().place().line() + ": is not a mapping of variables");
        }
        return new VarsText(text, file, root);
    }

    private static Optional<Yaml> parse(String text, String file) throws RefusedException {
        try {
            return YamlFile.parse(text, Path.of(file)).root().filter(r -> !(r instanceof Yaml.Scalar s && s.isNull()));
        } catch (ConfigException e) {
            throw new RefusedException(e.problems().getFirst().toString());
        }
    }

    boolean isVaulted() {
        return WrittenVariable.isVaulted(text);
    }

    private Map<String, Yaml> entries() {
        return root.filter(Yaml.Mapping.class::isInstance)
                .map(r -> ((Yaml.Mapping) r).entries())
                .orElse(Map.of());
    }

    boolean has(String name) {
        return entries().containsKey(name);
    }

    List<WrittenVariable> variables() {
        if (isVaulted()) {
            return List.of(WrittenVariable.vaultedFile(file));
        }
        return root.filter(Yaml.Mapping.class::isInstance).map(Yaml.Mapping.class::cast).stream()
                .flatMap(m -> m.entries().entrySet().stream()
                        .map(e -> WrittenVariable.of(
                                e.getKey(),
                                e.getValue(),
                                file,
                                m.keyPlaces()
                                        .getOrDefault(e.getKey(), e.getValue().place())
                                        .line())))
                .toList();
    }

    String set(String name, Object value) throws RefusedException {
        changeable(name);
        var written = VariableValue.yaml(value);
        if (root.isEmpty() || entries().isEmpty()) {
            return checked(begun(name + ": " + written), name);
        }
        try {
            var splice = YamlSplice.of(text);
            return checked(
                    has(name) ? splice.set(List.of(), name, written) : splice.put(List.of(), name, written), name);
        } catch (CannotSpliceException e) {
            throw new RefusedException(file + ": " + e.why());
        }
    }

    String unset(String name) throws RefusedException {
        changeable(name);
        try {
            return checked(YamlSplice.of(text).remove(List.of(), name), name);
        } catch (CannotSpliceException e) {
            throw new RefusedException(file + ": " + e.why());
        }
    }

    private void changeable(String name) throws RefusedException {
        if (isVaulted()) {
            throw new RefusedException(file + " is vaulted; change it with ansible-vault edit");
        }
        if (file.endsWith(".json")) {
            throw new RefusedException(file + " is JSON; edit its text");
        }
        var vaulted = variables().stream()
                .filter(v -> v.name().equals(name) && v.vaulted())
                .findFirst();
        if (vaulted.isPresent()) {
            throw new RefusedException(name + " is vaulted (" + file + ":"
                    + vaulted.get().line() + "); change it with ansible-vault encrypt_string");
        }
    }

    /** With its first variable; comments stay in front of it. */
    private String begun(String line) {
        var end = text.contains("\r\n") ? "\r\n" : "\n";
        if (root.isPresent()) {
            return text.replaceFirst("\\{\\s*}[ \\t]*", java.util.regex.Matcher.quoteReplacement(end + line))
                    .replaceFirst("^" + end, "");
        }
        return text + (text.isEmpty() || text.endsWith("\n") ? "" : end) + line + end;
    }

    private String checked(String after, String name) throws RefusedException {
        if (!YamlDifference.isOnly(root, parse(after, file), List.of(List.of()), name)) {
            throw new RefusedException("this would change more in " + file + "; edit its text");
        }
        return after;
    }
}
