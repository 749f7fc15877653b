package dev.playcall.venv.analysis;

import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What collections that are installed on this machine say they need. They are read as text; nothing of them is imported.
 *
 * @param path folders that have {@code ansible_collections}, or are one
 */
record InstalledCollections(List<Path> path) {
    private static final Pattern REQUIREMENT = Pattern.compile(
            "([A-Za-z0-9][A-Za-z0-9._-]*)(?:\\[[A-Za-z0-9,._-]+])?\\s*((?:(?:[<>=!~]=?|===)\\s*[0-9][0-9A-Za-z.*]*\\s*,?\\s*)*)");

    InstalledCollections {
        path = List.copyOf(path);
    }

    /** As {@code ANSIBLE_COLLECTIONS_PATH} has it. */
    static InstalledCollections of(String searchPath) {
        return new InstalledCollections(Arrays.stream(searchPath.split(":", -1))
                .filter(p -> !p.isBlank())
                .map(Path::of)
                .toList());
    }

    /**
     * The requirements of a collection: of {@code meta/execution-environment.yml} what it names, else {@code requirements.txt}.
     *
     * @return as pip takes them, sorted; empty when it is not installed or does not say
     */
    Optional<List<String>> requirements(String collection) {
        return folder(collection)
                .flatMap(folder -> named(folder)
                        .or(() -> Optional.of(folder.resolve("requirements.txt")))
                        .filter(Files::isRegularFile)
                        .map(file -> lines(file, collection)));
    }

    private Optional<Path> folder(String collection) {
        var name = collection.replace('.', '/');
        return path.stream()
                .flatMap(p -> List.of(p.resolve("ansible_collections"), p).stream())
                .map(p -> p.resolve(name))
                .filter(Files::isDirectory)
                .findFirst();
    }

    private static Optional<Path> named(Path folder) {
        var file = folder.resolve("meta").resolve("execution-environment.yml");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return YamlFile.read(file, file)
                    .root()
                    .flatMap(root -> Nodes.entry(root, "dependencies"))
                    .flatMap(dependencies -> Nodes.text(dependencies, "python"))
                    .map(name -> folder.resolve(name).normalize())
                    .filter(named -> named.startsWith(folder));
        } catch (ConfigException e) {
            return Optional.empty();
        }
    }

    private static List<String> lines(Path file, String collection) {
        var found = new TreeSet<String>();
        for (var line : YamlFile.text(file, Path.of(collection, "requirements.txt"))
                .lines()
                .toList()) {
            requirement(line.replaceFirst("(?:^|\\s)#.*", "")
                            .replaceFirst(";.*", "")
                            .strip())
                    .ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    /** A requirement without blanks, {@code boto3>=1.18.0}; empty for what is none, such as an option. */
    static Optional<String> requirement(String text) {
        var found = REQUIREMENT.matcher(text);
        return found.matches() ? Optional.of(text.replaceAll("\\s+", "").replaceFirst(",$", "")) : Optional.empty();
    }
}
