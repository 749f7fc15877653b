package dev.playcall.venv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.catalog.file.RolesPath;
import dev.playcall.config.file.FileTrees;
import dev.playcall.content.ContentException;
import dev.playcall.content.ExternalProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The program ansible-lint, asked only for what keeps a playbook from being read (profile {@code min}). The rules and settings of
 * the repository do not count: they may be programs.
 */
final class LintProgram {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final ExternalProgram program;

    /** @param environment of the gateway */
    LintProgram(Map<String, String> environment) {
        this.program = new ExternalProgram(environment, _ -> false);
    }

    Optional<Path> find() {
        return Arrays.stream(program.own("PATH")
                        .orElse("/usr/local/bin:/usr/bin:/bin")
                        .split(":", -1))
                .filter(p -> p.startsWith("/"))
                .map(p -> Path.of(p, "ansible-lint"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * What it finds, each in one line: {@code site.yml:3: …}.
     *
     * @throws ContentException when it cannot be asked
     */
    List<String> findings(Path lint, Path file, RolesPath libraries) throws ContentException {
        Path scratch = null;
        try {
            scratch = Files.createTempDirectory("playcall-lint");
            var settings = Files.writeString(scratch.resolve("lint.yml"), "---\nprofile: min\n");
            var command = List.of(
                    lint.toString(),
                    "--offline",
                    "-q",
                    "--nocolor",
                    "-f",
                    "json",
                    "-c",
                    settings.toString(),
                    file.toString());
            var ended = program.run(
                    command, libraries.project(), environment(scratch, libraries), ExternalProgram.Limit.of(TIMEOUT));
            return findings(ended);
        } catch (IOException e) {
            throw new ContentException("ansible-lint could not be run: " + e.getMessage());
        } finally {
            remove(scratch);
        }
    }

    private static Map<String, String> environment(Path scratch, RolesPath libraries) {
        return Map.of(
                "ANSIBLE_HOME", scratch.toString(),
                "XDG_CACHE_HOME", scratch.toString(),
                "ANSIBLE_LOCAL_TEMP", scratch.toString(),
                "ANSIBLE_ROLES_PATH", libraries.roles(),
                "ANSIBLE_COLLECTIONS_PATH", libraries.collections());
    }

    private static List<String> findings(ExternalProgram.Ended ended) throws ContentException {
        try {
            var found = JSON.readTree(ended.out());
            if (found != null && found.isArray()) {
                var lines = new ArrayList<String>();
                found.forEach(f -> lines.add(line(f)));
                return lines;
            }
        } catch (JsonProcessingException e) {
            // what it says is on the other channel then
        }
        var why = ended.err().lines().filter(l -> !l.isBlank()).reduce((_, last) -> last);
        throw new ContentException("ansible-lint ended with " + ended.code()
                + why.map(w -> ": " + ExternalProgram.line(w)).orElse(""));
    }

    private static String line(JsonNode finding) {
        var location = finding.path("location");
        var begin = location.path("lines").path("begin");
        int line = begin.isInt()
                ? begin.asInt()
                : location.path("positions").path("begin").path("line").asInt();
        var what = finding.path("description").asText();
        return ExternalProgram.line(location.path("path").asText() + (line > 0 ? ":" + line : "") + ": "
                + (what.isBlank() ? finding.path("check_name").asText() : what));
    }

    private static void remove(@org.jspecify.annotations.Nullable Path folder) {
        try {
            if (folder != null) {
                FileTrees.delete(folder);
            }
        } catch (IOException e) {
            // in the folder for temporary files, which somebody clears
        }
    }
}
