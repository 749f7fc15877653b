package dev.playcall.venv.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.testing.PlaybookCorpus;
import dev.playcall.venv.analysis.Analysis.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

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
                        "system", found.systemPackages(),
                        "unresolved",
                                found.unresolved().stream()
                                        .map(Finding::toString)
                                        .toList()))
                .isEqualTo(Map.of(
                        "collections", PlaybookCorpus.list(expected, "collections"),
                        "packages", PlaybookCorpus.list(expected, "packages"),
                        "system", PlaybookCorpus.list(expected, "system"),
                        "unresolved", PlaybookCorpus.list(expected, "unresolved")));
    }

    /** The file was written on another machine than this one, as a rule. */
    @Test
    void eachHasTheHashThatWasWrittenDown() throws IOException {
        var hashes = PlaybookCorpus.found(folder);
        if (Boolean.getBoolean("golden.write")) {
            PlaybookCorpus.write(hashes);
        }
        assertThat(hashes).isEqualTo(PlaybookCorpus.hashes());
    }

    /** Turkish has letters of its own for i and I, and the C locale knows no letter that is not English. */
    @Test
    void neitherLanguageNorZoneNorUmaskNorHomeHaveAPartInIt() throws Exception {
        var command = List.of(
                "sh",
                "-c",
                "umask 077; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-Dfile.encoding=ISO-8859-9",
                "-Dstdout.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                PlaybookCorpus.class.getName(),
                folder.resolve("elsewhere").toString());
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of("LC_ALL", "C", "TZ", "Asia/Kathmandu", "HOME", "/nonexistent", "PATH", "/usr/bin:/bin"));
        var process = builder.start();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(new TreeMap<>(new Yaml().<Map<String, String>>load(printed))).isEqualTo(PlaybookCorpus.hashes());
    }
}
