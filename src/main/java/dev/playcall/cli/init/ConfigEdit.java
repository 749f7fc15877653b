package dev.playcall.cli.init;

import dev.playcall.config.yaml.Yaml;
import dev.playcall.config.yaml.Yaml.Mapping;
import dev.playcall.config.yaml.YamlFile;
import dev.playcall.config.yaml.YamlSplice;
import dev.playcall.config.yaml.YamlSplice.CannotSpliceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts what a repository needs into {@code playcall.yml}; every other line, and what somebody wrote by hand, stays. */
final class ConfigEdit {
    private static final Map<String, String> USUAL = Map.of("playbooks", "playbooks", "inventory", "inventory");

    private final List<String> kept = new ArrayList<>();
    private final boolean replace;
    private String text;
    private boolean token;

    /** @param replace whether what is set to something else is replaced, too */
    ConfigEdit(String text, boolean replace) {
        this.text = text;
        this.replace = replace;
    }

    String text() {
        return text;
    }

    /** What was left as it is, one line each. */
    List<String> kept() {
        return List.copyOf(kept);
    }

    /** @throws CannotSpliceException when the file has a form that no program can change */
    void path(String key, String value) throws CannotSpliceException {
        set(List.of("paths"), key, quoted(value), Optional.ofNullable(USUAL.get(key)));
    }

    /** @throws CannotSpliceException when the file has a form that no program can change */
    void environment(String name, List<String> inventory) throws CannotSpliceException {
        if (isEmpty("environments")) {
            text = YamlSplice.of(text).remove(List.of(), "environments");
        }
        var files = String.join(", ", inventory.stream().map(ConfigEdit::quoted).toList());
        set(List.of("environments"), name, "{ inventory: [" + files + "] }", Optional.empty());
    }

    /** @throws CannotSpliceException when the file has a form that no program can change */
    void token(String platform, String key, String value) throws CannotSpliceException {
        token = true;
        set(List.of("chat", platform), key, quoted(value), Optional.of("${"));
    }

    /** Whether a token was given, which no output shows. */
    boolean hasToken() {
        return token;
    }

    private void set(List<String> path, String key, String value, Optional<String> usual) throws CannotSpliceException {
        if (text.isBlank()) {
            text = begun(path, key, value);
            return;
        }
        var now = at(path).map(m -> m.entries().get(key));
        var splice = YamlSplice.of(text);
        if (now.isEmpty()) {
            text = splice.put(path, key, value);
        } else if (replace || usual.filter(u -> isUsual(now.get(), u)).isPresent()) {
            text = splice.set(path, key, value);
        } else if (!same(now.get(), value)) {
            kept.add(String.join(".", path) + "." + key + " stays as it is; init would set "
                    + (path.contains("chat") ? "what was typed" : value) + " (--replace does)");
        }
    }

    private static String begun(List<String> path, String key, String value) {
        var begun = new StringBuilder();
        for (int i = 0; i < path.size(); i++) {
            begun.append("  ".repeat(i)).append(path.get(i)).append(":\n");
        }
        return begun.append("  ".repeat(path.size()))
                .append(key)
                .append(": ")
                .append(value)
                .append('\n')
                .toString();
    }

    private static boolean isUsual(Yaml now, String usual) {
        return now instanceof Yaml.Scalar s
                && (s.isNull()
                        || s.text().isBlank()
                        || s.text().equals(usual)
                        || s.text().startsWith("${"));
    }

    private static boolean same(Yaml now, String value) {
        var wanted = YamlFile.parse("x: " + value, Path.of("x")).root();
        return wanted.filter(Mapping.class::isInstance)
                .map(m -> ((Mapping) m).entries().get("x"))
                .filter(w -> plain(w).equals(plain(now)))
                .isPresent();
    }

    /** Without places and the way it is written. */
    private static String plain(Yaml yaml) {
        return switch (yaml) {
            case Yaml.Scalar s -> s.text();
            case Yaml.Sequence s ->
                s.items().stream().map(ConfigEdit::plain).toList().toString();
            case Mapping m -> {
                var all = new java.util.TreeMap<String, String>();
                m.entries().forEach((key, value) -> all.put(key, plain(value)));
                yield all.toString();
            }
        };
    }

    private boolean isEmpty(String section) {
        return at(List.of(section)).filter(m -> m.entries().isEmpty()).isPresent();
    }

    private Optional<Mapping> at(List<String> path) {
        var now = YamlFile.parse(text, Path.of("playcall.yml")).root();
        for (var key : path) {
            now = now.filter(Mapping.class::isInstance)
                    .map(m -> ((Mapping) m).entries().get(key));
        }
        return now.filter(Mapping.class::isInstance).map(Mapping.class::cast);
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9/_.][A-Za-z0-9/_.-]*")
                ? text
                : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
