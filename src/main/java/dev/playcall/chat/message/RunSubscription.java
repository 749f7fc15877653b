package dev.playcall.chat.message;

import dev.playcall.domain.name.RunId;

/**
 * That a channel is told of a run: the whole card, or only when it fails.
 *
 * @param wholeBatch of all runs of the batch that begins with this one, in one card
 */
public record RunSubscription(RunId run, Channel channel, boolean failuresOnly, boolean wholeBatch) {
    public RunSubscription(RunId run, Channel channel, boolean failuresOnly) {
        this(run, channel, failuresOnly, false);
    }
}
