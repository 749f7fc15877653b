package dev.playcall.ansible;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.InventoryFile;
import dev.playcall.catalog.inventory.RegisteredGroups;
import dev.playcall.catalog.inventory.RegisteredHost;
import dev.playcall.catalog.layout.EnvironmentSource;
import dev.playcall.catalog.layout.FetchedInventory;
import dev.playcall.runner.Launcher.CannotLaunchException;
import dev.playcall.runner.directory.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The inventory of one run.
 *
 * @param sources of the environment, then the files that were written for the run
 * @param written those files
 * @param plugins that may read them, as {@code ANSIBLE_INVENTORY_ENABLED} takes it
 */
record RunInventory(List<Path> sources, List<Path> written, String plugins) {
    /** Our own inventory plugin takes no other. */
    private static final String NAME = "environment.json";

    private static final String REGISTERED = "playcall_registered";
    private static final ObjectMapper JSON = new ObjectMapper();

    RunInventory {
        sources = List.copyOf(sources);
        written = List.copyOf(written);
    }

    /**
     * What a run reads its hosts from.
     *
     * @param fetched what is known of asking the sources, when some of them are executed
     * @param hosts all there are; empty when they are not known
     */
    record Origin(
            EnvironmentSource source,
            List<RegisteredHost> registered,
            Optional<FetchedInventory> fetched,
            Set<String> hosts) {
        Origin {
            hosts = Set.copyOf(hosts);
        }

        static Origin of(Environment environment) {
            return new Origin(
                    environment.source(),
                    RegisteredGroups.of(environment),
                    environment.fetched(),
                    new HashSet<>(environment.hosts()));
        }

        Path folder() {
            return source.folder();
        }
    }

    /** Writes into the folder of the run what the files of the environment do not say. */
    static RunInventory write(Origin origin, Path folder, RegisteredFile.Keys keys)
            throws IOException, CannotLaunchException {
        var source = origin.source();
        var environment = environment(origin, folder);
        var registered =
                RegisteredFile.write(origin.registered(), source.inventories().getFirst(), folder, keys);
        var plugins = new ArrayList<String>();
        registered.ifPresent(_ -> plugins.add(REGISTERED));
        environment.ifPresent(_ -> plugins.add("playcall_environment"));
        // What was fetched stands for all sources, so none of them is asked again.
        if (source.fetching().isEmpty()) {
            plugins.add(InventoryFile.plugins(source.inventories()));
        }
        var written = Stream.concat(environment.stream(), registered.stream()).toList();
        var all = Stream.concat(source.inventories().stream(), written.stream()).toList();
        return new RunInventory(all, written, String.join(",", plugins));
    }

    /** The same with one more file of {@link RegisteredFile}. */
    RunInventory and(Path registered) {
        var all = new ArrayList<>(sources);
        all.add(registered);
        var present = List.of(plugins.split(",")).contains(REGISTERED);
        return new RunInventory(all, written, present ? plugins : REGISTERED + "," + plugins);
    }

    private static Optional<Path> environment(Origin origin, Path folder) throws IOException, CannotLaunchException {
        var source = origin.source();
        if (source.group().isEmpty() && source.fetching().isEmpty()) {
            return Optional.empty();
        }
        var document = JSON.createObjectNode();
        source.group().ifPresent(g -> document.put("group", g));
        if (origin.fetched().isPresent()) {
            document.put("source", source.inventories().getFirst().toString());
            fetched(document, source, origin.fetched().get());
        }
        var file = folder.resolve(NAME);
        PrivateFiles.write(file, JSON.writeValueAsBytes(document));
        return Optional.of(file);
    }

    private static void fetched(ObjectNode document, EnvironmentSource source, FetchedInventory state)
            throws IOException, CannotLaunchException {
        var failure = state.failure();
        if (state.at().isEmpty()) {
            throw new CannotLaunchException("the inventory of " + source.name() + " has not been fetched"
                    + failure.map(f -> " (" + f.why() + ")").orElse("") + ": inventory refresh " + source.name());
        }
        document.set("fetched", JSON.readTree(Files.readString(FetchedInventory.result(source.folder()))));
        failure.ifPresent(f -> document.put(
                "warning",
                "the inventory was fetched at " + state.at().get() + "; the refresh at " + f.at() + " failed: "
                        + f.why()));
    }
}
