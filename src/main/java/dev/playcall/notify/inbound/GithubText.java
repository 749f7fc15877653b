package dev.playcall.notify.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a webhook of GitHub says in a line: the thing it is about, what became of it, and where to look. */
final class GithubText {
    /** What an event may be about, the most telling first; most events carry a repository beside it. */
    private static final List<String> THINGS = List.of(
            "workflow_run",
            "workflow_job",
            "check_run",
            "check_suite",
            "deployment_status",
            "pull_request",
            "issue",
            "discussion",
            "release",
            "alert",
            "milestone");

    private static final String BRANCH = "refs/heads/";

    private final String event;
    private final JsonNode body;
    private final JsonNode thing;

    GithubText(String event, JsonNode body) {
        this.event = event;
        this.body = body;
        this.thing = THINGS.stream()
                .map(body::path)
                .filter(JsonNode::isObject)
                .findFirst()
                .orElseGet(JsonNodeFactory.instance::objectNode);
    }

    String repository() {
        return body.at("/repository/full_name").asText("");
    }

    String branch() {
        var ref = body.path("ref").asText("");
        return first(thing.path("head_branch"), body.at("/deployment/ref"))
                .orElse(ref.startsWith(BRANCH) ? ref.substring(BRANCH.length()) : "");
    }

    String workflow() {
        return first(body.at("/workflow_run/name"), body.at("/workflow/name"), body.at("/workflow_job/workflow_name"))
                .orElse("");
    }

    /** How it ended, in GitHub's word; empty while it has not. */
    String result() {
        return first(thing.path("conclusion"))
                .or(() -> event.equals("deployment_status") || event.equals("status")
                        ? first(thing.path("state"), body.path("state"))
                        : Optional.empty())
                .orElse("");
    }

    String title() {
        var where = repository().isEmpty() ? "GitHub" : repository();
        return where + ": " + (event.equals("push") ? push() : what());
    }

    private String push() {
        int commits = body.path("commits").size();
        var to = branch().isEmpty() ? body.path("ref").asText("") : branch();
        if (body.path("deleted").asBoolean()) {
            return to + " deleted";
        }
        return (body.path("forced").asBoolean() ? "forced push to " : "push to ")
                + to
                + (commits == 0 ? "" : commits == 1 ? ", 1 commit" : ", " + commits + " commits");
    }

    /** Of a run its name says more than the word for its kind. */
    private String what() {
        boolean run = event.equals("workflow_run") && !workflow().isEmpty();
        var number = first(thing.path("number")).map(n -> " #" + n).orElse("");
        var became = result().isEmpty() ? body.path("action").asText("") : result();
        var line = new StringBuilder(run ? workflow() : plain(event.equals("issues") ? "issue" : event)).append(number);
        if (!became.isBlank()) {
            line.append(' ').append(plain(became));
        }
        if (run && !branch().isEmpty()) {
            line.append(" on ").append(branch());
        }
        if (!run) {
            called().ifPresent(name -> line.append(": ").append(name));
        }
        return line.toString();
    }

    private Optional<String> called() {
        return first(
                thing.path("title"),
                thing.path("name"),
                thing.path("tag_name"),
                body.path("context"),
                body.path("ref"));
    }

    private static String plain(String word) {
        return word.replace('_', ' ');
    }

    /** What somebody wrote about it. */
    String text() {
        return first(
                        body.at("/comment/body"),
                        body.at("/review/body"),
                        body.at("/head_commit/message"),
                        body.at("/workflow_run/display_title"),
                        thing.path("description"))
                .orElse("");
    }

    /** The object with the page that tells more. */
    JsonNode linked() {
        return Stream.of(
                        body.path("comment"),
                        body.path("review"),
                        thing,
                        JsonNodeFactory.instance.objectNode().set("html_url", body.path("compare")),
                        body.path("repository"))
                .filter(n -> n.path("html_url").isTextual())
                .findFirst()
                .orElse(thing);
    }

    private static Optional<String> first(JsonNode... of) {
        return Stream.of(of)
                .filter(n -> n.isValueNode() && !n.isNull())
                .map(JsonNode::asText)
                .filter(t -> !t.isBlank())
                .findFirst();
    }
}
