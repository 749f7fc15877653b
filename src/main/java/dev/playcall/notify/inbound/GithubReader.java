package dev.playcall.notify.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.notify.Excerpt;
import dev.playcall.notify.Notice;
import dev.playcall.notify.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** GitHub's webhooks: what happened, by whom, where. Failed workflow runs stay open until the same workflow succeeds. */
final class GithubReader {
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
        var labels = new TreeMap<String, String>();
        label(labels, "repository", body.at("/repository/full_name"));
        label(labels, "action", body.path("action"));
        label(labels, "person", body.at("/sender/login"));
        label(labels, "branch", body.at("/workflow_run/head_branch"));
        label(labels, "workflow", body.at("/workflow_run/name"));
        var verdict = body.at("/workflow_run/conclusion").asText("");
        boolean run = event.equals("workflow_run") && !verdict.isBlank();
        boolean failed = List.of("failure", "timed_out", "startup_failure").contains(verdict);
        var status = !run ? Notice.Status.EVENT : failed ? Notice.Status.OPEN : Notice.Status.RESOLVED;
        var subject =
                run ? labels.get("repository") + "/" + labels.get("workflow") + "/" + labels.get("branch") : delivery;
        return new Read(
                List.of(new Notice(
                        source,
                        delivery,
                        subject,
                        now,
                        "github." + Excerpt.of(event, 60),
                        failed ? Severity.ERROR : Severity.INFO,
                        status,
                        labels,
                        Excerpt.of(title(labels, verdict), Fields.TITLE),
                        Excerpt.of(body.at("/head_commit/message").asText(""), Fields.TEXT),
                        new Fields(
                                        body.has("workflow_run") ? body.path("workflow_run") : body.path("repository"),
                                        "",
                                        new ArrayList<>())
                                .link("html_url"))),
                List.of());
    }

    private static void label(Map<String, String> labels, String name, JsonNode value) {
        if (value.isValueNode() && !value.asText("").isBlank() && !value.isNull()) {
            labels.put(name, Excerpt.of(value.asText(), 300));
        }
    }

    private String title(Map<String, String> labels, String verdict) {
        var what = Optional.ofNullable(labels.get("workflow"))
                .map(w -> w + (verdict.isBlank() ? "" : " " + verdict))
                .orElse(event
                        + Optional.ofNullable(labels.get("action"))
                                .map(a -> " " + a)
                                .orElse(""));
        return Optional.ofNullable(labels.get("repository")).orElse("GitHub") + ": " + what;
    }
}
