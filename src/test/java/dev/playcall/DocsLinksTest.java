package dev.playcall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links of the manual lead to files and headings that are there, and every page is reached from its index. */
class DocsLinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");
    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```|`[^`\\n]*`");

    private static List<Path> pages() {
        try (var docs = Files.walk(Path.of("docs"));
                var top = Files.list(Path.of(""))) {
            return Stream.concat(docs, top)
                    .filter(p -> p.toString().endsWith(".md"))
                    .filter(p -> !p.toString().contains("node_modules"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(Path page) {
        return HEADING.matcher(read(page))
                .results()
                .map(m -> m.group(1).toLowerCase(Locale.ROOT).replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1"))
                .map(h -> h.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static Stream<String> links(Path page) {
        return LINK.matcher(CODE.matcher(read(page)).replaceAll("`")).results().map(m -> m.group(1));
    }

    private static boolean leadsSomewhere(Path page, String link) {
        var parts = link.split("#", 2);
        var target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    @Test
    void everyLinkLeadsSomewhere() {
        var dead = new TreeSet<String>();
        int followed = 0;
        for (var page : pages()) {
            for (var link : links(page).filter(l -> !l.matches("[a-z]+:.*")).toList()) {
                followed++;
                if (!leadsSomewhere(page, link)) {
                    dead.add(page + ": " + link);
                }
            }
        }
        assertThat(dead).isEmpty();
        assertThat(followed).isGreaterThan(80);
    }

    @Test
    void everyPageIsInTheIndex() {
        var index = Path.of("docs/index.md");
        var linked = links(index)
                .map(l -> index.resolveSibling(l.split("#", 2)[0]).normalize())
                .collect(Collectors.toSet());
        assertThat(pages().stream().filter(p -> p.startsWith("docs") && !p.equals(index)))
                .allSatisfy(p -> assertThat(linked).as(p.toString()).contains(p));
    }
}
