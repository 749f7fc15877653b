package dev.playcall.catalog.playbook;

import dev.playcall.catalog.file.FilePermissionCheck;
import dev.playcall.catalog.layout.PlaybookLayout;
import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.config.Config;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Problem;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.config.yaml.YamlFile;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.domain.name.Suggestion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the playbooks with their descriptions. */
public final class PlaybookFolder {
    private static final String META = ".meta.yml";

    private final Config.Paths paths;
    private final Path folder;
    /** How far a link may lead: within a repository of its own, else within the folder, beside which Playcall's files are. */
    private final Path bound;

    private final List<Path> libraries;
    private final FilePermissionCheck filePermissionCheck;
    private final List<Problem> problems;

    /** @param libraries roles and collections beside it */
    public PlaybookFolder(
            Config config, List<Path> libraries, FilePermissionCheck filePermissionCheck, List<Problem> problems) {
        this.paths = config.paths();
        this.folder = paths.playbooks();
        this.bound =
                folder.startsWith(paths.project()) && !paths.project().equals(config.home()) ? paths.project() : folder;
        this.libraries = libraries;
        this.filePermissionCheck = filePermissionCheck;
        this.problems = problems;
    }

    public NavigableMap<PlaybookName, Playbook> read() {
        var files = filePermissionCheck.list(folder);
        var playbooks = new TreeMap<PlaybookName, Playbook>();
        // Roles, tasks and plugins beside the playbooks are executed with them.
        var executed = Stream.concat(files.stream(), libraries.stream())
                .filter(Files::isDirectory)
                .filter(f -> !f.equals(paths.data()) && !f.equals(paths.logs()))
                .distinct();
        if (!Files.isDirectory(folder)
                || !filePermissionCheck.isClosed(folder)
                || !isClosed(paths.project().resolve("ansible.cfg"))
                || !executed.map(filePermissionCheck::isClosedWhole).reduce(true, Boolean::logicalAnd)) {
            return playbooks;
        }
        var layout = PlaybookLayout.of(folder);
        layout.twice()
                .forEach((file, name) -> problems.add(new Problem(
                        filePermissionCheck.shown(file).toString(),
                        "would be the playbook " + name + ", as another file already is; rename one of them")));
        layout.playbooks().forEach((name, file) -> playbook(name, file).ifPresent(p -> playbooks.put(p.name(), p)));
        files.stream()
                .map(FilePermissionCheck::name)
                .filter(n -> n.endsWith(META))
                .forEach(meta -> orphan(meta, layout.playbooks().keySet()));
        return playbooks;
    }

    /** It names what is executed. */
    private boolean isClosed(Path settings) {
        return !Files.isRegularFile(settings) || filePermissionCheck.isClosed(settings);
    }

    private void orphan(String meta, Collection<String> names) {
        var name = meta.substring(0, meta.length() - META.length());
        if (!names.contains(name)) {
            var near = Suggestion.of(name, names)
                    .map(n -> "; did you mean " + n + META + "?")
                    .orElse("");
            problems.add(new Problem(
                    filePermissionCheck.shown(folder.resolve(meta)).toString(),
                    "describes " + name + ".yml, which is not there" + near));
        }
    }

    private Optional<Playbook> playbook(String name, Path file) {
        if (!PlaybookName.isValid(name)) {
            problems.add(new Problem(
                    filePermissionCheck.shown(file).toString(),
                    "is not a name for a playbook (letters, digits and . _ - only)"));
            return Optional.empty();
        }
        var meta = PlaybookLayout.description(file);
        boolean described = Files.exists(meta) || Files.isSymbolicLink(meta);
        if (!isTrusted(file) || (described && !isTrusted(meta))) {
            return Optional.empty();
        }
        var found = new ArrayList<Problem>();
        Optional<Playbook> playbook = Optional.empty();
        try {
            Optional<Yaml> yaml = described
                    ? YamlFile.read(meta, filePermissionCheck.shown(meta)).root()
                    : Optional.empty();
            playbook = Optional.of(new MetaFile(found).read(new PlaybookName(name), file, yaml));
        } catch (ConfigException e) {
            found.addAll(e.problems());
        }
        playbook.ifPresent(this::prompts);
        problems.addAll(found);
        return found.isEmpty() ? playbook : Optional.empty();
    }

    /** Says which prompts nobody can answer; such a playbook stays in the catalogue, and its runs are refused. */
    private void prompts(Playbook playbook) {
        var declared = playbook.variables().stream().map(VariableSpec::name).toList();
        var open = playbook.prompts().stream()
                .filter(name -> !declared.contains(name))
                .toList();
        if (!open.isEmpty()) {
            problems.add(new Problem(
                    filePermissionCheck.shown(playbook.file()).toString(),
                    "asks for " + String.join(", ", open)
                            + " (vars_prompt), which nobody can answer here: declare it in " + playbook.name() + META));
        }
    }

    private boolean isTrusted(Path file) {
        return filePermissionCheck.isInside(file, bound) && filePermissionCheck.isClosed(file);
    }
}
