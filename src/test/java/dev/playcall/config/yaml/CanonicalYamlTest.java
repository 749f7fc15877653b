package dev.playcall.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.testing.SystemPython;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two texts have one canonical form exactly when Ansible loads the same from both. */
class CanonicalYamlTest {
    private static final Path SHOWN = Path.of("a.yml");

    private static String canonical(String text) {
        return CanonicalYaml.of(text, SHOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 1\nb: [x, yes]\n",
                "# said before\nb:   # list\n  - x\n  - true\na: 1\n",
                "{b: [x, on], a: 0b1}",
                "\"a\": 0x1\n'b': ['x', True]",
                "\uFEFFa: 1\r\nb:\r\n- \"x\"\r\n- yes\r\n",
                "a: 1\nb: &l [x, yes]\n",
                "base: &m {a: 1}\n<<: *m\nb: [x, yes]\n"
            })
    void whatAnsibleLoadsAsEqualIsEqual(String text) {
        var expected = text.contains("base")
                ? "{\"a\":1,\"b\":[\"x\",true],\"base\":{\"a\":1}}"
                : "{\"a\":1,\"b\":[\"x\",true]}";
        assertThat(canonical(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0644, 420",
        "0o644, '\"0o644\"'",
        "1e3, '\"1e3\"'",
        "1.50, float 15e-1",
        "1:30, 90",
        "NO, false",
        "~, null",
        "'\"NO\"', '\"NO\"'",
        "!!str 5, '\"5\"'",
        "!!int \"5\", 5",
        "2024-01-15, 'time \"2024-01-15\"'",
        "1_000, 1000",
        "-0x1F, -31",
        "y, '\"y\"'",
        "!vault abc, '<\"!vault\":\"abc\">'",
        "!unsafe 5, '<\"!unsafe\":\"5\">'",
        ".inf, infinite",
        "08, '\"08\"'",
        "a#b, '\"a#b\"'"
    })
    void aWordHasTheTypeThatPythonGivesIt(String written, String canonical) {
        assertThat(canonical("[" + written + "]")).isEqualTo("[" + canonical + "]");
    }

    @Test
    void anEmptyTextIsNull() {
        assertThat(canonical("# nothing\n")).isEqualTo("null");
    }

    /** The same is asked of PyYAML, on words that other readers see differently, and on their neighbours. */
    @Test
    void typesAreThoseOfPyYaml(@TempDir Path folder) throws IOException, InterruptedException {
        var words =
                "1e3 1.e+3 1.0e+3 1.0e3 .5 5. 0 00 08 0x_f 0b102 12:30:45 12:61 190:20:30.15 +12 -0 0_1 _1 1_ yes Yes"
                        + " yES n N off ~ null NULL nul .NaN -.INF +.inf 2001-1-1 2001-12-14t21:59:43.10-05:00 2001-12-14"
                        + " 1,5 0o7 0x 1.2.3 v1 TRUE tRue a-b";
        var file = Files.writeString(
                folder.resolve("w.yml"), "[" + words.replace(",", "").replace(" ", ", ") + "]");
        var ours = new StringJoiner(" ");
        for (var word : words.replace(",", "").split(" ", -1)) {
            ours.add(kind(canonical(word)));
        }
        assertThat(ours.toString()).isEqualTo(kindsByPython(file));
    }

    private static String kind(String canonical) {
        return switch (canonical.charAt(0)) {
            case '"' -> "str";
            case 't' -> canonical.startsWith("time") ? "time" : "bool";
            case 'f' -> canonical.startsWith("float") ? "float" : "bool";
            case 'n' -> canonical.equals("null") ? "NoneType" : "float";
            default -> canonical.endsWith("infinite") ? "float" : "int";
        };
    }

    private static String kindsByPython(Path file) throws IOException, InterruptedException {
        var program = """
            import yaml, sys
            short = {'datetime': 'time', 'date': 'time'}
            kinds = (type(value).__name__ for value in yaml.safe_load(open(sys.argv[1])))
            print(*(short.get(kind, kind) for kind in kinds))
            """;
        var process = new ProcessBuilder(SystemPython.program(), "-c", program, file.toString())
                .redirectErrorStream(true)
                .start();
        var kinds = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        return kinds;
    }
}
