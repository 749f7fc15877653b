package dev.playcall.web.queue;

import dev.playcall.web.pages.ActionButton;
import dev.playcall.web.pages.RunRow;
import dev.playcall.web.pages.ScheduleRow;
import java.util.List;
import java.util.Optional;

/**
 * What works, what waits and for whom, and what runs by itself.
 *
 * @param moreWaiting queued runs behind those in {@code waiting}
 * @param moreAsking runs awaiting approval besides those in {@code asking}
 * @param closed locks and freezes, a line each
 * @param stopped what people hold back
 * @param pausable what can be held back, empty for those who may not
 * @param add leads to where a schedule is made
 * @param report what a report can be made of; empty for those who may not
 */
record QueueView(
        List<RunRow> running,
        List<Place> waiting,
        long moreWaiting,
        List<RunRow> asking,
        long moreAsking,
        List<String> closed,
        List<Stopped> stopped,
        List<String> pausable,
        List<ScheduleRow> schedules,
        ActionButton add,
        Optional<Report> report) {
    public QueueView {
        running = List.copyOf(running);
        waiting = List.copyOf(waiting);
        asking = List.copyOf(asking);
        closed = List.copyOf(closed);
        stopped = List.copyOf(stopped);
        pausable = List.copyOf(pausable);
        schedules = List.copyOf(schedules);
    }

    /**
     * A run that waits.
     *
     * @param label {@code Next} or {@code Position 2}
     * @param holder the run in front of it that works, 0 when there is none
     * @param reason what else it waits for, empty when nothing
     * @param eta when it may begin, empty when that is unknown
     */
    public record Place(RunRow run, int position, String label, String lock, long holder, String reason, String eta) {}

    /** The form of a report: the environments it can be about, and the receivers that can get it. */
    public record Report(List<String> environments, List<String> receivers) {
        public Report {
            environments = List.copyOf(environments);
            receivers = List.copyOf(receivers);
        }
    }

    /** Something that is held back; {@code what} names it where it is let go on. */
    public record Stopped(String what, String line) {}
}
