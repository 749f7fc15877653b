package dev.playcall.ansible.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.domain.Truncate;

/** What a module said of its failure. */
final class FailureMessage {
    /** What sudo says where it wants a terminal, which pipelining does not give it. */
    private static final String NO_TERMINAL = "you must have a tty to run sudo";

    private static final String REQUIRETTY =
            "sudo on this host has requiretty, which does not go with pipelining: remove"
                    + " requiretty from its sudoers, or set ansible_pipelining: false for the host";

    private static final int LONGEST_MESSAGE = 4000;

    private FailureMessage() {}

    static String of(JsonNode event) {
        var text =
                event.path("msg").asText(event.path("r").path("msg").asText("")).strip();
        return Truncate.of(text.contains(NO_TERMINAL) ? REQUIRETTY : text, LONGEST_MESSAGE);
    }
}
