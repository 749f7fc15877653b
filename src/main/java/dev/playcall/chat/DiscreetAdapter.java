package dev.playcall.chat;

import dev.playcall.domain.Person;
import dev.playcall.security.Vault;
import java.util.Optional;

/** A platform that is told no secrets, whatever it is told. */
public final class DiscreetAdapter implements ChatAdapter {
    private final ChatAdapter platform;
    private final Vault vault;

    public DiscreetAdapter(ChatAdapter platform, Vault vault) {
        this.platform = platform;
        this.vault = vault;
    }

    @Override
    public String platform() {
        return platform.platform();
    }

    @Override
    public Traits traits() {
        return platform.traits();
    }

    @Override
    public void start(Inbox inbox) {
        platform.start(inbox);
    }

    @Override
    public Health health() {
        return platform.health();
    }

    @Override
    public long reconnects() {
        return platform.reconnects();
    }

    @Override
    public Sent post(Post post) {
        return platform.post(clean(post));
    }

    @Override
    public Sent edit(Channel channel, String ref, Message message) {
        return platform.edit(channel, ref, message.map(vault::redact));
    }

    @Override
    public Sent upload(Upload u) {
        return platform.upload(
                new Upload(u.channel(), u.under(), vault.redact(u.name()), u.file(), vault.redact(u.note()), u.key()));
    }

    @Override
    public Sent find(Post post) {
        return platform.find(clean(post));
    }

    private Post clean(Post p) {
        return new Post(p.channel(), p.under(), p.broadcast(), p.message().map(vault::redact), p.key());
    }

    @Override
    public Optional<Channel> direct(Person person) {
        return platform.direct(person);
    }

    @Override
    public void close() {
        platform.close();
    }
}
