package dev.playcall.catalog.layout;

import dev.playcall.config.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Everything that decides which environments there are. */
final class WatchedPlaces {
    private WatchedPlaces() {}

    static List<Path> of(Config config) {
        var places = new ArrayList<Path>();
        var inventory = config.paths().inventory();
        var project = config.paths().project();
        InventoryLayout.list(inventory).forEach(entry -> {
            if (Files.isDirectory(entry)) {
                InventoryLayout.NAMES.forEach(name -> places.add(entry.resolve(name)));
                own(entry, places);
            } else {
                places.add(entry);
                own(config.paths().environmentFolder(InventoryContent.environment(entry)), places);
            }
        });
        InventoryLayout.VARIABLES.forEach(name -> places.add(inventory.resolve(name)));
        config.environments().forEach((name, entry) -> {
            own(config.paths().environmentFolder(name), places);
            for (var text : entry.inventory()) {
                var place = project.resolve(text).normalize();
                places.add(place);
                var files = Files.isDirectory(place) ? InventoryContent.in(place) : List.of(place);
                places.addAll(files);
                InventoryLayout.VARIABLES.forEach(v -> files.forEach(f -> places.add(f.resolveSibling(v))));
            }
        });
        return places;
    }

    private static void own(Path folder, List<Path> places) {
        places.add(folder.resolve("config.yml"));
        places.addAll(FetchedInventory.files(folder));
        InventoryLayout.VARIABLES.forEach(name -> places.add(folder.resolve(name)));
    }
}
