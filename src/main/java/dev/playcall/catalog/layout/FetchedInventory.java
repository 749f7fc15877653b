package dev.playcall.catalog.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.catalog.layout.EnvironmentSource.FetchPlan;
import dev.playcall.config.file.AtomicFile;
import dev.playcall.domain.ContentDigest;
import dev.playcall.domain.format.TextFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of asking the sources of one environment. Its last good result stands in a file beside it and is part of what
 * people approve; the file of this record is not, as it changes with every attempt.
 *
 * @param at when the last good result was fetched; empty when there is none yet
 * @param sources what the sources were then
 * @param failure the attempt after it that failed; empty when the last one went well
 */
public record FetchedInventory(Optional<Instant> at, String sources, Optional<Failure> failure) {
    /** The file of this record, in the folder of its environment. */
    public static final String STATE = ".fetched-state.json";

    private static final String RESULT = "fetched.json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final FetchedInventory NEVER = new FetchedInventory(Optional.empty(), "", Optional.empty());
    /** So long nobody waits again for sources that have just failed. */
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    /** When and why the sources gave no result. */
    public record Failure(Instant at, String why) {}

    /** The last good result, as {@code ansible-inventory --list --export} printed it. */
    public static Path result(Path folder) {
        return folder.resolve(RESULT);
    }

    static List<Path> files(Path folder) {
        return List.of(result(folder), folder.resolve(STATE));
    }

    /** As it stands in this folder of an environment; one that cannot be read counts as never fetched. */
    public static FetchedInventory read(Path folder) {
        try {
            var state = JSON.readTree(Files.readString(folder.resolve(STATE)));
            var failure = time(state, "failed")
                    .map(at -> new Failure(at, state.path("error").asText()));
            var at = time(state, "fetched").filter(_ -> Files.isRegularFile(result(folder)));
            return new FetchedInventory(at, state.path("sources").asText(), failure);
        } catch (IOException | DateTimeParseException e) {
            return NEVER;
        }
    }

    private static Optional<Instant> time(JsonNode state, String key) {
        return state.hasNonNull(key) ? Optional.of(Instant.parse(state.get(key).asText())) : Optional.empty();
    }

    /** Keeps this result, which is a good one. */
    public static void keep(EnvironmentSource source, String result, Instant now) throws IOException {
        Files.createDirectories(source.folder());
        AtomicFile.write(result(source.folder()), result);
        new FetchedInventory(Optional.of(now), sourcesOf(source), Optional.empty()).write(source.folder());
    }

    /** Keeps that the sources gave none; the last good result stays. */
    public static void keepFailure(EnvironmentSource source, String why, Instant now) throws IOException {
        Files.createDirectories(source.folder());
        var before = read(source.folder());
        new FetchedInventory(before.at, before.sources, Optional.of(new Failure(now, why))).write(source.folder());
    }

    private void write(Path folder) throws IOException {
        var state = JSON.createObjectNode().put("sources", sources);
        at.ifPresent(then -> state.put("fetched", then.toString()));
        failure.ifPresent(f -> state.put("failed", f.at().toString()).put("error", f.why()));
        AtomicFile.write(folder.resolve(STATE), JSON.writeValueAsString(state));
    }

    /** Whether a run should ask again: the result is too old, or the sources are others now. */
    public boolean isDue(EnvironmentSource source, FetchPlan plan, Instant now) throws IOException {
        if (failure.filter(f -> now.isBefore(f.at().plus(AFTER_FAILURE))).isPresent()) {
            return false;
        }
        return at.isEmpty() || !now.isBefore(at.get().plus(plan.maxAge())) || !sources.equals(sourcesOf(source));
    }

    /** For people: {@code fetched 5 min ago}, and that a refresh failed since. */
    public String age(Instant now) {
        var age = at.map(then -> "fetched " + TextFormat.ago(then, now)).orElse("never fetched");
        return age
                + failure.map(f -> "; refresh failed " + TextFormat.ago(f.at(), now) + ": " + f.why())
                        .orElse("");
    }

    private static String sourcesOf(EnvironmentSource source) throws IOException {
        var parts = new TreeMap<String, String>();
        for (var file : source.inventories()) {
            parts.put(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }
        return new ContentDigest(parts).brief();
    }
}
