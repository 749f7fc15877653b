package dev.playcall.notify.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.domain.Truncate;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** GitHub's webhooks: what happened, by whom, where. Failed workflow runs stay open until the same workflow succeeds. */
final class GithubReader {
    private static final List<String> FAILURES = List.of("failure", "timed_out", "startup_failure");

    private final String source;
    private final String event;
    private final String delivery;
    private final Instant now;

    GithubReader(String source, String event, String delivery, Instant now) {
        this.source = source;
        this.event = event;
        this.delivery = delivery;
        this.now = now;
    }

    InboundResult read(JsonNode body) {
        if (event.isBlank() || delivery.isBlank()) {
            return InboundResult.bad("/: X-GitHub-Event or X-GitHub-Delivery is missing");
        }
        var words = new GithubText(event, body);
        var labels = new TreeMap<String, String>();
        label(labels, "repository", words.repository());
        label(labels, "action", body.path("action").asText(""));
        label(labels, "person", body.at("/sender/login").asText(""));
        label(labels, "branch", words.branch());
        label(labels, "workflow", words.workflow());
        label(labels, "result", words.result());
        var at = new JsonFields(body.path("workflow_run"), "", new ArrayList<>()).time("updated_at");
        boolean failed = FAILURES.contains(words.result());
        var status = event.equals("workflow_run") ? status(words.result()) : NotificationEvent.Status.EVENT;
        var subject = status == NotificationEvent.Status.EVENT
                ? delivery
                : words.repository() + "/" + words.workflow() + "/" + words.branch();
        return new InboundResult(
                List.of(new NotificationEvent(
                        source,
                        delivery,
                        subject,
                        at.orElse(now),
                        "github." + Truncate.of(event, 60),
                        failed ? Severity.ERROR : Severity.INFO,
                        status,
                        labels,
                        Truncate.of(Truncate.line(words.title()), JsonFields.TITLE),
                        Truncate.of(words.text(), JsonFields.TEXT),
                        new JsonFields(words.linked(), "", new ArrayList<>()).link("html_url"),
                        NotificationEvent.Order.once(status, at))),
                List.of());
    }

    /** Whoever cancels or skips a run has mended nothing. */
    private static NotificationEvent.Status status(String result) {
        if (result.equals("success")) {
            return NotificationEvent.Status.RESOLVED;
        }
        return FAILURES.contains(result) ? NotificationEvent.Status.OPEN : NotificationEvent.Status.EVENT;
    }

    private static void label(Map<String, String> labels, String name, String value) {
        if (!value.isBlank()) {
            labels.put(name, Truncate.of(value, 300));
        }
    }
}
