package dev.playcall.chat.discord;

import dev.playcall.chat.Action;
import dev.playcall.chat.Answer;
import dev.playcall.chat.Choice;
import dev.playcall.chat.CommandEntry;
import dev.playcall.chat.Inbox;
import dev.playcall.chat.Message;
import dev.playcall.chat.Message.Tone;
import dev.playcall.command.Caller;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import net.dv8tion.jda.api.components.buttons.Button;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.events.interaction.ModalInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.CommandAutoCompleteInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.events.interaction.component.ButtonInteractionEvent;
import net.dv8tion.jda.api.hooks.ListenerAdapter;
import net.dv8tion.jda.api.interactions.Interaction;
import net.dv8tion.jda.api.interactions.commands.CommandInteractionPayload;
import net.dv8tion.jda.api.interactions.commands.OptionMapping;
import net.dv8tion.jda.api.interactions.modals.ModalMapping;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Slash commands, completion, buttons and forms. Each is acknowledged before any work is done for it. */
final class Interactions extends ListenerAdapter {
    private static final Logger log = LoggerFactory.getLogger(Interactions.class);
    private static final Duration WATCHDOG = Duration.ofSeconds(2);
    static final Message BUSY = Message.line(Tone.BAD, "Playcall is busy; nothing was done. Try again in a moment.");
    static final Message BROKEN = Message.line(
            Tone.BAD, "Something went wrong inside Playcall; its log says what. Look at `runs` before you try again.");

    private final DiscordApi api;
    private final Posts posts;
    private final Admission admission;
    private final Inbox inbox;
    private final ScheduledExecutorService timer;
    private final Seen seen = new Seen();
    private final Pace pace = new Pace();

    Interactions(DiscordApi api, Posts posts, Admission admission, Inbox inbox, ScheduledExecutorService timer) {
        this.api = api;
        this.posts = posts;
        this.admission = admission;
        this.inbox = inbox;
        this.timer = timer;
    }

    @Override
    public void onSlashCommandInteraction(SlashCommandInteractionEvent event) {
        if (refused(event, false)) {
            return;
        }
        var exchange = exchange(event, false);
        var entry = entry(event);
        if (entry.isEmpty()) {
            exchange.say(Renderer.render(Message.line(
                    Tone.BAD, "This command is not there any more; Discord will show the new ones soon.")));
            return;
        }
        var words = Commands.words(entry.get(), options(event));
        var caller = caller(event);
        work(
                event,
                exchange,
                inbox.conversation().lacksSomething(words),
                () -> inbox.conversation().say(caller, words));
    }

    private Optional<CommandEntry> entry(CommandInteractionPayload event) {
        var sub = event.getSubcommandName();
        var name = event.getName().equals(Commands.ALL) && sub != null ? sub : event.getName();
        return Commands.find(inbox.conversation().commands(), name);
    }

    private static Map<String, String> options(CommandInteractionPayload event) {
        var values = new HashMap<String, String>();
        for (OptionMapping option : event.getOptions()) {
            values.put(option.getName(), option.getAsString());
        }
        return values;
    }

    @Override
    public void onCommandAutoCompleteInteraction(CommandAutoCompleteInteractionEvent event) {
        if (admission
                .refusal(event.getUser(), event.getGuild(), event.getMember())
                .isPresent()) {
            exchange(event, false).choices(List.of());
            return;
        }
        List<Choice> choices = List.of();
        try {
            choices = choices(event);
        } catch (RuntimeException e) {
            log.warn("Nothing could be offered", e);
        }
        exchange(event, false).choices(choices);
    }

    private List<Choice> choices(CommandAutoCompleteInteractionEvent event) {
        var focused = event.getFocusedOption();
        var given = options(event);
        var caller = caller(event);
        return entry(event)
                .flatMap(e -> Commands.option(e, focused.getName())
                        .map(o -> inbox.conversation().complete(caller, e.name(), o, given, focused.getValue())))
                .orElse(List.of());
    }

    @Override
    public void onButtonInteraction(ButtonInteractionEvent event) {
        var pressed = Pressed.of(event.getComponentId());
        boolean own = event.getMessage().isEphemeral()
                && pressed.filter(Interactions::answersItself).isPresent();
        if (refused(event, false)) {
            return;
        }
        var exchange = exchange(event, own);
        if (pressed.isEmpty()) {
            exchange.say(Renderer.render(Message.line(Tone.BAD, "This button means nothing any more.")));
            return;
        }
        switch (pressed.get()) {
            case Pressed.Ask ask -> exchange.say(Pressed.question(ask, label(event)));
            case Pressed.Now(var action, var _) -> {
                var caller = caller(event);
                boolean asks = action.kind() == Action.Kind.FILL;
                work(event, exchange, asks, () -> inbox.conversation().press(caller, action));
            }
        }
    }

    /** The message may have been changed since, and the button be gone from it. */
    private static String label(ButtonInteractionEvent event) {
        return Optional.ofNullable(event.getButton()).map(Button::getLabel).orElse("");
    }

    /** The answer to a question takes the place of the question. */
    private static boolean answersItself(Pressed pressed) {
        return pressed instanceof Pressed.Now(var action, var sure)
                && (sure || action.kind() == Action.Kind.YES || action.kind() == Action.Kind.NO);
    }

    @Override
    public void onModalInteraction(ModalInteractionEvent event) {
        if (refused(event, false)) {
            return;
        }
        var exchange = exchange(event, false);
        var wish = Modals.wish(event.getModalId());
        if (wish.isEmpty()) {
            exchange.say(Renderer.render(Message.line(Tone.BAD, "This form means nothing any more.")));
            return;
        }
        var values = new HashMap<String, String>();
        event.getValues().forEach(v -> text(v).ifPresent(t -> values.put(v.getCustomId(), t)));
        var caller = caller(event);
        work(event, exchange, false, () -> inbox.conversation().submit(caller, wish.get(), values));
    }

    /** Nothing for a field without a text in it, of which JDA throws. */
    private static Optional<String> text(ModalMapping field) {
        try {
            return Optional.of(field.getAsString());
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Answers those who are not listened to. */
    private boolean refused(Interaction event, boolean replaces) {
        var refusal = admission.refusal(event.getUser(), event.getGuild(), event.getMember());
        refusal.ifPresent(r -> exchange(event, replaces).say(Renderer.render(Message.line(Tone.BAD, r))));
        return refusal.isPresent();
    }

    private Exchange exchange(Interaction event, boolean replaces) {
        var names = new Exchange.Names(
                event.getJDA().getSelfUser().getApplicationId(),
                event.getId(),
                event.getToken(),
                event.getUser().getId());
        return new Exchange(api, posts, names, pace, replaces);
    }

    private static Caller caller(Interaction event) {
        var channel = Places.of(event.getChannel(), event.getChannelId() == null ? "0" : event.getChannelId());
        return Places.caller(event.getUser(), channel, event.getId(), Places.groups(event.getMember()));
    }

    /** @param asks the answer will be a form, which can only be the first thing that is said */
    private void work(Interaction event, Exchange exchange, boolean asks, Supplier<Answer> answer) {
        if (!seen.isFirst(event.getId())) {
            return;
        }
        if (asks) {
            var _ = timer.schedule(
                    () -> Thread.ofVirtual().start(exchange::defer), WATCHDOG.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            exchange.defer();
        }
        if (!inbox.take(() -> answer(event, exchange, answer))) {
            exchange.say(Renderer.render(BUSY));
        }
    }

    private void answer(Interaction event, Exchange exchange, Supplier<Answer> answer) {
        try {
            if (!inbox.isFirst(DiscordAdapter.PLATFORM + ":" + event.getId())) {
                return;
            }
            inbox.met(Places.person(event.getUser()), name(event.getMember(), event));
            exchange.finish(answer.get());
        } catch (RuntimeException | Error e) {
            exchange.say(Renderer.render(BROKEN));
            throw e;
        }
    }

    private static String name(@Nullable Member member, Interaction event) {
        return member == null ? event.getUser().getEffectiveName() : member.getEffectiveName();
    }
}
