package dev.playcall.chat.message;

import dev.playcall.domain.Run;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the conversation has to remember over a restart. Every method is one transaction. */
public interface ChatStore {

    /** The last entry of the journal from which feeds were made. */
    long cursor();

    /** Keeps these feeds, unless they are known, and that the journal was read up to here. */
    void open(List<RunSubscription> feeds, long cursor);

    /** Feeds whose channel has not been told everything. */
    List<RunSubscription> openFeeds();

    /** The channel has been told everything, or cannot be told. */
    void close(RunSubscription runSubscription);

    /** Whether the channels of this platform were told everything about a run; empty when none of them is told of it. */
    Optional<Boolean> isComplete(RunId run, String platform);

    /** The messages of a feed, in the order in which they were said. */
    List<MessageRef> slots(RunSubscription runSubscription);

    /** Keeps a message of a feed; replaces the one of the same name. */
    void save(RunSubscription runSubscription, MessageRef messageRef);

    void delete(RunSubscription runSubscription, String slot);

    /** Facts of a run that its thread has heard of. */
    Set<String> postedFacts(RunSubscription runSubscription);

    /** Keeps that the thread has heard of these facts, together with the message that says so. */
    void savePosted(RunSubscription runSubscription, MessageRef messageRef, Set<String> facts);

    /** Whether this key comes for the first time; remembers it for a day. */
    boolean isFirst(String key, Instant now);

    long keep(PendingRequest request);

    /** Hands out a kept request to one taker only. */
    Optional<PendingRequest> take(long number);

    Optional<PendingRequest> find(long number);

    void saveName(Person person, String name);

    /** The names of those of these people whom we have met. */
    Map<Person, String> names(Set<Person> people);

    /** Returns whether it is new. */
    boolean subscribe(Channel channel, SubscriptionTopic subscriptionTopic, Person by, Instant now);

    /** Returns whether there was one. */
    boolean unsubscribe(Channel channel, SubscriptionTopic subscriptionTopic);

    List<SubscriptionTopic> topics(Channel channel);

    /** Channels that want to see this run. */
    Map<Channel, Boolean> subscribers(Run run);

    /** Keeps that this person is to be called when the run begins and when it has ended. */
    void call(RunId run, Person person, Instant now);

    /** Who is to be called for which of these runs. */
    Map<RunId, List<StartReminder>> callers(Set<RunId> runs);

    /** Keeps that this place is to be told something; the same key is told once. */
    void announce(String place, String key, String text, Instant now);

    /** What is still to be said, oldest first. */
    List<PendingMessage> pendingAnnouncements();

    void announced(long saying, Instant now);

    /**
     * Something a channel or a person is still to be told.
     *
     * @param key names it, so that it is said once
     * @param place a channel, {@code slack:C0123}, or a person with an at sign before, {@code @slack:U0123}
     */
    record PendingMessage(long id, String key, String place, String text) {}

    /**
     * A request that waits for a confirmation or for something missing; only who made it may go on with it.
     *
     * @param secrets where the values of secret variables are kept that were filled in already, by variable
     */
    record PendingRequest(Person by, List<String> words, Map<String, String> secrets, Instant at) {
        public PendingRequest {
            words = List.copyOf(words);
            secrets = Map.copyOf(secrets);
        }
    }

    /**
     * That a channel is told of a run: the whole card, or only when it fails.
     *
     * @param wholeBatch of all runs of the batch that begins with this one, in one card
     */
    record RunSubscription(RunId run, Channel channel, boolean failuresOnly, boolean wholeBatch) {
        public RunSubscription(RunId run, Channel channel, boolean failuresOnly) {
            this(run, channel, failuresOnly, false);
        }
    }

    /** Somebody who wants to be called when it is the turn of a run, and when it has ended. */
    record StartReminder(Person person, Instant at) {}

    /**
     * What a channel subscribed to.
     *
     * @param environment empty for every one
     * @param operation empty for every one
     */
    record SubscriptionTopic(String environment, String operation, boolean failuresOnly) {
        /** What is typed to subscribe to it. */
        public String words() {
            var text = (environment + " " + operation + (failuresOnly ? " failures" : "")).strip();
            return text.isEmpty() ? "all" : text.replaceAll(" +", " ");
        }
    }

    /**
     * One message that a feed has in its channel.
     *
     * @param name which of its messages: {@code card}, {@code alert}, {@code recap}, {@code log}, {@code say1}, {@code say2} …
     * @param ref the platform's own name of the message; empty while it is unknown whether it was said
     * @param shown what it says, as a digest
     */
    record MessageRef(String name, Optional<String> ref, String shown, Instant at) {}
}
