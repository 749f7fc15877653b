package dev.playcall.notify;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/** Where notices wait until they are told. Every method is one transaction; what it wrote survives a crash. */
public interface NotifyStore {

    /** A notice with what the routes made of it. {@code hash} is of what was said, to tell a repetition from a clash. */
    record Routed(Notice notice, String hash, List<Assignment> to) {
        public Routed {
            to = List.copyOf(to);
        }
    }

    /** What became of one notice. */
    enum Taken {
        NEW,
        /** The same was taken before. */
        AGAIN,
        /** Something else was taken before under this key. */
        CLASH
    }

    /**
     * Takes in notices and makes their groups due.
     *
     * @param cursor how far the reader of the journal has come with them, when they come from there
     */
    List<Taken> take(List<Routed> notices, Optional<Long> cursor, Instant now);

    /** How far the reader of the journal has come. */
    long cursor();

    /** A group that has something to tell. {@code fresh}: nothing of what was told before is still open. */
    record Group(SortedMap<String, String> labels, boolean fresh, List<Parcel.Item> items) {
        public Group {
            items = List.copyOf(items);
        }
    }

    /**
     * Puts what the groups whose time has come have to tell into the outbox, and forgets of them what is over; returns how
     * many there were.
     */
    int tellDue(Instant now, int most, Function<Group, Parcel.Content> say);

    /** A message that belongs to no group. */
    long enqueue(String receiver, String thread, Parcel.Content content, Instant now);

    /** Receivers that have something to be sent now. */
    List<String> busyReceivers(Instant now);

    /** Takes what is due for a receiver: the oldest of each thread, until the lease ends. */
    List<Parcel> claim(String receiver, Instant now, Instant lease, int most);

    /** How often it was tried to reach a receiver since then. */
    long attemptsSince(String receiver, Instant since);

    /** Makes due what a process that is gone was sending: nobody knows whether it arrived. */
    void abandon(Instant now);

    /** Writes down an attempt and what follows: {@code due} for another one, none for an end. */
    void attempted(
            long id, Delivery.Attempt attempt, Delivery.State next, Optional<Instant> due, String reason, String ref);

    /** The ledger, newest first. */
    List<Delivery> deliveries(
            Optional<Delivery.State> state, Optional<String> receiver, Optional<Long> before, int most);

    Optional<Delivery> delivery(long id);

    /** Makes an ended delivery due again; false when there is none or it has not ended. */
    boolean redeliver(long id, Instant now);

    /** How many deliveries are in each state; every state is there. */
    Map<Delivery.State, Long> counts();

    /** Forgets ended deliveries and old keys. */
    void forget(Instant before);
}
