package dev.playcall.store.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.domain.Batch;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Revision;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.Person;
import java.time.Duration;
import java.util.Optional;

/** Events as they are kept. Written out by hand, so that a renamed class does not change what is in old databases. */
public final class RunEventJson {
    public static final ObjectMapper JSON = new ObjectMapper();

    private RunEventJson() {}

    public static String body(RunEvent event) {
        var node = JSON.createObjectNode();
        switch (event) {
            case RunEvent.Requested(var request, var by, var origin, var startTerms, var batch, var provenance) -> {
                node.set("request", RequestJson.write(request));
                node.put("by", by.value()).put("channel", origin.channel());
                node.set("terms", ApprovalStateJson.write(startTerms));
                origin.messageId().ifPresent(m -> node.put("message_id", m));
                batch.ifPresent(p -> node.set("batch", place(p)));
                node.set("provenance", ProvenanceJson.write(provenance));
            }
            case RunEvent.Approved(var by, var human, var all) ->
                node.put("by", by.value()).put("human", human.value()).set("identities", ProvenanceJson.people(all));
            case RunEvent.Outlined(var plan) -> node.set("outline", ApprovalStateJson.write(plan));
            case RunEvent.Voided(var reason) -> node.put("reason", reason);
            case RunEvent.Stopped(var reason) -> node.put("reason", reason);
            case RunEvent.Rejected(var by, var reason) ->
                node.put("by", by.value()).put("reason", reason);
            case RunEvent.Expired() -> {}
            case RunEvent.Started(var gateway, var log) ->
                node.put("node", gateway).put("log", log);
            case RunEvent.Adopted(var gateway) -> node.put("node", gateway);
            case RunEvent.Prepared(var revision) -> node.put("revision", revision.text());
            case RunEvent.CancelRequested(var by) -> node.put("by", by.value());
            case RunEvent.Paused(var by, var reason) ->
                node.put("by", by.value()).put("reason", reason);
            case RunEvent.Resumed(var by) -> node.put("by", by.value());
            case RunEvent.Finished(var outcome) -> outcome(node, outcome);
        }
        return node.toString();
    }

    private static void outcome(ObjectNode node, Outcome outcome) {
        node.put("state", outcome.state().word());
        switch (outcome) {
            case Outcome.Success() -> {}
            case Outcome.Failed(var code, var reason) ->
                node.put("exit_code", code).put("reason", reason);
            case Outcome.TimedOut(var limit, var remote) ->
                node.put("limit_ms", limit.toMillis()).put("remote", remote);
            case Outcome.Cancelled(var by, var remote) ->
                node.put("by", by.value()).put("remote", remote);
            case Outcome.Interrupted(var reason) -> node.put("reason", reason);
        }
    }

    public static RunEvent read(String type, String body) {
        var node = tree(body);
        return switch (type) {
            case "requested" ->
                new RunEvent.Requested(
                        RequestJson.read(node.path("request")),
                        person(node),
                        new Origin(
                                node.path("channel").asText(),
                                Optional.ofNullable(node.path("message_id").textValue())),
                        ApprovalStateJson.terms(node.path("terms")),
                        node.hasNonNull("batch") ? Optional.of(place(node.path("batch"))) : Optional.empty(),
                        ProvenanceJson.read(node.path("provenance"), person(node)));
            case "approved" ->
                new RunEvent.Approved(
                        person(node),
                        new Person(node.path("human").asText(person(node).value())),
                        ProvenanceJson.people(node.path("identities")));
            case "outlined" -> new RunEvent.Outlined(ApprovalStateJson.outline(node.path("outline")));
            case "voided" -> new RunEvent.Voided(node.path("reason").asText());
            case "rejected" ->
                new RunEvent.Rejected(person(node), node.path("reason").asText());
            case "stopped" -> new RunEvent.Stopped(node.path("reason").asText());
            case "expired" -> new RunEvent.Expired();
            case "started" ->
                new RunEvent.Started(
                        node.path("node").asText(), node.path("log").asText());
            case "adopted" -> new RunEvent.Adopted(node.path("node").asText());
            case "prepared" ->
                new RunEvent.Prepared(Revision.of(node.path("revision").asText()));
            case "cancel_requested" -> new RunEvent.CancelRequested(person(node));
            case "paused" ->
                new RunEvent.Paused(person(node), node.path("reason").asText());
            case "resumed" -> new RunEvent.Resumed(person(node));
            case "finished" -> new RunEvent.Finished(outcome(node));
            default -> throw new IllegalStateException("the journal holds an event of unknown type " + type);
        };
    }

    private static ObjectNode place(Batch.Place place) {
        return JSON.createObjectNode()
                .put("id", place.batch())
                .put("place", place.number())
                .put("of", place.of())
                .put("on_failure", place.onFailure().word());
    }

    private static Batch.Place place(JsonNode node) {
        return new Batch.Place(
                node.path("id").asLong(),
                node.path("place").asInt(),
                node.path("of").asInt(),
                Batch.OnFailure.of(node.path("on_failure").asText()).orElse(Batch.OnFailure.STOP));
    }

    private static Outcome outcome(JsonNode node) {
        var reason = node.path("reason").asText();
        int remote = node.path("remote").asInt();
        return switch (node.path("state").asText()) {
            case "success" -> new Outcome.Success();
            case "failed" -> new Outcome.Failed(node.path("exit_code").asInt(-1), reason);
            case "timed_out" ->
                new Outcome.TimedOut(Duration.ofMillis(node.path("limit_ms").asLong()), remote);
            case "cancelled" -> new Outcome.Cancelled(person(node), remote);
            default -> new Outcome.Interrupted(reason);
        };
    }

    private static Person person(JsonNode node) {
        return new Person(node.path("by").asText());
    }

    public static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds broken JSON", e);
        }
    }
}
