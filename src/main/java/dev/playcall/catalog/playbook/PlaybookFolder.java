package dev.playcall.catalog.playbook;

import dev.playcall.catalog.file.FilePermissionCheck;
import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Problem;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.config.yaml.YamlFile;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.domain.name.Suggestion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the playbooks with their descriptions. */
public final class PlaybookFolder {
    private static final String ENDING = ".yml";
    private static final String META = ".meta.yml";
    /** Of Galaxy. */
    static final String REQUIREMENTS = "requirements.yml";

    private final Path folder;
    private final List<Path> libraries;
    private final FilePermissionCheck filePermissionCheck;
    private final List<Problem> problems;

    /** @param libraries roles and collections beside it */
    public PlaybookFolder(
            Path folder, List<Path> libraries, FilePermissionCheck filePermissionCheck, List<Problem> problems) {
        this.folder = folder;
        this.libraries = libraries;
        this.filePermissionCheck = filePermissionCheck;
        this.problems = problems;
    }

    public NavigableMap<PlaybookName, Playbook> read() {
        var files = filePermissionCheck.list(folder);
        var playbooks = new TreeMap<PlaybookName, Playbook>();
        // Roles, tasks and plugins beside the playbooks are executed with them.
        var executed = Stream.concat(files.stream(), libraries.stream()).filter(Files::isDirectory);
        if (!executed.map(filePermissionCheck::isClosedWhole).reduce(true, Boolean::logicalAnd)) {
            return playbooks;
        }
        var names = names(files);
        names.forEach(name -> playbook(name).ifPresent(p -> playbooks.put(p.name(), p)));
        files.stream()
                .map(FilePermissionCheck::name)
                .filter(n -> n.endsWith(META))
                .forEach(meta -> orphan(meta, names));
        return playbooks;
    }

    private static List<String> names(List<Path> files) {
        return files.stream()
                .filter(f -> !Files.isDirectory(f))
                .map(FilePermissionCheck::name)
                .filter(n -> n.endsWith(ENDING) && !n.endsWith(META))
                .filter(n -> !n.equals(REQUIREMENTS))
                .map(n -> n.substring(0, n.length() - ENDING.length()))
                .toList();
    }

    private void orphan(String meta, List<String> names) {
        var name = meta.substring(0, meta.length() - META.length());
        if (!names.contains(name)) {
            var near = Suggestion.of(name, names)
                    .map(n -> "; did you mean " + n + META + "?")
                    .orElse("");
            problems.add(new Problem(
                    filePermissionCheck.shown(folder.resolve(meta)).toString(),
                    "describes " + name + ENDING + ", which is not there" + near));
        }
    }

    private Optional<Playbook> playbook(String name) {
        var file = folder.resolve(name + ENDING);
        if (!PlaybookName.isValid(name)) {
            problems.add(new Problem(
                    filePermissionCheck.shown(file).toString(),
                    "is not a name for a playbook (letters, digits and . _ - only)"));
            return Optional.empty();
        }
        var meta = folder.resolve(name + META);
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
        return filePermissionCheck.isInside(file, folder) && filePermissionCheck.isClosed(file);
    }
}
