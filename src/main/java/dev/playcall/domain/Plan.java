package dev.playcall.domain;

import dev.playcall.domain.name.RunId;
import java.util.List;
import java.util.Optional;

/**
 * What a run would do, as far as can be told without doing it.
 *
 * @param hosts where
 * @param tasks what, in order, as Ansible lists them
 * @param listingError why the tasks could not be listed, empty when they could
 * @param check the run in check mode that was made to look ahead
 * @param checkResult what that run came to, one line; empty while it has not ended
 */
public record Plan(
        List<String> hosts, List<String> tasks, String listingError, Optional<RunId> check, String checkResult) {
    public Plan {
        hosts = List.copyOf(hosts);
        tasks = List.copyOf(tasks);
    }

    /** The same with what the look ahead came to. */
    public Plan with(RunId checked, String result) {
        return new Plan(hosts, tasks, listingError, Optional.of(checked), result);
    }
}
