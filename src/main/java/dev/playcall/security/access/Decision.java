package dev.playcall.security.access;

import java.util.List;

/** Whether something may be done. */
public sealed interface Decision {

    /** @param why the role, and through what the person has it */
    record Allowed(String why) implements Decision {}

    /**
     * It may not.
     *
     * @param reason one line: {@code you may not start deploy in production}
     * @param whoCould those who may: {@code slack:U0123}, {@code group slack:S0123}, {@code everybody in slack:C0123}
     */
    record Denied(String reason, List<String> whoCould) implements Decision {
        public Denied {
            whoCould = List.copyOf(whoCould);
        }
    }
}
