package dev.playcall.store.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.domain.ApprovalState;
import dev.playcall.domain.ApprovalState.Approval;
import dev.playcall.domain.ContentDigest;
import dev.playcall.domain.Plan;
import dev.playcall.domain.StartTerms;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Agreements as they are kept. */
public final class ApprovalStateJson {
    private ApprovalStateJson() {}

    public static ObjectNode write(ApprovalState approvalState) {
        var node = RunEventJson.JSON.createObjectNode();
        node.set("terms", write(approvalState.terms()));
        approvalState.outline().ifPresent(o -> node.set("outline", write(o)));
        var given = node.putArray("given");
        for (var a : approvalState.given()) {
            given.addObject()
                    .put("by", a.by().value())
                    .put("human", a.human().value())
                    .put("at", a.at().toEpochMilli())
                    .set("identities", ProvenanceJson.people(a.identities()));
        }
        return node;
    }

    static ApprovalState read(String json) {
        var node = RunEventJson.tree(json);
        var given = new ArrayList<Approval>();
        for (var a : node.path("given")) {
            given.add(new Approval(
                    new Person(a.path("by").asText()),
                    new Person(a.path("human").asText()),
                    ProvenanceJson.people(a.path("identities")),
                    Instant.ofEpochMilli(a.path("at").asLong())));
        }
        var outline = node.hasNonNull("outline") ? Optional.of(outline(node.path("outline"))) : Optional.<Plan>empty();
        return new ApprovalState(terms(node.path("terms")), outline, given);
    }

    static ObjectNode write(StartTerms startTerms) {
        var node = RunEventJson.JSON.createObjectNode();
        node.put("approvals", startTerms.approvals());
        var roles = node.putArray("roles");
        startTerms.roles().forEach(roles::add);
        node.put("own", startTerms.own());
        startTerms.until().ifPresent(u -> node.put("until", u.toEpochMilli()));
        node.put("preview", startTerms.preview());
        startTerms.contentDigest().ifPresent(s -> {
            var seal = node.putObject("seal");
            s.parts().forEach(seal::put);
        });
        if (startTerms.isRequesterUnknown()) {
            node.put("requester_unknown", true);
        }
        return node.put("override", startTerms.override());
    }

    /** Runs of the time before there were terms had none. */
    static StartTerms terms(JsonNode node) {
        return new StartTerms(
                node.path("approvals").asInt(),
                texts(node.path("roles")),
                node.path("own").asBoolean(),
                node.hasNonNull("until")
                        ? Optional.of(Instant.ofEpochMilli(node.path("until").asLong()))
                        : Optional.empty(),
                node.path("preview").asBoolean(),
                node.hasNonNull("seal") ? Optional.of(seal(node.path("seal"))) : Optional.empty(),
                node.path("override").asText(),
                node.path("requester_unknown").asBoolean());
    }

    private static ContentDigest seal(JsonNode node) {
        var parts = new TreeMap<String, String>();
        node.properties().forEach(e -> parts.put(e.getKey(), e.getValue().asText()));
        return new ContentDigest(parts);
    }

    static ObjectNode write(Plan plan) {
        var node = RunEventJson.JSON.createObjectNode();
        var hosts = node.putArray("hosts");
        plan.hosts().forEach(hosts::add);
        var tasks = node.putArray("tasks");
        plan.tasks().forEach(tasks::add);
        node.put("trouble", plan.listingError());
        plan.check().ifPresent(c -> node.put("check", c.value()));
        return node.put("found", plan.checkResult());
    }

    static Plan outline(JsonNode node) {
        return new Plan(
                texts(node.path("hosts")),
                texts(node.path("tasks")),
                node.path("trouble").asText(),
                node.hasNonNull("check")
                        ? Optional.of(new RunId(node.path("check").asLong()))
                        : Optional.empty(),
                node.path("found").asText());
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(n -> texts.add(n.asText()));
        return texts;
    }
}
