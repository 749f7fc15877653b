package dev.playcall.command.run;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.ContentHash;
import dev.playcall.catalog.playbook.OperationCatalog.OperationSpec;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.command.Caller;
import dev.playcall.domain.ContentDigest;
import dev.playcall.domain.Provenance;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.venv.HostVenvRun;
import dev.playcall.journal.EventStore;
import dev.playcall.runner.queue.Hold;
import dev.playcall.runner.queue.HoldStore;
import dev.playcall.runner.queue.StartGuard;
import dev.playcall.security.access.People;
import dev.playcall.security.approval.ApprovalPolicies;
import dev.playcall.security.approval.LocksAndFreezes;
import dev.playcall.security.approval.LocksAndFreezes.LockOrFreeze;
import dev.playcall.security.secret.SecretService;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What keeps a run from being accepted, from starting, or from being what people agreed to. */
public final class StartPolicy implements StartGuard, WaitReasons {
    private static final int NAMED = 5;

    private final Catalogs catalogs;
    private final ApprovalPolicies approvalPolicies;
    private final LocksAndFreezes locksAndFreezes;
    private final ContentHash contentHash;
    private final SecretService secrets;
    private final HoldStore holds;
    private final Supplier<ZoneId> zone;
    private final Clock clock;

    /** @param zone in which times are told to people */
    public StartPolicy(
            Catalogs catalogs,
            ApprovalPolicies approvalPolicies,
            LocksAndFreezes locksAndFreezes,
            ContentHash contentHash,
            SecretService secrets,
            HoldStore holds,
            Supplier<ZoneId> zone,
            Clock clock) {
        this.holds = holds;
        this.zone = zone;
        this.catalogs = catalogs;
        this.approvalPolicies = approvalPolicies;
        this.locksAndFreezes = locksAndFreezes;
        this.contentHash = contentHash;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Who is one human with whom. */
    public People people() {
        return locksAndFreezes.people();
    }

    /** Who stands behind what this caller asks for now, with every identity they have now. */
    public Provenance provenance(Caller caller) {
        var provenance = caller.recorded().orElseGet(() -> known(caller));
        for (var what : caller.through()) {
            provenance = provenance.through(what);
        }
        return provenance;
    }

    private Provenance known(Caller caller) {
        var chain = people().chain(caller.person());
        var identities = new LinkedHashSet<Person>();
        chain.reversed().forEach(p -> identities.addAll(people().identities(p)));
        var through = new ArrayList<String>();
        chain.subList(0, chain.size() - 1).forEach(p -> through.add(p.value()));
        return new Provenance(chain.getLast(), identities, through);
    }

    public LocksAndFreezes closures() {
        return locksAndFreezes;
    }

    public Clock clock() {
        return clock;
    }

    ApprovalPolicies agreements() {
        return approvalPolicies;
    }

    /** What somebody wants to do, by every name it has: a playbook can also be started with {@code play}. */
    ApprovalPolicies.RequestedAction requestedAction(RunRequest request) {
        var names = new HashSet<Operation>();
        names.add(request.operation());
        catalogs.current().operations().values().stream()
                .filter(o -> o.playbook().isPresent() && o.playbook().equals(request.playbook()))
                .map(OperationSpec::operation)
                .forEach(names::add);
        return new ApprovalPolicies.RequestedAction(request.environment(), names, isHarmless(request), request.check());
    }

    /** Whether its author says that it changes nothing, whoever runs it. */
    private boolean isHarmless(RunRequest request) {
        if (request.task().isPresent()) {
            return request.task().get().onlyReads(request.variables().keySet());
        }
        return (request.playbook().isEmpty() && !HostVenvRun.isWritten(request))
                || request.playbook()
                        .flatMap(catalogs.current()::playbook)
                        .map(Playbook::danger)
                        .filter(d -> d == Playbook.Danger.NONE)
                        .isPresent();
    }

    /** Whether locks and freezes are about it. */
    boolean changesSomething(RunRequest request) {
        return !request.check() && !isHarmless(request);
    }

    /** What keeps this person from changing this environment now. */
    Optional<LockOrFreeze> closed(RunRequest request, Person person) {
        return changesSomething(request) ? locksAndFreezes.against(person, request.environment()) : Optional.empty();
    }

    /** Exactly what would run now. */
    ContentDigest contentDigest(RunRequest request) {
        return contentHash.of(request).and(secrets.stamps(request));
    }

    /** A lock that nobody but its holder can pass, and that names people by their ids. */
    String line(LockOrFreeze lockOrFreeze) {
        return lockOrFreeze.line(Person::inText, this::time);
    }

    private String time(java.time.Instant at) {
        var left = Duration.between(clock.instant(), at);
        return TextFormat.weekday(at, zone.get()) + " (" + TextFormat.duration(left) + " left)";
    }

    @Override
    public Optional<String> waitsFor(Run run, List<Run> running) {
        return snapshot().waitsFor(run, running);
    }

    @Override
    public Set<String> nodeSelector(RunRequest request) {
        return snapshot().nodeSelector(request);
    }

    @Override
    public EventStore.Admission snapshot() {
        return new StartConditions(this, catalogs, approvalPolicies, holds.all());
    }

    @Override
    public Optional<String> voids(Run run) {
        return run.approvalState().terms().contentDigest().flatMap(agreed -> differences(agreed, run));
    }

    private Optional<String> differences(ContentDigest agreed, Run run) {
        try {
            var different = agreed.differing(contentDigest(run.request()));
            if (different.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of("the approval is invalid: " + TextFormat.list(different.keySet(), NAMED)
                    + " changed after the request; re-run to request approval again");
        } catch (UncheckedIOException e) {
            return Optional.of("the approval is void: what would run cannot be read (" + e.getMessage() + ")");
        }
    }

    @Override
    public List<Stop> stops(Predicate<EnvironmentName> seen) {
        return holds.all().stream()
                .filter(h -> h.kind() != Hold.Kind.NODE)
                .filter(h -> h.kind() != Hold.Kind.ENVIRONMENT || seen.test(new EnvironmentName(h.name())))
                .map(h -> new Stop(named(h), h.line()))
                .toList();
    }

    private static String named(Hold hold) {
        return switch (hold.kind()) {
            case QUEUE -> "queue";
            case ENVIRONMENT -> "environment:" + hold.name();
            case PLAYBOOK -> "playbook:" + hold.name();
            // Everything that is held back for all goes on together.
            case INTAKE -> "";
            // It is ended where the nodes are listed.
            case NODE -> "node:" + hold.name();
        };
    }

    @Override
    public Optional<String> frozen(EnvironmentName environment, java.time.Instant at) {
        return locksAndFreezes.frozenBecause(environment, at);
    }

    @Override
    public List<String> closed(Predicate<EnvironmentName> seen) {
        var known = Stream.concat(
                        catalogs.current().environments().keySet().stream(),
                        locksAndFreezes.locks().all().stream().map(l -> l.environment()))
                .distinct()
                .filter(seen)
                .sorted()
                .toList();
        return locksAndFreezes.all(known).stream().map(this::line).toList();
    }
}
