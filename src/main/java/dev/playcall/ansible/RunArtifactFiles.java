package dev.playcall.ansible;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.RunArtifacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the copy of the playbook and the event lines that stay in the folder of a run. */
final class RunArtifactFiles implements RunArtifacts {
    /** In the folder of a run, see docs/run-directory.md. */
    static final String PLAYBOOK = "playbook.yml";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LARGEST_PLAYBOOK = 1 << 20;

    private final Path runs;

    RunArtifactFiles(Path runs) {
        this.runs = runs;
    }

    private Path file(RunId run, String name) {
        return runs.resolve(Long.toString(run.value())).resolve(name);
    }

    @Override
    public Optional<String> playbook(RunId run) {
        return text(file(run, PLAYBOOK));
    }

    @Override
    public Optional<String> ansibleSettings(RunId run) {
        return text(file(run, TunedRun.FILE));
    }

    @Override
    public Optional<String> slices(RunId run) {
        var file = file(run, "events");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(file)) {
            return lines.findFirst()
                    .flatMap(RunArtifactFiles::event)
                    .filter(e -> e.path("e").asText().equals("slices"))
                    .map(e -> e.path("count").asInt()
                            + (e.hasNonNull("why") ? " (" + e.path("why").asText() + ")" : ""));
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= LARGEST_PLAYBOOK
                    ? Optional.of(Files.readString(file))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // gone, or not a text: nothing that could be compared
        }
    }

    @Override
    public List<Task> tasks(RunId run) {
        Map<Integer, Sum> sums = new LinkedHashMap<>();
        for (var event : events(run)) {
            var sum = event.has("k") ? sums.computeIfAbsent(event.path("k").asInt(), _ -> new Sum()) : new Sum();
            sum.add(event);
        }
        return sums.values().stream()
                .map(Sum::task)
                .filter(t -> !t.name().isEmpty())
                .toList();
    }

    @Override
    public List<String> messages(RunId run) {
        return events(run).stream()
                .filter(e -> e.path("e").asText().equals("ok"))
                .map(e -> e.path("r").path("msg").asText())
                .filter(m -> !m.isEmpty())
                .toList();
    }

    private List<JsonNode> events(RunId run) {
        var file = file(run, "events");
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try (var lines = Files.lines(file)) {
            return lines.flatMap(l -> event(l).stream()).toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private static Optional<JsonNode> event(String line) {
        try {
            return Optional.of(JSON.readTree(line));
        } catch (JsonProcessingException e) {
            return Optional.empty(); // torn by a full disk
        }
    }

    private static final class Sum {
        private String name = "";
        private int ok;
        private int changed;
        private int failed;
        private int skipped;
        private long first = Long.MAX_VALUE;
        private long last;

        void add(JsonNode event) {
            long at = event.path("t").asLong();
            switch (event.path("e").asText()) {
                case "task" -> name = event.path("name").asText();
                case "ok" -> {
                    ok++;
                    changed += event.path("chg").asBoolean() ? 1 : 0;
                }
                case "failed", "unreachable" -> failed++;
                case "skipped" -> skipped++;
                default -> {
                    return;
                }
            }
            first = Math.min(first, at);
            last = Math.max(last, at);
        }

        Task task() {
            return new Task(name, ok, changed, failed, skipped, Duration.ofMillis(Math.max(0, last - first)));
        }
    }
}
