package dev.playcall.chat.conversation;

import dev.playcall.chat.card.RunCards;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.ChatStore;
import dev.playcall.chat.message.Message;
import dev.playcall.command.Caller;
import dev.playcall.command.Rights;
import dev.playcall.domain.Run;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.EventStore;
import dev.playcall.security.access.Permission;
import java.util.Optional;

/**
 * The short form of a card, for a link to the page of a run. A channel sees it only when Playcall shows this run there
 * anyway and whoever posted the link may view it: a link must not tell a channel more than its cards do.
 */
record LinkPreview(EventStore runs, RunCards cards, ChatStore store, Rights rights) {

    /** @param isDefault whether the channel sees the runs that were asked for elsewhere */
    Optional<Message> of(Caller caller, Channel channel, boolean isDefault, RunId id) {
        return runs.find(id)
                .filter(r -> rights.refusal(caller, Permission.VIEW, r).isEmpty())
                .filter(r -> isShown(r, channel, isDefault))
                .map(cards::brief);
    }

    private boolean isShown(Run run, Channel channel, boolean isDefault) {
        var origin = Channel.of(run.origin().channel());
        boolean asked = origin.map(o -> isSame(o, channel)).orElse(false);
        boolean subscribed = store.subscribers(run).entrySet().stream()
                .anyMatch(s -> isSame(s.getKey(), channel)
                        && (!s.getValue() || run.state().isBad()));
        boolean fromElsewhere = isDefault
                && origin.filter(o -> o.platform().equals(channel.platform())).isEmpty();
        return asked || subscribed || fromElsewhere;
    }

    /** The threads of a channel are read by those who read the channel. */
    private static boolean isSame(Channel a, Channel b) {
        return a.platform().equals(b.platform()) && a.place().equals(b.place());
    }
}
