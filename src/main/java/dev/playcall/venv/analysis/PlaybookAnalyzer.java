package dev.playcall.venv.analysis;

import dev.playcall.catalog.file.RolesPath;
import dev.playcall.catalog.playbook.FolderHash;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Yaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Finds out what a playbook needs, from its files alone: nothing is executed and no network is asked. Safe for threads. */
public final class PlaybookAnalyzer {
    private static final String FORMAT = "playcall-venv-1";
    private static final String REQUIREMENTS = "requirements.yml";

    private final Path playbooks;
    private final Supplier<RolesPath> libraries;
    private final Supplier<String> ansibleCore;

    /** Read from the jar when the first playbook is analyzed: the start of a gateway does not wait for 1,200 lines of YAML. */
    private static final class KnownPlugins {
        static final ShortNames NAMES = new ShortNames();
        static final PythonPackages PACKAGES = new PythonPackages();
    }

    /**
     * @param playbooks the folder of the playbooks
     * @param libraries where roles and collections are now
     * @param ansibleCore the versions of ansible-core that will do, {@code >=2.14}
     */
    public PlaybookAnalyzer(Path playbooks, Supplier<RolesPath> libraries, Supplier<String> ansibleCore) {
        this.playbooks = playbooks.toAbsolutePath().normalize();
        this.libraries = libraries;
        this.ansibleCore = ansibleCore;
    }

    /**
     * Reads a playbook and everything that it includes.
     *
     * @param playbook its file
     * @throws ConfigException when a file is not YAML
     */
    public Analysis analyze(Path playbook, Needs declared) {
        var rolesPath = libraries.get();
        var uses = new PluginUses(KnownPlugins.NAMES);
        var reader = new PlaybookReader(playbooks, rolesPath, uses);
        reader.playbook(playbook.toAbsolutePath().normalize());
        requirements(rolesPath, reader.files(), uses);
        declared.collections().forEach(uses::collection);
        var needed = packages(rolesPath, uses, declared);
        var files = reader.files().canonical();
        return new Analysis(
                sha256(files, declared),
                List.copyOf(files.keySet()),
                List.copyOf(uses.collections()),
                needed,
                declared.python(),
                InstalledCollections.of(rolesPath.collections()).systemPackages(uses.collections()),
                List.copyOf(uses.findings()));
    }

    /** What Galaxy shall install for all playbooks, of which the collections belong to each. */
    private void requirements(RolesPath rolesPath, SourceFiles files, PluginUses uses) {
        for (var name : List.of(REQUIREMENTS, "collections/" + REQUIREMENTS, "roles/" + REQUIREMENTS)) {
            Stream.of(playbooks, rolesPath.project())
                    .map(folder -> folder.resolve(name))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .flatMap(file -> files.yaml(file, name))
                    .ifPresent(root -> collections(root, uses));
        }
    }

    private static void collections(Yaml root, PluginUses uses) {
        for (var entry : Nodes.items(Nodes.entry(root, "collections"))) {
            Nodes.text(entry, "name")
                    .or(() -> Nodes.text(entry))
                    .filter(name -> name.matches("[a-z0-9_]+\\.[a-z0-9_]+"))
                    .ifPresent(uses::collection);
        }
    }

    private List<String> packages(RolesPath rolesPath, PluginUses uses, Needs declared) {
        var installed = InstalledCollections.of(rolesPath.collections());
        var needed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        uses.plugins().keySet().forEach(plugin -> needed.addAll(KnownPlugins.PACKAGES.ofPlugin(plugin)));
        for (var collection : uses.collections()) {
            var known = KnownPlugins.PACKAGES.ofCollection(collection).or(() -> installed.requirements(collection));
            known.ifPresent(needed::addAll);
            if (known.isEmpty() && declared.pythonPackages().isEmpty()) {
                uses.unknown(
                        collection,
                        "it is not known which Python packages it needs; declare them (venv: {python_packages: […]} in"
                                + " the playbook's .meta.yml)");
            }
        }
        return sorted(needed, declared.pythonPackages());
    }

    /** What is declared stands in place of what was found for the same package. */
    private List<String> sorted(Collection<String> found, List<String> declared) {
        var names = declared.stream().map(PlaybookAnalyzer::packageName).toList();
        var rest = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        found.stream().filter(p -> !names.contains(packageName(p))).forEach(rest::add);
        rest.addAll(declared);
        var core = Optional.of("ansible-core").filter(c -> !names.contains(c)).map(c -> c + ansibleCore.get());
        rest.removeIf(p -> packageName(p).equals("ansible-core") && core.isPresent());
        var all = new ArrayList<String>();
        core.or(() -> rest.stream()
                        .filter(p -> packageName(p).equals("ansible-core"))
                        .findFirst())
                .ifPresent(all::add);
        rest.stream().filter(p -> !all.contains(p)).forEach(all::add);
        return all;
    }

    /** As Python compares names: {@code Python_LDAP} and {@code python-ldap} are one. */
    private static String packageName(String requirement) {
        return requirement
                .split("[\\[<>=!~; ]", 2)[0]
                .toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[-_.]+", "-");
    }

    private static String sha256(SortedMap<String, String> files, Needs declared) {
        var parts = new StringBuilder(FORMAT).append('\0');
        files.forEach(
                (name, text) -> parts.append(name).append('\0').append(text).append('\0'));
        if (!declared.isEmpty()) {
            parts.append("venv\0").append(declared).append('\0');
        }
        return FolderHash.text(parts.toString());
    }

    /**
     * What the description of a playbook says of its Python environment ({@code venv:} in {@code <name>.meta.yml}); it adds to what is
     * found, and settles what cannot be.
     *
     * @param collections {@code community.general}
     * @param pythonPackages as pip's requirements, {@code jmespath>=1.0}
     * @param python the versions of Python, {@code >=3.10}; empty for those of ansible-core
     */
    public record Needs(List<String> collections, List<String> pythonPackages, String python) {
        public static final Needs NONE = new Needs(List.of(), List.of(), "");

        public Needs {
            collections = List.copyOf(collections);
            pythonPackages = List.copyOf(pythonPackages);
        }

        boolean isEmpty() {
            return collections.isEmpty() && pythonPackages.isEmpty() && python.isEmpty();
        }
    }
}
