package dev.playcall.command;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * The reason of a retry or re-run, and what it goes over: locks and freeze windows, or what newer runs did.
 *
 * @param reason replaces the description of the first run; empty to keep that
 * @param override the reason to start in spite of a lock or a freeze; empty when both are respected
 * @param confirmed whether it is meant although a newer run with other values would be undone
 */
public record RepeatReason(String reason, String override, boolean confirmed) {
    /** What is missing from a request that has to be confirmed first. */
    public static final String CONFIRM = "confirm";

    public static final RepeatReason SAME = new RepeatReason("", "");

    public RepeatReason(String reason, String override) {
        this(reason, override, false);
    }

    /** The same, being sure. */
    public RepeatReason confirm() {
        return new RepeatReason(reason, override, true);
    }

    /** Of variables only their names are recorded: whether a value is secret is not known before it is checked. */
    static String names(Map<String, Object> variables) {
        return variables.keySet().stream().sorted().collect(Collectors.joining(" "));
    }

    Map<String, String> auditDetails() {
        return Map.of("reason", reason, "override", override, CONFIRM, confirmed ? "true" : "");
    }
}
