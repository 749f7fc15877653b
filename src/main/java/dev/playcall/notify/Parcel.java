package dev.playcall.notify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What one receiver is to be told in one message.
 *
 * @param id of the delivery, the same over all its attempts: receivers that know keys take it once
 * @param thread what it goes on about; deliveries of one thread go out in order
 * @param earlier the receiver's own name of the last message of this thread, where it has one
 * @param tries how often it was tried before this time
 * @param createdAt since when it waits to arrive
 * @param repeated whether it was tried before, so that it may be there already
 * @param fresh whether this thread was never told of before
 */
public record Parcel(
        long id,
        String receiver,
        String thread,
        Optional<String> earlier,
        boolean fresh,
        int tries,
        Instant createdAt,
        boolean repeated,
        Content content) {

    /**
     * The facts of a message, without a word about how a receiver shows them.
     *
     * @param drill sent to see whether it arrives
     * @param group the labels that its notices share
     * @param items the worst first, cut at {@link #MOST_ITEMS}; {@code open} and {@code resolved} count all
     */
    public record Content(
            boolean drill,
            Severity severity,
            int open,
            int resolved,
            int events,
            SortedMap<String, String> group,
            List<Item> items) {
        public static final int MOST_ITEMS = 20;

        public Content {
            items = List.copyOf(items);
        }

        /** How many notices it is about. */
        public int total() {
            return open + resolved + events;
        }
    }

    /** One notice in it. */
    public record Item(
            Notice.Status status,
            Severity severity,
            String kind,
            String title,
            String text,
            String link,
            Instant at,
            SortedMap<String, String> labels) {}
}
