package dev.playcall.command.rollout;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.playbook.OperationCatalog.OperationSpec;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.catalog.playbook.RolloutChanges;
import dev.playcall.catalog.selection.HostFacts;
import dev.playcall.catalog.selection.HostPattern;
import dev.playcall.command.BatchCommand;
import dev.playcall.command.BatchCommand.StartRollout;
import dev.playcall.command.Caller;
import dev.playcall.command.Reply;
import dev.playcall.command.StartCommand;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.domain.rollout.Rollout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What a rollout would do.
 *
 * @param configured whether the playbook or the operation says how it is rolled out
 * @param waves the hosts of each wave, in the order of the inventory
 * @param untouched the selected hosts that no play is for, which are in no wave
 */
public record RolloutPlan(Rollout rollout, boolean configured, List<List<String>> waves, List<String> untouched) {
    /** Why a selected host is in no wave. */
    public static final String UNTOUCHED = "no play of the playbook is for this host";

    private static final int NAMED = 5;

    public RolloutPlan {
        waves = List.copyOf(waves);
        untouched = List.copyOf(untouched);
    }

    /** What came of planning. */
    public sealed interface Planned {
        record Good(RolloutPlan plan) implements Planned {}

        record Bad(Reply.Invalid reply) implements Planned {}
    }

    /** For those hosts that a play is for. */
    public static Planned of(Catalogs catalogs, StartRollout command, HostReach reach, Caller caller) {
        return of(catalogs.current(), catalogs.facts(), command, h -> reach.of(command.start(), h, caller));
    }

    private static Planned of(
            Catalog catalog, HostFacts facts, StartRollout command, UnaryOperator<List<String>> reach) {
        var start = command.start();
        var environment = Optional.of(start.environment())
                .filter(EnvironmentName::isValid)
                .flatMap(e -> catalog.environment(new EnvironmentName(e)));
        if (environment.isEmpty()) {
            return bad("environment", "there is no environment \"" + start.environment() + "\"");
        }
        if (playbook(catalog, start).isEmpty()) {
            return bad("operation", "a rollout needs an operation with a playbook, as in rollout deploy production");
        }
        var configured = configured(catalog, start);
        return switch (RolloutChanges.of(
                configured.orElse(Rollout.DEFAULT), command.rollout().words())) {
            case RolloutChanges.Changed.Bad(var field, var message) -> bad(field, field + ": " + message);
            case RolloutChanges.Changed.Good(var rollout) ->
                divided(hosts(environment.get(), facts, start), rollout, configured.isPresent(), reach);
        };
    }

    /** How many waves it would have at most; one where it cannot be planned. */
    public static int waves(Catalogs catalogs, StartRollout command) {
        return of(catalogs.current(), catalogs.facts(), command, h -> h) instanceof Planned.Good(var plan)
                ? plan.waves().size()
                : 1;
    }

    /** In the order of the inventory. */
    private static HostPattern hosts(Environment environment, HostFacts facts, StartCommand start) {
        if (start.limit().isBlank()) {
            return new HostPattern.Hosts(environment.hosts());
        }
        var found = HostPattern.resolve(environment, start.limit(), facts);
        if (!(found instanceof HostPattern.Hosts(var names))) {
            return found;
        }
        var wanted = new HashSet<>(names);
        return new HostPattern.Hosts(
                environment.hosts().stream().filter(wanted::contains).toList());
    }

    private static Planned divided(
            HostPattern selected, Rollout rollout, boolean configured, UnaryOperator<List<String>> reach) {
        return switch (selected) {
            case HostPattern.Invalid invalid ->
                new Planned.Bad(new Reply.Invalid("limit", invalid.message(), invalid.remedy()));
            case HostPattern.Hosts(var all) when all.isEmpty() -> bad("limit", "there is no host to roll out to");
            case HostPattern.Hosts(var all) -> {
                var touched = new LinkedHashSet<>(reach.apply(all));
                var untouched = all.stream().filter(h -> !touched.contains(h)).toList();
                yield touched.isEmpty()
                        ? bad("limit", "no play of the playbook is for " + TextFormat.list(untouched, NAMED))
                        : new Planned.Good(
                                new RolloutPlan(rollout, configured, rollout.slices(List.copyOf(touched)), untouched));
            }
        };
    }

    /** Whether these words ask for exactly this rollout, as far as they say anything. */
    public static boolean changesNothing(Rollout rollout, BatchCommand.RolloutWords words) {
        return RolloutChanges.of(rollout, words.words()) instanceof RolloutChanges.Changed.Good(var changed)
                && changed.equals(rollout);
    }

    private static Planned bad(String field, String message) {
        return new Planned.Bad(new Reply.Invalid(field, message, Optional.empty()));
    }

    private static Optional<Rollout> configured(Catalog catalog, StartCommand start) {
        return spec(catalog, start)
                .flatMap(OperationSpec::rollout)
                .or(() -> playbook(catalog, start).flatMap(Playbook::rollout));
    }

    private static Optional<OperationSpec> spec(Catalog catalog, StartCommand start) {
        return Optional.of(start.operation())
                .filter(Operation::isValid)
                .flatMap(o -> catalog.operation(new Operation(o)));
    }

    /** The playbook that a start would run. */
    static Optional<Playbook> playbook(Catalog catalog, StartCommand start) {
        return spec(catalog, start)
                .flatMap(OperationSpec::playbook)
                .or(() -> start.playbook().filter(PlaybookName::isValid).map(PlaybookName::new))
                .flatMap(catalog::playbook);
    }

    public int hosts() {
        return waves.stream().mapToInt(List::size).sum();
    }

    /** A line for each wave, then what holds between them. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        for (var wave : waves) {
            lines.add("Wave " + (lines.size() + 1) + ": " + counted(wave.size()) + ": " + TextFormat.list(wave, NAMED));
        }
        Rollout.untouchedLine(untouched, NAMED).ifPresent(lines::add);
        lines.add(rollout.line());
        return lines;
    }

    /** {@code 12 hosts in 4 waves of 1, 1, 6, 4}. */
    public String summary() {
        return counted(hosts()) + " in "
                + (waves.size() == 1
                        ? "one wave"
                        : waves.size() + " waves of "
                                + waves.stream()
                                        .map(w -> Integer.toString(w.size()))
                                        .collect(Collectors.joining(", ")));
    }

    private static String counted(int hosts) {
        return hosts == 1 ? "1 host" : hosts + " hosts";
    }
}
