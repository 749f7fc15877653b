package dev.playcall.command.inventory;

import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.journal.EventStore;
import java.util.List;

/** What a change to an environment does to runs of it that people agreed to. */
final class InvalidatedApprovals {
    private InvalidatedApprovals() {}

    /** The end of a sentence; empty when nothing waits. */
    static String of(EventStore history, EnvironmentName name) {
        List<String> runs = history.queue().stream()
                .filter(r -> r.request().environment().equals(name))
                .filter(r -> r.approvalState().terms().contentDigest().isPresent())
                .map(r -> r.id().toString())
                .toList();
        return runs.isEmpty() ? "" : "; the approval of " + String.join(", ", runs) + " is invalidated";
    }
}
