package dev.playcall.ansible.timeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.domain.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Puts event lines in order by task. What would not fit is left out and said to be. */
final class TimelineFold {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_STEPS = 2000;
    private static final int MOST_DIFFS = 300;
    private static final int LONGEST_DIFF = 20_000;

    private final UnaryOperator<String> redact;
    private final Map<String, Integer> hosts = new LinkedHashMap<>();
    private final Map<Integer, String> plays = new HashMap<>();
    private final Map<Integer, Step> steps = new LinkedHashMap<>();
    private final List<Timeline.Diff> diffs = new ArrayList<>();
    private boolean cut;

    TimelineFold(UnaryOperator<String> redact) {
        this.redact = redact;
    }

    private final class Step {
        private final String play;
        private final String task;
        private final String action;
        private Instant began;
        private Instant last;
        private final StringBuilder results = new StringBuilder();

        Step(JsonNode event, Instant at) {
            play = plays.getOrDefault(event.path("p").asInt(), "");
            task = redact.apply(event.path("name").asText());
            action = event.path("action").asText();
            began = at;
            last = at;
        }

        void put(int host, char letter, Instant at) {
            if (letter == 'r' && results.isEmpty()) {
                began = at;
            }
            while (results.length() <= host) {
                results.append(' ');
            }
            // Of the batches and retries of a loop the worst is what somebody has to see.
            if (results.charAt(host) != 'f' && results.charAt(host) != 'u') {
                results.setCharAt(host, letter);
            }
            last = at.isAfter(last) ? at : last;
        }

        Timeline.Step step() {
            return new Timeline.Step(play, task, action, began, last, results.toString());
        }
    }

    void line(String json) {
        JsonNode event;
        try {
            event = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return; // torn by a full disk
        }
        var at = Instant.ofEpochMilli(event.path("t").asLong());
        switch (event.path("e").asText()) {
            case "play" ->
                plays.put(
                        event.path("p").asInt(), redact.apply(event.path("name").asText()));
            case "task" -> described(event, at);
            case "run" -> result(event, 'r', at);
            case "ok" -> result(event, event.path("chg").asBoolean() ? 'c' : 'o', at);
            case "skipped" -> result(event, 's', at);
            case "failed" -> result(event, event.path("ignored").asBoolean() ? 'i' : 'f', at);
            case "unreachable" -> result(event, 'u', at);
            case "diff" -> differs(event);
            default -> {
                // no task, or detail of one
            }
        }
    }

    private void described(JsonNode event, Instant at) {
        if (steps.size() < MOST_STEPS) {
            steps.putIfAbsent(event.path("k").asInt(), new Step(event, at));
        } else {
            cut = true;
        }
    }

    private void result(JsonNode event, char letter, Instant at) {
        var step = steps.get(event.path("k").asInt());
        var name = event.path("h").asText();
        if (step != null && !name.isEmpty()) {
            step.put(hosts.computeIfAbsent(name, _ -> hosts.size()), letter, at);
        }
    }

    private void differs(JsonNode event) {
        var text = event.path("text").asText();
        if (diffs.size() >= MOST_DIFFS) {
            cut = true;
        } else if (!text.isBlank()) {
            var step = steps.get(event.path("k").asInt());
            var shown = text.length() > LONGEST_DIFF ? text.substring(0, LONGEST_DIFF) + "\n…" : text;
            diffs.add(new Timeline.Diff(
                    step == null ? "" : step.task, event.path("h").asText(), redact.apply(shown)));
        }
    }

    Timeline timeline() {
        return new Timeline(steps.values().stream().map(Step::step).toList(), List.copyOf(hosts.keySet()), diffs, cut);
    }
}
