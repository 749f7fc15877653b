package dev.playcall.ansible.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Progress;
import dev.playcall.runner.EventReader;
import dev.playcall.runner.directory.ExitRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Adds up the event lines of the callback plugin (docs/run-directory.md says what they hold). */
public final class EventFold implements EventReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Duration timeout;
    private final boolean keepsResults;
    private final PlayPatterns patterns;
    private final Map<String, HostFold> hosts = new LinkedHashMap<>();
    private final CurrentTask current = new CurrentTask();
    private final Set<String> changed = new LinkedHashSet<>();
    private final List<String> findings = new ArrayList<>();
    private final LostSlices lost = new LostSlices();
    private String play = "";
    private int results;
    private boolean started;
    private boolean ended;
    private boolean endsEarly;
    private int errors;
    private int hostCount;

    /** @param keepsResults whether what the module gave is the point of the run, as it is without a playbook */
    public EventFold(Duration timeout, boolean keepsResults) {
        this(timeout, keepsResults, List.of());
    }

    /** @param limit the hosts that the run is limited to, empty for all */
    public EventFold(Duration timeout, boolean keepsResults, List<String> limit) {
        this.timeout = timeout;
        this.keepsResults = keepsResults;
        this.patterns = new PlayPatterns(limit);
    }

    @Override
    public void line(String json) {
        JsonNode event;
        try {
            event = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return; // torn by a full disk; the plugin reports the gap itself
        }
        switch (event.path("e").asText()) {
            case "start" -> started = true;
            case "slices" -> current.slices(event);
            case "slice_lost" -> lost.lost(event);
            case "play" -> play(event);
            case "task" -> task(event);
            case "run" -> began(event);
            case "ok", "failed", "unreachable", "skipped" -> result(event);
            case "unfinished" -> unfinished(event);
            case "recap" -> recap(event);
            case "step" -> current.step(event);
            case "finding" -> finding(event);
            case "stats" -> stats(event);
            default -> {
                // items, retries, diffs and warnings are detail of a task, and in the log
            }
        }
    }

    private void play(JsonNode event) {
        play = event.path("name").asText();
        current.play(event);
        patterns.play(event);
        for (var name : event.path("names")) {
            touch(name.asText());
        }
        for (var name : event.path("added")) {
            touch(name.asText()).added();
        }
    }

    private void task(JsonNode event) {
        current.described(event);
        endsEarly |= event.path("meta").asText().startsWith("end_");
    }

    private void began(JsonNode event) {
        var host = host(event);
        host.began(time(event));
        Optional.of(event.path("conn").asText()).filter(c -> !c.isBlank()).ifPresent(host::reachedBy);
        current.reached(event);
    }

    private void result(JsonNode event) {
        results++;
        current.reached(event);
        var host = host(event);
        long at = time(event);
        switch (event.path("e").asText()) {
            case "ok" -> {
                host.ok(event.path("chg").asBoolean(), at);
                if (keepsResults) {
                    ModuleResult.of(event.path("r")).ifPresent(host::gave);
                }
                Optional.of(event.path("ver").asText())
                        .filter(v -> !v.isBlank())
                        .ifPresent(host::runs);
                if (event.path("rtt").isNumber()) {
                    host.roundTrip(event.path("rtt").asDouble());
                }
            }
            case "skipped" -> host.skipped(at);
            default -> failed(host, event);
        }
    }

    private void failed(HostFold host, JsonNode event) {
        var task = current.name(event);
        if (event.path("rescued").asBoolean()) {
            host.rescued(task, FailureMessage.of(event), time(event));
        } else {
            boolean unreachable = event.path("e").asText().equals("unreachable");
            host.failed(
                    task,
                    FailureMessage.of(event),
                    unreachable,
                    event.path("ignored").asBoolean(),
                    time(event));
        }
    }

    private void recap(JsonNode event) {
        host(event).recap(event.path("s"));
    }

    private void unfinished(JsonNode event) {
        var host = host(event);
        host.unfinished();
        if (event.path("added").asBoolean()) {
            host.added();
        }
    }

    private void finding(JsonNode event) {
        if (event.path("severity").asText().equals("error")) {
            var line = event.hasNonNull("line") ? ":" + event.path("line").asInt() : "";
            findings.add(event.path("file").asText() + line + ": "
                    + event.path("text").asText());
        }
    }

    private void stats(JsonNode event) {
        ended = true;
        errors = event.path("failed").asInt();
        hostCount = event.path("hosts").asInt();
        if (hostCount > 0 || endsEarly) {
            over(true);
        }
    }

    private void over(boolean byItself) {
        hosts.values().forEach(h -> h.ended(byItself));
        changed.addAll(hosts.keySet());
    }

    private static long time(JsonNode event) {
        return event.path("t").asLong();
    }

    private HostFold host(JsonNode event) {
        return touch(event.path("h").asText());
    }

    private HostFold touch(String name) {
        changed.add(name);
        return hosts.computeIfAbsent(name, HostFold::new);
    }

    @Override
    public Progress progress() {
        var count = new EnumMap<HostOutcome, Integer>(HostOutcome.class);
        hosts.values().forEach(h -> count.merge(h.outcome(), 1, Integer::sum));
        return new Progress(
                results,
                0,
                play,
                current.name(),
                hosts.size(),
                count.getOrDefault(HostOutcome.OK, 0),
                count.getOrDefault(HostOutcome.CHANGED, 0),
                count.getOrDefault(HostOutcome.FAILED, 0),
                count.getOrDefault(HostOutcome.UNREACHABLE, 0),
                count.getOrDefault(HostOutcome.SKIPPED, 0));
    }

    @Override
    public List<HostResult> takeChanged() {
        var rows = changed.stream()
                .map(hosts::get)
                .filter(java.util.Objects::nonNull)
                .map(HostFold::result)
                .toList();
        changed.clear();
        return rows;
    }

    @Override
    public void end() {
        if (!ended) {
            over(false);
        }
    }

    @Override
    public Outcome verdict(ExitRecord exitRecord, String tail) {
        end();
        var bad = hosts.values().stream()
                .map(HostFold::result)
                .filter(h -> h.outcome().isBad())
                .toList();
        var nothing = hostCount > 0 || endsEarly ? Optional.<String>empty() : Optional.of(patterns.unmatched());
        var judged =
                new Verdict(timeout, started, ended, errors, nothing, hosts.size(), bad, findings).of(exitRecord, tail);
        boolean isItsOwnEnd =
                exitRecord.why() == ExitRecord.Why.EXITED && exitRecord.limit().isEmpty() && findings.isEmpty();
        return isItsOwnEnd ? lost.outcome(exitRecord).orElse(judged) : judged;
    }
}
