package dev.playcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds what people read against {@code refused-phrases.txt}: pages, scripts, the texts of the code (chat, command line,
 * errors, logs, API documents) and the manual. The rules behind the list are in {@code docs/style.md}.
 */
class PlainEnglishTest {
    private static final List<Refused> REFUSED = lines(Path.of("src/test/resources/refused-phrases.txt"))
            .filter(l -> !l.isBlank() && !l.startsWith("#"))
            .map(Refused::of)
            .toList();

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s*//[^\\n]*");
    private static final Pattern LITERAL = Pattern.compile("(?s)\"\"\"(.*?)\"\"\"|\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern EXPRESSION =
            Pattern.compile("(?s)\\$\\{.*?}|(?m)^\\s*@[^\\n]*|@(?:else)?if\\([^\\n]*?\\)(?=[^)])");
    private static final Pattern TAG = Pattern.compile("(?s)<[^>]*>");
    private static final Pattern SHOWN_ATTRIBUTE =
            Pattern.compile("(?:title|aria-label|placeholder|alt|data-ask|data-done)=\"([^\"]*)\"");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\\n]*`");

    private record Refused(String phrase, String better, Pattern pattern) {
        static Refused of(String line) {
            var parts = line.split("\\s+\\|\\s+", 2);
            assertThat(parts).as("a line is: refused | better (%s)", line).hasSize(2);
            return new Refused(
                    parts[0].strip(),
                    parts[1].strip(),
                    Pattern.compile("(?i)(?<![\\w-])"
                            + Pattern.quote(parts[0].strip()).replace(" ", "\\E\\s+\\Q") + "(?![\\w-])"));
        }
    }

    private record Text(String place, String text) {
        Stream<String> refused() {
            return REFUSED.stream()
                    .filter(r -> r.pattern().matcher(text).find())
                    .map(r -> place + ": \"" + r.phrase() + "\", write: " + r.better());
        }
    }

    @Test
    void pagesUseTheUsualWords() {
        assertThat(files("src/main/jte", ".jte")
                        .flatMap(PlainEnglishTest::ofPage)
                        .flatMap(Text::refused))
                .isEmpty();
    }

    @Test
    void scriptsOfPagesUseTheUsualWords() {
        assertThat(files("src/main/resources/dev/playcall/web/static", ".js")
                        .flatMap(PlainEnglishTest::ofCode)
                        .flatMap(Text::refused))
                .isEmpty();
    }

    @Test
    void chatCommandLineErrorsAndLogsUseTheUsualWords() {
        assertThat(files("src/main/java", ".java")
                        .flatMap(PlainEnglishTest::ofCode)
                        .flatMap(Text::refused))
                .isEmpty();
    }

    @Test
    void theManualUsesTheUsualWords() {
        var manual = Stream.concat(
                files("docs", ".md").filter(f -> !f.endsWith("style.md")), Stream.of(Path.of("README.md")));
        assertThat(manual.map(f -> new Text(f.toString(), CODE.matcher(read(f)).replaceAll(" ")))
                        .flatMap(Text::refused))
                .isEmpty();
    }

    @Test
    void aRefusedPhraseIsFoundWhereverItStands() {
        var phrase = REFUSED.getFirst().phrase();
        assertThat(inPage("a.jte", "<p class=\"x\" title=\"" + phrase + "\">").flatMap(Text::refused))
                .hasSize(1);
        assertThat(inPage("a.jte", "<p>Here " + phrase.toUpperCase(java.util.Locale.ROOT) + ".</p>")
                        .flatMap(Text::refused))
                .hasSize(1);
        assertThat(inPage("a.jte", "${a ? \"" + phrase + "\" : \"\"}").flatMap(Text::refused))
                .hasSize(1);
        assertThat(inCode("A.java", "// " + phrase + "\n/* " + phrase + " */\nvar a = \"so " + phrase + ".\";")
                        .flatMap(Text::refused))
                .hasSize(1);
        assertThat(inPage("a.jte", "<p class=\"" + phrase + "\">").flatMap(Text::refused))
                .isEmpty();
    }

    private static Stream<Text> ofPage(Path file) {
        return inPage(file.toString(), read(file));
    }

    private static Stream<Text> inPage(String name, String page) {
        var expressions = EXPRESSION.matcher(page).results().flatMap(m -> literals(m.group()));
        var attributes = SHOWN_ATTRIBUTE.matcher(page).results().map(m -> m.group(1));
        var words = TAG.matcher(EXPRESSION.matcher(page).replaceAll(" ")).replaceAll("\n");
        return Stream.of(expressions, attributes, words.lines()).flatMap(s -> s).map(t -> new Text(name, t));
    }

    private static Stream<Text> ofCode(Path file) {
        return inCode(file.toString(), read(file));
    }

    private static Stream<Text> inCode(String name, String code) {
        return literals(COMMENT.matcher(code).replaceAll("")).map(t -> new Text(name, t));
    }

    private static Stream<String> literals(String code) {
        return LITERAL.matcher(code).results().map(PlainEnglishTest::content);
    }

    private static String content(MatchResult literal) {
        return literal.group(1) == null ? literal.group(2) : literal.group(1);
    }

    private static Stream<Path> files(String folder, String ending) {
        try (var all = Files.walk(Path.of(folder))) {
            return all.filter(f -> f.toString().endsWith(ending)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path file) {
        return read(file).lines();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
