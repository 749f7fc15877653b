package dev.playcall.runner;

import dev.playcall.domain.Person;
import dev.playcall.domain.RunRequest;
import java.time.Instant;

/**
 * Something that is held back until somebody lets it go on.
 *
 * @param name the environment or the playbook; empty where there is only one
 */
public record Hold(Kind kind, String name, Person holder, String reason, Instant since) {

    /** What can be held back. */
    public enum Kind {
        /** Nothing that waits begins. */
        QUEUE,
        ENVIRONMENT,
        PLAYBOOK,
        /** Nothing new is taken; what waits goes on. */
        INTAKE
    }

    /** Whether this run has to wait for it. */
    public boolean keeps(RunRequest request) {
        return switch (kind) {
            case QUEUE -> true;
            case ENVIRONMENT -> request.environment().value().equals(name);
            case PLAYBOOK ->
                request.playbook().filter(p -> p.value().equals(name)).isPresent();
            case INTAKE -> false;
        };
    }

    /** One line: what, by whom, why. */
    public String line() {
        var what = switch (kind) {
            case QUEUE -> "the queue is paused";
            case ENVIRONMENT -> name + " is paused";
            case PLAYBOOK -> "the playbook " + name + " is paused";
            case INTAKE -> "no new runs are taken";
        };
        return what + " by " + holder + (reason.isEmpty() ? "" : ": " + reason);
    }
}
