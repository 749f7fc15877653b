package dev.playcall.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.domain.Agreement;
import dev.playcall.domain.Approval;
import dev.playcall.domain.Outline;
import dev.playcall.domain.Person;
import dev.playcall.domain.RunId;
import dev.playcall.domain.Seal;
import dev.playcall.domain.Terms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Agreements as they are kept. */
final class AgreementJson {
    private AgreementJson() {}

    static ObjectNode write(Agreement agreement) {
        var node = EventJson.JSON.createObjectNode();
        node.set("terms", write(agreement.terms()));
        agreement.outline().ifPresent(o -> node.set("outline", write(o)));
        var given = node.putArray("given");
        for (var a : agreement.given()) {
            given.addObject()
                    .put("by", a.by().value())
                    .put("human", a.human().value())
                    .put("at", a.at().toEpochMilli())
                    .set("identities", ProvenanceJson.people(a.identities()));
        }
        return node;
    }

    static Agreement read(String json) {
        var node = EventJson.tree(json);
        var given = new ArrayList<Approval>();
        for (var a : node.path("given")) {
            given.add(new Approval(
                    new Person(a.path("by").asText()),
                    new Person(a.path("human").asText()),
                    ProvenanceJson.people(a.path("identities")),
                    Instant.ofEpochMilli(a.path("at").asLong())));
        }
        var outline =
                node.hasNonNull("outline") ? Optional.of(outline(node.path("outline"))) : Optional.<Outline>empty();
        return new Agreement(terms(node.path("terms")), outline, given);
    }

    static ObjectNode write(Terms terms) {
        var node = EventJson.JSON.createObjectNode();
        node.put("approvals", terms.approvals());
        var roles = node.putArray("roles");
        terms.roles().forEach(roles::add);
        node.put("own", terms.own());
        terms.until().ifPresent(u -> node.put("until", u.toEpochMilli()));
        node.put("preview", terms.preview());
        terms.seal().ifPresent(s -> {
            var seal = node.putObject("seal");
            s.parts().forEach(seal::put);
        });
        return node.put("override", terms.override());
    }

    /** Runs of the time before there were terms had none. */
    static Terms terms(JsonNode node) {
        return new Terms(
                node.path("approvals").asInt(),
                texts(node.path("roles")),
                node.path("own").asBoolean(),
                node.hasNonNull("until")
                        ? Optional.of(Instant.ofEpochMilli(node.path("until").asLong()))
                        : Optional.empty(),
                node.path("preview").asBoolean(),
                node.hasNonNull("seal") ? Optional.of(seal(node.path("seal"))) : Optional.empty(),
                node.path("override").asText());
    }

    private static Seal seal(JsonNode node) {
        var parts = new TreeMap<String, String>();
        node.properties().forEach(e -> parts.put(e.getKey(), e.getValue().asText()));
        return new Seal(parts);
    }

    static ObjectNode write(Outline outline) {
        var node = EventJson.JSON.createObjectNode();
        var hosts = node.putArray("hosts");
        outline.hosts().forEach(hosts::add);
        var tasks = node.putArray("tasks");
        outline.tasks().forEach(tasks::add);
        node.put("trouble", outline.trouble());
        outline.check().ifPresent(c -> node.put("check", c.value()));
        return node.put("found", outline.found());
    }

    static Outline outline(JsonNode node) {
        return new Outline(
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
