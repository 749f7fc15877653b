package dev.playcall.catalog.layout;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How Ansible is asked for the hosts of an environment some of whose sources are executed. The configuration allows all of them.
 *
 * @param plugins the inventory plugins, by the names that the files use
 * @param programs the files that are executed themselves
 * @param maxAge a run asks again when the last result is older
 * @param timeout after which it is given up
 */
public record FetchPlan(List<String> plugins, List<Path> programs, Duration maxAge, Duration timeout) {
    public FetchPlan {
        plugins = List.copyOf(plugins);
        programs = List.copyOf(programs);
    }
}
