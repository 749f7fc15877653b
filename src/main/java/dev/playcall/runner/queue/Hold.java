package dev.playcall.runner.queue;

import dev.playcall.domain.RunRequest;
import dev.playcall.domain.name.Person;
import java.time.Instant;

/**
 * A pause of the queue, an environment or a playbook, or a drained node or intake; it lasts until somebody ends it.
 *
 * @param name the environment, the playbook or the node; empty where there is only one
 */
public record Hold(Kind kind, String name, Person holder, String reason, Instant since) {

    /** What can be held back. */
    public enum Kind {
        /** Nothing that waits begins. */
        QUEUE,
        ENVIRONMENT,
        PLAYBOOK,
        /** The node takes nothing from the queue; what it executes goes on. */
        NODE,
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
            case INTAKE, NODE -> false;
        };
    }

    /** One line once it is over: what goes on, and what it was. */
    public String overLine() {
        var what = switch (kind) {
            case QUEUE -> "the queue is resumed; it was paused by ";
            case ENVIRONMENT -> name + " is resumed; it was paused by ";
            case PLAYBOOK -> "the playbook " + name + " is resumed; it was paused by ";
            case NODE -> "node " + name + " takes runs again; it was drained by ";
            case INTAKE -> "new runs are accepted again; it was stopped by ";
        };
        return what + holder.inText() + why();
    }

    /** The command that ends it. */
    public String undoneBy() {
        return switch (kind) {
            case INTAKE, QUEUE -> "resume";
            case NODE -> "nodes undrain " + name;
            case ENVIRONMENT, PLAYBOOK -> "resume " + name;
        };
    }

    /** A command that makes one of this kind. */
    public String example() {
        return switch (kind) {
            case INTAKE -> "drain disk is being replaced";
            case NODE -> "nodes drain " + name + " disk is being replaced";
            case QUEUE, ENVIRONMENT, PLAYBOOK -> "pause queue disk is full";
        };
    }

    private String why() {
        return reason.isEmpty() ? "" : ": " + reason;
    }

    /** One line: what, by whom, why. */
    public String line() {
        return line("");
    }

    /** The same to somebody who wants to make another one. */
    public String alreadyLine() {
        return line(" already");
    }

    private String line(String already) {
        var what = switch (kind) {
            case QUEUE -> "the queue is paused by ";
            case ENVIRONMENT -> name + " is paused by ";
            case PLAYBOOK -> "the playbook " + name + " is paused by ";
            case NODE -> "node " + name + " is drained by ";
            case INTAKE -> "no new runs are accepted, by ";
        };
        return what + holder.inText() + already + why();
    }
}
