package dev.playcall.command.rollout;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.playbook.OperationSpec;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.catalog.playbook.RolloutChanges;
import dev.playcall.catalog.selection.HostFacts;
import dev.playcall.catalog.selection.HostPattern;
import dev.playcall.command.BatchCommand;
import dev.playcall.command.BatchCommand.StartRollout;
import dev.playcall.command.Reply;
import dev.playcall.command.StartCommand;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.domain.rollout.Rollout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a rollout would do.
 *
 * @param configured whether the playbook or the operation says how it is rolled out
 * @param waves the hosts of each wave, in the order of the inventory
 */
public record RolloutPlan(Rollout rollout, boolean configured, List<List<String>> waves) {
    private static final int NAMED = 5;

    public RolloutPlan {
        waves = List.copyOf(waves);
    }

    /** What came of planning. */
    public sealed interface Planned {
        record Good(RolloutPlan plan) implements Planned {}

        record Bad(Reply.Invalid reply) implements Planned {}
    }

    /** Of the catalogue and what is known of hosts alone: who may do it is not asked. */
    public static Planned of(Catalogs catalogs, StartRollout command) {
        return of(catalogs.current(), catalogs.facts(), command);
    }

    private static Planned of(Catalog catalog, HostFacts facts, StartRollout command) {
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
            case RolloutChanges.Changed.Good(var rollout) -> of(environment.get(), facts, start, rollout, configured);
        };
    }

    /** How many waves it would have; one where it cannot be planned. */
    public static int waves(Catalogs catalogs, StartRollout command) {
        return of(catalogs, command) instanceof Planned.Good(var plan)
                ? plan.waves().size()
                : 1;
    }

    private static Planned of(
            Environment environment,
            HostFacts facts,
            StartCommand start,
            Rollout rollout,
            Optional<Rollout> configured) {
        var all = environment.hosts();
        if (!start.limit().isBlank()) {
            switch (HostPattern.resolve(environment, start.limit(), facts)) {
                case HostPattern.Invalid(var message, var _) -> {
                    return bad("limit", message);
                }
                case HostPattern.Hosts(var names) -> {
                    var wanted = new HashSet<>(names);
                    all = all.stream().filter(wanted::contains).toList();
                }
            }
        }
        return all.isEmpty()
                ? bad("limit", "there is no host to roll out to")
                : new Planned.Good(new RolloutPlan(rollout, configured.isPresent(), rollout.slices(all)));
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
