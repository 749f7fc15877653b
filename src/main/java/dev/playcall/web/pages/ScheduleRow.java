package dev.playcall.web.pages;

import java.util.List;
import java.util.Optional;

/**
 * Something that runs by itself.
 *
 * @param name what people call it; empty when it has none
 * @param what as it would be typed
 * @param words when, for people
 * @param cron as it was written, empty for a time that comes once
 * @param times the next ones; none while it is paused or when none will come
 * @param paused by whom and why, empty when it is not
 * @param channel where its runs are told of, empty for nowhere
 * @param missed what becomes of times at which nobody was there
 * @param jitter how much later its runs may begin, empty for not at all
 */
public record ScheduleRow(
        long id,
        String name,
        String what,
        String words,
        String cron,
        String zone,
        List<Next> times,
        String paused,
        String owner,
        String channel,
        String missed,
        String jitter,
        Optional<Last> last,
        List<ActionForm> actions) {
    public ScheduleRow {
        times = List.copyOf(times);
        actions = List.copyOf(actions);
    }

    /**
     * A time to come.
     *
     * @param shown on the wall clock of its zone
     * @param left seconds until then, {@code until} in words
     * @param frozen why nothing is started then, empty when something is
     */
    public record Next(String shown, String exact, long left, String until, String frozen) {}

    /** What came of the last time; {@code run} is 0 when there was none. */
    public record Last(String age, String exact, String words, long run) {}
}
