package dev.playcall.command.content;

import dev.playcall.domain.Run;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.journal.EventStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a change of files does to runs that people agreed to. */
public final class InvalidatedApprovals {
    private static final int NAMED = 5;

    private InvalidatedApprovals() {}

    /** The end of a sentence; empty when none of these runs waits. */
    public static String ending(EventStore history, Predicate<Run> about) {
        return sentence(history.queue().stream()
                        .filter(about)
                        .filter(r -> r.approvalState().terms().contentDigest().isPresent())
                        .toList())
                .map(text -> "; " + text)
                .orElse("");
    }

    /** The same as a sentence of its own. */
    static Optional<String> sentence(List<Run> runs) {
        return runs.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "the approval of " + TextFormat.list(runs, NAMED, r -> r.id().toString()) + " is invalidated");
    }
}
