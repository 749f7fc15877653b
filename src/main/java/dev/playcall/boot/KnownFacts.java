package dev.playcall.boot;

import dev.playcall.agent.AgentReports;
import dev.playcall.catalog.selection.HostFacts;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.agent.AgentState;
import dev.playcall.domain.agent.UnknownServer;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.HostStatus;
import dev.playcall.journal.HostStatus.Column;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What runs and agents say of hosts, for whoever selects by it. */
record KnownFacts(EventStore store, AgentReports agents) implements HostFacts {
    @Override
    public AgentState agent(EnvironmentName environment, String host) {
        return agents.state(environment, host);
    }

    @Override
    public List<UnknownServer> unknown(EnvironmentName environment) {
        return agents.unknown(environment);
    }

    @Override
    public Map<String, String> statuses(EnvironmentName environment) {
        return store.statuses(environment).stream()
                .filter(s -> !s.columns().isEmpty())
                .collect(Collectors.toMap(HostStatus::host, KnownFacts::word));
    }

    /** The worst of its columns, as the operations table counts it. */
    private static String word(HostStatus status) {
        var bad = status.columns().stream()
                .filter(Column::isBad)
                .map(Column::status)
                .toList();
        return bad.isEmpty() ? "ok" : bad.contains("unreachable") ? "unreachable" : "failed";
    }

    @Override
    public Optional<Set<String>> failedIn(EnvironmentName environment, long run) {
        var id = new RunId(run);
        return store.find(id)
                .filter(r -> r.request().environment().equals(environment))
                .map(_ -> store.hosts(id).stream()
                        .filter(h -> switch (h.outcome()) {
                            case FAILED, UNREACHABLE -> true;
                            case PENDING, OK, CHANGED, SKIPPED, INCOMPLETE -> false;
                        })
                        .map(HostResult::host)
                        .collect(Collectors.toSet()));
    }
}
