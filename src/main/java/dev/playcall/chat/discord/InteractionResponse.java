package dev.playcall.chat.discord;

import dev.playcall.chat.discord.api.DiscordApi;
import dev.playcall.chat.discord.api.DiscordApi.DiscordResponse;
import dev.playcall.chat.discord.api.DiscordErrorCodes;
import dev.playcall.chat.discord.api.DiscordFiles;
import dev.playcall.chat.discord.api.DiscordFiles.DiscordAttachment;
import dev.playcall.chat.discord.render.DiscordMessage;
import dev.playcall.chat.discord.render.DiscordRenderer;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Answer.Form;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.Choice;
import dev.playcall.chat.message.UntrustedText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import net.dv8tion.jda.api.interactions.commands.Command;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One interaction: its first answer has to come within three seconds and can be given once; what follows changes it.
 * When its token is dead the person is told in a direct message.
 */
final class InteractionResponse {
    private static final Logger log = LoggerFactory.getLogger(InteractionResponse.class);
    private static final Duration ACK = Duration.ofMillis(1200);
    private static final Duration IN_TIME = Duration.ofSeconds(3);
    /** A token lives fifteen minutes. */
    private static final Duration LIFE = Duration.ofMinutes(14);

    private static final int TRIES = 4;

    private static final int MESSAGE = 4;
    private static final int THINKING = 5;
    private static final int UPDATE_LATER = 6;
    private static final int CHOICES = 8;
    private static final int MODAL = 9;

    private final DiscordApi api;
    private final ChannelMessages channelMessages;
    private final ResponsePacing responsePacing;
    private final String application;
    private final String id;
    private final String token;
    private final String user;
    private final boolean replaces;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final long since = System.nanoTime();

    /** @param replaces the answer takes the place of the message whose button was pressed */
    InteractionResponse(
            DiscordApi api,
            ChannelMessages channelMessages,
            Names names,
            ResponsePacing responsePacing,
            boolean replaces) {
        this.responsePacing = responsePacing;
        this.api = api;
        this.channelMessages = channelMessages;
        this.application = names.application();
        this.id = names.id();
        this.token = names.token();
        this.user = names.user();
        this.replaces = replaces;
    }

    /** What Discord calls it. */
    record Names(String application, String id, String token, String user) {}

    /** Says that an answer will come, unless something was said already. */
    void defer() {
        if (begun.compareAndSet(false, true)) {
            first(
                    replaces
                            ? DataObject.empty().put("type", UPDATE_LATER)
                            : DataObject.empty()
                                    .put("type", THINKING)
                                    .put("data", DataObject.empty().put("flags", DiscordMessage.EPHEMERAL)));
        }
    }

    /** Says it at once; for what needs no work. */
    void reply(DiscordMessage discordMessage) {
        if (begun.compareAndSet(false, true)) {
            first(DataObject.empty()
                    .put("type", MESSAGE)
                    .put("data", discordMessage.json().put("flags", DiscordMessage.EPHEMERAL)));
        } else {
            change(discordMessage, Optional.empty());
        }
    }

    void choices(List<Choice> choices) {
        var all = DataArray.empty();
        choices.stream()
                .filter(c -> !c.value().isEmpty() && c.value().length() <= 100)
                .limit(25)
                .map(InteractionResponse::choice)
                .forEach(all::add);
        first(DataObject.empty()
                .put("type", CHOICES)
                .put("data", DataObject.empty().put("choices", all)));
    }

    private static DataObject choice(Choice choice) {
        var label = UntrustedText.line(choice.label().isBlank() ? choice.value() : choice.label(), 100);
        return new Command.Choice(label, choice.value()).toData(OptionType.STRING);
    }

    /** A form can only be the first thing that is said; later it is offered by a button. */
    void finish(Answer answer) {
        var form = answer.form();
        if (form.isPresent() && begun.compareAndSet(false, true)) {
            show(form.get());
            return;
        }
        defer();
        var discordMessage = DiscordRenderer.render(answer.message());
        change(discordMessage, answer.file());
        if (!answer.ephemeral()) {
            followUp(discordMessage);
        }
    }

    private void show(Form form) {
        first(DataObject.empty().put("type", MODAL).put("data", DiscordModals.json(form)));
    }

    /** Tries a second time when the first got lost: if it had arrived, Discord says so. */
    private void first(DataObject body) {
        var discordResponse = responsePacing.first(() -> acknowledge(body));
        if (isUnknown(discordResponse)) {
            discordResponse = responsePacing.first(() -> acknowledge(body));
        }
        if (!(discordResponse instanceof DiscordResponse.Ok)
                && discordResponse.code() != DiscordErrorCodes.ALREADY_ACKNOWLEDGED) {
            log.warn("An interaction could not be acknowledged: {}", discordResponse.why());
        }
    }

    private DiscordResponse acknowledge(DataObject body) {
        return System.nanoTime() - since > IN_TIME.toNanos()
                ? new DiscordResponse.NotSent("too late: Discord waits three seconds")
                : api.post("interactions/" + id + "/" + token + "/callback", body, ACK);
    }

    private static boolean isUnknown(DiscordResponse discordResponse) {
        return discordResponse instanceof DiscordResponse.Lost || discordResponse instanceof DiscordResponse.NotSent;
    }

    /** Nobody else repeats this, so it is tried until it is sure; being asked to wait is no failure. */
    private void change(DiscordMessage discordMessage, Optional<Path> file) {
        var attachment = file.flatMap(InteractionResponse::attachment);
        var discordResponse = changed(discordMessage, attachment);
        for (int failures = 0; failures < TRIES && isOpen(discordResponse); ) {
            if (discordResponse instanceof DiscordResponse.Slow(var after, var _)) {
                LockSupport.parkNanos(after.toNanos());
            } else {
                LockSupport.parkNanos(Duration.ofMillis(400L << failures++).toNanos());
            }
            discordResponse = changed(discordMessage, attachment);
        }
        if (!(discordResponse instanceof DiscordResponse.Ok)) {
            log.info("An answer cannot be posted in its channel ({}), so it is sent directly", discordResponse.why());
            send(discordMessage, attachment);
        }
    }

    private boolean isOpen(DiscordResponse discordResponse) {
        boolean alive = System.nanoTime() - since < LIFE.toNanos();
        return alive
                && !(discordResponse instanceof DiscordResponse.Ok || discordResponse instanceof DiscordResponse.No);
    }

    private DiscordResponse changed(DiscordMessage discordMessage, Optional<DiscordAttachment> file) {
        responsePacing.turn();
        return api.send("PATCH", hook() + "/messages/@original", discordMessage.json(), file);
    }

    private void send(DiscordMessage discordMessage, Optional<DiscordAttachment> file) {
        var sent = channelMessages
                .direct(user)
                .map(Channel::place)
                .map(c -> api.send(
                        "POST",
                        "channels/" + c + "/messages",
                        discordMessage.json().put("nonce", "i" + id).put("enforce_nonce", true),
                        file));
        if (!(sent.orElse(null) instanceof DiscordResponse.Ok)) {
            log.warn(
                    "An answer could not be delivered: {}",
                    sent.map(DiscordResponse::why).orElse("the person does not accept direct messages"));
        }
    }

    private void followUp(DiscordMessage discordMessage) {
        responsePacing.turn();
        var discordResponse = api.post(hook(), discordMessage.withoutButtons().json());
        if (!(discordResponse instanceof DiscordResponse.Ok)) {
            log.warn("A message to a channel could not be sent: {}", discordResponse.why());
        }
    }

    private String hook() {
        return "webhooks/" + application + "/" + token;
    }

    static Optional<DiscordAttachment> attachment(Path file) {
        try {
            var name = file.getFileName();
            return Optional.of(DiscordFiles.attachment(file, name == null ? "run.log" : name.toString()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
