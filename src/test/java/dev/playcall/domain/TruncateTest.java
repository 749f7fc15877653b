package dev.playcall.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Texts for people are cut between words, and in one place. */
class TruncateTest {
    @Test
    void cutsBetweenWords() {
        assertThat(Truncate.of("roll out a release on every host", 26)).isEqualTo("roll out a release on…");
        assertThat(Truncate.of("roll out a release", 18)).isEqualTo("roll out a release");
        assertThat(Truncate.of("roll out a release now", 19)).isEqualTo("roll out a release…");
        assertThat(Truncate.of("one two\n\nthree", 9)).isEqualTo("one two…");
    }

    @Test
    void cutsInAWordThatIsTooLongItself() {
        assertThat(Truncate.of("x".repeat(100), 10)).isEqualTo("x".repeat(9) + "…");
        assertThat(Truncate.of("a " + "x".repeat(100), 10)).isEqualTo("a xxxxxxx…");
    }

    @Test
    void aLineHasNothingThatTurnsOrHidesText() {
        assertThat(Truncate.line("invoice\u202egpj.exe\u2066\ufeff\ud800 a\u2028b\t👩‍🚀"))
                .isEqualTo("invoicegpj.exe a b 👩‍🚀");
    }

    @Test
    void neverCutsHalfACharacter() {
        for (int most = 0; most < 60; most++) {
            var cut = Truncate.of("a👩‍🚀é👩‍🚀 b".repeat(10), most);
            assertThat(cut.length()).isLessThanOrEqualTo(Math.max(1, most));
            assertThat(cut).doesNotEndWith("\u200d…").doesNotContainPattern("[\\ud800-\\udbff](?![\\udc00-\\udfff])");
        }
    }

    @Test
    void nothingElseCutsTexts() throws IOException {
        var cut = Pattern.compile("substring\\(0,[^;]*\\+ \"…\"");
        try (var files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(f -> f.toString().endsWith(".java"))
                            .filter(f -> !f.endsWith("Truncate.java"))
                            // The room "background" enters no other one.
                            .filter(f -> !f.toString().contains("/background/"))
                            .filter(f -> cut.matcher(text(f)).find()))
                    .isEmpty();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
