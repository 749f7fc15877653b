package dev.playcall.notify.sink;

import dev.playcall.notify.dispatch.Sink.Result;
import dev.playcall.notify.template.NotificationTemplates.Words;

/** Keeps for the ledger what was not as it should be with a message that arrived. */
public final class SinkResult {
    private SinkResult() {}

    public static Result of(Result result, Words words) {
        return result instanceof Result.Delivered delivered ? delivered.noting(words.note()) : result;
    }
}
