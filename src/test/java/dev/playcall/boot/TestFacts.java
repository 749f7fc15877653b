package dev.playcall.boot;

import dev.playcall.agent.AgentReports;
import dev.playcall.catalog.selection.HostFacts;
import dev.playcall.journal.EventStore;

/** What runs and agents say of hosts, as the gateway puts it together. */
public final class TestFacts {
    private TestFacts() {}

    public static HostFacts of(EventStore store, AgentReports agents) {
        return new KnownFacts(store, agents);
    }
}
