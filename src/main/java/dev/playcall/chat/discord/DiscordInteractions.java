package dev.playcall.chat.discord;

import dev.playcall.chat.ChatInbox;
import dev.playcall.chat.command.CommandEntry;
import dev.playcall.chat.discord.api.DiscordApi;
import dev.playcall.chat.discord.render.ButtonId;
import dev.playcall.chat.discord.render.DiscordRenderer;
import dev.playcall.chat.message.Action;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Choice;
import dev.playcall.chat.message.FaultMessage;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Tone;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Slash commands, completion, buttons and forms. Each is acknowledged before any work is done for it. */
final class DiscordInteractions extends ListenerAdapter {
    private static final Logger log = LoggerFactory.getLogger(DiscordInteractions.class);
    private static final Duration WATCHDOG = Duration.ofSeconds(2);
    static final Message BUSY = Message.line(Tone.BAD, "Playcall is busy; nothing was done. Try again in a moment.");
    static final Message BROKEN =
            Message.line(Tone.BAD, "Internal error; see Playcall's log. Check `runs` before you try again.");

    private final DiscordApi api;
    private final ChannelMessages channelMessages;
    private final GuildFilter guildFilter;
    private final ChatInbox chatInbox;
    private final ScheduledExecutorService timer;
    private final RecentDeliveries recentDeliveries = new RecentDeliveries();
    private final ResponsePacing responsePacing = new ResponsePacing();

    DiscordInteractions(
            DiscordApi api,
            ChannelMessages channelMessages,
            GuildFilter guildFilter,
            ChatInbox chatInbox,
            ScheduledExecutorService timer) {
        this.api = api;
        this.channelMessages = channelMessages;
        this.guildFilter = guildFilter;
        this.chatInbox = chatInbox;
        this.timer = timer;
    }

    @Override
    public void onSlashCommandInteraction(SlashCommandInteractionEvent event) {
        if (refused(event)) {
            return;
        }
        var response = exchange(event, false);
        var entry = entry(event);
        if (entry.isEmpty()) {
            response.reply(DiscordRenderer.render(
                    Message.line(Tone.BAD, "This command no longer exists; Discord will show the current ones soon.")));
            return;
        }
        var words = DiscordCommands.words(entry.get(), options(event));
        var caller = caller(event);
        var conversation = chatInbox.conversation();
        work(event, response, conversation.lacksSomething(words), () -> conversation.answerText(caller, words));
    }

    private Optional<CommandEntry> entry(CommandInteractionPayload event) {
        var sub = event.getSubcommandName();
        var name = event.getName().equals(DiscordCommands.ALL) && sub != null ? sub : event.getName();
        return DiscordCommands.find(chatInbox.conversation().commands(), name);
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
        if (guildFilter
                .refusal(event.getUser(), event.getGuild(), event.getMember())
                .isPresent()) {
            exchange(event, false).choices(List.of());
            return;
        }
        List<Choice> choices = List.of();
        try {
            choices = choices(event);
        } catch (RuntimeException e) {
            log.warn("Completions could not be offered", e);
        }
        exchange(event, false).choices(choices);
    }

    private List<Choice> choices(CommandAutoCompleteInteractionEvent event) {
        var focused = event.getFocusedOption();
        var given = options(event);
        var caller = caller(event);
        return entry(event)
                .flatMap(e -> DiscordCommands.option(e, focused.getName())
                        .map(o -> chatInbox.conversation().complete(caller, e.name(), o, given, focused.getValue())))
                .orElse(List.of());
    }

    @Override
    public void onButtonInteraction(ButtonInteractionEvent event) {
        var pressed = ButtonId.of(event.getComponentId());
        boolean own = event.getMessage().isEphemeral()
                && pressed.filter(DiscordInteractions::answersItself).isPresent();
        if (refused(event)) {
            return;
        }
        var response = exchange(event, own);
        if (pressed.isEmpty()) {
            response.reply(DiscordRenderer.render(Message.line(Tone.BAD, "This button has expired.")));
            return;
        }
        switch (pressed.get()) {
            case ButtonId.Ask ask -> response.reply(ButtonId.question(ask, label(event)));
            case ButtonId.Now(var action, var _) -> {
                var caller = caller(event);
                boolean asks = action.kind() == Action.Kind.FILL || action.kind() == Action.Kind.REJECT;
                work(event, response, asks, () -> chatInbox.conversation().press(caller, action));
            }
        }
    }

    /** The message may have been changed since, and the button be gone from it. */
    private static String label(ButtonInteractionEvent event) {
        return Optional.ofNullable(event.getButton()).map(Button::getLabel).orElse("");
    }

    /** The answer to a question takes the place of the question. */
    private static boolean answersItself(ButtonId buttonId) {
        return buttonId instanceof ButtonId.Now(var action, var confirmed)
                && (confirmed || action.kind() == Action.Kind.YES || action.kind() == Action.Kind.NO);
    }

    @Override
    public void onModalInteraction(ModalInteractionEvent event) {
        if (refused(event)) {
            return;
        }
        var response = exchange(event, false);
        var request = DiscordModals.pendingRequest(event.getModalId());
        if (request.isEmpty()) {
            response.reply(DiscordRenderer.render(Message.line(Tone.BAD, "This form has expired.")));
            return;
        }
        var values = new HashMap<String, String>();
        event.getValues().forEach(v -> DiscordModals.value(v).ifPresent(t -> values.put(v.getCustomId(), t)));
        var caller = caller(event);
        work(event, response, false, () -> chatInbox.conversation().submit(caller, request.get(), values));
    }

    /** Answers those who are not listened to. */
    private boolean refused(Interaction event) {
        var refusal = guildFilter.refusal(event.getUser(), event.getGuild(), event.getMember());
        refusal.ifPresent(r -> exchange(event, false).reply(DiscordRenderer.render(Message.line(Tone.BAD, r))));
        return refusal.isPresent();
    }

    private InteractionResponse exchange(Interaction event, boolean replaces) {
        var names = new InteractionResponse.Names(
                event.getJDA().getSelfUser().getApplicationId(),
                event.getId(),
                event.getToken(),
                event.getUser().getId());
        return new InteractionResponse(api, channelMessages, names, responsePacing, replaces);
    }

    private static Caller caller(Interaction event) {
        var channel = DiscordChannels.of(event.getChannel(), event.getChannelId() == null ? "0" : event.getChannelId());
        return DiscordChannels.caller(
                event.getUser(), channel, event.getId(), DiscordChannels.groups(event.getMember()));
    }

    /** @param asks the answer will be a form, which can only be the first thing that is said */
    private void work(Interaction event, InteractionResponse response, boolean asks, Supplier<Answer> answer) {
        if (!recentDeliveries.isFirst(event.getId())) {
            return;
        }
        if (asks) {
            Runnable defer = () -> Thread.ofVirtual().start(response::defer);
            var _ = timer.schedule(defer, WATCHDOG.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            response.defer();
        }
        if (!chatInbox.take(() -> answer(event, response, answer))) {
            response.reply(DiscordRenderer.render(BUSY));
        }
    }

    private void answer(Interaction event, InteractionResponse response, Supplier<Answer> answer) {
        try {
            responsePacing.afterFirst();
            if (!chatInbox.isFirst(DiscordAdapter.PLATFORM + ":" + event.getId())) {
                return;
            }
            chatInbox.met(DiscordChannels.person(event.getUser()), name(event.getMember(), event));
            response.finish(answer.get());
        } catch (RuntimeException | Error e) {
            response.reply(DiscordRenderer.render(FaultMessage.of(e, BROKEN)));
            throw e;
        }
    }

    private static String name(@Nullable Member member, Interaction event) {
        return member == null ? event.getUser().getEffectiveName() : member.getEffectiveName();
    }
}
