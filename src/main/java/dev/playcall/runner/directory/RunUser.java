package dev.playcall.runner.directory;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Unix user that the program of a run becomes, and what is done to the files for it.
 *
 * @param way folders that it may walk through and not list
 * @param read folders that it may read with all that is in them
 * @param own files and folders that become its own
 * @param needs what it must be able to read already; the run does not start otherwise
 */
public record RunUser(String name, List<Path> way, List<Path> read, List<Path> own, List<Path> needs) {
    public RunUser {
        way = List.copyOf(way);
        read = List.copyOf(read);
        own = List.copyOf(own);
        needs = List.copyOf(needs);
    }

    /** As it stands in spec.json. */
    public Map<String, Object> asSpec() {
        var spec = new LinkedHashMap<String, Object>();
        spec.put("name", name);
        spec.put("way", texts(way));
        spec.put("read", texts(read));
        spec.put("own", texts(own));
        spec.put("needs", texts(needs));
        return spec;
    }

    private static List<String> texts(List<Path> paths) {
        return paths.stream().map(Path::toString).toList();
    }
}
