package dev.playcall.agent;

import dev.playcall.domain.agent.HostAgent;
import dev.playcall.domain.name.EnvironmentName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Keeps the agent of each host. */
public interface HostAgentStore {
    List<HostAgent> all();

    /** In one transaction. */
    void save(Collection<HostAgent> agents);

    /** Drops those that have not been heard of since then. */
    void forget(Instant before);

    /** Drops the one of this host. */
    void forget(EnvironmentName environment, String host);
}
