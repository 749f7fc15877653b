package dev.playcall.venv.analysis;

import dev.playcall.catalog.file.RolesPath;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.venv.analysis.Search.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Reads a playbook and everything that it statically includes: imported playbooks, files of tasks, roles with what they depend on,
 * templates and files of variables. Nothing is executed. What is named by an expression is a finding.
 */
final class PlaybookReader implements TaskReader.Parts {
    private static final List<String> TASKS = List.of("pre_tasks", "tasks", "post_tasks", "handlers");

    private final Search search;
    private final PluginUses uses;
    private final ValueReader values;
    private final TaskReader tasks;
    private final SourceFiles files;
    private final TreeSet<String> roles = new TreeSet<>();

    PlaybookReader(Path playbooks, RolesPath rolesPath, PluginUses uses) {
        this.search = new Search(playbooks, rolesPath);
        this.uses = uses;
        this.files = new SourceFiles(playbooks, rolesPath, uses);
        this.values = new ValueReader(uses);
        this.tasks = new TaskReader(uses, values, this);
        Search.register(playbooks, uses);
        Search.register(rolesPath.project(), uses);
    }

    SourceFiles files() {
        return files;
    }

    /** @throws ConfigException when a file is not YAML */
    void playbook(Path file) {
        var origin = new Origin(Optional.ofNullable(file.getParent()).orElse(file), Optional.empty(), "");
        var name = search.name(origin, file);
        if (files.isRead(name)) {
            return;
        }
        for (var play : Nodes.items(files.yaml(file, name))) {
            if (play instanceof Yaml.Mapping mapping) {
                play(mapping, origin);
            }
        }
    }

    private void play(Yaml.Mapping play, Origin origin) {
        Nodes.entry(play, "import_playbook", "ansible.builtin.import_playbook", "include")
                .ifPresent(named -> imported(named, origin));
        values.keywords(play);
        play.entries().forEach((key, value) -> {
            if (!TASKS.contains(key)) {
                values.value(key, value);
            }
        });
        for (var role : Nodes.items(Nodes.entry(play, "roles"))) {
            roleEntry(role);
        }
        TASKS.forEach(key -> tasks.tasks(Nodes.entry(play, key), origin));
        for (var entry : Nodes.items(Nodes.entry(play, "vars_files"))) {
            for (var file : Nodes.items(Optional.of(entry))) {
                Nodes.text(file).ifPresent(f -> variables(origin, f, Nodes.place(file)));
            }
        }
    }

    private void imported(Yaml named, Origin origin) {
        var name = Nodes.text(named).orElse("");
        if (ShortNames.isQualified(name) && !name.endsWith(".yml") && !name.endsWith(".yaml")) {
            uses.collection(ShortNames.collection(name));
        } else {
            found(origin, "", name, Nodes.place(named)).ifPresent(this::playbook);
        }
    }

    private void roleEntry(Yaml role) {
        if (role instanceof Yaml.Mapping mapping) {
            values.keywords(mapping);
        }
        Nodes.text(role).or(() -> Nodes.text(role, "role", "name")).ifPresent(name -> role(name, Nodes.place(role)));
    }

    @Override
    public void role(String name, String place) {
        if (Nodes.isTemplated(name)) {
            uses.unknown(place, "the name of a role is computed (" + name + ")");
        } else if (ShortNames.isQualified(name)) {
            uses.collection(ShortNames.collection(name));
        } else if (roles.add(name)) {
            search.role(name)
                    .ifPresentOrElse(
                            folder -> role(name, folder),
                            () -> uses.unknown(place, "there is no role \"" + name + "\""));
        }
    }

    private void role(String name, Path folder) {
        Search.register(folder, uses);
        var label = "roles/" + name + "/";
        for (var part : List.of("tasks", "handlers", "defaults", "vars", "meta", "templates")) {
            var origin = new Origin(folder.resolve(part), Optional.of(folder), label);
            for (var file : filesBelow(folder.resolve(part))) {
                rolePart(part, file, origin);
            }
        }
    }

    private void rolePart(String part, Path file, Origin origin) {
        var name = search.name(origin, file);
        boolean yaml = name.endsWith(".yml") || name.endsWith(".yaml");
        if (part.equals("templates") || !yaml) {
            files.text(file, name).ifPresent(text -> values.template(text, name));
            return;
        }
        var root = files.yaml(file, name);
        switch (part) {
            case "tasks", "handlers" ->
                tasks.tasks(
                        root, origin.in(Optional.ofNullable(file.getParent()).orElse(file)));
            case "meta" -> root.ifPresent(this::meta);
            default -> root.ifPresent(r -> values.value("", r));
        }
    }

    private void meta(Yaml meta) {
        Nodes.items(Nodes.entry(meta, "dependencies")).forEach(this::roleEntry);
        for (var collection : Nodes.items(Nodes.entry(meta, "collections"))) {
            Nodes.text(collection).ifPresent(uses::collection);
        }
    }

    private static List<Path> filesBelow(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void tasks(Origin origin, String name, String place) {
        found(origin, "tasks", name, place).ifPresent(file -> {
            var label = search.name(origin, file);
            if (!files.isRead(label)) {
                tasks.tasks(
                        files.yaml(file, label),
                        origin.in(Optional.ofNullable(file.getParent()).orElse(file)));
            }
        });
    }

    @Override
    public void template(Origin origin, String name) {
        if (!Nodes.isTemplated(name)) {
            search.file(origin, "templates", name).ifPresent(file -> {
                var label = search.name(origin, file);
                files.text(file, label).ifPresent(text -> values.template(text, label));
            });
        }
    }

    @Override
    public void variables(Origin origin, String name, String place) {
        if (!Nodes.isTemplated(name)) {
            search.file(origin, "vars", name)
                    .ifPresent(file ->
                            files.yaml(file, search.name(origin, file)).ifPresent(root -> values.value("", root)));
        }
    }

    private Optional<Path> found(Origin origin, String folder, String name, String place) {
        if (Nodes.isTemplated(name)) {
            uses.unknown(place, "the name of a file is computed (" + name + ")");
            return Optional.empty();
        }
        var file = search.file(origin, folder, name);
        if (file.isEmpty()) {
            uses.unknown(place, "there is no file \"" + name + "\"");
        }
        return file;
    }
}
