package dev.playcall.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the benchmarks printed on one machine.
 *
 * @param revision of the sources, empty where there is no git
 */
record BenchReport(Instant at, String revision, Machine machine, List<Section> sections) {
    private static final ObjectMapper JSON = new ObjectMapper();

    BenchReport {
        sections = List.copyOf(sections);
    }

    record Machine(int processors, long memoryMegabytes, String system, String java) {
        @Override
        public String toString() {
            return processors + " processors, " + memoryMegabytes + " MB, " + system + ", Java " + java;
        }
    }

    /**
     * One benchmark.
     *
     * @param loadBefore of the last minute
     * @param judged whether the machine was idle enough for its figures to mean something, and the benchmark ended well
     * @param text what it printed, with its tables in Markdown
     */
    record Section(String name, double loadBefore, double loadAfter, boolean judged, long seconds, String text) {}

    /** Those of benchmarks that are judged. */
    List<BenchRatio> ratios() {
        return sections.stream()
                .filter(Section::judged)
                .flatMap(s -> BenchRatio.in(s.name(), s.text()).stream())
                .toList();
    }

    String markdown() {
        var text = new StringBuilder("# Benchmarks of " + at + "\n\n" + machine
                + (revision.isEmpty() ? "" : "; revision " + revision) + "\n");
        for (var s : sections) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n## %s%n%nLoad %.1f before and %.1f after, %d s%s.%n%n%s%n",
                    s.name(),
                    s.loadBefore(),
                    s.loadAfter(),
                    s.seconds(),
                    s.judged() ? "" : "; **not judged**: the machine was busy, or the benchmark did not end well",
                    s.text().strip()));
        }
        return text.toString();
    }

    String json() {
        var root = JSON.createObjectNode().put("at", at.toString()).put("revision", revision);
        root.putObject("machine")
                .put("processors", machine.processors())
                .put("memory_mb", machine.memoryMegabytes())
                .put("system", machine.system())
                .put("java", machine.java());
        var list = root.putArray("sections");
        for (var s : sections) {
            list.addObject()
                    .put("name", s.name())
                    .put("load_before", s.loadBefore())
                    .put("load_after", s.loadAfter())
                    .put("judged", s.judged())
                    .put("seconds", s.seconds())
                    .put("text", s.text());
        }
        var ratios = root.putArray("ratios");
        ratios().forEach(r -> ratios.addObject().put("of", r.of()).put("value", r.value()));
        return root.toPrettyString();
    }

    /** @throws IOException also when it is no report */
    static BenchReport read(Path file) throws IOException {
        var root = JSON.readTree(file.toFile());
        if (root == null || !root.has("sections")) {
            throw new IOException(file + " is no report of ./playcall bench all");
        }
        var machine = root.path("machine");
        var sections = new ArrayList<Section>();
        root.path("sections").forEach(s -> sections.add(section(s)));
        return new BenchReport(
                Instant.parse(root.path("at").asText()),
                root.path("revision").asText(),
                new Machine(
                        machine.path("processors").asInt(),
                        machine.path("memory_mb").asLong(),
                        machine.path("system").asText(),
                        machine.path("java").asText()),
                sections);
    }

    private static Section section(JsonNode s) {
        return new Section(
                s.path("name").asText(),
                s.path("load_before").asDouble(),
                s.path("load_after").asDouble(),
                s.path("judged").asBoolean(),
                s.path("seconds").asLong(),
                s.path("text").asText());
    }

    /** As {@code bench-2026-01-31T093000Z.json}, and as Markdown beside it. */
    Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        var name = "bench-" + at.truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "");
        Files.writeString(folder.resolve(name + ".md"), markdown());
        return Files.writeString(folder.resolve(name + ".json"), json());
    }

    /** Those of a folder, the oldest first. */
    static List<Path> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().matches("bench-.*\\.json"))
                    .sorted()
                    .toList();
        }
    }
}
