package dev.playcall.notify.event;

import dev.playcall.config.RouteOptions;
import dev.playcall.domain.format.TextFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** Stores events until they are sent, and deliveries. Every method is one transaction; what it wrote survives a crash. */
public interface NotifyStore {
    /** So many groups of a receiver and a route are told in one transaction: more would keep other writers waiting. */
    int MOST_GROUPS = 5_000;

    /**
     * A notice with what the routes made of it.
     *
     * @param hash of what was said, to tell a repetition from a clash
     * @param offers what can be done about it, with every label filled in
     */
    record Routed(NotificationEvent notice, String hash, List<RoutedEvent> to, List<RouteOptions.Suggestion> offers) {
        public Routed {
            to = List.copyOf(to);
            offers = List.copyOf(offers);
        }

        /** Nothing can be done about it. */
        public Routed(NotificationEvent notice, String hash, List<RoutedEvent> to) {
            this(notice, hash, to, List.of());
        }
    }

    /** What became of one notice. */
    enum Intake {
        NEW,
        /** The same was taken before, or what it says was known, or is older than what is known. */
        AGAIN,
        /** Something else was taken before under this key. */
        CLASH
    }

    /** Where notices come from, when that is to be written down with them. */
    sealed interface Origin {
        record Somewhere() implements Origin {}

        /** Out of the journal; its reader has come so far with them. */
        record Journal(long cursor) implements Origin {}

        /** A signed post, which is taken once; its id is forgotten some time after {@code until}. */
        record SignedPost(String id, Instant until) implements Origin {}
    }

    /** Takes in notices and makes their groups due. */
    List<Intake> take(List<Routed> events, Origin origin, Instant now);

    /** How far the reader of the journal has come. */
    long cursor();

    /** The run, and its hosts, of the last earlier notice with this fingerprint of an error. */
    Optional<Notification.Item> sameError(String fingerprint, long beforeRun);

    /** One notice of a group. {@code notified}: it was told that it is open; {@code news} since then or ever. */
    record Member(String subject, boolean news, boolean notified, boolean suppressed, Notification.Item item) {}

    /**
     * A group that has something to tell.
     *
     * @param fresh nothing of what was told before is still open
     * @param waited for the end of quiet hours
     */
    record Group(
            long id,
            String receiver,
            String route,
            SortedMap<String, String> labels,
            boolean fresh,
            boolean waited,
            List<Member> members) {
        public Group {
            members = List.copyOf(members);
        }

        public List<Notification.Item> items() {
            return members.stream().map(Member::item).toList();
        }
    }

    /**
     * Everything that is due for one receiver by one route.
     *
     * @param sentSince how many messages were made for it since then
     * @param lastDigest when many were last told as one
     */
    record Batch(
            String receiver,
            String route,
            List<Group> groups,
            ToIntFunction<Instant> sentSince,
            Supplier<Optional<Instant>> lastDigest) {
        public Batch {
            groups = List.copyOf(groups);
        }
    }

    /** What becomes of groups that are due. */
    sealed interface Decision {
        /** It is told later; {@code quietHours} because of the hour. */
        record Defer(Group group, Instant until, boolean quietHours) implements Decision {}

        /** What is told of a group, if anything, and what is kept back of it. */
        record Send(Group group, Optional<Notification.Content> content, Optional<Suppressed> suppressed)
                implements Decision {}

        /** All of these are told with one message. */
        record Digest(List<Send> groups, Notification.Content content) implements Decision {
            public Digest {
                groups = List.copyOf(groups);
            }
        }

        /** A group that cannot be told is emptied, and the receiver is told that. */
        record LeaveOut(Group group, Notification.Content content) implements Decision {}
    }

    /** What is not told now. {@code mute} is the number of the mute, 0 when something else keeps it back. */
    record Suppressed(Notification.Content content, Set<String> subjects, long mute, String why) {
        public Suppressed {
            subjects = Set.copyOf(subjects);
        }
    }

    /** Decides within the transaction: it must be quick and must not use the database. */
    interface Decider {
        List<Decision> decide(Batch batch);
    }

    /** A receiver and a route that have something to tell. */
    record Line(String receiver, String route) {}

    /** What is due now. */
    List<Line> due(Instant now);

    /** The groups of a line that are due, those first that are due longest. */
    List<Long> dueGroups(Line line, Instant now);

    /**
     * Puts what the groups of a line whose time has come have to tell into the outbox, and forgets of them what is over;
     * returns how many there were.
     */
    int deliver(Line line, Instant now, Decider decider);

    /** The same for one of the groups. */
    int deliver(Line line, long group, Instant now, Decider decider);

    /** The clock was set forward or back: everything that waits, waits as long as it would have. */
    void shift(Duration by);

    /** A message that belongs to no group. */
    long enqueue(String receiver, String thread, Notification.Content content, Instant now);

    /** Receivers that have something to be sent now. */
    List<String> busyReceivers(Instant now);

    /**
     * A request for what is due for a receiver: the oldest of each thread, until the lease ends.
     *
     * @param most may be 0
     * @param recovered the receiver takes messages again: all that waits for another try is due
     */
    record Claim(String receiver, Instant now, Instant lease, int most, boolean recovered) {
        public Claim(String receiver, Instant now, Instant lease, int most) {
            this(receiver, now, lease, most, false);
        }
    }

    /**
     * Writes down what came of messages, and takes what is due next, knowing that. Both in one transaction, as in a flood
     * the commits are what takes the time.
     */
    List<Notification> exchange(List<Delivery.Outcome> outcomes, Claim next);

    /** Ends as dead what waits for a receiver and was made by then; how many there were. */
    int giveUp(String receiver, Instant madeBy, String reason, Instant now);

    /** How often it was tried to reach a receiver since then. */
    long attemptsSince(String receiver, Instant since);

    /** Makes due what a process that is gone was sending: nobody knows whether it arrived. */
    void abandon(Instant now);

    /** The ledger, newest first. */
    List<Delivery> deliveries(
            Optional<Delivery.State> state, Optional<String> receiver, Optional<Long> before, int most);

    /** What was told, or is to be, of one run; the newest so many before a delivery, oldest first. */
    List<Delivery> ofRun(long run, Optional<Long> before, int most);

    Optional<Delivery> delivery(long id);

    /** Makes an ended delivery due again; false when there is none or it has not ended. */
    boolean redeliver(long id, Instant now);

    /** Makes every dead delivery due again; returns how many there were. */
    int redeliverDead(Instant now);

    /** What is not told yet because of the hour, a storm or the pauses of its route, what is due first at the top. */
    List<PendingMessages> held(Instant now);

    /** How many deliveries are in each state; every state is there. */
    Map<Delivery.State, Long> counts();

    /** Forgets ended deliveries and old keys. */
    void delete(Instant before);

    /**
     * Messages that are not made yet, and why.
     *
     * @param messages how many
     * @param until when the first of them is made
     */
    record PendingMessages(String receiver, String route, int messages, Why why, Instant until) {
        /** What they wait for. */
        public enum Why {
            QUIET("quiet hours"),
            STORM("many notifications, grouped into one"),
            MORE("waiting for more of the same group"),
            INTERVAL("minimum interval between messages");

            private final String words;

            Why(String words) {
                this.words = words;
            }
        }

        /** As people read it. */
        public String words() {
            return TextFormat.count(messages, "message") + " for " + receiver + " deferred until "
                    + TextFormat.minute(until) + ": " + why.words;
        }

        /** As programs read it. */
        public String word() {
            return why.name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** That one receiver is to hear of one notice, as part of one group. */
    record RoutedEvent(
            String receiver, String route, SortedMap<String, String> group, GroupTiming timing, RouteOptions options) {
        /** For a route that tells everything as it comes. */
        public RoutedEvent(String receiver, String route, SortedMap<String, String> group, GroupTiming timing) {
            this(receiver, route, group, timing, RouteOptions.PLAIN);
        }

        public RoutedEvent {
            group = Collections.unmodifiableSortedMap(new TreeMap<>(group));
        }
    }
}
