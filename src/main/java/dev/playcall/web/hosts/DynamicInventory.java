package dev.playcall.web.hosts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.catalog.inventory.RegisteredHost;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.runs.RunJson;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Hosts as an inventory script prints them for {@code ansible-inventory --list}: groups with their hosts, and below {@code _meta} the
 * variables of registered hosts. Those of inventory files are in the files, and private keys are never told.
 */
final class DynamicInventory {
    private static final Set<String> IMPLICIT = Set.of("all", "ungrouped");
    private static final Pattern TEMPLATE = Pattern.compile("\\{[{%#]|#jinja2");

    private DynamicInventory() {}

    static ObjectNode of(ChosenHosts chosen) {
        var root = JsonBodies.object();
        var variables = root.putObject("_meta").putObject("hostvars");
        var hosts = new HashSet<>(chosen.hosts());
        chosen.environment().registered().stream()
                .filter(h -> hosts.contains(h.name()))
                .forEach(h -> variables.set(h.name(), variables(h)));
        root.putObject("all").set("hosts", RunJson.texts(chosen.hosts()));
        chosen.groups().forEach((name, members) -> {
            if (!IMPLICIT.contains(name)) {
                root.putObject(name).set("hosts", RunJson.texts(members));
            }
        });
        return root;
    }

    private static ObjectNode variables(RegisteredHost host) {
        var node = JsonBodies.object();
        host.ansibleVariables().forEach((name, value) -> node.set(name, data(JsonBodies.tree(value))));
        return node;
    }

    /** What a program registered is never a template, as in a run: Ansible takes text that is marked so as it is. */
    private static JsonNode data(JsonNode value) {
        if (value.isTextual()) {
            return TEMPLATE.matcher(value.textValue()).find() ? unsafe(value.textValue()) : value;
        }
        if (value.isArray()) {
            var list = JsonNodeFactory.instance.arrayNode();
            value.forEach(v -> list.add(data(v)));
            return list;
        }
        return value.isObject() ? map(value) : value;
    }

    /** Ansible reads a map with a key of its own as something else, for example as a text to decrypt: it gets that as text. */
    private static JsonNode map(JsonNode value) {
        if (value.properties().stream().anyMatch(e -> e.getKey().startsWith("__ansible"))) {
            return unsafe(value.toString());
        }
        var map = JsonBodies.object();
        value.properties().forEach(e -> map.set(e.getKey(), data(e.getValue())));
        return map;
    }

    private static ObjectNode unsafe(String text) {
        return JsonBodies.object().put("__ansible_unsafe", text);
    }
}
