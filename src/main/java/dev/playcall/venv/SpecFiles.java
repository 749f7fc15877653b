package dev.playcall.venv;

import dev.playcall.config.file.AtomicFile;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Problem;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.config.yaml.YamlFile;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.venv.analysis.Analysis;
import dev.playcall.venv.analysis.Analysis.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The specifications as files, {@code <folder>/<name>.yml}. A file is there whole or not at all. Safe for threads. */
final class SpecFiles {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,80}");
    private static final String ENDING = ".yml";

    /** What a value is made of by us: others are put into files and commands as they stand, and are refused. */
    private static final Map<String, Pattern> OURS = Map.of(
            "source_playbook", Pattern.compile("(?!.*\\.\\./)[^\\p{Cntrl}]*"),
            "collections", Pattern.compile("[a-z0-9_]+\\.[a-z0-9_]+"),
            "python_packages",
                    Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(\\[[A-Za-z0-9,._-]+])?([<>=!~]+[A-Za-z0-9.*+!]+,?)*"),
            "system_packages", Pattern.compile("[a-z0-9][a-z0-9+.-]*"),
            "python", Pattern.compile("([<>=!~]+[0-9.*]+,?)*"),
            "lock", Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*==[A-Za-z0-9.+!_-]+( --hash=sha256:[0-9a-f]*)*"),
            "locked_collections", Pattern.compile("[a-z0-9_]+\\.[a-z0-9_]+:[A-Za-z0-9.+_-]+"),
            "requirements", Pattern.compile("[A-Za-z0-9+-]*"));

    private static final int LONGER = 12;
    private static final int SHOWN = 80;

    private final Path folder;
    private final Clock clock;

    public SpecFiles(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Writes what a playbook needs. The same content is the same file to the byte, with the time of its first writing.
     *
     * @param file the playbook's, as people name it
     * @throws ConfigException when a file of this name is there that cannot be read
     */
    public synchronized VenvSpec save(PlaybookName playbook, String file, Analysis needs) throws IOException {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var spec = VenvSpec.of(playbook, file, needs, VenvSpec.usualDigits(), now);
        var there = find(spec.name());
        if (there.isPresent() && !there.get().needs().sha256().equals(needs.sha256())) {
            spec = VenvSpec.of(playbook, file, needs, LONGER, now);
            there = find(spec.name());
        }
        var created = there.map(VenvSpec::created).orElse(now);
        // One that is shared keeps the playbook that was the first.
        var source = there.filter(_ -> needs.isShared()).map(VenvSpec::source).orElse(file);
        var written = new VenvSpec(
                spec.name(),
                source,
                needs,
                created,
                there.map(VenvSpec::lock).orElse(VenvLock.NONE),
                there.map(VenvSpec::requirements).orElse(""));
        if (there.filter(written::equals).isEmpty()) {
            write(written);
        }
        return written;
    }

    /** Writes down exactly what its environment was made of. */
    synchronized VenvSpec lock(VenvSpec spec, VenvLock lock, String requirements) throws IOException {
        var written = new VenvSpec(spec.name(), spec.source(), spec.needs(), spec.created(), lock, requirements);
        if (!written.equals(spec)) {
            write(written);
        }
        return written;
    }

    private void write(VenvSpec spec) throws IOException {
        Files.createDirectories(folder);
        AtomicFile.write(file(spec.name()), SpecText.of(spec));
    }

    /**
     * One by its name.
     *
     * @return empty when there is none, or when this cannot be a name
     * @throws ConfigException when its file is broken
     */
    public Optional<VenvSpec> find(String name) {
        return NAME.matcher(name).matches() && Files.isRegularFile(file(name))
                ? Optional.of(read(name, file(name)))
                : Optional.empty();
    }

    /** The names of all that are there, sorted. */
    public List<String> names() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(f -> f.toFile().getName())
                    .filter(n -> n.endsWith(ENDING))
                    .map(n -> n.substring(0, n.length() - ENDING.length()))
                    .filter(n -> NAME.matcher(n).matches())
                    .sorted()
                    .toList();
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ENDING);
    }

    private VenvSpec read(String name, Path file) {
        var shown = Path.of(folder.toFile().getName(), name + ENDING);
        var root = YamlFile.read(file, shown).root();
        var sha256 = text(root, "sha256", shown);
        if (!name.equals(text(root, "name", shown))
                || !sha256.matches("[0-9a-f]{64}")
                || !name.matches(".*_" + sha256.substring(0, 8) + "([0-9a-f]{4})?")) {
            throw broken(shown, "its name does not belong to its sha256");
        }
        var needs = new Analysis(
                sha256,
                texts(root, "files", shown),
                texts(root, "collections", shown),
                texts(root, "python_packages", shown),
                text(root, "python", shown),
                texts(root, "system_packages", shown),
                texts(root, "unresolved", shown).stream()
                        .map(SpecFiles::finding)
                        .toList());
        return new VenvSpec(
                name,
                text(root, "source_playbook", shown),
                needs,
                created(root, shown),
                new VenvLock(texts(root, "lock", shown), texts(root, "locked_collections", shown)),
                entry(root, "requirements").isPresent() ? text(root, "requirements", shown) : "");
    }

    private static Instant created(Optional<Yaml> root, Path shown) {
        try {
            return Instant.parse(text(root, "created", shown));
        } catch (DateTimeException e) {
            throw broken(shown, "\"created\" is not a time such as 2024-01-15T10:30:00Z");
        }
    }

    private static Finding finding(String line) {
        int end = line.indexOf(": ");
        return end < 0 ? new Finding("", line) : new Finding(line.substring(0, end), line.substring(end + 2));
    }

    private static String text(Optional<Yaml> root, String key, Path shown) {
        var text = entry(root, key)
                .map(y -> y instanceof Yaml.Scalar scalar ? scalar.text() : "")
                .orElseThrow(() -> broken(shown, "\"" + key + "\" is missing"));
        return ours(key, text, shown);
    }

    private static String ours(String key, String text, Path shown) {
        var pattern = OURS.get(key);
        if (pattern != null && !pattern.matcher(text).matches()) {
            var one = Truncate.of(text.replaceAll("\\p{Cntrl}", " "), SHOWN);
            throw broken(shown, "\"" + key + "\" has a value that Playcall does not write: " + one);
        }
        return text;
    }

    private static List<String> texts(Optional<Yaml> root, String key, Path shown) {
        var found = new ArrayList<String>();
        if (entry(root, key).orElse(null) instanceof Yaml.Sequence sequence) {
            for (var item : sequence.items()) {
                if (item instanceof Yaml.Scalar scalar) {
                    found.add(ours(key, scalar.text(), shown));
                }
            }
        }
        return found;
    }

    private static Optional<Yaml> entry(Optional<Yaml> root, String key) {
        return root.flatMap(r -> r instanceof Yaml.Mapping mapping
                ? Optional.ofNullable(mapping.entries().get(key))
                : Optional.empty());
    }

    private static ConfigException broken(Path shown, String message) {
        return new ConfigException(
                List.of(new Problem(shown.toString(), message + "; remove the file, and analyze the playbook again")));
    }
}
