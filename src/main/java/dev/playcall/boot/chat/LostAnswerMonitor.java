package dev.playcall.boot.chat;

import dev.playcall.chat.ChatAdapter;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.Message;
import dev.playcall.domain.format.TextFormat;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A platform that is degraded while the answers to its posts are lost: what it is told may be shown late, twice or not at
 * all, although the connection is up.
 */
final class LostAnswerMonitor extends ForwardingChatAdapter {
    private static final Logger log = LoggerFactory.getLogger(LostAnswerMonitor.class);
    /** One answer is lost now and then, and nothing follows from it. */
    private static final int TOO_MANY = 3;

    private final Clock clock;
    private int lost;
    private @Nullable Instant since;
    private String why = "";

    LostAnswerMonitor(ChatAdapter platform, Clock clock) {
        super(platform);
        this.clock = clock;
    }

    @Override
    public Health health() {
        return platform.health() instanceof Health.Up up ? degraded(up) : platform.health();
    }

    private synchronized Health degraded(Health.Up up) {
        return since == null || lost < TOO_MANY ? up : new Health.Degraded(text(since));
    }

    private String text(Instant first) {
        return "answers to posts are being lost since " + TextFormat.minute(first) + ": " + why;
    }

    @Override
    public Sent post(Post post) {
        return noted(platform.post(post));
    }

    @Override
    public Sent upload(Upload upload) {
        return noted(platform.upload(upload));
    }

    @Override
    public Sent edit(Channel channel, String ref, Message message) {
        return platform.edit(channel, ref, message);
    }

    @Override
    public Sent find(Post post) {
        return platform.find(post);
    }

    private Sent noted(Sent sent) {
        switch (sent) {
            case Sent.Unknown(var reason) -> lost(reason);
            case Sent.Done _, Sent.Gone _, Sent.Refused _ -> answered();
            case Sent.Later _, Sent.Stopped _ -> {}
        }
        return sent;
    }

    private synchronized void lost(String reason) {
        why = reason;
        if (since == null) {
            since = clock.instant();
        }
        if (++lost == TOO_MANY) {
            log.warn("{}: {}", platform(), text(since));
        }
    }

    private synchronized void answered() {
        if (lost >= TOO_MANY) {
            log.info("{}: posts are answered again", platform());
        }
        lost = 0;
        since = null;
    }
}
