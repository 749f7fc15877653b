package dev.playcall.ansible;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.catalog.inventory.RegisteredHost;
import dev.playcall.runner.Launcher.CannotLaunchException;
import dev.playcall.runner.directory.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The hosts that stand in no file, as one run sees them from its beginning to its end. Our own inventory plugin reads it. */
final class RegisteredFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The plugin takes no other. */
    private static final String NAME = "registered.json";

    private RegisteredFile() {}

    /** Where the private key of this name stands; empty when nobody will connect. */
    @FunctionalInterface
    interface Keys {
        Optional<Path> of(String host, String key) throws CannotLaunchException;
    }

    /**
     * Empty when there is no such host.
     *
     * @param source the inventory beside whose files they stand
     */
    static Optional<Path> write(List<RegisteredHost> hosts, Path source, Path folder, Keys keys)
            throws IOException, CannotLaunchException {
        if (hosts.isEmpty()) {
            return Optional.empty();
        }
        var root = JSON.createObjectNode().put("source", source.toString());
        var list = root.putArray("hosts");
        for (var host : hosts) {
            var node = list.addObject().put("name", host.name());
            host.tags().forEach(node.putArray("tags")::add);
            variables(node.putObject("variables"), host, keys);
        }
        var file = folder.resolve(NAME);
        PrivateFiles.write(file, JSON.writeValueAsBytes(root));
        return Optional.of(file);
    }

    /** More variables of hosts that are there. Every value is data. */
    static Path variables(Map<String, Map<String, String>> hosts, Path folder) throws IOException {
        var root = JSON.createObjectNode();
        var list = root.putArray("hosts");
        hosts.forEach((name, variables) -> {
            var node = list.addObject().put("name", name);
            node.putArray("tags");
            node.set("variables", JSON.valueToTree(variables));
        });
        var file = folder.resolve(NAME);
        PrivateFiles.write(file, JSON.writeValueAsBytes(root));
        return file;
    }

    private static void variables(ObjectNode node, RegisteredHost host, Keys keys) throws CannotLaunchException {
        host.ansibleVariables().forEach((name, value) -> node.set(name, JSON.valueToTree(value)));
        if (host.key().isPresent()) {
            keys.of(host.name(), host.key().get())
                    .ifPresent(file -> node.put("ansible_ssh_private_key_file", file.toString()));
        }
    }
}
