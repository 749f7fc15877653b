package dev.playcall.chat;

import dev.playcall.security.Vault;

/** A platform that is told no secrets, whatever it is told. */
public final class DiscreetAdapter extends PassingAdapter {
    private final Vault vault;

    public DiscreetAdapter(ChatAdapter platform, Vault vault) {
        super(platform);
        this.vault = vault;
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
}
