package dev.playcall.web.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search that leaves out pieces of a log finds what one that reads each line does. */
class LogSearchTest {
    private static final List<String> WORDS = List.of(
            "task",
            "TASK",
            "Kelvin",
            "\u212aelvin",
            "\u0130stanbul",
            "istanbul",
            "größe",
            "ta\u001b[31msk",
            "\u001b[0m",
            "\r",
            "a",
            "aab",
            "aaab",
            "changed=1",
            "€",
            "\ud83d\ude00");
    private static final byte[] BROKEN = {(byte) 0xe2, 't', (byte) 0xc4, 'k', (byte) 0xf0, (byte) 0x9f, 's', (byte) 0x84
    };

    @TempDir
    Path folder;

    private static byte[] log(Random random, int lines, List<String> words) {
        var log = new ByteArrayOutputStream();
        for (int i = 0; i < lines; i++) {
            for (int n = random.nextInt(4); n > 0; n--) {
                log.writeBytes(words.get(random.nextInt(words.size())).getBytes(StandardCharsets.UTF_8));
                if (random.nextInt(20) == 0) {
                    log.write(BROKEN, random.nextInt(4), 4);
                }
            }
            log.write('\n');
        }
        log.writeBytes("task not at its end".getBytes(StandardCharsets.UTF_8));
        return log.toByteArray();
    }

    private static List<LogLines.Match> lineByLine(byte[] log, String text, long first, int most) {
        var search = new LogSearch(text, most);
        var lines = new String(log, StandardCharsets.UTF_8).split("\n", -1);
        for (int i = (int) first; i < lines.length; i++) {
            if (!search.take(i, lines[i - 1])) {
                break;
            }
        }
        return search.matches();
    }

    private List<LogLines.Match> byPiece(byte[] log, String text, long first, int most) throws IOException {
        var file = Files.write(folder.resolve("log"), log);
        var index = new LineIndex(file);
        index.grow();
        var search = new LogSearch(text, most);
        search.pieces(file, index.pieces(first));
        return search.matches();
    }

    @Test
    void findsTheSameLinesInRandomLogs() throws IOException {
        var random = new Random(7);
        for (int round = 0; round < 150; round++) {
            // Few words, so that whole pieces are without some of them.
            var words = random.ints(random.nextInt(1, 5), 0, WORDS.size())
                    .mapToObj(WORDS::get)
                    .toList();
            int lines = random.nextInt(3_500);
            var log = log(random, lines, words);
            int most = random.nextBoolean() ? 5 : 1_000;
            long first = 1L + random.nextInt(lines + 2);
            for (var text :
                    List.of("task", "TASK", "k", "Kelvin", "istanbul", "aab", "e", "[0m", "changed=1", "nowhere")) {
                assertThat(byPiece(log, text, first, most))
                        .as("%s in %s from %d", text, words, first)
                        .isEqualTo(lineByLine(log, text, first, most));
            }
        }
    }

    @Test
    void onlyTwoLettersOutsideAsciiHaveOneOfAsciiInTheirLowerCase() {
        assertThat(IntStream.rangeClosed(0x80, Character.MAX_CODE_POINT)
                        .filter(c -> Character.toString(c)
                                .toLowerCase(Locale.ROOT)
                                .chars()
                                .anyMatch(l -> l < 0x80))
                        .boxed())
                .containsExactly(0x130, 0x212a);
    }

    @Test
    void aTextOutsideAsciiIsLookedForLineByLine() {
        assertThat(new LogSearch("größe", 1).byPiece()).isFalse();
        assertThat(new LogSearch("", 1).byPiece()).isFalse();
        assertThat(new LogSearch("\u212a", 1).byPiece()).isTrue();
    }
}
