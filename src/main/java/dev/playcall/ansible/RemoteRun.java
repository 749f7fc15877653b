package dev.playcall.ansible;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.catalog.layout.EnvironmentSource;
import dev.playcall.config.Config;
import dev.playcall.runner.directory.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Says for {@code carrier.py} what another host needs to execute a run, see docs/run-directory.md. */
record RemoteRun(AnsibleSettings settings, PythonFiles python, String ansible) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a playbook finds in the folder of the repository when its own is another one. */
    private static final List<String> BESIDE_PLAYBOOKS = List.of(
            "files",
            "templates",
            "vars",
            "tasks",
            "group_vars",
            "host_vars",
            "library",
            "module_utils",
            "action_plugins",
            "filter_plugins",
            "lookup_plugins",
            "test_plugins",
            "callback_plugins");

    /** Makes {@code carry.json}, which has the run executed there. */
    void write(ContentSource.RunHost host, EnvironmentSource source, Path folder) throws IOException {
        var roots = roots(host, source);
        var venv = host.venv().map(v -> v.folder().toString());
        var carry = new LinkedHashMap<String, Object>();
        carry.put("host", host.name());
        carry.put("lost_after", host.lostAfter().toSeconds());
        carry.put("ansible", ansible);
        carry.put("supervisor", python.supervisor().toString());
        carry.put("own", venv.orElse(""));
        carry.put("venv", host.venv().map(v -> v.folder().toFile().getName()).orElse("Ansible"));
        carry.put("roots", texts(roots));
        carry.put("without", texts(without(roots)));
        carry.put("places", texts(places(roots)));
        PrivateFiles.write(folder.resolve("carry.json"), JSON.writeValueAsBytes(carry));
    }

    /** What is carried there. Collections that are installed on this machine are not: the Python environment there has its own. */
    private Set<Path> roots(ContentSource.RunHost host, EnvironmentSource source) {
        var libraries = settings.libraries();
        var roots = new LinkedHashSet<Path>();
        roots.add(python.folder());
        roots.add(settings.playbooks());
        BESIDE_PLAYBOOKS.forEach(name -> roots.add(settings.project().resolve(name)));
        roots.addAll(libraries.own());
        roots.addAll(libraries.config().secrets());
        libraries.galaxy().ifPresent(g -> roots.add(host.venv().isEmpty() ? g : g.resolve("roles")));
        libraries.installed().stream().filter(p -> p.endsWith("roles")).forEach(roots::add);
        source.inventories().forEach(i -> roots.addAll(inventory(i)));
        roots.add(source.folder().resolve("known_hosts"));
        roots.removeIf(r -> !Files.exists(r));
        return roots;
    }

    private static List<Path> inventory(Path source) {
        return Files.isDirectory(source)
                ? List.of(source)
                : List.of(source, source.resolveSibling("group_vars"), source.resolveSibling("host_vars"));
    }

    /** Playcall's own, should the playbooks be in the folder that has it. */
    private List<Path> without(Set<Path> roots) {
        var own = settings.libraries().paths().map(RemoteRun::own).orElse(List.of());
        return Stream.concat(own.stream(), Stream.of(settings.home().resolve("config")))
                .filter(p -> !roots.contains(p))
                .toList();
    }

    private static List<Path> own(Config.Paths paths) {
        return List.of(paths.data(), paths.logs(), paths.inventory());
    }

    private Set<Path> places(Set<Path> roots) {
        var places = new LinkedHashSet<>(roots);
        places.addAll(List.of(settings.home(), settings.project()));
        places.removeIf(p -> p.getNameCount() == 0);
        return places;
    }

    private static List<String> texts(Collection<Path> paths) {
        return paths.stream().map(Path::toString).toList();
    }
}
