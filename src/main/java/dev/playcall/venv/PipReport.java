package dev.playcall.venv;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/** What pip says that it installed ({@code --report}). */
final class PipReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PipReport() {}

    /** Each package with its exact version and its hash, as pip takes it back. */
    static List<String> lock(Path report) throws IOException {
        var lines = new TreeSet<String>();
        JSON.readTree(Files.readString(report)).path("install").forEach(installed -> lines.add(line(installed)));
        return List.copyOf(lines);
    }

    private static String line(JsonNode installed) {
        var metadata = installed.path("metadata");
        var archive = installed.path("download_info").path("archive_info");
        var hash = archive.path("hashes").path("sha256").asText();
        if (hash.isEmpty()) {
            hash = archive.path("hash").asText().replaceFirst("^sha256=", "");
        }
        return metadata.path("name").asText() + "==" + metadata.path("version").asText() + " --hash=sha256:" + hash;
    }
}
