package dev.playcall.notify.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.notify.Excerpt;
import dev.playcall.notify.Notice;
import dev.playcall.notify.Severity;
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

    Read read(JsonNode body) {
        if (event.isBlank() || delivery.isBlank()) {
            return Read.bad("/: X-GitHub-Event or X-GitHub-Delivery is missing");
        }
        var words = new GithubWords(event, body);
        var labels = new TreeMap<String, String>();
        label(labels, "repository", words.repository());
        label(labels, "action", body.path("action").asText(""));
        label(labels, "person", body.at("/sender/login").asText(""));
        label(labels, "branch", words.branch());
        label(labels, "workflow", words.workflow());
        label(labels, "result", words.result());
        var at = new Fields(body.path("workflow_run"), "", new ArrayList<>()).time("updated_at");
        boolean failed = FAILURES.contains(words.result());
        var status = event.equals("workflow_run") ? status(words.result()) : Notice.Status.EVENT;
        var subject = status == Notice.Status.EVENT
                ? delivery
                : words.repository() + "/" + words.workflow() + "/" + words.branch();
        return new Read(
                List.of(new Notice(
                        source,
                        delivery,
                        subject,
                        at.orElse(now),
                        "github." + Excerpt.of(event, 60),
                        failed ? Severity.ERROR : Severity.INFO,
                        status,
                        labels,
                        Excerpt.of(Excerpt.line(words.title()), Fields.TITLE),
                        Excerpt.of(words.text(), Fields.TEXT),
                        new Fields(words.linked(), "", new ArrayList<>()).link("html_url"),
                        Notice.Order.once(status, at))),
                List.of());
    }

    /** Whoever cancels or skips a run has mended nothing. */
    private static Notice.Status status(String result) {
        if (result.equals("success")) {
            return Notice.Status.RESOLVED;
        }
        return FAILURES.contains(result) ? Notice.Status.OPEN : Notice.Status.EVENT;
    }

    private static void label(Map<String, String> labels, String name, String value) {
        if (!value.isBlank()) {
            labels.put(name, Excerpt.of(value, 300));
        }
    }
}
