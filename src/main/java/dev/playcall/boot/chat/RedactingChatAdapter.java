package dev.playcall.boot.chat;

import dev.playcall.chat.ChatAdapter;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.Message;
import dev.playcall.security.secret.SecretService;

/** A platform that is told no secrets, whatever it is told. */
final class RedactingChatAdapter extends ForwardingChatAdapter {
    private final SecretService secrets;

    RedactingChatAdapter(ChatAdapter platform, SecretService secrets) {
        super(platform);
        this.secrets = secrets;
    }

    @Override
    public Sent post(Post post) {
        return platform.post(clean(post));
    }

    @Override
    public Sent edit(Channel channel, String ref, Message message) {
        return platform.edit(channel, ref, message.map(secrets::redact));
    }

    @Override
    public Sent upload(Upload u) {
        return platform.upload(new Upload(
                u.channel(), u.under(), secrets.redact(u.name()), u.file(), secrets.redact(u.note()), u.key()));
    }

    @Override
    public Sent find(Post post) {
        return platform.find(clean(post));
    }

    private Post clean(Post p) {
        return new Post(p.channel(), p.under(), p.broadcast(), p.message().map(secrets::redact), p.key());
    }
}
