package dev.playcall.command.run;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.EventStore;
import dev.playcall.runner.queue.Hold;
import dev.playcall.security.approval.ApprovalPolicies;
import dev.playcall.security.approval.LocksAndFreezes.LockOrFreeze;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What waiting runs have to wait for, with the pauses, locks and freezes of one moment: each is read once, however many runs
 * are asked about. Not thread-safe, and of no use after that moment.
 */
final class StartConditions implements EventStore.Admission {
    private static final int NAMED = 5;

    private final StartPolicy policy;
    private final Catalogs catalogs;
    private final ApprovalPolicies approvalPolicies;
    private final List<Hold> holds;
    private final Map<Key, Optional<LockOrFreeze>> closures = new HashMap<>();

    private record Key(Person person, EnvironmentName environment) {}

    StartConditions(StartPolicy policy, Catalogs catalogs, ApprovalPolicies approvalPolicies, List<Hold> holds) {
        this.policy = policy;
        this.catalogs = catalogs;
        this.approvalPolicies = approvalPolicies;
        this.holds = holds;
    }

    @Override
    public Optional<String> waitsFor(Run run, List<Run> running) {
        return holds.stream()
                .filter(h -> h.keeps(run.request()))
                .map(Hold::line)
                .findFirst()
                .or(() -> closed(run).map(policy::line))
                .or(() -> others(run, running));
    }

    @Override
    public Held held() {
        return new Held(
                holds.stream().anyMatch(h -> h.kind() == Hold.Kind.QUEUE),
                names(Hold.Kind.ENVIRONMENT),
                names(Hold.Kind.PLAYBOOK));
    }

    @Override
    public Set<String> nodeSelector(RunRequest request) {
        var catalog = catalogs.current();
        var labels = new TreeSet<String>();
        request.playbook().flatMap(catalog::playbook).ifPresent(p -> labels.addAll(p.nodeSelector()));
        catalog.environment(request.environment())
                .ifPresent(e -> labels.addAll(e.rules().nodeSelector()));
        return labels;
    }

    @Override
    public Held elsewhere(Supplier<Set<String>> labels) {
        var catalog = catalogs.current();
        var environments = catalog.environments().values().stream()
                .filter(e -> !e.rules().nodeSelector().isEmpty())
                .toList();
        var playbooks = catalog.playbooks().values().stream()
                .filter(p -> !p.nodeSelector().isEmpty())
                .toList();
        if (environments.isEmpty() && playbooks.isEmpty()) {
            return Held.NOTHING;
        }
        var here = labels.get();
        return new Held(
                false,
                environments.stream()
                        .filter(e -> !here.containsAll(e.rules().nodeSelector()))
                        .map(e -> e.name().value())
                        .collect(Collectors.toSet()),
                playbooks.stream()
                        .filter(p -> !here.containsAll(p.nodeSelector()))
                        .map(p -> p.name().value())
                        .collect(Collectors.toSet()));
    }

    private Set<String> names(Hold.Kind kind) {
        return holds.stream().filter(h -> h.kind() == kind).map(Hold::name).collect(Collectors.toSet());
    }

    private Optional<LockOrFreeze> closed(Run run) {
        if (!run.approvalState().terms().override().isEmpty() || !policy.changesSomething(run.request())) {
            return Optional.empty();
        }
        return closures.computeIfAbsent(
                new Key(run.provenance().human(), run.request().environment()),
                k -> policy.closures().against(k.person(), k.environment()));
    }

    private Optional<String> others(Run run, List<Run> running) {
        if (!approvalPolicies.keepsApart(run.request().environment()) && !isApart(run)) {
            return Optional.empty();
        }
        var mine = new HashSet<>(hosts(run.request()));
        return running.stream()
                .filter(other ->
                        other.request().environment().equals(run.request().environment()))
                .filter(other -> policy.changesSomething(run.request()) && policy.changesSomething(other.request()))
                .flatMap(other -> meeting(other, mine).stream())
                .findFirst();
    }

    private boolean isApart(Run run) {
        return catalogs.current()
                .environment(run.request().environment())
                .filter(e -> e.rules().apart())
                .isPresent();
    }

    private Optional<String> meeting(Run other, Set<String> mine) {
        var shared = new ArrayList<>(hosts(other.request()));
        shared.retainAll(mine);
        if (shared.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("waits for " + other.id() + " " + other.request().operation() + " of "
                + other.requestedBy().inText() + ", which is running on " + TextFormat.list(shared, NAMED));
    }

    private List<String> hosts(RunRequest request) {
        return request.hosts().isEmpty()
                ? catalogs.current()
                        .environment(request.environment())
                        .map(Environment::hosts)
                        .orElse(List.of())
                : request.hosts();
    }
}
