package dev.playcall.venv.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.file.RolesPath;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.config.yaml.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Playbooks after real styles, and what each needs: {@code src/test/resources/venv/corpus.yml}. */
class AnalysisCorpusTest {
    private static final Path CORPUS = Path.of("src", "test", "resources", "venv", "corpus.yml");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> eachNeedsWhatIsKnown() {
        var cases = (Yaml.Mapping) YamlFile.read(CORPUS, CORPUS).root().orElseThrow();
        return cases.entries().entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> holds(e.getKey(), e.getValue())));
    }

    private void holds(String name, Yaml expected) throws IOException {
        var project = Files.createDirectories(folder.resolve(name.replaceAll("[^a-z0-9]+", "-")));
        var playbooks = project.resolve("playbooks");
        ((Yaml.Mapping) Nodes.entry(expected, "files").orElseThrow()).entries().forEach((file, text) -> {
            try {
                var written = playbooks.resolve(file).normalize();
                Files.createDirectories(written.getParent());
                Files.writeString(written, Nodes.text(text).orElse(""));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        var found = new PlaybookAnalyzer(playbooks, () -> new RolesPath(project, Optional.empty()), () -> "")
                .analyze(playbooks.resolve("site.yml"), Needs.NONE);
        assertThat(Map.of(
                        "collections", found.collections(),
                        "packages",
                                found.pythonPackages()
                                        .subList(1, found.pythonPackages().size()),
                        "unresolved",
                                found.unresolved().stream()
                                        .map(Finding::toString)
                                        .toList()))
                .isEqualTo(Map.of(
                        "collections", list(expected, "collections"),
                        "packages", list(expected, "packages"),
                        "unresolved", list(expected, "unresolved")));
    }

    private static List<String> list(Yaml expected, String key) {
        return Nodes.items(Nodes.entry(expected, key)).stream()
                .map(y -> Nodes.text(y).orElseThrow())
                .toList();
    }
}
