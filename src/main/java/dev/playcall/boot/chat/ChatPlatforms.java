package dev.playcall.boot.chat;

import dev.playcall.chat.ChatAdapter;
import dev.playcall.chat.message.Channel;
import dev.playcall.command.schedule.ScheduleCommands.ReportChannelCheck;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The chat platforms for those who are built before them. */
public final class ChatPlatforms implements ReportChannelCheck {
    private static final Set<String> KNOWN = Set.of("slack", "discord");

    private volatile List<ChatAdapter> configured = List.of();

    public void are(List<ChatAdapter> adapters) {
        configured = List.copyOf(adapters);
    }

    @Override
    public Optional<String> refusal(String text) {
        var channel = Channel.of(text).filter(c -> KNOWN.contains(c.platform()));
        if (channel.isEmpty()) {
            return Optional.empty(); // no channel at all, which others say better
        }
        var platform = channel.get().platform();
        var adapter =
                configured.stream().filter(a -> a.platform().equals(platform)).findFirst();
        return adapter.isPresent()
                ? adapter.get().refusal(channel.get())
                : Optional.of(platform.substring(0, 1).toUpperCase(Locale.ROOT) + platform.substring(1)
                        + " is not configured here (chat." + platform + " in config/playcall.yml)");
    }
}
