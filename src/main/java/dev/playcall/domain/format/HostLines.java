package dev.playcall.domain.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Of the lines of a log those of one host: its results, what follows them (indented output), and the headlines above, of each
 * slice by itself.
 * Ansible writes what a task changed in a file before it says on which host, so these lines wait for the one that does.
 */
public final class HostLines {
    private static final Pattern RESULT =
            Pattern.compile("(ok|changed|fatal|failed|skipping|unreachable|included|FAILED - RETRYING): ");
    private static final Pattern RECAP = Pattern.compile("\\S+\\s+: ok=");
    private static final Pattern HEADLINE = Pattern.compile("PLAY |TASK |RUNNING HANDLER");
    private static final Pattern DIFFERENCE = Pattern.compile("--- (before|/)");
    /** Of a larger difference the end is enough. */
    private static final int MOST = 1000;

    private final String host;
    private final Map<String, HostLines> slices = new HashMap<>();
    private final List<String> difference = new ArrayList<>();
    private boolean inside;
    private boolean changing;

    public HostLines(String host) {
        this.host = host;
    }

    /** What of the log is shown now that this is its next line. */
    public List<String> take(String line) {
        var mark = SliceMark.of(line);
        return mark.isEmpty()
                ? own(line)
                : slices.computeIfAbsent(mark, _ -> new HostLines(host)).own(line.substring(mark.length())).stream()
                        .map(kept -> mark + kept)
                        .toList();
    }

    private List<String> own(String line) {
        if (HEADLINE.matcher(line).lookingAt()) {
            inside = false;
            clear();
            return List.of(line);
        }
        var result = RESULT.matcher(line);
        if (result.lookingAt()) {
            // Only what stands here is Ansible's; further on a module may have printed any name.
            var who = line.substring(result.end());
            inside = who.startsWith("[" + host + "]") || who.startsWith("[" + host + " ->");
            return inside ? withDifference(line) : nothing();
        }
        if (RECAP.matcher(line).lookingAt()) {
            inside = line.startsWith(host + " ");
            clear();
        } else if (changing || DIFFERENCE.matcher(line).lookingAt()) {
            keep(line);
            return List.of();
        }
        return inside ? List.of(line) : List.of();
    }

    private void keep(String line) {
        changing = true;
        difference.add(line);
        if (difference.size() > MOST) {
            difference.removeFirst();
        }
    }

    private List<String> withDifference(String line) {
        var all = new ArrayList<>(difference);
        all.add(line);
        clear();
        return all;
    }

    private List<String> nothing() {
        clear();
        return List.of();
    }

    private void clear() {
        changing = false;
        difference.clear();
    }

    /** How a line of a log begins that one of several Ansible processes of a run has said: {@code [slice 2] TASK [Install]}. */
    public static final class SliceMark {
        private static final Pattern MARK = Pattern.compile("\\[slice \\d{1,3}] ");

        private SliceMark() {}

        /** With the blank after it; empty where the line has none. */
        public static String of(String line) {
            var found = MARK.matcher(line);
            return found.lookingAt() ? found.group() : "";
        }
    }
}
