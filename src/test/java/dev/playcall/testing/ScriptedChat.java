package dev.playcall.testing;

import dev.playcall.chat.ChatAdapter;
import dev.playcall.chat.ChatInbox;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.TextRenderer;
import dev.playcall.domain.name.Person;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A chat platform in memory that does, and answers, what a test wants. */
public final class ScriptedChat implements ChatAdapter {
    private final Map<String, Shown> shown = new LinkedHashMap<>();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final Traits traits;
    public final List<String> calls = new ArrayList<>();
    /** How often it was asked for a person's own channel. */
    public final AtomicInteger directAsked = new AtomicInteger();

    private Health health = new Health.Up("");
    private int number;

    /** What to answer instead; {@code applied} when it is done nevertheless. */
    public record Fault(String call, Sent answer, boolean applied) {}

    /** A message as the channel shows it. */
    public record Shown(
            String key, String channel, Optional<String> under, boolean broadcast, String text, int edits) {}

    public ScriptedChat(Traits traits) {
        this.traits = traits;
    }

    public static Traits traits(int editsPerMinute, Optional<Duration> editableFor) {
        return new Traits(true, Duration.ZERO, editsPerMinute, editableFor, (_, _) -> Duration.ofSeconds(3));
    }

    public void fault(String call, Sent answer, boolean applied) {
        faults.add(new Fault(call, answer, applied));
    }

    public void health(Health now) {
        health = now;
    }

    public List<Shown> shown() {
        return List.copyOf(shown.values());
    }

    /** The message of this part of a run's feed: {@code card}, {@code alert} … */
    public List<Shown> shown(String part) {
        return shown().stream().filter(s -> s.key().contains("." + part)).toList();
    }

    public void delete(String key) {
        shown.values().removeIf(s -> s.key().contains(key));
    }

    @Override
    public String platform() {
        return "test";
    }

    @Override
    public Traits traits() {
        return traits;
    }

    @Override
    public void start(ChatInbox chatInbox) {}

    @Override
    public Health health() {
        return health;
    }

    private Optional<Fault> next(String call) {
        calls.add(call);
        var fault = faults.stream().filter(f -> f.call().equals(call)).findFirst();
        fault.ifPresent(faults::remove);
        return fault;
    }

    private static String text(Message message) {
        return new TextRenderer(100, false).render(message);
    }

    @Override
    public Sent post(Post post) {
        var fault = next("post");
        if (fault.isPresent() && !fault.get().applied()) {
            return fault.get().answer();
        }
        if (post.under().isPresent() && !shown.containsKey(post.under().get())) {
            return new Sent.Gone("no such message");
        }
        var ref = "m" + ++number;
        shown.put(
                ref,
                new Shown(
                        post.key(),
                        post.channel().toString(),
                        post.under(),
                        post.broadcast(),
                        text(post.message()),
                        0));
        return fault.map(Fault::answer).orElse(new Sent.Done(ref));
    }

    @Override
    public Sent edit(Channel channel, String ref, Message message) {
        var fault = next("edit");
        if (fault.isPresent() && !fault.get().applied()) {
            return fault.get().answer();
        }
        var old = shown.get(ref);
        if (old == null) {
            return new Sent.Gone("no such message");
        }
        shown.put(
                ref, new Shown(old.key(), old.channel(), old.under(), old.broadcast(), text(message), old.edits() + 1));
        return fault.map(Fault::answer).orElse(new Sent.Done(ref));
    }

    @Override
    public Sent upload(Upload upload) {
        var fault = next("upload");
        if (fault.isPresent() && !fault.get().applied()) {
            return fault.get().answer();
        }
        var ref = "f" + ++number;
        shown.put(
                ref,
                new Shown(
                        upload.key(),
                        upload.channel().toString(),
                        Optional.of(upload.under()),
                        false,
                        upload.name(),
                        0));
        return new Sent.Done(ref);
    }

    @Override
    public Sent find(Post post) {
        var fault = next("find");
        if (fault.isPresent()) {
            return fault.get().answer();
        }
        return shown.entrySet().stream()
                .filter(e -> e.getValue().key().equals(post.key()))
                .findFirst()
                .<Sent>map(e -> new Sent.Done(e.getKey()))
                .orElse(new Sent.Gone("not there"));
    }

    @Override
    public Optional<Channel> direct(Person person) {
        directAsked.incrementAndGet();
        return Optional.of(new Channel("test", "DM-" + person.id()));
    }

    @Override
    public void close() {}
}
