package dev.playcall.ansible.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/**
 * Which task a run is at. Slices of it do not wait for each other. Where all hosts go in step that is the task that began last, in every batch anew. Where each
 * goes at its own pace it is the one that the first of them has reached: those behind do not take it back.
 */
final class CurrentTask {
    private final Map<Integer, String> names = new HashMap<>();
    private final Map<Integer, Integer> places = new HashMap<>();
    /** A file that is included for each host anew gives new numbers to the same lines, which stand where they stood. */
    private final Map<String, Integer> lines = new HashMap<>();

    private boolean sliced;
    private int play = -1;
    private boolean inStep = true;
    private int furthest = -1;
    private String name = "";

    String name() {
        return name;
    }

    /** The name of this task, or of the one the run is at where its description was lost. */
    String name(JsonNode event) {
        return names.getOrDefault(number(event), name);
    }

    /** How many Ansible processes work on the run. */
    void slices(JsonNode event) {
        sliced = event.path("count").asInt() > 1;
    }

    /** A play begins, or one more batch of it, or the next slice begins it. */
    void play(JsonNode event) {
        int number = event.path("p").asInt();
        if (sliced && number <= play) {
            return;
        }
        play = number;
        var strategy = event.path("strategy").asText();
        inStep = !sliced && (strategy.isEmpty() || strategy.endsWith("linear") || strategy.endsWith("debug"));
        furthest = -1;
    }

    void described(JsonNode event) {
        int number = number(event);
        var text = event.path("name").asText();
        var path = event.path("path").asText();
        var line = path.isEmpty() ? "#" + number : path + "\n" + text;
        names.put(number, text);
        places.put(number, lines.computeIfAbsent(line, _ -> lines.size()));
        reached(event);
    }

    /** A host began this task, or reported its end. */
    void reached(JsonNode event) {
        int place = places.getOrDefault(number(event), -1);
        if (place >= 0 && (inStep || place >= furthest)) {
            furthest = place;
            name = names.getOrDefault(number(event), name);
        }
    }

    /** A step of a program that has no tasks. */
    void step(JsonNode event) {
        name = event.path("name").asText();
    }

    private static int number(JsonNode event) {
        return event.path("k").asInt();
    }
}
