package dev.playcall.command.inventory;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.HostsEdit.RefusedException;
import dev.playcall.catalog.inventory.InventoryEdit;
import dev.playcall.catalog.inventory.InventoryFile;
import dev.playcall.command.HostCommand.HostChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which of the files of an environment a change concerns: those in which the host or group stands. */
final class HostsFileChoice {
    private HostsFileChoice() {}

    /** A change of one file. */
    interface Change {
        String to(InventoryEdit edit, Path file) throws RefusedException;
    }

    /** The new texts, by file. */
    static Map<String, String> texts(Environment environment, HostChange change, Change each)
            throws IOException, RefusedException {
        var files = environment.hostsFiles();
        if (files.isEmpty()) {
            throw new RefusedException(
                    "all hosts of " + environment.name() + " come from plugins and scripts; change" + " them there");
        }
        return switch (change) {
            case HostChange.Add(var _, var group, var _) -> one(files, withGroup(environment, group), each);
            case HostChange.AddGroup _ -> one(files, files.firstEntry().getKey(), each);
            // A host that is tagged needs that in one file only.
            case HostChange.Tag _ -> found(files, each, 1);
            case HostChange.Remove _,
                    HostChange.Untag _,
                    HostChange.RemoveGroup _,
                    HostChange.RenameGroup _,
                    HostChange.ChangeVariables _ -> found(files, each, files.size());
        };
    }

    private static String withGroup(Environment environment, String group) {
        var files = environment.hostsFiles();
        return files.entrySet().stream()
                .filter(f -> !group.equals("all") && InventoryFile.hasGroup(f.getValue(), group))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(files.firstEntry().getKey());
    }

    private static Map<String, String> one(Map<String, Path> files, String name, Change each)
            throws IOException, RefusedException {
        var file = files.getOrDefault(name, Path.of(name));
        return Map.of(name, each.to(edit(file), file));
    }

    /** Those files in which it stands, at most so many. */
    private static Map<String, String> found(Map<String, Path> files, Change each, int most)
            throws IOException, RefusedException {
        var texts = new LinkedHashMap<String, String>();
        var missing = new ArrayList<RefusedException>();
        for (var file : List.copyOf(files.entrySet())) {
            try {
                if (texts.size() < most) {
                    texts.put(file.getKey(), each.to(edit(file.getValue()), file.getValue()));
                }
            } catch (RefusedException e) {
                if (!e.isMissing()) {
                    throw e;
                }
                missing.add(e);
            }
        }
        if (texts.isEmpty()) {
            throw missing.getFirst();
        }
        return texts;
    }

    private static InventoryEdit edit(Path file) throws IOException, RefusedException {
        return InventoryFile.edit(file, Files.readString(file));
    }
}
