package dev.playcall.notify.inbound;

import dev.playcall.notify.Notice;
import java.util.List;

/**
 * What was understood of a body: the good ones are taken although others are bad.
 *
 * @param problems one line each, with a JSON pointer to what is wrong
 */
public record Read(List<Notice> notices, List<String> problems) {
    public Read {
        notices = List.copyOf(notices);
        problems = List.copyOf(problems);
    }

    static Read bad(String problem) {
        return new Read(List.of(), List.of(problem));
    }
}
