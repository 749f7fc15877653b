package dev.playcall.chat.console;

import dev.playcall.chat.ChatAdapter;
import dev.playcall.chat.ChatInbox;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.Message;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.RunId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Terminals as a chat platform. What it is told to show is kept here, and terminals come and look at it: the command
 * line is a process of its own.
 */
public final class ConsoleAdapter implements ChatAdapter {
    private static final int MOST = 1000;
    private static final Traits TRAITS =
            new Traits(false, Duration.ZERO, Integer.MAX_VALUE, Optional.empty(), (_, _) -> Duration.ofMillis(200));

    private final Map<String, Message> shown = new LinkedHashMap<>();

    /** A message as it is shown now. */
    public record Shown(String key, Message message) {}

    @Override
    public String platform() {
        return "console";
    }

    @Override
    public Traits traits() {
        return TRAITS;
    }

    @Override
    public void start(ChatInbox chatInbox) {
        // Terminals call; there is nothing to connect to.
    }

    @Override
    public Health health() {
        return new Health.Up("terminals connect on their own");
    }

    @Override
    public synchronized Sent post(Post post) {
        shown.put(post.key(), post.message());
        if (shown.size() > MOST) {
            shown.remove(shown.keySet().iterator().next());
        }
        return new Sent.Done(post.key());
    }

    /** After a restart nothing is shown any more, and the same message is simply shown again. */
    @Override
    public synchronized Sent edit(Channel channel, String ref, Message message) {
        shown.put(ref, message);
        return new Sent.Done(ref);
    }

    @Override
    public Sent upload(Upload upload) {
        return new Sent.Refused("a terminal cannot show files");
    }

    @Override
    public synchronized Sent find(Post post) {
        return shown.containsKey(post.key()) ? new Sent.Done(post.key()) : new Sent.Gone("not shown");
    }

    @Override
    public Optional<Channel> direct(Person person) {
        return Optional.empty();
    }

    /** What is shown of a run, in the order in which it was said. */
    public synchronized List<Shown> of(RunId run) {
        var prefix = "r" + run.value() + ".";
        return shown.entrySet().stream()
                .filter(e -> e.getKey().startsWith(prefix))
                .map(e -> new Shown(e.getKey(), e.getValue()))
                .toList();
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
