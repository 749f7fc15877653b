package dev.playcall.content.galaxy;

import java.time.Instant;
import java.util.List;

/**
 * Collections and roles that were installed together.
 *
 * @param name stands for exactly that content
 * @param wanted whether the requirements as they stand want it
 * @param used when a run last asked for it
 */
public record GalaxyRequirements(String name, boolean wanted, Instant installed, Instant used, List<Part> parts) {
    public GalaxyRequirements {
        parts = List.copyOf(parts);
    }

    /**
     * One collection or role.
     *
     * @param version empty when its author gave none
     */
    public record Part(String name, boolean role, String version) {}
}
