package dev.playcall.chat.discord;

import java.util.List;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.hooks.EventListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on what JDA hears, and lets nothing that goes wrong with one event reach JDA. */
final class DiscordListener implements EventListener {
    private static final Logger log = LoggerFactory.getLogger(DiscordListener.class);

    private volatile List<EventListener> listeners = List.of();

    void listen(List<? extends EventListener> all) {
        listeners = List.copyOf(all);
    }

    @Override
    public void onEvent(GenericEvent event) {
        for (var listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (Throwable e) {
                log.error("A Discord event was lost: {}", event.getClass().getSimpleName(), e);
            }
        }
    }
}
