package dev.playcall.notify.inbound;

import dev.playcall.notify.event.NotificationEvent;
import java.util.List;

/**
 * What was understood of a body: the good ones are taken although others are bad.
 *
 * @param problems one line each, with a JSON pointer to what is wrong
 */
record InboundResult(List<NotificationEvent> notices, List<String> problems) {
    public InboundResult {
        notices = List.copyOf(notices);
        problems = List.copyOf(problems);
    }

    static InboundResult bad(String problem) {
        return new InboundResult(List.of(), List.of(problem));
    }
}
