package dev.playcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is measured of the source, its bounds, and the table of it in ARCHITECTURE.md. */
class SourceMetricsTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (.+?) \\| ([0-9 /]+) \\|$");
    private static SourceMetrics metrics;

    @BeforeAll
    static void read() throws IOException {
        metrics = SourceMetrics.read();
    }

    @Test
    void filesAndMethodsAreShort() {
        assertThat(SourceMetrics.above(metrics.files, 400)).isEmpty();
        assertThat(SourceMetrics.at(metrics.files.values(), 95)).isLessThanOrEqualTo(240);
        assertThat(SourceMetrics.at(metrics.methods.values(), 95)).isLessThanOrEqualTo(20);
    }

    @Test
    void noConstructorTakesMoreThanEight() {
        assertThat(SourceMetrics.above(metrics.constructors, 8)).isEmpty();
    }

    /** With one, a new constant or subtype would be treated as one of the others, and nobody would notice. */
    @Test
    void noSwitchOverAnOwnEnumOrSealedTypeHasADefault() {
        assertThat(metrics.defaults()).isEmpty();
    }

    @Test
    void manyTypesAreSeenInTheirPackageOnly() {
        assertThat(metrics.packagePrivatePercent()).isGreaterThanOrEqualTo(55);
    }

    @Test
    void everyPublicTypeSaysInASentenceWhatItIs() {
        assertThat(metrics.undocumented).isEmpty();
    }

    @Test
    void noImportLeadsBack() {
        assertThat(metrics.cyclic()).isEmpty();
    }

    /** A tenth may change before it has to be written anew: paste what this test says. */
    @Test
    void theTableOfTheArchitectureIsTheSources() throws IOException {
        var written = new TreeMap<String, List<Integer>>();
        ROW.matcher(Files.readString(Path.of("ARCHITECTURE.md")))
                .results()
                .forEach(row -> written.put(
                        row.group(1),
                        List.of(row.group(2).split(" / ")).stream()
                                .map(String::strip)
                                .map(Integer::valueOf)
                                .toList()));
        var measured = metrics.table();
        assertThat(measured.entrySet())
                .as("the table is now:%n%s", markdown(measured))
                .allMatch(row -> isNear(written.getOrDefault(row.getKey(), List.of()), row.getValue()));
    }

    private static boolean isNear(List<Integer> written, List<Integer> measured) {
        if (written.size() != measured.size()) {
            return false;
        }
        for (int i = 0; i < written.size(); i++) {
            if (Math.abs(written.get(i) - measured.get(i)) * 10 > Math.max(written.get(i), 10)) {
                return false;
            }
        }
        return true;
    }

    private static String markdown(Map<String, List<Integer>> rows) {
        return rows.entrySet().stream()
                .map(row -> "| " + row.getKey() + " | "
                        + row.getValue().stream().map(String::valueOf).collect(Collectors.joining(" / ")) + " |")
                .collect(Collectors.joining("\n"));
    }
}
