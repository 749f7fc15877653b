package dev.playcall.venv.analysis;

import dev.playcall.config.yaml.Yaml;
import dev.playcall.venv.analysis.Search.Origin;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads tasks: which modules, plugins, files and roles they name. */
final class TaskReader {
    private static final Set<String> INCLUDES = Set.of("import_tasks", "include_tasks", "include");
    private static final Set<String> ROLES = Set.of("import_role", "include_role");

    private static final Pattern FIRST_WORD = Pattern.compile("(?:\\{\\{.*?}}|\\{%.*?%}|\\S)+");

    private final PluginUses uses;
    private final ValueReader values;
    private final Parts parts;

    /** What a task makes part of the playbook. */
    interface Parts {
        /** A file of tasks. */
        void tasks(Origin origin, String name, String place);

        /** A role; {@code from} a file of its tasks other than main. */
        void role(String name, String place);

        /** A template that is written to a host. */
        void template(Origin origin, String name);

        /** A file of variables. */
        void variables(Origin origin, String name, String place);
    }

    TaskReader(PluginUses uses, ValueReader values, Parts parts) {
        this.uses = uses;
        this.values = values;
        this.parts = parts;
    }

    /** A list of tasks and blocks. */
    void tasks(Optional<Yaml> tasks, Origin origin) {
        for (var task : Nodes.items(tasks)) {
            if (task instanceof Yaml.Mapping mapping) {
                task(mapping, origin);
            }
        }
    }

    private void task(Yaml.Mapping task, Origin origin) {
        values.keywords(task);
        boolean block = false;
        for (var key : Keywords.BLOCKS) {
            block |= task.entries().containsKey(key);
            tasks(Nodes.entry(task, key), origin);
        }
        for (var entry : task.entries().entrySet()) {
            if (!Keywords.BLOCKS.contains(entry.getKey())) {
                values.value(entry.getKey(), entry.getValue());
            }
            if (entry.getKey().startsWith("with_")) {
                uses.plugin(
                        PluginKind.LOOKUP, entry.getKey().substring("with_".length()), Nodes.place(entry.getValue()));
            }
        }
        if (!block) {
            action(task, origin);
        }
    }

    private void action(Yaml.Mapping task, Origin origin) {
        var written = Nodes.entry(task, "action", "local_action");
        if (written.isPresent()) {
            var name = Nodes.text(written.get())
                    .or(() -> Nodes.text(written.get(), "module"))
                    .orElse("");
            module(first(name), written.get(), origin, task);
            return;
        }
        task.entries().entrySet().stream()
                .filter(e -> Keywords.isModule(e.getKey()))
                .forEach(e -> module(e.getKey(), e.getValue(), origin, task));
    }

    private void module(String name, Yaml arguments, Origin origin, Yaml.Mapping task) {
        var place = Optional.ofNullable(task.keyPlaces().get(name))
                .map(Object::toString)
                .orElse(Nodes.place(arguments));
        if (Nodes.isTemplated(name)) {
            uses.unknown(place, "the name of a module is computed (" + name + ")");
            return;
        }
        var builtin = Keywords.builtin(name).orElse("");
        if (INCLUDES.contains(builtin)) {
            file(arguments, "file").ifPresent(f -> parts.tasks(origin, f, place));
        } else if (ROLES.contains(builtin)) {
            argument(arguments, "name").ifPresent(r -> parts.role(r, place));
        } else if (builtin.equals("include_vars")) {
            file(arguments, "file").ifPresent(f -> parts.variables(origin, f, place));
        } else {
            plain(name, builtin, arguments, origin, place);
        }
    }

    private void plain(String name, String builtin, Yaml arguments, Origin origin, String place) {
        if (builtin.equals("template")) {
            argument(arguments, "src").ifPresent(src -> parts.template(origin, src));
        }
        uses.plugin(PluginKind.MODULE, name, place);
    }

    /** The file of {@code include_tasks: x.yml} and of {@code include_tasks: {file: x.yml}}. */
    private static Optional<String> file(Yaml arguments, String key) {
        return Nodes.text(arguments)
                .map(text -> assigned(text, key).orElse(first(text)))
                .or(() -> Nodes.text(arguments, key, "_raw_params"));
    }

    /** Up to the first blank that is not in an expression. */
    private static String first(String text) {
        var found = FIRST_WORD.matcher(text.strip());
        return found.lookingAt() ? found.group() : text;
    }

    private static Optional<String> argument(Yaml arguments, String key) {
        return Nodes.text(arguments, key).or(() -> Nodes.text(arguments).flatMap(text -> assigned(text, key)));
    }

    /** {@code a.j2} of {@code src=a.j2 dest=/etc/a}. */
    private static Optional<String> assigned(String text, String key) {
        for (var word : text.split("\\s+", -1)) {
            if (word.startsWith(key + "=")) {
                return Optional.of(word.substring(key.length() + 1).replaceAll("^[\"']|[\"']$", ""));
            }
        }
        return Optional.empty();
    }

    /** The names of the modules that a mapping such as {@code module_defaults} has as its keys. */
    static void defaults(PluginUses uses, Map<String, Yaml> defaults) {
        defaults.forEach((name, value) -> {
            var group = name.startsWith("group/") ? name.substring("group/".length()) : "";
            if (ShortNames.isQualified(group)) {
                uses.collection(ShortNames.collection(group));
            } else if (group.isEmpty()) {
                uses.plugin(PluginKind.MODULE, name, Nodes.place(value));
            }
        });
    }
}
