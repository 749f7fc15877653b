package dev.playcall.catalog.selection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.HostsEdit.RefusedException;
import dev.playcall.catalog.layout.FetchedInventory;
import dev.playcall.catalog.vars.EnvironmentVariables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The ids of the servers of one environment, as the role {@code agent} gives them to its agents: {@code agent_server_id} or
 * {@code server_uuid} where it is written for the host, else one made of the environment and the name. One that is a template, or
 * stands in {@code group_vars}, is not known here.
 *
 * @param hosts by id
 * @param ids by host, in the order of the inventory
 */
public record ServerIds(Map<String, String> hosts, Map<String, String> ids) {
    /** What counts for the role stands in front. */
    private static final List<String> VARIABLES = List.of("agent_server_id", "server_uuid");

    private static final ObjectMapper JSON = new ObjectMapper();

    public ServerIds {
        hosts = Collections.unmodifiableMap(new LinkedHashMap<>(hosts));
        ids = Collections.unmodifiableMap(new LinkedHashMap<>(ids));
    }

    /** As it is written now; what cannot be read counts as not written. */
    public static ServerIds of(Environment environment) {
        var written = written(environment);
        var folders = folders(environment);
        var hosts = new LinkedHashMap<String, String>();
        var ids = new LinkedHashMap<String, String>();
        for (var host : environment.hosts()) {
            var own = written.get(host);
            // Which of several folders Ansible took the host from is not known here, so each of their ids is taken.
            var known = own != null
                    ? List.of(own)
                    : folders.stream().map(f -> ServerUuid.of(f, host)).toList();
            ids.put(host, known.getFirst());
            known.forEach(id -> hosts.putIfAbsent(id.toLowerCase(Locale.ROOT), host));
        }
        return new ServerIds(hosts, ids);
    }

    /** The host that this id means, in whatever case it is written. */
    public Optional<String> host(String id) {
        return Optional.ofNullable(hosts.get(id.toLowerCase(Locale.ROOT)));
    }

    /** {@code inventory_dir | basename} of each inventory; that of registered hosts is the first. */
    private static Set<String> folders(Environment environment) {
        var names = new LinkedHashSet<String>();
        Stream.concat(
                        Stream.of(environment.variables()),
                        environment.inventories().stream().map(Path::getParent))
                .filter(f -> f != null && f.getFileName() != null)
                .forEach(f -> names.add(f.getFileName().toString()));
        return names.isEmpty() ? Set.of(environment.name().value()) : names;
    }

    private static Map<String, String> written(Environment environment) {
        var found = new LinkedHashMap<String, String>();
        for (var variable : VARIABLES) {
            try {
                var variables = new EnvironmentVariables(environment).ofHosts(variable);
                variables.forEach(found::putIfAbsent);
            } catch (IOException | RefusedException e) {
                // Said where the files are checked.
            }
            fetched(environment)
                    .properties()
                    .forEach(h ->
                            put(found, h.getKey(), h.getValue().path(variable).asText()));
            environment
                    .registered()
                    .forEach(h ->
                            put(found, h.name(), String.valueOf(h.variables().getOrDefault(variable, ""))));
        }
        return found;
    }

    private static void put(Map<String, String> found, String host, String id) {
        if (!id.isEmpty() && !id.contains("{{")) {
            found.putIfAbsent(host, id);
        }
    }

    private static JsonNode fetched(Environment environment) {
        if (environment.fetched().isEmpty()) {
            return JSON.createObjectNode();
        }
        try {
            return JSON.readTree(Files.readString(FetchedInventory.result(environment.folder())))
                    .path("_meta")
                    .path("hostvars");
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }
}
