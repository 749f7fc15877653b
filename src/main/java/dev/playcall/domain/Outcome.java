package dev.playcall.domain;

import java.time.Duration;

/** How a run that had started ended. */
public sealed interface Outcome {

    /** Every host is fine. */
    record Success() implements Outcome {}

    /** Ansible said no, or did nothing at all. {@code exitCode} is Ansible's, −1 where there was none. */
    record Failed(int exitCode, String reason) implements Outcome {}

    /** It was stopped because it took longer than allowed. */
    record TimedOut(Duration limit) implements Outcome {}

    /** Somebody stopped it. */
    record Cancelled(Person by) implements Outcome {}

    /** It is gone and left no word: nobody knows how far it came. */
    record Interrupted(String reason) implements Outcome {}

    /** The state that shows this outcome. */
    default RunState state() {
        return switch (this) {
            case Success() -> RunState.SUCCESS;
            case Failed(var _, var _) -> RunState.FAILED;
            case TimedOut(var _) -> RunState.TIMED_OUT;
            case Cancelled(var _) -> RunState.CANCELLED;
            case Interrupted(var _) -> RunState.INTERRUPTED;
        };
    }

    /** One line for people, empty when there is nothing to add to the state. */
    default String reason() {
        return switch (this) {
            case Success() -> "";
            case Failed(var _, var reason) -> reason;
            case TimedOut(var limit) -> "stopped after " + limit.toSeconds() + " s, the time it was allowed";
            case Cancelled(var by) -> "cancelled by " + by;
            case Interrupted(var reason) -> reason;
        };
    }
}
