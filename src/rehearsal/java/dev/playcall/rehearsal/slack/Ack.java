package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/**
 * How the application took what a person did.
 *
 * @param acked whether it acknowledged in time; where not, the person saw Slack's general failure
 * @param payload what came with the acknowledgement, an empty object when nothing came
 * @param problems what Slack would not have accepted of that payload
 */
public record Ack(boolean acked, Duration latency, JsonNode payload, List<String> problems) {
    public Ack {
        problems = List.copyOf(problems);
    }

    static Ack missed(Duration waited) {
        return new Ack(false, waited, Json.object(), List.of());
    }

    Ack with(List<String> found) {
        return new Ack(acked, latency, payload, found);
    }
}
