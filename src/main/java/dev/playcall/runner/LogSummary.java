package dev.playcall.runner;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The lines of a log that tell of trouble: what somebody will look for later. */
final class LogSummary {
    private static final Pattern PROBLEM = Pattern.compile(
            "fatal:|failed|error|unreachable|warning|exception|traceback|denied|refused|time(d )?out|cannot|not found"
                    + "|no space|invalid|unable|missing|killed|panic",
            Pattern.CASE_INSENSITIVE);
    /** The recap has these words on each of its lines, whatever happened. */
    private static final Pattern RECAP = Pattern.compile("ok=\\d+ +changed=\\d+ +unreachable=\\d+");

    private static final int MOST = 300;
    private static final int LONGEST = 500;
    private static final long HEAD = 4L << 20;
    private static final long TAIL = 12L << 20;

    private LogSummary() {}

    /** At most 300 lines; of a very large log only its beginning and its end are looked at. */
    public static List<String> of(Path log) {
        Set<String> lines = new LinkedHashSet<>();
        try (var file = FileChannel.open(log, StandardOpenOption.READ)) {
            long size = file.size();
            if (size <= HEAD + TAIL) {
                collect(file, 0, size, lines, MOST);
            } else {
                collect(file, 0, HEAD, lines, MOST / 2);
                collect(file, size - TAIL, size, lines, MOST);
            }
        } catch (IOException e) {
            return List.copyOf(lines); // without a log there is nothing to find in it
        }
        return List.copyOf(lines);
    }

    private static void collect(FileChannel file, long from, long to, Set<String> lines, int most) throws IOException {
        var reader = new BufferedReader(
                new InputStreamReader(Channels.newInputStream(file.position(from)), StandardCharsets.UTF_8), 1 << 16);
        long left = to - from;
        var line = new StringBuilder();
        for (int c = reader.read(); c >= 0 && left > 0 && lines.size() < most; c = reader.read(), left--) {
            if (c != '\n') {
                if (line.length() < LONGEST) {
                    line.append((char) c);
                }
            } else {
                add(line, lines);
            }
        }
        add(line, lines);
    }

    private static void add(StringBuilder line, Set<String> lines) {
        var text = line.toString().strip();
        line.setLength(0);
        if (PROBLEM.matcher(text).find() && !RECAP.matcher(text).find()) {
            lines.add(text);
        }
    }
}
