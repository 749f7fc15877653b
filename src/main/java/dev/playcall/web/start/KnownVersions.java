package dev.playcall.web.start;

import dev.playcall.domain.RunRequest;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.HostStatus;
import dev.playcall.journal.RunQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Versions that an environment has or had. */
record KnownVersions(EventStore store, EnvironmentName environment) {
    private static final int RUNS = 50;
    private static final int MOST = 15;

    /** Those that are live before those that were deployed, of which the newest come first. */
    List<String> all() {
        var deployed = store
                .list(RunQuery.of(environment.value(), RUNS).operation(Optional.of(Operation.DEPLOY.value())))
                .runs()
                .stream()
                .map(r -> r.request())
                .map(RunRequest::version)
                .flatMap(Optional::stream);
        return Stream.concat(hosts().keySet().stream(), deployed)
                .distinct()
                .limit(MOST)
                .toList();
    }

    /** {@code v1.2.4 on 3 hosts}; empty when none is known. */
    String live() {
        return hosts().entrySet().stream()
                .map(v -> v.getKey() + " on " + v.getValue() + (v.getValue() == 1 ? " host" : " hosts"))
                .collect(Collectors.joining(", "));
    }

    private Map<String, Long> hosts() {
        return store.statuses(environment).stream()
                .flatMap(s -> s.deploy().stream())
                .map(HostStatus.Column::version)
                .filter(v -> !v.isEmpty())
                .collect(Collectors.groupingBy(v -> v, TreeMap::new, Collectors.counting()));
    }
}
