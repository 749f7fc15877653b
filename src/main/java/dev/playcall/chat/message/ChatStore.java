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
    Optional<Boolean> isTold(RunId run, String platform);

    /** The messages of a feed, in the order in which they were said. */
    List<MessageRef> slots(RunSubscription runSubscription);

    /** Keeps a message of a feed; replaces the one of the same name. */
    void save(RunSubscription runSubscription, MessageRef messageRef);

    void forget(RunSubscription runSubscription, String slot);

    /** Facts of a run that its thread has heard of. */
    Set<String> told(RunSubscription runSubscription);

    /** Keeps that the thread has heard of these facts, together with the message that says so. */
    void tell(RunSubscription runSubscription, MessageRef messageRef, Set<String> facts);

    /** Whether this key comes for the first time; remembers it for a day. */
    boolean isFirst(String key, Instant now);

    long keep(PendingRequest request);

    /** Hands out a kept wish to one taker only. */
    Optional<PendingRequest> take(long number);

    Optional<PendingRequest> look(long number);

    void met(Person person, String name);

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
    void say(String place, String key, String text, Instant now);

    /** What is still to be said, oldest first. */
    List<PendingMessage> unsaid();

    void said(long saying, Instant now);

    /** The feed of the channel where a run has this message. */
    Optional<RunId> runOf(Channel channel, String ref);
}
