package dev.playcall.ansible.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.domain.Outcome;
import dev.playcall.runner.directory.ExitRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Slices of a run whose Ansible ended before it was through, while others may have gone on. */
final class LostSlices {
    private final List<JsonNode> lost = new ArrayList<>();

    void lost(JsonNode event) {
        lost.add(event);
    }

    /** Empty when there is none. */
    Optional<Outcome> outcome(ExitRecord exit) {
        return lost.stream()
                .filter(e -> e.path("signal").isNumber())
                .findFirst()
                .<Outcome>map(e -> new Outcome.Interrupted(killed(e)))
                .or(() -> lost.stream()
                        .findFirst()
                        .map(e -> new Outcome.Failed(exit.code().orElse(-1), ended(e))));
    }

    private static String killed(JsonNode event) {
        return "ansible-playbook of " + name(event) + " was killed by signal "
                + event.path("signal").asInt() + "; how far it came on each of its "
                + event.path("hosts").asInt() + " hosts is uncertain";
    }

    private static String ended(JsonNode event) {
        var said = event.path("msg").asText();
        return name(event) + " stopped before the end: "
                + (said.isEmpty() ? "exit code " + event.path("rc").asInt() : said);
    }

    private static String name(JsonNode event) {
        return "slice " + event.path("slice").asInt() + " of "
                + event.path("of").asInt();
    }
}
