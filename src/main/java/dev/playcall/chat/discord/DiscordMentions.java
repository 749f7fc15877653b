package dev.playcall.chat.discord;

import dev.playcall.chat.ChatAdapter.Sent;
import dev.playcall.chat.ChatInbox;
import dev.playcall.chat.discord.api.DiscordFiles.DiscordAttachment;
import dev.playcall.chat.discord.render.DiscordRenderer;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Tone;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import net.dv8tion.jda.api.entities.Message.MentionType;
import net.dv8tion.jda.api.entities.User;
import net.dv8tion.jda.api.events.message.MessageReceivedEvent;
import net.dv8tion.jda.api.hooks.ListenerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commands as text: {@code @Playcall deploy staging}, and everything in a direct message. */
final class DiscordMentions extends ListenerAdapter {
    private static final Logger log = LoggerFactory.getLogger(DiscordMentions.class);
    private static final int TRIES = 4;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final ChannelMessages channelMessages;
    private final GuildFilter guildFilter;
    private final ChatInbox chatInbox;
    private final RecentDeliveries recentDeliveries = new RecentDeliveries();
    private final RecentDeliveries bots = new RecentDeliveries();

    DiscordMentions(ChannelMessages channelMessages, GuildFilter guildFilter, ChatInbox chatInbox) {
        this.channelMessages = channelMessages;
        this.guildFilter = guildFilter;
        this.chatInbox = chatInbox;
    }

    /** What somebody wrote, and where. */
    private record Mention(MessageReceivedEvent event, Channel channel, String text) {
        User user() {
            return event.getAuthor();
        }
    }

    @Override
    public void onMessageReceived(MessageReceivedEvent event) {
        var self = event.getJDA().getSelfUser();
        boolean direct = !event.isFromGuild();
        if (event.getAuthor().getId().equals(self.getId())
                || event.isWebhookMessage()
                || !(direct || event.getMessage().getMentions().isMentioned(self, MentionType.USER))
                || !recentDeliveries.isFirst(event.getMessageId())) {
            return;
        }
        var text = event.getMessage()
                .getContentRaw()
                .replaceFirst("<@!?" + self.getId() + ">", " ")
                .strip();
        var mention = new Mention(
                event, DiscordChannels.of(event.getChannel(), event.getChannel().getId()), text);
        if (!chatInbox.take(() -> handle(mention))) {
            reply(mention, DiscordInteractions.BUSY, Optional.empty());
        }
    }

    private void handle(Mention mention) {
        if (!chatInbox.isFirst(DiscordAdapter.PLATFORM + ":" + mention.event().getMessageId())) {
            return;
        }
        var refusal = mention.event().isFromGuild()
                ? guildFilter.refusal(
                        mention.user(),
                        mention.event().getGuild(),
                        mention.event().getMember())
                : guildFilter.refusal(mention.user());
        if (refusal.isPresent()) {
            // Two bots that answer each other would never end.
            if (!mention.user().isBot() || bots.isFirst(mention.user().getId())) {
                reply(mention, Message.line(Tone.BAD, refusal.get()), Optional.empty());
            }
            return;
        }
        answer(mention);
    }

    private void answer(Mention mention) {
        var member = mention.event().getMember();
        chatInbox.met(
                DiscordChannels.person(mention.user()),
                member == null ? mention.user().getEffectiveName() : member.getEffectiveName());
        var caller = DiscordChannels.caller(
                mention.user(), mention.channel(), mention.event().getMessageId(), groups(mention));
        try {
            var text = mention.text().isEmpty() ? "help" : mention.text();
            Answer answer = chatInbox.conversation().answerText(caller, text);
            reply(mention, answer.message(), answer.file().flatMap(InteractionResponse::attachment));
        } catch (RuntimeException | Error e) {
            reply(mention, DiscordInteractions.BROKEN, Optional.empty());
            throw e;
        }
    }

    /** In a direct message nobody is a member of anything, so it is what was heard when they were let in. */
    private Set<String> groups(Mention mention) {
        return mention.event().isFromGuild()
                ? DiscordChannels.groups(mention.event().getMember())
                : guildFilter.groups(mention.user());
    }

    /** Nobody else repeats this, so it is tried until it is sure; its nonce keeps it from being said twice. */
    private void reply(Mention mention, Message message, Optional<DiscordAttachment> file) {
        var discordMessage = DiscordRenderer.render(message);
        Sent sent = new Sent.Unknown("not attempted");
        for (int i = 0; i < TRIES; i++) {
            sent = channelMessages.answer(
                    mention.channel(),
                    mention.event().getMessageId(),
                    !mention.event().isFromGuild(),
                    mention.text(),
                    discordMessage,
                    file);
            var wait = switch (sent) {
                case Sent.Later(var after, var _) -> after;
                case Sent.Unknown _ -> Duration.ofMillis(400L << i);
                case Sent.Done _, Sent.Gone _, Sent.Refused _, Sent.Stopped _ -> Duration.ZERO;
            };
            if (wait.isZero()) {
                break;
            }
            LockSupport.parkNanos((wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait).toNanos());
        }
        if (!(sent instanceof Sent.Done)) {
            log.warn("A message could not be answered: {}", sent);
        }
    }
}
