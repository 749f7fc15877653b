package dev.playcall.notify.event;

import dev.playcall.domain.Truncate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One message to one receiver.
 *
 * @param id of the delivery, the same over all its attempts: receivers that know keys take it once
 * @param thread what it goes on about; deliveries of one thread go out in order
 * @param earlier the receiver's own name of the last message of this thread, where it has one
 * @param tries how often it was tried before this time
 * @param createdAt since when it waits to arrive
 * @param repeated whether it was tried before, so that it may be there already
 * @param fresh whether this thread was never told of before
 */
public record Notification(
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
     * @param test sent to see whether it arrives
     * @param group the labels that its notices share
     * @param items the worst first, cut at {@link #MOST_ITEMS}; {@code open} and {@code resolved} count all
     * @param digest what many groups have in common, when it stands for many; the first line is a headline
     */
    public record Content(
            boolean test,
            Severity severity,
            int open,
            int resolved,
            int events,
            SortedMap<String, String> group,
            List<Item> items,
            String digest) {
        public static final int MOST_ITEMS = 20;

        /** About one group. */
        public Content(
                boolean drill,
                Severity severity,
                int open,
                int resolved,
                int events,
                SortedMap<String, String> group,
                List<Item> items) {
            this(drill, severity, open, resolved, events, group, items, "");
        }

        public Content {
            items = List.copyOf(items);
        }

        /** How many notices it is about. */
        public int total() {
            return open + resolved + events;
        }
    }

    /**
     * One notice in it.
     *
     * @param standing of something that goes on, or went on until now
     */
    public record Item(
            NotificationEvent.Status status,
            Severity severity,
            String kind,
            String title,
            String text,
            String link,
            Instant at,
            SortedMap<String, String> labels,
            Optional<Standing> standing) {
        /** The kind of what somebody ended by hand. */
        public static final String BY_HAND = "alert.resolved_by_hand";

        public Item {
            // Here and nowhere else: whatever shows a title shows one line.
            title = Truncate.line(title);
        }

        /** Something that just happened. */
        public Item(
                NotificationEvent.Status status,
                Severity severity,
                String kind,
                String title,
                String text,
                String link,
                Instant at,
                SortedMap<String, String> labels) {
            this(status, severity, kind, title, text, link, at, labels, Optional.empty());
        }

        /** What somebody ended by hand: the same as when it was open, but over. */
        public Item resolvedByHand(Instant now) {
            var all = new TreeMap<>(labels);
            all.put("event", BY_HAND);
            return new Item(
                    NotificationEvent.Status.RESOLVED, severity, BY_HAND, title, text, link, now, all, standing);
        }

        /** The same in other words. */
        public Item with(String otherTitle, String otherText) {
            return new Item(status, severity, kind, otherTitle, otherText, link, at, labels, standing);
        }
    }

    /**
     * How an alert stands.
     *
     * @param alert its number
     * @param times how often it was said
     * @param acknowledgedBy who takes care of it
     * @param notes what happened to it meanwhile, the oldest first
     * @param offers what can be done about it
     */
    public record Standing(
            long alert,
            Instant since,
            int times,
            Optional<String> acknowledgedBy,
            List<String> notes,
            List<Button> offers) {
        public Standing {
            notes = List.copyOf(notes);
            offers = List.copyOf(offers);
        }
    }

    /** Something that can be done: the number of the offer, and what its button says. */
    public record Button(long offer, String label) {}
}
