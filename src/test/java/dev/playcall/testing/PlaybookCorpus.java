package dev.playcall.testing;

import dev.playcall.catalog.file.RolesPath;
import dev.playcall.venv.analysis.Analysis;
import dev.playcall.venv.analysis.PlaybookAnalyzer;
import dev.playcall.venv.analysis.PlaybookAnalyzer.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.Yaml;

/**
 * Playbooks after real styles: what each needs is in {@code venv/corpus.yml}, and the SHA-256 that it has on every machine in
 * {@code venv/hashes.yml}.
 */
public final class PlaybookCorpus {
    private static final Path FOLDER = Path.of("src", "test", "resources", "venv");
    private static final Path HASHES = FOLDER.resolve("hashes.yml");
    /** What is written into hashes.yml before them. */
    private static final String HEAD =
            "# The SHA-256 of each playbook of corpus.yml; -Dgolden.write=true writes them anew, which voids"
                    + " every environment that is installed.\n";

    private PlaybookCorpus() {}

    /** By their names, as the file has them. */
    public static Map<String, Map<String, Object>> cases() throws IOException {
        return new Yaml().load(Files.readString(FOLDER.resolve("corpus.yml")));
    }

    /** Writes the files of one into the folder of playbooks. */
    public static void write(String name, Path playbooks) throws IOException {
        var files = (Map<?, ?>) cases().getOrDefault(name, Map.of()).getOrDefault("files", Map.of());
        for (var file : files.entrySet()) {
            var path = playbooks.resolve(file.getKey().toString()).normalize();
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue().toString());
        }
    }

    /** What is found out about one in a project of its own. */
    public static Analysis analyzed(String name, Path project) throws IOException {
        var playbooks = project.resolve("playbooks");
        write(name, playbooks);
        return new PlaybookAnalyzer(playbooks, () -> new RolesPath(project, Optional.empty()), () -> "")
                .analyze(playbooks.resolve("site.yml"), Needs.NONE);
    }

    /** What a list of a case says; empty where it has none. */
    public static List<String> list(Map<String, Object> expected, String key) {
        return ((List<?>) expected.getOrDefault(key, List.of()))
                .stream().map(Object::toString).toList();
    }

    /** The SHA-256 by name. */
    public static Map<String, String> hashes() throws IOException {
        return new TreeMap<>(new Yaml().<Map<String, String>>load(Files.readString(HASHES)));
    }

    /** That of one. */
    public static String hash(String name) throws IOException {
        return Objects.requireNonNull(hashes().get(name), name);
    }

    /** Those that are found in this process, by name. */
    public static Map<String, String> found(Path folder) throws IOException {
        var hashes = new TreeMap<String, String>();
        for (var name : cases().keySet()) {
            hashes.put(
                    name,
                    analyzed(name, folder.resolve(name.replaceAll("[^a-z0-9]+", "-")))
                            .sha256());
        }
        return hashes;
    }

    /** Prints them as hashes.yml has them, without its head: for a process with other settings than those of the tests. */
    public static void main(String[] args) throws IOException {
        found(Path.of(args[0])).forEach((name, hash) -> System.out.printf("\"%s\": \"%s\"%n", name, hash));
    }

    /** Writes them down as they are now. */
    public static void write(Map<String, String> hashes) throws IOException {
        var text = new StringBuilder(HEAD);
        new TreeMap<>(hashes).forEach((name, hash) -> text.append("\"%s\": \"%s\"\n".formatted(name, hash)));
        Files.writeString(HASHES, text);
    }
}
