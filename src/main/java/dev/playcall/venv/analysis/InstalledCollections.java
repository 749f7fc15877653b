package dev.playcall.venv.analysis;

import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    private static final Pattern BINDEP = Pattern.compile("([a-z0-9][a-z0-9+.-]*)\\s*(?:\\[([^\\]]*)])?.*");
    private static final Set<String> DEBIAN = Set.of("platform:dpkg", "platform:debian", "platform:ubuntu");

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
                .flatMap(folder -> named(folder, "python")
                        .or(() -> Optional.of(folder.resolve("requirements.txt")))
                        .filter(Files::isRegularFile)
                        .map(file -> lines(file, collection)));
    }

    /** What these say they need of a Debian system, in {@code bindep.txt} or the file that they name; nothing of those that are not installed. */
    List<String> systemPackages(Collection<String> collections) {
        return collections.stream()
                .flatMap(c -> folder(c).stream()
                        .flatMap(folder -> named(folder, "system")
                                .or(() -> Optional.of(folder.resolve("bindep.txt")))
                                .filter(Files::isRegularFile)
                                .stream())
                        .flatMap(file ->
                                YamlFile.text(file, Path.of(c, "bindep.txt")).lines()))
                .flatMap(line -> systemPackage(line).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** A line of bindep: a name and, in brackets, for which systems and purposes. */
    static Optional<String> systemPackage(String line) {
        var found = BINDEP.matcher(line.replaceFirst("(?:^|\\s)#.*", "").strip());
        if (!found.matches()) {
            return Optional.empty();
        }
        var words =
                List.of(Optional.ofNullable(found.group(2)).orElse("").strip().split("\\s+"));
        var systems = words.stream().filter(w -> w.startsWith("platform:")).toList();
        boolean always = words.stream().allMatch(w -> w.isEmpty() || w.matches("!?platform:.*"));
        boolean here = systems.isEmpty() || systems.stream().anyMatch(DEBIAN::contains);
        return always && here && words.stream().noneMatch(w -> w.startsWith("!") && DEBIAN.contains(w.substring(1)))
                ? Optional.of(found.group(1))
                : Optional.empty();
    }

    private Optional<Path> folder(String collection) {
        var name = collection.replace('.', '/');
        return path.stream()
                .flatMap(p -> List.of(p.resolve("ansible_collections"), p).stream())
                .map(p -> p.resolve(name))
                .filter(Files::isDirectory)
                .findFirst();
    }

    private static Optional<Path> named(Path folder, String kind) {
        var file = folder.resolve("meta").resolve("execution-environment.yml");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return YamlFile.read(file, file)
                    .root()
                    .flatMap(root -> Nodes.entry(root, "dependencies"))
                    .flatMap(dependencies -> Nodes.text(dependencies, kind))
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
