package dev.playcall.chat.live;

import dev.playcall.background.SkippedItems;
import dev.playcall.background.Steps;
import dev.playcall.chat.ChatAdapter.Post;
import dev.playcall.chat.ChatAdapter.Sent;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.ChatStore;
import dev.playcall.chat.message.ChatStore.PendingMessage;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.ProposedRetry;
import dev.playcall.domain.name.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what is no part of a run's card: once each, also after a crash. Belongs to the thread that ticks. */
final class Announcements {
    private static final Logger log = LoggerFactory.getLogger(Announcements.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int TRIES = 20;
    private static final String OWN = "@";
    private static final String INSTEAD = "instead:";

    private final ChatStore store;
    private final Map<String, PlatformBudget> platforms;
    private final List<Channel> defaults;
    private final Executor executor;
    private final Queue<Runnable> ended;
    private final SkippedItems skipped;
    private final Set<Long> working = new HashSet<>();
    private final Map<Long, Integer> tries = new HashMap<>();
    private final Map<Long, Instant> notBefore = new HashMap<>();
    private Instant looked = Instant.MIN;

    Announcements(
            ChatStore store,
            Map<String, PlatformBudget> platforms,
            List<Channel> defaults,
            Executor executor,
            Queue<Runnable> ended,
            SkippedItems skipped) {
        this.store = store;
        this.skipped = skipped;
        this.platforms = platforms;
        this.defaults = List.copyOf(defaults);
        this.executor = executor;
        this.ended = ended;
    }

    void tick(Instant now) {
        if (now.isBefore(looked.equals(Instant.MIN) ? now : looked.plus(BETWEEN_LOOKS))) {
            return;
        }
        looked = now;
        var steps = new Steps();
        store.pendingAnnouncements().stream()
                .filter(s -> !working.contains(s.id()) && !now.isBefore(notBefore.getOrDefault(s.id(), Instant.MIN)))
                .forEach(s -> steps.then(() -> skipped.run(
                        "the announcement " + s.id() + " to " + s.place(), () -> begin(s, now), _ -> over(s, now))));
        steps.end();
    }

    private void begin(PendingMessage pendingMessage, Instant now) {
        var channel = channel(pendingMessage.place());
        if (channel.isEmpty()) {
            log.info("Announcement not sent, no channel: {}", pendingMessage.text());
            store.announced(pendingMessage.id(), now);
            return;
        }
        var budget = platforms.get(channel.get().platform());
        if (budget == null || !budget.isUp() || budget.isBusy(channel.get()) || !budget.mayPost(channel.get(), now)) {
            return;
        }
        budget.posted(channel.get(), now);
        budget.begin(channel.get());
        working.add(pendingMessage.id());
        executor.execute(() -> {
            var sent = send(pendingMessage, channel.get(), budget);
            ended.add(() -> end(pendingMessage, channel.get(), budget, sent, now));
        });
    }

    /**
     * Where this is said: a person is told alone, and what belongs nowhere goes where such things go. Which channel is a
     * person's own only the platform knows, and it may be slow to say so: {@link #send} asks it.
     */
    private Optional<Channel> channel(String place) {
        if (!place.startsWith("@")) {
            return Channel.of(place)
                    .filter(c -> platforms.containsKey(c.platform()))
                    .or(() -> defaults.stream().findFirst());
        }
        var person = new Person(place.substring(1));
        var platformBudget =
                platforms.get(person.value().substring(0, person.value().indexOf(':')));
        return platformBudget == null
                ? Optional.empty()
                : Optional.of(new Channel(platformBudget.adapter.platform(), OWN + person.id()));
    }

    private Sent send(PendingMessage pendingMessage, Channel channel, PlatformBudget platformBudget) {
        if (!channel.place().startsWith(OWN)) {
            return post(pendingMessage, channel, platformBudget);
        }
        try {
            return platformBudget
                    .adapter
                    .direct(new Person(pendingMessage.place().substring(1)))
                    .map(own -> post(pendingMessage, own, platformBudget))
                    .orElseGet(() -> new Sent.Unknown("no direct message can be opened"));
        } catch (RuntimeException | Error e) {
            log.error("A message for {} could not be prepared; it will be retried", channel, e);
            return new Sent.Unknown(String.valueOf(e.getMessage()));
        }
    }

    private Sent post(PendingMessage pendingMessage, Channel channel, PlatformBudget platformBudget) {
        var post =
                new Post(channel, Optional.empty(), false, message(pendingMessage.text()), "n" + pendingMessage.id());
        try {
            if (tries.containsKey(pendingMessage.id()) && platformBudget.adapter.find(post) instanceof Sent.Done done) {
                return done;
            }
            return platformBudget.adapter.post(post);
        } catch (RuntimeException | Error e) {
            log.error("An announcement to {} failed; it will be retried", channel, e);
            return new Sent.Unknown(String.valueOf(e.getMessage()));
        }
    }

    /** What has ends of lines is no call to do something but something to read. */
    private static Message message(String text) {
        if (text.indexOf('\n') < 0) {
            return Message.line(Message.Tone.WAITING, text);
        }
        var lines = text.lines().toList();
        var blocks = new ArrayList<Message.Block>();
        blocks.add(new Message.Block.Title(Message.Tone.PLAIN, lines.getFirst()));
        var retries = lines.stream()
                .flatMap(l -> ProposedRetry.of(l).stream())
                .map(ProposedRetry::button)
                .toList();
        lines.stream()
                .skip(1)
                .filter(l -> ProposedRetry.of(l).isEmpty())
                .map(Message.Block.Line::new)
                .forEach(blocks::add);
        if (!retries.isEmpty()) {
            blocks.add(new Message.Block.Buttons(retries));
        }
        return new Message(blocks);
    }

    private void end(
            PendingMessage pendingMessage, Channel channel, PlatformBudget platformBudget, Sent sent, Instant now) {
        platformBudget.end(channel);
        working.remove(pendingMessage.id());
        int tried = tries.merge(pendingMessage.id(), 1, Integer::sum);
        switch (sent) {
            case Sent.Done _ -> over(pendingMessage, now);
            case Sent.Gone(var why) -> drop(pendingMessage, channel, why, now);
            case Sent.Refused(var why) -> drop(pendingMessage, channel, why, now);
            case Sent.Later(var after, var _) -> {
                platformBudget.hold(channel, now.plus(after));
                notBefore.put(pendingMessage.id(), now.plus(after));
            }
            case Sent.Unknown(var why) -> again(pendingMessage, channel, why, tried, now);
            case Sent.Stopped(var why) -> again(pendingMessage, channel, why, 0, now);
        }
    }

    private void again(PendingMessage pendingMessage, Channel channel, String why, int tried, Instant now) {
        if (tried >= TRIES) {
            drop(pendingMessage, channel, why, now);
        } else {
            notBefore.put(pendingMessage.id(), now.plus(TIMEOUT));
        }
    }

    private void drop(PendingMessage pendingMessage, Channel channel, String why, Instant now) {
        log.warn("An announcement to {} failed, \"{}\": {}", channel, pendingMessage.text(), why);
        elsewhere(pendingMessage, channel, why, now);
        over(pendingMessage, now);
    }

    /** Nothing is lost for a channel that is no more: the default channel of its platform is told instead. */
    private void elsewhere(PendingMessage pendingMessage, Channel channel, String why, Instant now) {
        defaults.stream()
                .filter(d -> d.platform().equals(channel.platform())
                        && !pendingMessage.key().startsWith(INSTEAD))
                .filter(d -> !d.equals(channel) && !pendingMessage.place().startsWith("@"))
                .findFirst()
                .ifPresent(d -> store.announce(
                        d.toString(),
                        INSTEAD + pendingMessage.id(),
                        pendingMessage.text() + "\n" + channel + " could not be notified: " + why,
                        now));
    }

    private void over(PendingMessage pendingMessage, Instant now) {
        store.announced(pendingMessage.id(), now);
        tries.remove(pendingMessage.id());
        notBefore.remove(pendingMessage.id());
    }
}
