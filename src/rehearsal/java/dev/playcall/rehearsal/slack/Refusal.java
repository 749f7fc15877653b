package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What Slack answers with {@code ok: false}. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String error;
    private final transient List<String> messages;

    Refusal(String error) {
        this(error, List.of());
    }

    Refusal(String error, List<String> messages) {
        super(error + " " + messages);
        this.error = error;
        this.messages = List.copyOf(messages);
    }

    ObjectNode answer() {
        var answer = Json.object().put("ok", false).put("error", error);
        if (!messages.isEmpty()) {
            var array = answer.putObject("response_metadata").putArray("messages");
            messages.forEach(array::add);
        }
        return answer;
    }
}
