package dev.playcall.store.run;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Texts as PostgreSQL searches them, divided into words as SQLite does it: letters and digits, without case and accents. Its
 * own parser would take a host name or a path for one word.
 */
final class TextVector {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}\\p{Co}]+");
    /** PostgreSQL takes words of less than 2 KiB; a letter has up to four bytes. */
    private static final int LONGEST = 500;
    /** Of a tsvector: what stands behind it stands there as well. */
    private static final int LAST_POSITION = 16_383;
    /** PostgreSQL keeps no more places of one word. */
    private static final int MOST_PLACES = 255;

    private TextVector() {}

    /** What {@code cast(… as tsvector)} reads: each word and where it stands. */
    static String of(String text) {
        var places = new TreeMap<String, List<Integer>>();
        int place = 1;
        for (var word : words(text)) {
            var known = places.computeIfAbsent(word, _ -> new ArrayList<>());
            if (known.size() < MOST_PLACES) {
                known.add(Math.min(place, LAST_POSITION));
            }
            place++;
        }
        return places.entrySet().stream()
                .map(e -> e.getKey()
                        + ':'
                        + e.getValue().stream().map(Object::toString).collect(Collectors.joining(",")))
                .collect(Collectors.joining(" "));
    }

    /**
     * What {@code cast(… as tsquery)} reads: the words of a text, one behind the other.
     *
     * @param text with at least one letter or digit
     * @param begins whether the last word may go on
     */
    static String phrase(String text, boolean begins) {
        return words(text).stream().collect(Collectors.joining(" <-> ", "(", begins ? ":*)" : ")"));
    }

    private static List<String> words(String text) {
        var plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        return BETWEEN.splitAsStream(plain)
                .filter(w -> !w.isEmpty())
                .map(w -> w.length() > LONGEST ? w.substring(0, w.offsetByCodePoints(0, LONGEST / 2)) : w)
                .toList();
    }
}
