package dev.playcall.venv;

import dev.playcall.domain.name.EnvironmentName;
import java.util.Optional;

/**
 * A host that has environments. The same name in two inventories may be two machines.
 *
 * @param environment whose inventory has it; empty for the gateway's own machine
 */
public record VenvHost(Optional<EnvironmentName> environment, String name) {
    /** The gateway's own machine. */
    public static final VenvHost HERE = new VenvHost(Optional.empty(), "localhost");

    public static VenvHost of(EnvironmentName environment, String name) {
        return name.equals(HERE.name()) ? HERE : new VenvHost(Optional.of(environment), name);
    }

    public boolean isHere() {
        return environment.isEmpty();
    }
}
