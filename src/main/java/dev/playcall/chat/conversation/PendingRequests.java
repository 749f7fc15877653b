package dev.playcall.chat.conversation;

import dev.playcall.chat.message.ChatStore;
import dev.playcall.chat.message.ChatStore.PendingRequest;
import dev.playcall.command.Caller;
import dev.playcall.command.Command;
import dev.playcall.command.StartCommand;
import dev.playcall.domain.Value;
import dev.playcall.security.secret.SecretService;
import dev.playcall.security.secret.SecretText;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps what somebody wants while they are asked for the rest. */
record PendingRequests(ChatStore store, SecretService secrets, Clock clock) {

    /** The number that the question carries. */
    long keep(Caller caller, List<String> words) {
        return keep(caller, words, Map.of());
    }

    /** The same; secrets that were given already are stored, and the request names them. */
    long keep(Caller caller, Command command, List<String> words) {
        return keep(caller, words, command instanceof StartCommand start ? given(start) : Map.of());
    }

    private long keep(Caller caller, List<String> words, Map<String, String> given) {
        return store.keep(new PendingRequest(caller.person(), words, given, clock.instant()));
    }

    private Map<String, String> given(StartCommand start) {
        var given = new HashMap<String, String>();
        start.variables().forEach((name, value) -> {
            if (value instanceof SecretText text) {
                given.put(name, secrets.keep(text).ref());
            } else if (value instanceof Value.Secret secret) {
                given.put(name, secret.ref());
            }
        });
        return given;
    }
}
