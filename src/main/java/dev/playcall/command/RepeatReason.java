package dev.playcall.command;

import java.util.Map;

/**
 * The reason of a retry or re-run, and whether it overrides locks and freeze windows.
 *
 * @param reason replaces the description of the first run; empty to keep that
 * @param override the reason to start in spite of a lock or a freeze; empty when both are respected
 */
public record RepeatReason(String reason, String override) {
    public static final RepeatReason SAME = new RepeatReason("", "");

    Map<String, String> auditDetails() {
        return Map.of("reason", reason, "override", override);
    }
}
