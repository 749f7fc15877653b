package dev.playcall.chat.live;

import dev.playcall.chat.ChatAdapter;
import dev.playcall.chat.message.Channel;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** One platform as those see it who send: its budget, and which of its channels are busy. Belongs to the ticking thread. */
final class PlatformBudget {
    final ChatAdapter adapter;
    final SendBudget edits;
    private final Set<String> busy = new HashSet<>();
    private final Map<String, Instant> nextPost = new HashMap<>();

    PlatformBudget(ChatAdapter adapter) {
        this.adapter = adapter;
        this.edits = new SendBudget(adapter.traits().editsPerMinute());
    }

    boolean isUp() {
        return adapter.health().isConnected();
    }

    boolean isBusy(Channel channel) {
        return busy.contains(channel.place());
    }

    void begin(Channel channel) {
        busy.add(channel.place());
    }

    void end(Channel channel) {
        busy.remove(channel.place());
    }

    boolean mayPost(Channel channel, Instant now) {
        return !now.isBefore(nextPost.getOrDefault(channel.place(), Instant.MIN));
    }

    void posted(Channel channel, Instant now) {
        hold(channel, now.plus(adapter.traits().postGap()));
    }

    void hold(Channel channel, Instant until) {
        nextPost.merge(channel.place(), until, (a, b) -> a.isAfter(b) ? a : b);
    }
}
