package dev.playcall.agent;

import dev.playcall.domain.agent.HostAgent.AgentReport;
import dev.playcall.domain.agent.UnknownServer;
import dev.playcall.domain.name.EnvironmentName;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;

/** Ids that belong to no host. They are counted and shown, and forgotten when the gateway ends. */
final class UnknownServers {
    /** Whoever has a token can send any ids. */
    private static final int MOST = 1000;

    private final ConcurrentHashMap<Key, UnknownServer> servers = new ConcurrentHashMap<>();

    private record Key(EnvironmentName environment, String id) {}

    void count(EnvironmentName environment, AgentReport report, Instant now) {
        var key = new Key(environment, report.serverId());
        if (servers.size() < MOST || servers.containsKey(key)) {
            servers.put(key, new UnknownServer(report.serverId(), report.hostname(), report.version(), now));
        }
    }

    List<UnknownServer> of(EnvironmentName environment) {
        return servers.entrySet().stream()
                .filter(e -> e.getKey().environment().equals(environment))
                .map(java.util.Map.Entry::getValue)
                .sorted(java.util.Comparator.comparing(UnknownServer::serverId))
                .toList();
    }

    /** Those that are known by now, or have not been heard of since then, go. */
    void keep(BiPredicate<EnvironmentName, String> known, Instant since) {
        servers.entrySet()
                .removeIf(e -> known.test(e.getKey().environment(), e.getKey().id())
                        || e.getValue().lastSeen().isBefore(since));
    }
}
