package dev.playcall.web.log;

import dev.playcall.domain.Truncate;
import dev.playcall.domain.format.HostLines.SliceMark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The plays and tasks of a log, as the places at which it is folded. */
final class LogOutline implements LogLines.LineVisitor {
    static final int MOST = 2000;
    private static final int LONGEST = 300;
    private static final Pattern HEADLINE = Pattern.compile("(PLAY|TASK|RUNNING HANDLER) (\\[|RECAP)");
    private static final Pattern FAILED = Pattern.compile("(fatal|failed): \\[");

    private final List<Section> sections = new ArrayList<>();
    /** Where the last one of each slice stands. */
    private final Map<String, Integer> last = new HashMap<>();

    /**
     * A headline and what follows it.
     *
     * @param line number of the headline
     * @param play whether it is that of a play
     * @param failed how many of the results below it are failures
     */
    record Section(long line, boolean play, String text, int failed) {
        private Section failedOnceMore() {
            return new Section(line, play, text, failed + 1);
        }
    }

    @Override
    public boolean take(long number, String line) {
        var whole = LogLines.plain(line);
        var mark = SliceMark.of(whole);
        var plain = whole.substring(mark.length());
        if (HEADLINE.matcher(plain).lookingAt()) {
            var text = Truncate.of(whole.replaceFirst("[ *]+$", ""), LONGEST);
            last.put(mark, sections.size());
            sections.add(new Section(number, plain.startsWith("PLAY"), text, 0));
        } else if (last.containsKey(mark) && FAILED.matcher(plain).lookingAt()) {
            sections.set(last.get(mark), sections.get(last.get(mark)).failedOnceMore());
        }
        return sections.size() <= MOST;
    }

    /** In their order; at most one more than {@link #MOST}. */
    List<Section> sections() {
        return List.copyOf(sections);
    }
}
