package dev.playcall.web.log;

import dev.playcall.domain.Truncate;
import dev.playcall.domain.format.HostLines;
import dev.playcall.domain.format.HostLines.SliceMark;
import dev.playcall.web.log.LogLines.Match;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Of a log the lines of one host, or those that say what failed, each below the headline of its task. */
final class LineFilter {
    private static final int LONGEST = 4000;
    private static final Pattern HEADLINE = Pattern.compile("TASK \\[|RUNNING HANDLER \\[");
    private static final Pattern FAILED = Pattern.compile("(fatal|failed): \\[");
    private static final Pattern OTHER =
            Pattern.compile("$|PLAY |(ok|changed|skipping|unreachable|included|FAILED - RETRYING): ");

    private final Optional<HostLines> host;
    private final boolean failures;
    private final Map<String, LineFilter> slices = new HashMap<>();
    private Optional<Match> headline = Optional.empty();
    private boolean inside;

    LineFilter(Optional<String> host, boolean failures) {
        this.host = host.map(HostLines::new);
        this.failures = failures;
    }

    /** What of the log is shown now that this is its next line. */
    List<Match> take(long number, String line) {
        return ofHost(number, line).stream()
                .flatMap(m -> failures ? failing(m).stream() : List.of(m).stream())
                .toList();
    }

    /** Lines that waited for the one that says whose they are stand directly before it. */
    private List<Match> ofHost(long number, String line) {
        var plain = LogLines.plain(line);
        var whole = new Match(number, Truncate.of(line, LONGEST));
        if (host.isEmpty()) {
            return List.of(whole);
        }
        var kept = host.get().take(plain);
        var matches = new ArrayList<Match>();
        for (int i = 0; i < kept.size() - 1; i++) {
            matches.add(new Match(number - kept.size() + 1 + i, Truncate.of(kept.get(i), LONGEST)));
        }
        if (!kept.isEmpty()) {
            matches.add(whole);
        }
        return matches;
    }

    private List<Match> failing(Match line) {
        var plain = LogLines.plain(line.text());
        var mark = SliceMark.of(plain);
        return mark.isEmpty()
                ? failing(line, plain)
                : slices.computeIfAbsent(mark, _ -> new LineFilter(Optional.empty(), true))
                        .failing(line, plain.substring(mark.length()));
    }

    private List<Match> failing(Match line, String plain) {
        if (HEADLINE.matcher(plain).lookingAt()) {
            headline = Optional.of(line);
            inside = false;
            return List.of();
        }
        if (FAILED.matcher(plain).lookingAt()) {
            var all = new ArrayList<Match>();
            headline.ifPresent(all::add);
            headline = Optional.empty();
            all.add(line);
            inside = true;
            return all;
        }
        inside = inside && !OTHER.matcher(plain).lookingAt();
        return inside ? List.of(line) : List.of();
    }
}
