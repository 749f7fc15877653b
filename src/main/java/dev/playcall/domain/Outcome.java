package dev.playcall.domain;

import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.Person;
import java.time.Duration;

/** The result of a run that had started. */
public sealed interface Outcome {

    /** Every host is fine. */
    record Success() implements Outcome {}

    /** Ansible said no, or did nothing at all. {@code exitCode} is Ansible's, −1 where there was none. */
    record Failed(int exitCode, String reason) implements Outcome {}

    /** It was stopped because it took longer than allowed. {@code remote} is as for {@link Cancelled}. */
    record TimedOut(Duration limit, int remote) implements Outcome {}

    /**
     * Somebody stopped it.
     *
     * @param remote commands on other machines that do not notice, and go on until they end by themselves
     */
    record Cancelled(Person by, int remote) implements Outcome {
        /** With nothing left anywhere. */
        public Cancelled(Person by) {
            this(by, 0);
        }
    }

    /** It is gone and left no word: nobody knows how far it came. */
    record Interrupted(String reason) implements Outcome {}

    /** The state that shows this outcome. */
    default RunState state() {
        return switch (this) {
            case Success() -> RunState.SUCCESS;
            case Failed(var _, var _) -> RunState.FAILED;
            case TimedOut(var _, var _) -> RunState.TIMED_OUT;
            case Cancelled(var _, var _) -> RunState.CANCELLED;
            case Interrupted(var _) -> RunState.INTERRUPTED;
        };
    }

    /** One line for people, empty when there is nothing to add to the state. */
    default String reason() {
        return switch (this) {
            case Success() -> "";
            case Failed(var _, var reason) -> reason;
            case TimedOut(var limit, var remote) ->
                "stopped after its timeout of " + TextFormat.duration(limit) + left(remote);
            case Cancelled(var by, var remote) -> "cancelled by " + by + left(remote);
            case Interrupted(var reason) -> reason;
        };
    }

    private static String left(int remote) {
        return switch (remote) {
            case 0 -> "";
            case 1 -> "; a command on another machine may keep running until it ends";
            default -> "; " + remote + " commands on other machines may keep running until they end";
        };
    }
}
