package dev.playcall.store.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.domain.Provenance;
import dev.playcall.domain.name.Person;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Who stands behind a run, as it is kept. */
public final class ProvenanceJson {
    private ProvenanceJson() {}

    public static ObjectNode write(Provenance provenance) {
        var node = RunEventJson.JSON.createObjectNode();
        node.put("human", provenance.human().value());
        node.set("identities", people(provenance.identities()));
        var through = node.putArray("through");
        provenance.through().forEach(through::add);
        return node;
    }

    /** @param by who asked, for runs of the time before more was kept */
    static Provenance read(JsonNode node, Person by) {
        if (!node.isObject()) {
            return Provenance.of(by);
        }
        var through = new ArrayList<String>();
        node.path("through").forEach(t -> through.add(t.asText()));
        return new Provenance(
                new Person(node.path("human").asText(by.value())), people(node.path("identities")), through);
    }

    static ArrayNode people(Collection<Person> people) {
        var array = RunEventJson.JSON.createArrayNode();
        people.forEach(p -> array.add(p.value()));
        return array;
    }

    static Set<Person> people(JsonNode array) {
        var people = new LinkedHashSet<Person>();
        array.forEach(p -> people.add(new Person(p.asText())));
        return people;
    }
}
