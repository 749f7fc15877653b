package dev.playcall.journal;

import dev.playcall.domain.Run;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.Value;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.Operation;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was run after a run in its place, with other values, and would be undone by doing the older one again. */
public record NewerRuns(EventStore store) {
    private static final int LOOKED_AT = 50;
    private static final int NAMED = 3;
    private static final Set<Operation> DEPLOYING = Set.of(Operation.DEPLOY, Operation.ROLLBACK);

    /**
     * One line, {@code v2 is live on web-1 since #6; #5 has v1}; empty when nothing newer would be undone.
     *
     * @param hosts for which the run is to be done again; empty for all of its environment
     */
    public Optional<String> line(Run run, List<String> hosts) {
        return run.request().check() ? Optional.empty() : live(run, hosts).or(() -> newer(run, hosts));
    }

    private Optional<String> live(Run run, List<String> hosts) {
        var version = run.request()
                .version()
                .filter(_ -> DEPLOYING.contains(run.request().operation()));
        if (version.isEmpty()) {
            return Optional.empty();
        }
        var others = store.statuses(run.request().environment()).stream()
                .filter(s -> hosts.isEmpty() || hosts.contains(s.host()))
                .filter(s -> s.deploy()
                        .filter(c -> isNewer(c, run) && !c.version().equals(version.get()))
                        .isPresent())
                .toList();
        return others.stream()
                .flatMap(s -> s.deploy().stream())
                .max(Comparator.comparingLong(c -> c.run().value()))
                .map(newest -> newest.version() + " is live on " + names(others, newest) + " since " + newest.run()
                        + "; " + run.id() + " has " + version.get());
    }

    private static boolean isNewer(HostStatus.Column deployed, Run run) {
        return deployed.isOk()
                && !deployed.version().isEmpty()
                && deployed.run().value() > run.id().value();
    }

    private static String names(List<HostStatus> hosts, HostStatus.Column newest) {
        return TextFormat.list(
                hosts.stream()
                        .filter(s -> s.deploy()
                                .filter(c -> c.version().equals(newest.version()))
                                .isPresent())
                        .map(HostStatus::host)
                        .toList(),
                NAMED);
    }

    /** Also one that failed, works or waits: half of what it does may be there. */
    private Optional<String> newer(Run run, List<String> hosts) {
        var request = run.request();
        if (request.playbook().isEmpty()) {
            return Optional.empty();
        }
        return store.list(RunQuery.similar(request, LOOKED_AT)).runs().stream()
                .takeWhile(r -> r.id().value() > run.id().value())
                .filter(r -> !r.request().check())
                .filter(r -> r.startedAt().isPresent() || !r.state().isFinal())
                .filter(r -> overlaps(r.request().hosts(), hosts))
                .findFirst()
                .flatMap(r -> difference(r.request(), request)
                        .map(d -> r.id() + " (" + r.state().label() + ") is newer than " + run.id() + " and has " + d));
    }

    private static boolean overlaps(List<String> one, List<String> other) {
        return one.isEmpty() || other.isEmpty() || !Collections.disjoint(one, other);
    }

    /** Secrets are not compared: a retry takes those that are stored now. */
    private static Optional<String> difference(RunRequest newer, RunRequest older) {
        var has = values(newer);
        var had = values(older);
        var names = new TreeSet<>(has.keySet());
        names.addAll(had.keySet());
        var different = names.stream()
                .filter(n -> !Optional.ofNullable(has.get(n)).equals(Optional.ofNullable(had.get(n))))
                .map(n ->
                        n + "=" + has.getOrDefault(n, "(not set)") + " instead of " + had.getOrDefault(n, "(not set)"))
                .toList();
        return different.isEmpty() ? Optional.empty() : Optional.of(TextFormat.list(different, NAMED));
    }

    private static TreeMap<String, String> values(RunRequest request) {
        var values = new TreeMap<String, String>();
        request.variables().forEach((name, value) -> {
            if (!(value instanceof Value.Secret)) {
                values.put(name, value.display());
            }
        });
        return values;
    }
}
