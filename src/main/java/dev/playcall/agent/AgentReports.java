package dev.playcall.agent;

import dev.playcall.background.BackgroundLoop;
import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.selection.ServerIds;
import dev.playcall.domain.agent.AgentState;
import dev.playcall.domain.agent.HostAgent;
import dev.playcall.domain.agent.HostAgent.AgentReport;
import dev.playcall.domain.agent.UnknownServer;
import dev.playcall.domain.name.EnvironmentName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Takes the reports of agents and says how the agent of each host is. A report is taken into memory, where a later one of the same
 * server replaces it, and all that has come is written in one transaction every 250 ms: ten thousand agents cost four small
 * transactions a second. When the gateway is killed, reports of the last 250 ms are lost; each agent sends the next one. For any
 * thread.
 */
public final class AgentReports implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(250);
    /** Whoever did not work for so long could take no reports: a machine that was suspended, for example. */
    private static final Duration ASLEEP = Duration.ofSeconds(30);

    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration SELDOM = Duration.ofSeconds(10);
    private static final Duration CLEANING = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(90);
    private static final Duration UNKNOWN_FOR = Duration.ofMinutes(10);

    private final Catalogs catalogs;
    private final HostAgentStore store;
    private final Supplier<Duration> silentAfter;
    private final Clock clock;
    private final BackgroundLoop loop;
    private final ConcurrentHashMap<Key, HostAgent> agents = new ConcurrentHashMap<>();
    private final Set<Key> changed = ConcurrentHashMap.newKeySet();
    private final UnknownServers unknown = new UnknownServers();
    private volatile Instant listening;
    private volatile Map<EnvironmentName, ServerIds> known = Map.of();
    private volatile boolean heard;
    private boolean shared;
    private Catalog catalog = Catalog.EMPTY;
    private Instant looked = Instant.EPOCH;
    private Instant cleaned = Instant.EPOCH;
    private Instant worked;

    private record Key(EnvironmentName environment, String host) {}

    /** @param silentAfter the least time after which an agent counts as silent, as it is configured now */
    public AgentReports(Catalogs catalogs, HostAgentStore store, Supplier<Duration> silentAfter, Clock clock) {
        this.catalogs = catalogs;
        this.store = store;
        this.silentAfter = silentAfter;
        this.clock = clock;
        this.listening = clock.instant();
        this.worked = listening;
        this.loop = new BackgroundLoop("agent reports", INTERVAL, clock, this::step);
        load();
    }

    /** What writes in the background. */
    public BackgroundLoop loop() {
        return loop;
    }

    /** Begins to write in the background; from now on it knows the hosts. */
    public void start() {
        refresh();
        loop.start();
    }

    /** Writes what has come. */
    @Override
    public void close() {
        loop.close();
        step();
    }

    /** Others take reports as well: from now on, theirs are read every few seconds. To be called before the start. */
    public void shared() {
        shared = true;
    }

    /** What is newer here is kept; what another gateway has forgotten goes, unless a report has come since. */
    private void reread() {
        var theirs = new HashSet<Key>();
        store.all().forEach(a -> {
            var key = new Key(a.environment(), a.host());
            theirs.add(key);
            agents.merge(key, a, (mine, other) -> other.lastSeen().isAfter(mine.lastSeen()) ? other : mine);
        });
        agents.keySet().removeIf(key -> !theirs.contains(key) && !changed.contains(key));
    }

    private void load() {
        store.all().forEach(a -> agents.putIfAbsent(new Key(a.environment(), a.host()), a));
    }

    /** Takes a report; the host it is about, empty when no host of the environment has this id. */
    public Optional<String> take(EnvironmentName environment, AgentReport report) {
        var now = clock.instant();
        heard = true;
        var host = ids(environment).flatMap(i -> i.host(report.serverId()));
        if (host.isEmpty()) {
            unknown.count(environment, report, now);
            return host;
        }
        var key = new Key(environment, host.get());
        agents.compute(
                key,
                (_, before) -> before == null
                        ? HostAgent.first(environment, key.host(), report, now)
                        : before.next(report, now));
        changed.add(key);
        return host;
    }

    private Optional<ServerIds> ids(EnvironmentName environment) {
        return Optional.ofNullable(known.get(environment));
    }

    /** The agent that reports with this id, empty when it never has. */
    public Optional<HostAgent> agent(EnvironmentName environment, String serverId) {
        return ids(environment)
                .flatMap(i -> i.host(serverId))
                .map(h -> agents.get(new Key(environment, h)))
                .filter(a -> a.serverId().equals(serverId));
    }

    /** The agent was removed from its host: it is not missed from now on. False when no such agent has reported. */
    public boolean forget(EnvironmentName environment, String serverId) {
        var agent = agent(environment, serverId);
        agent.ifPresent(a -> {
            var key = new Key(environment, a.host());
            changed.remove(key);
            agents.remove(key);
            store.forget(environment, a.host());
        });
        return agent.isPresent();
    }

    /** How the agent of this host is now. */
    public AgentState state(EnvironmentName environment, String host) {
        var agent = agents.get(new Key(environment, host));
        if (agent == null) {
            return new AgentState.Never();
        }
        // After a start nobody is silent before there was time to hear of them.
        var heard = agent.lastSeen().isBefore(listening) ? listening : agent.lastSeen();
        boolean silent = clock.instant().isAfter(heard.plus(agent.patience(silentAfter.get())));
        return silent ? new AgentState.Silent(agent) : new AgentState.Reporting(agent);
    }

    /** The id that the role gives to the agent of this host; empty for a host that is not in the inventory. */
    public Optional<String> serverId(EnvironmentName environment, String host) {
        return ids(environment).map(i -> i.ids().get(host));
    }

    /** Those that report and belong to no host. */
    public List<UnknownServer> unknown(EnvironmentName environment) {
        return unknown.of(environment);
    }

    /** The environments there are. */
    public Set<EnvironmentName> environments() {
        return known.keySet();
    }

    /** How the agents of the hosts of this environment are that have ever reported, in the order of the inventory. */
    public List<AgentState> states(EnvironmentName environment) {
        return ids(environment).stream()
                .flatMap(i -> i.ids().keySet().stream())
                .map(h -> state(environment, h))
                .filter(s -> s.known().isPresent())
                .toList();
    }

    /** Does what the loop does: looks at the inventories, and writes what has come. */
    public void step() {
        wake();
        refresh();
        var taken = new ArrayList<Key>();
        changed.removeIf(taken::add);
        try {
            if (!taken.isEmpty()) {
                store.save(
                        taken.stream().map(agents::get).filter(Objects::nonNull).toList());
            }
        } catch (RuntimeException e) {
            changed.addAll(taken);
            throw e;
        }
        clean();
    }

    /** After a sleep of the machine as after a start: nobody is silent before there was time to hear of them. */
    private void wake() {
        var now = clock.instant();
        if (Duration.between(worked, now).compareTo(ASLEEP) > 0) {
            listening = now;
        }
        worked = now;
    }

    /** The files are looked at less often than reports come, and hardly ever when none do. */
    @SuppressWarnings("ReferenceEquality")
    private void refresh() {
        var now = clock.instant();
        if (looked.plus(heard ? LOOK : SELDOM).isAfter(now) && !looked.isAfter(now)) {
            return;
        }
        looked = now;
        heard = false;
        if (shared) {
            reread();
        }
        var current = catalogs.current();
        if (current != catalog) {
            catalog = current;
            var before = known.keySet();
            known = current.environments().values().stream()
                    .collect(Collectors.toUnmodifiableMap(Environment::name, ServerIds::of));
            if (!before.equals(known.keySet())) {
                // One that was renamed has taken its agents along.
                load();
            }
        }
    }

    private void clean() {
        var now = clock.instant();
        unknown.keep((e, id) -> ids(e).flatMap(i -> i.host(id)).isPresent(), now.minus(UNKNOWN_FOR));
        if (cleaned.plus(CLEANING).isBefore(now)) {
            cleaned = now;
            store.forget(now.minus(KEPT));
        }
    }
}
