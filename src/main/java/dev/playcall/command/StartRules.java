package dev.playcall.command;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.Environment;
import dev.playcall.catalog.Libraries;
import dev.playcall.catalog.OperationSpec;
import dev.playcall.catalog.Playbook;
import dev.playcall.catalog.Sealing;
import dev.playcall.domain.EnvironmentName;
import dev.playcall.domain.Operation;
import dev.playcall.domain.Person;
import dev.playcall.domain.Provenance;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.Seal;
import dev.playcall.runner.Clearance;
import dev.playcall.runner.Hold;
import dev.playcall.runner.HoldStore;
import dev.playcall.schedule.Times;
import dev.playcall.security.Agreements;
import dev.playcall.security.Closure;
import dev.playcall.security.Closures;
import dev.playcall.security.LockStore;
import dev.playcall.security.People;
import dev.playcall.security.Vault;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
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
public final class StartRules implements Clearance, Outlook {
    private static final int NAMED = 5;

    private final Catalogs catalogs;
    private final Agreements agreements;
    private final Closures closures;
    private final Sealing sealing;
    private final Vault vault;
    private final HoldStore holds;
    private final Supplier<ZoneId> zone;
    private final Clock clock;

    /** @param zone in which times are told to people */
    public StartRules(
            Catalogs catalogs,
            Agreements agreements,
            Closures closures,
            Sealing sealing,
            Vault vault,
            HoldStore holds,
            Supplier<ZoneId> zone,
            Clock clock) {
        this.holds = holds;
        this.zone = zone;
        this.catalogs = catalogs;
        this.agreements = agreements;
        this.closures = closures;
        this.sealing = sealing;
        this.vault = vault;
        this.clock = clock;
    }

    /** Nobody has to agree, and nothing is locked. */
    static StartRules none(Catalogs catalogs, Vault vault) {
        var clock = Clock.systemUTC();
        People people = Set::of;
        var closures = new Closures(LockStore.NONE, List.of(), people, clock);
        var sealing = new Sealing(catalogs, new Libraries(Path.of("").toAbsolutePath(), Optional.empty()));
        return new StartRules(
                catalogs,
                new Agreements(List.of(), _ -> List.of()),
                closures,
                sealing,
                vault,
                HoldStore.NONE,
                () -> ZoneOffset.UTC,
                clock);
    }

    /** Who is one human with whom. */
    People people() {
        return closures.people();
    }

    /** Who stands behind what this caller asks for now, with every identity they have now. */
    Provenance provenance(Caller caller) {
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

    public Closures closures() {
        return closures;
    }

    Clock clock() {
        return clock;
    }

    Agreements agreements() {
        return agreements;
    }

    /** What somebody wants to do, by every name it has: a playbook can also be started with {@code play}. */
    Agreements.Deed deed(RunRequest request) {
        var names = new HashSet<Operation>();
        names.add(request.operation());
        catalogs.current().operations().values().stream()
                .filter(o -> o.playbook().isPresent() && o.playbook().equals(request.playbook()))
                .map(OperationSpec::operation)
                .forEach(names::add);
        return new Agreements.Deed(request.environment(), names, isHarmless(request), request.check());
    }

    /** Whether its author says that it changes nothing, whoever runs it. */
    private boolean isHarmless(RunRequest request) {
        return request.playbook().isEmpty()
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
    Optional<Closure> closed(RunRequest request, Person person) {
        return changesSomething(request) ? closures.against(person, request.environment()) : Optional.empty();
    }

    /** Exactly what would run now. */
    Seal seal(RunRequest request) {
        return sealing.of(request).and(vault.stamps(request));
    }

    /** A lock that nobody but its holder can pass, and that names people by their ids. */
    String line(Closure closure) {
        return closure.line(Object::toString, this::time);
    }

    private String time(java.time.Instant at) {
        var left = Duration.between(clock.instant(), at);
        return Times.shown(at, zone.get()) + " (for another " + Spans.of(left) + ")";
    }

    @Override
    public Optional<String> waitsFor(Run run, List<Run> running) {
        var closure = run.agreement().terms().override().isEmpty()
                ? closed(run.request(), run.provenance().human())
                : Optional.<Closure>empty();
        return holds.all().stream()
                .filter(h -> h.keeps(run.request()))
                .map(Hold::line)
                .findFirst()
                .or(() -> closure.map(this::line))
                .or(() -> others(run, running));
    }

    private Optional<String> others(Run run, List<Run> running) {
        if (!agreements.keepsApart(run.request().environment()) && !isApart(run)) {
            return Optional.empty();
        }
        var mine = new HashSet<>(hosts(run.request()));
        return running.stream()
                .filter(other ->
                        other.request().environment().equals(run.request().environment()))
                .filter(other -> changesSomething(run.request()) && changesSomething(other.request()))
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
        var named = String.join(", ", shared.subList(0, Math.min(NAMED, shared.size())));
        var more = shared.size() > NAMED ? " and " + (shared.size() - NAMED) + " more" : "";
        return Optional.of("waits for " + other.id() + " " + other.request().operation() + " of " + other.requestedBy()
                + ", which works on " + named + more);
    }

    private List<String> hosts(RunRequest request) {
        return request.hosts().isEmpty()
                ? catalogs.current()
                        .environment(request.environment())
                        .map(Environment::hosts)
                        .orElse(List.of())
                : request.hosts();
    }

    @Override
    public Optional<String> voids(Run run) {
        return run.agreement().terms().seal().flatMap(agreed -> differences(agreed, run));
    }

    private Optional<String> differences(Seal agreed, Run run) {
        try {
            var different = agreed.differing(seal(run.request()));
            if (different.isEmpty()) {
                return Optional.empty();
            }
            var named = different.keySet().stream().limit(NAMED).toList();
            var more = different.size() > NAMED ? " and " + (different.size() - NAMED) + " more" : "";
            return Optional.of("the approval is void: " + String.join(", ", named) + more
                    + " changed after it was asked for; run it again to ask anew");
        } catch (UncheckedIOException e) {
            return Optional.of("the approval is void: what would run cannot be read (" + e.getMessage() + ")");
        }
    }

    @Override
    public List<Stop> stops(Predicate<EnvironmentName> seen) {
        return holds.all().stream()
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
        };
    }

    @Override
    public Optional<String> frozen(EnvironmentName environment, java.time.Instant at) {
        return closures.frozenBecause(environment, at);
    }

    @Override
    public List<String> closed(Predicate<EnvironmentName> seen) {
        var known = Stream.concat(
                        catalogs.current().environments().keySet().stream(),
                        closures.locks().all().stream().map(l -> l.environment()))
                .distinct()
                .filter(seen)
                .sorted()
                .toList();
        return closures.all(known).stream().map(this::line).toList();
    }
}
