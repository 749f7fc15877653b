package dev.playcall.chat.discord;

import java.util.List;
import java.util.function.BooleanSupplier;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.interaction.GenericInteractionCreateEvent;
import net.dv8tion.jda.api.events.message.GenericMessageEvent;
import net.dv8tion.jda.api.hooks.EventListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on what JDA hears, and lets nothing that goes wrong with one event reach JDA. */
final class DiscordListener implements EventListener {
    private static final Logger log = LoggerFactory.getLogger(DiscordListener.class);

    private volatile List<EventListener> listeners = List.of();
    private volatile BooleanSupplier answersHere = () -> true;

    /** @param here whether this gateway answers: Discord tells each one that is connected the same */
    void listen(List<? extends EventListener> all, BooleanSupplier here) {
        answersHere = here;
        listeners = List.copyOf(all);
    }

    @Override
    public void onEvent(GenericEvent event) {
        boolean asks = event instanceof GenericInteractionCreateEvent || event instanceof GenericMessageEvent;
        if (asks && !answersHere.getAsBoolean()) {
            return;
        }
        for (var listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (Throwable e) {
                log.error("A Discord event was lost: {}", event.getClass().getSimpleName(), e);
            }
        }
    }
}
