package dev.playcall.chat.live;

import dev.playcall.chat.Channel;
import dev.playcall.chat.ChatAdapter.Post;
import dev.playcall.chat.ChatAdapter.Sent;
import dev.playcall.chat.ChatStore;
import dev.playcall.chat.Message;
import dev.playcall.chat.Saying;
import dev.playcall.domain.Person;
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
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int TRIES = 20;
    private static final String INSTEAD = "instead:";

    private final ChatStore store;
    private final Map<String, Platform> platforms;
    private final List<Channel> defaults;
    private final Executor executor;
    private final Queue<Runnable> ended;
    private final Set<Long> working = new HashSet<>();
    private final Map<Long, Integer> tries = new HashMap<>();
    private final Map<Long, Instant> notBefore = new HashMap<>();
    private Instant looked = Instant.MIN;

    Announcements(
            ChatStore store,
            Map<String, Platform> platforms,
            List<Channel> defaults,
            Executor executor,
            Queue<Runnable> ended) {
        this.store = store;
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
        store.unsaid().stream()
                .filter(s -> !working.contains(s.id()) && !now.isBefore(notBefore.getOrDefault(s.id(), Instant.MIN)))
                .forEach(s -> begin(s, now));
    }

    private void begin(Saying saying, Instant now) {
        var channel = channel(saying.place());
        if (channel.isEmpty()) {
            log.info("Nobody can be told: {}", saying.text());
            store.said(saying.id(), now);
            return;
        }
        var platform = platforms.get(channel.get().platform());
        if (platform == null || !platform.isUp() || platform.isBusy(channel.get())) {
            return;
        }
        if (!platform.mayPost(channel.get(), now)) {
            return;
        }
        platform.posted(channel.get(), now);
        platform.begin(channel.get());
        working.add(saying.id());
        executor.execute(() -> {
            var sent = send(saying, channel.get(), platform);
            ended.add(() -> end(saying, channel.get(), platform, sent, now));
        });
    }

    /** Where this is said: a person is told alone, and what belongs nowhere goes where such things go. */
    private Optional<Channel> channel(String place) {
        if (!place.startsWith("@")) {
            return Channel.of(place)
                    .filter(c -> platforms.containsKey(c.platform()))
                    .or(() -> defaults.stream().findFirst());
        }
        var person = new Person(place.substring(1));
        var platform = platforms.get(person.value().substring(0, person.value().indexOf(':')));
        return platform == null ? Optional.empty() : platform.adapter.direct(person);
    }

    private Sent send(Saying saying, Channel channel, Platform platform) {
        var post = new Post(channel, Optional.empty(), false, message(saying.text()), "n" + saying.id());
        try {
            if (tries.containsKey(saying.id()) && platform.adapter.find(post) instanceof Sent.Done done) {
                return done;
            }
            return platform.adapter.post(post);
        } catch (RuntimeException | Error e) {
            log.error("{} could not be told something; it is tried again", channel, e);
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
        lines.stream().skip(1).map(Message.Block.Line::new).forEach(blocks::add);
        return new Message(blocks);
    }

    private void end(Saying saying, Channel channel, Platform platform, Sent sent, Instant now) {
        platform.end(channel);
        working.remove(saying.id());
        int tried = tries.merge(saying.id(), 1, Integer::sum);
        switch (sent) {
            case Sent.Done _ -> over(saying, now);
            case Sent.Gone(var why) -> drop(saying, channel, why, now);
            case Sent.Refused(var why) -> drop(saying, channel, why, now);
            case Sent.Later(var after, var _) -> {
                platform.hold(channel, now.plus(after));
                notBefore.put(saying.id(), now.plus(after));
            }
            case Sent.Unknown(var why) -> again(saying, channel, why, tried, now);
            case Sent.Stopped(var why) -> again(saying, channel, why, 0, now);
        }
    }

    private void again(Saying saying, Channel channel, String why, int tried, Instant now) {
        if (tried >= TRIES) {
            drop(saying, channel, why, now);
        } else {
            notBefore.put(saying.id(), now.plus(PATIENCE));
        }
    }

    private void drop(Saying saying, Channel channel, String why, Instant now) {
        log.warn("{} could not be told \"{}\": {}", channel, saying.text(), why);
        elsewhere(saying, channel, why, now);
        over(saying, now);
    }

    /** Nothing is lost for a channel that is no more: the default channel of its platform is told instead. */
    private void elsewhere(Saying saying, Channel channel, String why, Instant now) {
        defaults.stream()
                .filter(d ->
                        d.platform().equals(channel.platform()) && !saying.key().startsWith(INSTEAD))
                .filter(d -> !d.equals(channel) && !saying.place().startsWith("@"))
                .findFirst()
                .ifPresent(d -> store.say(
                        d.toString(),
                        INSTEAD + saying.id(),
                        saying.text() + "\n" + channel + " could not be told: " + why,
                        now));
    }

    private void over(Saying saying, Instant now) {
        store.said(saying.id(), now);
        tries.remove(saying.id());
        notBefore.remove(saying.id());
    }
}
