package dev.playcall.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.playcall.config.yaml.Yaml.Mapping;
import dev.playcall.config.yaml.Yaml.Scalar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlFileTest {
    @TempDir
    Path folder;

    private Optional<Yaml> read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<Yaml> read(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("a.yml"), bytes);
        return YamlFile.read(file, Path.of("a.yml")).root();
    }

    private String problems(String text) throws IOException {
        return problems(text.getBytes(StandardCharsets.UTF_8));
    }

    private String problems(byte[] bytes) throws IOException {
        Files.write(folder.resolve("a.yml"), bytes);
        return problemsOf(folder.resolve("a.yml"));
    }

    private static String problemsOf(Path file) {
        var thrown = catchThrowableOfType(ConfigException.class, () -> YamlFile.read(file, Path.of("a.yml")));
        return thrown == null ? "" : String.valueOf(thrown.getMessage());
    }

    private static Yaml at(Yaml yaml, String... path) {
        var here = yaml;
        for (var key : path) {
            here = ((Mapping) here).entries().get(key);
            assertThat(here).as(key).isNotNull();
        }
        return here;
    }

    private static String text(Yaml yaml) {
        return ((Scalar) yaml).text();
    }

    @Test
    void valuesStayAsWritten() throws IOException {
        var root = read("a: NO\nb: 0644\nc: 1.10\nd: 12:30:00\ne:\nf: ~\ng: \"\"\nh: '~'\n")
                .orElseThrow();
        assertThat(text(at(root, "a"))).isEqualTo("NO");
        assertThat(text(at(root, "b"))).isEqualTo("0644");
        assertThat(text(at(root, "c"))).isEqualTo("1.10");
        assertThat(text(at(root, "d"))).isEqualTo("12:30:00");
        assertThat(((Scalar) at(root, "e")).isNull()).isTrue();
        assertThat(((Scalar) at(root, "f")).isNull()).isTrue();
        assertThat(((Scalar) at(root, "g")).isNull()).isFalse();
        assertThat(((Scalar) at(root, "h")).isNull()).isFalse();
    }

    @Test
    void everyNodeKnowsItsLine() throws IOException {
        var root = read("# comment\na:\n  b: 1\n  c:\n    - x\n").orElseThrow();
        assertThat(at(root, "a", "b").place()).hasToString("a.yml:3");
        assertThat(((Mapping) at(root, "a")).keyPlaces().get("c")).hasToString("a.yml:4");
    }

    @Test
    void tagsConstructNothing() throws IOException {
        var root = read("""
            a: !my/own [x]
            b: !vault |
              $ANSIBLE_VAULT;1.1;AES256
              6162
            c: !unsafe "{{ x }}"
            """).orElseThrow();
        assertThat(at(root, "a")).isInstanceOf(Yaml.Sequence.class);
        for (var tag :
                java.util.List.of("!!javax.script.ScriptEngineManager [x]", "!!python/object/apply:os.system [id]")) {
            assertThat(problems("a: 1\nb: " + tag + "\n"))
                    .startsWith("a.yml:2: Global tag is not allowed")
                    .hasLineCount(1);
        }
        assertThat(text(at(root, "b"))).startsWith("$ANSIBLE_VAULT;1.1;AES256\n");
        assertThat(text(at(root, "c"))).isEqualTo("{{ x }}");
    }

    @Test
    void mergedKeysAreThere() throws IOException {
        var root = read("base: &b {x: 1, y: 2}\nother:\n  <<: *b\n  y: 3\n  z: 4\n")
                .orElseThrow();
        var other = (Mapping) at(root, "other");
        assertThat(other.entries().keySet()).containsExactly("x", "y", "z");
        assertThat(text(at(other, "y"))).isEqualTo("3");
    }

    @Test
    void anEmptyFileHasNoRoot() throws IOException {
        assertThat(read("")).isEmpty();
        assertThat(read("# only a comment\n")).isEmpty();
        assertThat(read("\uFEFFa: 1\n").map(y -> text(at(y, "a")))).contains("1");
    }

    @Test
    void everyDuplicateKeyIsToldWithItsLine() throws IOException {
        assertThat(problems("a: 1\nb: 2\na: 3\nb: 4\n")).isEqualTo("""
            a.yml:3: "a" is there twice (first in line 1)
            a.yml:4: "b" is there twice (first in line 2)\
            """);
    }

    @Test
    void aTabIsToldWithItsLine() throws IOException {
        assertThat(problems("a:\n\tb: 1\n")).isEqualTo("a.yml:2: a tab cannot indent YAML (use spaces)");
    }

    @Test
    void whatIsNotUtf8IsToldWithItsLine() throws IOException {
        assertThat(problems(new byte[] {'a', ':', ' ', '1', '\n', 'b', ':', ' ', (byte) 0xff, '\n'}))
                .isEqualTo("a.yml:2: is not UTF-8 text");
    }

    @Test
    void controlCharactersAreToldWithTheirLine() throws IOException {
        assertThat(problems("a: 1\nb: x\u0007y\n"))
                .startsWith("a.yml:2: holds a character")
                .hasLineCount(1);
    }

    @Test
    void brokenYamlIsOneLine() throws IOException {
        assertThat(problems("a: [1, 2\nb: 3\n")).startsWith("a.yml:").hasLineCount(1);
        assertThat(problems("a: b: c\n")).startsWith("a.yml:1: ").hasLineCount(1);
        assertThat(problems("a: *nowhere\n")).startsWith("a.yml:1: ").hasLineCount(1);
        assertThat(problems("? [x]\n: 1\n")).isEqualTo("a.yml:1: a key must be text");
        assertThat(problems("a: 1\n---\nb: 1\n")).startsWith("a.yml").hasLineCount(1);
        assertThat(problems("a: 1\n<<: 2\n")).isEqualTo("a.yml:2: << merges mappings only");
    }

    @Test
    void aliasesCannotBlowUpTheFile() throws IOException {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            var before = "*a" + (i - 1);
            bomb.append(
                    "a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", java.util.Collections.nCopies(10, before))));
        }
        assertThat(problems(bomb.toString()))
                .contains("aliases make this file too large")
                .hasLineCount(1);
    }

    @Test
    void anAliasCannotHoldItself() throws IOException {
        assertThat(problems("a: &a\n  b: *a\n")).contains("holds itself").hasLineCount(1);
    }

    @Test
    void depthHasAnEnd() throws IOException {
        assertThat(problems("[".repeat(5000) + "]".repeat(5000)))
                .startsWith("a.yml")
                .hasLineCount(1);
    }

    @Test
    void hugeFilesAreNotRead() throws IOException {
        assertThat(problems("a: " + "x".repeat(9 << 20))).isEqualTo("a.yml: is larger than 8 MB");
    }

    @Test
    void foldersPipesAndMissingFilesAreTold() {
        assertThat(problemsOf(folder)).isEqualTo("a.yml: is not a file");
        assertThat(problemsOf(folder.resolve("none.yml"))).isEqualTo("a.yml: there is no such file");
        assertThat(problemsOf(Path.of("/dev/zero"))).isEqualTo("a.yml: is not a file");
    }
}
