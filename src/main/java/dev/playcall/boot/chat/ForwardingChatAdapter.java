package dev.playcall.boot.chat;

import dev.playcall.chat.ChatAdapter;
import dev.playcall.chat.ChatInbox;
import dev.playcall.chat.message.Channel;
import dev.playcall.domain.name.Person;
import java.util.Optional;

/** Stands in front of a platform and hands on what those who extend it say nothing of. */
abstract class ForwardingChatAdapter implements ChatAdapter {
    protected final ChatAdapter platform;

    protected ForwardingChatAdapter(ChatAdapter platform) {
        this.platform = platform;
    }

    @Override
    public final String platform() {
        return platform.platform();
    }

    @Override
    public final Traits traits() {
        return platform.traits();
    }

    @Override
    public final void start(ChatInbox chatInbox) {
        platform.start(chatInbox);
    }

    @Override
    public Health health() {
        return platform.health();
    }

    @Override
    public final long reconnects() {
        return platform.reconnects();
    }

    @Override
    public final Optional<Channel> direct(Person person) {
        return platform.direct(person);
    }

    @Override
    public final Optional<String> refusal(Channel channel) {
        return platform.refusal(channel);
    }

    @Override
    public final void close() {
        platform.close();
    }
}
