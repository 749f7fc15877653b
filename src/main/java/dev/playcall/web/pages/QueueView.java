package dev.playcall.web.pages;

import java.util.List;

/** What works, what waits and for whom. */
public record QueueView(List<RunRow> running, List<Place> waiting, List<RunRow> asking, List<String> closed) {
    public QueueView {
        running = List.copyOf(running);
        waiting = List.copyOf(waiting);
        asking = List.copyOf(asking);
        closed = List.copyOf(closed);
    }

    /**
     * A run that waits.
     *
     * @param holder the run in front of it that works, 0 when there is none
     * @param reason what else it waits for, empty when nothing
     * @param eta when it may begin, empty when that is unknown
     */
    public record Place(RunRow run, int position, String lock, long holder, String reason, String eta) {}
}
