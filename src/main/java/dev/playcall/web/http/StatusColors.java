package dev.playcall.web.http;

import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.RunState;

/** The colour and the sign of a state; a sign never stands for itself, a word is beside it. */
public final class StatusColors {
    private StatusColors() {}

    public static String of(RunState state) {
        return switch (state) {
            case SUCCESS -> "good";
            case FAILED, TIMED_OUT, INTERRUPTED -> "bad";
            case RUNNING -> "busy";
            case QUEUED, AWAITING_APPROVAL -> "wait";
            case CANCELLED, REJECTED, EXPIRED -> "none";
        };
    }

    public static String of(HostOutcome outcome) {
        return switch (outcome) {
            case OK -> "good";
            case CHANGED -> "changed";
            case FAILED, UNREACHABLE, INCOMPLETE -> "bad";
            case PENDING, SKIPPED -> "none";
        };
    }

    public static String sign(String tone) {
        return switch (tone) {
            case "good", "changed" -> "✓";
            case "bad" -> "✗";
            case "busy", "wait" -> "⧗";
            default -> "–";
        };
    }
}
