package dev.playcall.catalog.inventory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.catalog.layout.FetchedInventory;
import dev.playcall.config.yaml.Problem;
import dev.playcall.domain.Truncate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What {@code ansible-inventory --list --export} prints: each group with its hosts and children, and variables, which are Ansible's. */
public final class ListedInventory {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 80;

    private ListedInventory() {}

    /**
     * Why this cannot be used as the inventory of an environment, one line.
     *
     * @param group that has to be in it
     */
    public static Optional<String> problem(String text, Optional<String> group) {
        try {
            var tree = new GroupTree();
            read(text, tree, new LinkedHashSet<>());
            return group.filter(g -> !tree.has(g)).map(g -> "there is no group " + g + " in the result");
        } catch (RefusedException e) {
            return Optional.of(e.why);
        }
    }

    /** Adds what was last fetched into this folder; nothing when nothing was. */
    static void read(Path folder, GroupTree tree, Set<String> hosts, List<Problem> problems) {
        var file = FetchedInventory.result(folder);
        if (!Files.isRegularFile(file)) {
            return;
        }
        try {
            read(Files.readString(file), tree, hosts);
        } catch (IOException e) {
            problems.add(new Problem(file.toString(), "cannot be read: " + e.getMessage()));
        } catch (RefusedException e) {
            problems.add(new Problem(file.toString(), e.why));
        }
    }

    private static void read(String text, GroupTree tree, Set<String> hosts) throws RefusedException {
        var root = parsed(text);
        for (var group : root.properties()) {
            if (!group.getKey().equals("_meta")) {
                checkGroup(group.getKey());
                tree.add(group.getKey());
                group.getValue().path("children").forEach(child -> tree.add(child.asText()));
            }
        }
        for (var group : root.properties()) {
            group(group.getKey(), group.getValue(), tree, hosts);
        }
        for (var host : root.path("_meta").path("hostvars").properties()) {
            checkHost(host.getKey());
            hosts.add(host.getKey());
        }
        if (hosts.size() > HostRange.MOST) {
            throw new RefusedException("there are more than " + HostRange.MOST + " hosts");
        }
    }

    private static void group(String name, JsonNode group, GroupTree tree, Set<String> hosts) throws RefusedException {
        group.path("children").forEach(child -> tree.add(name, child.asText()));
        for (var host : group.path("hosts")) {
            checkHost(host.asText());
            hosts.add(host.asText());
            tree.addHosts(name, List.of(host.asText()));
        }
    }

    private static JsonNode parsed(String text) throws RefusedException {
        try {
            var root = JSON.readTree(text);
            if (root.isObject() && root.path("_meta").isObject()) {
                return root;
            }
        } catch (JsonProcessingException e) {
            // Said below: where in it the mistake is helps nobody.
        }
        throw new RefusedException("the output is not an inventory in JSON");
    }

    private static void checkGroup(String name) throws RefusedException {
        if (!HostsFile.isGroup(name)) {
            throw new RefusedException("\"" + Truncate.of(name, LONGEST)
                    + "\" is not a name for a group (letters, digits and . _ - only)");
        }
    }

    private static void checkHost(String name) throws RefusedException {
        var shown = "\"" + Truncate.of(name, LONGEST) + "\" ";
        switch (HostRange.expand(name)) {
            case HostRange.Refused(var why) -> throw new RefusedException(shown + why);
            case HostRange.Names(var names) when names.equals(List.of(name)) -> {}
            case HostRange.Names _ -> throw new RefusedException(shown + "is not the name of one host");
        }
    }

    private static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;
        private final String why;

        RefusedException(String why) {
            super(why);
            this.why = why;
        }
    }
}
