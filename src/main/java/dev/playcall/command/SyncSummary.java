package dev.playcall.command;

import dev.playcall.content.git.FetchResult;
import dev.playcall.domain.Revision;
import dev.playcall.domain.format.TextFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Describes the commits of a sync for people. */
final class SyncSummary {
    private static final int FILES = 12;
    private static final int NAMED = 8;

    private SyncSummary() {}

    static String line(FetchResult p) {
        var now = p.remote() + " at " + Revision.brief(p.to());
        if (!p.hasChanges()) {
            return p.commits().stream()
                    .findFirst()
                    .map(c -> now + " (" + c.subject() + "), no changes")
                    .orElse(now + ", no changes");
        }
        return now + ", " + p.count() + (p.count() == 1 ? " commit" : " commits") + " newer than "
                + Revision.brief(p.from())
                + touched("; playbooks ", p.playbooks().stream().toList())
                + touched("; inventories ", p.environments().stream().toList());
    }

    private static String touched(String what, List<String> names) {
        return names.isEmpty() ? "" : what + TextFormat.list(names, NAMED);
    }

    static Stream<List<String>> commits(FetchResult p) {
        return p.hasChanges()
                ? p.commits().stream().map(c -> List.of(Revision.brief(c.id()), c.author(), c.subject()))
                : Stream.of();
    }

    static Stream<String> notes(FetchResult p) {
        var lines = new ArrayList<String>();
        if (p.count() > p.commits().size()) {
            lines.add("and " + (p.count() - p.commits().size()) + " older commits");
        }
        if (!p.files().isEmpty()) {
            lines.add("changed: " + TextFormat.list(p.files(), FILES));
        }
        lines.addAll(p.notes());
        return lines.stream();
    }
}
