package dev.playcall.notify.sink;

import dev.playcall.notify.Sink.Result;
import dev.playcall.notify.wording.Wording.Words;

/** Keeps for the ledger what was not as it should be with a message that arrived. */
public final class Noted {
    private Noted() {}

    public static Result of(Result result, Words words) {
        return result instanceof Result.Delivered delivered ? delivered.noting(words.note()) : result;
    }
}
