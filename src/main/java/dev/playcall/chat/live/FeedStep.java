package dev.playcall.chat.live;

import dev.playcall.chat.message.ChatStore.MessageRef;

/** The next thing to do for a feed. */
sealed interface FeedStep {

    Urgency urgency();

    /** What goes first when several feeds of a channel want something. */
    enum Urgency {
        /** That it ended, and how. */
        END,
        /** A card that is not there yet. */
        NEW,
        THREAD,
        PROGRESS
    }

    /** Say something that is not there yet. */
    record Post(Part part, Urgency urgency) implements FeedStep {}

    /** Nobody knows whether this was said. */
    record Verify(MessageRef slot, Urgency urgency) implements FeedStep {}

    /** Show the newest state in place of what is there. */
    record Edit(MessageRef slot, Urgency urgency) implements FeedStep {}

    /** The channel has been told everything. */
    record Close() implements FeedStep {
        @Override
        public Urgency urgency() {
            return Urgency.END;
        }
    }

    /** The parts of what a channel sees of a run. */
    enum Part {
        CARD,
        /** A card that goes on where an older one cannot be edited any more. */
        CONTINUATION,
        /** What is new, in the thread. */
        NEWS,
        ALERT,
        /** That a run was approved or not, for whoever asked for it. */
        DECISION,
        /** That a run begins, for those who wanted to be called. */
        TURN,
        /** The same when it has ended. */
        OVER,
        ACCOUNT,
        LOG
    }
}
