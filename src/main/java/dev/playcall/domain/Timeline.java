package dev.playcall.domain;

import java.time.Instant;
import java.util.List;

/**
 * What a run did, task by task.
 *
 * @param hosts in the order in which they were met
 * @param diffs what was or would be changed in files, as far as it was kept
 * @param cut whether there was more than is kept
 */
public record Timeline(List<Step> steps, List<String> hosts, List<Diff> diffs, boolean cut) {
    public static final Timeline NONE = new Timeline(List.of(), List.of(), List.of(), false);

    public Timeline {
        steps = List.copyOf(steps);
        hosts = List.copyOf(hosts);
        diffs = List.copyOf(diffs);
    }

    /**
     * One task of a play.
     *
     * @param results what came of it, a letter for each of {@code hosts} as far as it goes: o ok, c changed, s skipped,
     *     f failed, i failed and ignored, u unreachable, r works on it, and a blank where it was not tried
     */
    public record Step(String play, String task, String action, Instant began, Instant last, String results) {
        /** How many hosts have this letter. */
        public int count(char letter) {
            return (int) results.chars().filter(c -> c == letter).count();
        }
    }

    /** What one task changed, or would change, on one host. */
    public record Diff(String task, String host, String text) {}
}
