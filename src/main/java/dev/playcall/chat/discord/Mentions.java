package dev.playcall.chat.discord;

import dev.playcall.chat.Answer;
import dev.playcall.chat.Channel;
import dev.playcall.chat.ChatAdapter.Sent;
import dev.playcall.chat.Inbox;
import dev.playcall.chat.Message;
import dev.playcall.chat.Message.Tone;
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
final class Mentions extends ListenerAdapter {
    private static final Logger log = LoggerFactory.getLogger(Mentions.class);
    private static final int TRIES = 4;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Posts posts;
    private final Admission admission;
    private final Inbox inbox;
    private final Seen seen = new Seen();
    private final Seen bots = new Seen();

    Mentions(Posts posts, Admission admission, Inbox inbox) {
        this.posts = posts;
        this.admission = admission;
        this.inbox = inbox;
    }

    /** What somebody wrote, and where. */
    private record Said(MessageReceivedEvent event, Channel channel, String text) {
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
                || !seen.isFirst(event.getMessageId())) {
            return;
        }
        var text = event.getMessage()
                .getContentRaw()
                .replaceFirst("<@!?" + self.getId() + ">", " ")
                .strip();
        var said =
                new Said(event, Places.of(event.getChannel(), event.getChannel().getId()), text);
        if (!inbox.take(() -> hear(said))) {
            reply(said, Interactions.BUSY, Optional.empty());
        }
    }

    private void hear(Said said) {
        if (!inbox.isFirst(DiscordAdapter.PLATFORM + ":" + said.event().getMessageId())) {
            return;
        }
        var refusal = said.event().isFromGuild()
                ? admission.refusal(
                        said.user(), said.event().getGuild(), said.event().getMember())
                : admission.refusal(said.user());
        if (refusal.isPresent()) {
            // Two bots that answer each other would never end.
            if (!said.user().isBot() || bots.isFirst(said.user().getId())) {
                reply(said, Message.line(Tone.BAD, refusal.get()), Optional.empty());
            }
            return;
        }
        answer(said);
    }

    private void answer(Said said) {
        var member = said.event().getMember();
        inbox.met(
                Places.person(said.user()),
                member == null ? said.user().getEffectiveName() : member.getEffectiveName());
        var caller = Places.caller(said.user(), said.channel(), said.event().getMessageId(), groups(said));
        try {
            var text = said.text().isEmpty() ? "help" : said.text();
            Answer answer = inbox.conversation().say(caller, text);
            reply(said, answer.message(), answer.file().flatMap(Exchange::attachment));
        } catch (RuntimeException | Error e) {
            reply(said, Interactions.BROKEN, Optional.empty());
            throw e;
        }
    }

    /** In a direct message nobody is a member of anything, so it is what was heard when they were let in. */
    private Set<String> groups(Said said) {
        return said.event().isFromGuild() ? Places.groups(said.event().getMember()) : admission.groups(said.user());
    }

    /** Nobody else repeats this, so it is tried until it is sure; its nonce keeps it from being said twice. */
    private void reply(Said said, Message message, Optional<Attachment> file) {
        var look = Renderer.render(message);
        Sent sent = new Sent.Unknown("not tried");
        for (int i = 0; i < TRIES; i++) {
            sent = posts.answer(
                    said.channel(), said.event().getMessageId(), !said.event().isFromGuild(), said.text(), look, file);
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
