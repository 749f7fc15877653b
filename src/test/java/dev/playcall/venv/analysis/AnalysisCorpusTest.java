package dev.playcall.venv.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.testing.PlaybookCorpus;
import dev.playcall.venv.analysis.Analysis.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Playbooks after real styles, what each needs, and which hash it has on every machine. */
class AnalysisCorpusTest {
    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> eachNeedsWhatIsKnown() throws IOException {
        return PlaybookCorpus.cases().entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> holds(e.getKey(), e.getValue())));
    }

    private Analysis analyzed(String name) throws IOException {
        return PlaybookCorpus.analyzed(name, folder.resolve(name.replaceAll("[^a-z0-9]+", "-")));
    }

    private void holds(String name, Map<String, Object> expected) throws IOException {
        var found = analyzed(name);
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
                        "collections", PlaybookCorpus.list(expected, "collections"),
                        "packages", PlaybookCorpus.list(expected, "packages"),
                        "unresolved", PlaybookCorpus.list(expected, "unresolved")));
    }

    /** The file was written on another machine than this one, as a rule. */
    @Test
    void eachHasTheHashThatWasWrittenDown() throws IOException {
        var hashes = new TreeMap<String, String>();
        for (var name : PlaybookCorpus.cases().keySet()) {
            hashes.put(name, analyzed(name).sha256());
        }
        if (Boolean.getBoolean("golden.write")) {
            PlaybookCorpus.write(hashes);
        }
        assertThat(hashes).isEqualTo(PlaybookCorpus.hashes());
    }
}
