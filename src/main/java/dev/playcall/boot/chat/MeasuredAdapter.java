package dev.playcall.boot.chat;

import dev.playcall.chat.ChatAdapter;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.Message;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A platform whose answers are timed once somebody measures. */
final class MeasuredAdapter extends ForwardingChatAdapter {
    private volatile @Nullable MeterRegistry registry;

    MeasuredAdapter(ChatAdapter platform) {
        super(platform);
    }

    void measure(MeterRegistry measuring) {
        registry = measuring;
        // What has not happened yet is there as 0: an alert about a figure that is missing never comes.
        for (var how : List.of("post", "edit", "upload", "find")) {
            timer(measuring, how, "done");
        }
    }

    private Timer timer(MeterRegistry measuring, String how, String outcome) {
        return Timer.builder("playcall.chat.send")
                .description("Response time of the platform")
                .tag("platform", platform())
                .tag("how", how)
                .tag("outcome", outcome)
                .serviceLevelObjectives(Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(3))
                .register(measuring);
    }

    private Sent timed(String how, Supplier<Sent> sending) {
        long begun = System.nanoTime();
        var sent = sending.get();
        var measuring = registry;
        if (measuring != null) {
            timer(measuring, how, sent.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                    .record(Duration.ofNanos(System.nanoTime() - begun));
        }
        return sent;
    }

    @Override
    public Sent post(Post post) {
        return timed("post", () -> platform.post(post));
    }

    @Override
    public Sent edit(Channel channel, String ref, Message message) {
        return timed("edit", () -> platform.edit(channel, ref, message));
    }

    @Override
    public Sent upload(Upload upload) {
        return timed("upload", () -> platform.upload(upload));
    }

    @Override
    public Sent find(Post post) {
        return timed("find", () -> platform.find(post));
    }
}
