package dev.playcall.content.git;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;

/**
 * What a look at the remote of a checkout brought.
 *
 * @param folder of the checkout
 * @param remote where from, and which branch: {@code origin/main}
 * @param from the commit before
 * @param to the commit now; the same one when nothing was new
 * @param commits the newest first, no more than people read
 * @param count how many there are in all
 * @param files that are different now, relative to the folder
 * @param playbooks whose own files those are
 * @param environments whose inventories those are
 * @param notes what else there is to say
 */
public record FetchResult(
        Path folder,
        String remote,
        String from,
        String to,
        List<Commit> commits,
        int count,
        List<String> files,
        SortedSet<String> playbooks,
        SortedSet<String> environments,
        List<String> notes) {
    public FetchResult {
        commits = List.copyOf(commits);
        files = List.copyOf(files);
        notes = List.copyOf(notes);
    }

    /** One commit. */
    public record Commit(String id, String author, Instant at, String subject) {}

    public boolean hasChanges() {
        return !from.equals(to);
    }
}
