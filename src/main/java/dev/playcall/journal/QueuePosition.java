package dev.playcall.journal;

import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.RunId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a queued run is among those with its lock.
 *
 * @param number from 1
 * @param holder the run that has the lock; empty when none is running
 */
public record QueuePosition(int number, Optional<Run> holder) {

    /**
     * The positions of all queued runs. A run that awaits approval has none: it does not block those behind it.
     *
     * @param queue all that wait, in the order of the queue
     * @param running all that are running
     */
    public static Map<RunId, QueuePosition> of(List<Run> queue, List<Run> running) {
        Map<String, Run> holders = new HashMap<>();
        running.forEach(run -> holders.put(run.request().lock(), run));
        Map<String, Integer> numbers = new HashMap<>();
        Map<RunId, QueuePosition> positions = new HashMap<>();
        for (var run : queue) {
            if (run.state() == RunState.QUEUED) {
                var lock = run.request().lock();
                int number = numbers.merge(lock, 1, Integer::sum);
                positions.put(run.id(), new QueuePosition(number, Optional.ofNullable(holders.get(lock))));
            }
        }
        return positions;
    }

    /**
     * {@code Next} or {@code Position 2}.
     *
     * @param blocked whether more than the runs before it keeps it from starting, so that it may not be the next
     */
    public String label(boolean blocked) {
        return number == 1 && !blocked ? "Next" : "Position " + number;
    }
}
