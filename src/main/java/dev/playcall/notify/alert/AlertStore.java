package dev.playcall.notify.alert;

import dev.playcall.notify.event.GroupTiming;
import dev.playcall.notify.event.Notification;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Stores open alerts, their acknowledgements and escalations, and mutes. Every method is one transaction. */
public interface AlertStore {

    /** What is open, the newest first. */
    default List<Alert> open(int most) {
        return open(Optional.empty(), most);
    }

    /** A page of that: those before an alert. */
    List<Alert> open(Optional<Long> before, int most);

    /** A page of what is resolved, those opened last first: those before an alert. */
    List<Alert> resolved(Optional<Long> before, int most);

    /** Earlier times at which the subject of an alert was open, the newest first. */
    List<Alert> earlier(Alert alert, int most);

    /** What can be done about an alert, and what was done. */
    List<AlertAction> actions(long alert);

    /** How many are open, by the environment they say they are about; an empty text for those that say none. */
    Map<String, Long> countOpen();

    Optional<Alert> alert(long id);

    /** Whether something is open under this subject, which begins with its source. */
    boolean isOpen(String subject);

    /** The open alerts that a group of messages is about. */
    List<Long> alertsOfGroup(long group);

    /** Somebody takes care of it; everybody who was told of it is told that. False when it is over or taken already. */
    boolean acknowledge(long alert, String by, String note, Instant now);

    /**
     * Somebody ended it; everybody who was told of it is told that. False when it is over. Its source is not asked: when that
     * reports it again, it is open again.
     */
    boolean resolve(long alert, String note, Instant now);

    /** Adds to what is told of an alert; everybody who was told of it hears it. Said twice it is one. */
    void note(long alert, String note, Instant now);

    Silence mute(List<String> matchers, String reason, String by, String channel, Instant now, Optional<Instant> until);

    /** Has a mute end later, or earlier. False when it has ended already. */
    boolean extend(long id, Instant until);

    /** Those that have not ended, whether or not their time has come. */
    List<Silence> mutes();

    /**
     * Ends a mute: what it hid and is still open is told. False when it has ended already.
     *
     * @param by who ended it, empty when its time has come
     * @param content what the receivers from which it hid something, and these, are told; empty for nothing
     */
    boolean unmute(
            long id, Optional<String> by, List<String> others, Optional<Notification.Content> content, Instant now);

    /** A step of an escalation whose time has come. */
    record EscalationStep(
            Alert alert, String route, int step, List<String> receivers, SortedMap<String, String> labels, long after) {
        public EscalationStep {
            receivers = List.copyOf(receivers);
        }
    }

    /** Steps that are due of what is open and nobody has acknowledged. */
    List<EscalationStep> dueSteps(Instant now);

    /** Tells the receivers of a step, or waits with it. */
    void escalate(EscalationStep step, GroupTiming groupTiming, String note, Instant now);

    void postpone(EscalationStep step, Instant until);

    /** Reaches for an offer: of two people only one gets it, until its cool-down is over. */
    AlertAction.Claim claim(long offer, String by, Instant now);

    /** What came of a claimed offer: a run, or nothing, and then it can be claimed again at once. */
    void claimed(long offer, Optional<Long> run, String note, Instant now);

    /** The offer that this run came of. */
    Optional<AlertAction> offerOf(long run);

    /** A run that came of an offer has ended. */
    void ended(AlertAction alertAction, boolean well, String note, Instant at);
}
