package dev.playcall.catalog.playbook;

import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.config.Config.OperationEntry;
import dev.playcall.config.Section;
import dev.playcall.config.yaml.Problem;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.domain.rollout.Rollout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which operation runs which playbook: the configuration says so, or a playbook's description, or their names. */
public final class OperationCatalog {
    private static final List<Operation> WITHOUT_PLAYBOOK =
            List.of(Operation.VALIDATE, Operation.PLAY, Operation.ADHOC);
    private static final List<Operation> BUILT_IN =
            List.of(Operation.PING, Operation.PROVISION, Operation.DEPLOY, Operation.ROLLBACK, Operation.UPDATE);

    private final Map<String, OperationEntry> configured;
    private final NavigableMap<PlaybookName, Playbook> playbooks;
    private final List<Problem> problems;
    private final SortedMap<Operation, OperationSpec> operations = new TreeMap<>();

    public OperationCatalog(
            Map<String, OperationEntry> configured,
            NavigableMap<PlaybookName, Playbook> playbooks,
            List<Problem> problems) {
        this.configured = configured;
        this.playbooks = playbooks;
        this.problems = problems;
    }

    public SortedMap<Operation, OperationSpec> read() {
        var names = new TreeSet<>(BUILT_IN);
        playbooks.values().forEach(p -> p.operation().ifPresent(names::add));
        configured.forEach((name, entry) -> {
            if (Operation.isValid(name)) {
                names.add(new Operation(name));
            } else {
                problems.add(new Problem(entry.place(), "operations: \"" + name + "\" is not a name for an operation"));
            }
        });
        names.removeAll(WITHOUT_PLAYBOOK);
        WITHOUT_PLAYBOOK.forEach(this::withoutPlaybook);
        names.forEach(this::withPlaybook);
        return operations;
    }

    private void withoutPlaybook(Operation operation) {
        var entry = entry(operation);
        entry.filter(e -> e.playbook().isPresent()
                        || e.variables().isPresent()
                        || e.rollout().isPresent())
                .ifPresent(e -> problems.add(new Problem(
                        e.place(),
                        "operations." + operation + ": has no playbook of its own, only a timeout can be set")));
        operations.put(
                operation,
                new OperationSpec(operation, Optional.empty(), timeout(operation), List.of(), Optional.empty()));
    }

    private void withPlaybook(Operation operation) {
        var entry = entry(operation);
        var wanted = entry.flatMap(OperationEntry::playbook).map(PlaybookName::withoutEnding);
        var playbook = playbook(operation, wanted);
        if (playbook.isEmpty() && operation.equals(Operation.PING) && wanted.isEmpty() && !isBroken(operation)) {
            withoutPlaybook(operation);
            return;
        }
        if (playbook.isEmpty()) {
            entry.ifPresent(e -> missing(operation, e));
            return;
        }
        var found = new ArrayList<Problem>();
        var name = "operations." + operation + ".variables";
        var variables =
                new MetaFile(found).variables(new Section(name, entry.flatMap(OperationEntry::variables), found));
        problems.addAll(found);
        if (found.isEmpty()) {
            var rollout = entry.flatMap(OperationEntry::rollout);
            operations.put(operation, new OperationSpec(operation, playbook, timeout(operation), variables, rollout));
        }
    }

    /** What a broken playbook would do differently is not known, so nothing takes its place. */
    private boolean isBroken(Operation operation) {
        var file = "/" + operation + ".";
        return problems.stream().anyMatch(p -> p.place().contains(file));
    }

    private Optional<PlaybookName> playbook(Operation operation, Optional<String> wanted) {
        return wanted.or(() -> described(operation))
                .or(() -> Optional.of(operation.value()))
                .filter(PlaybookName::isValid)
                .map(PlaybookName::new)
                .filter(playbooks::containsKey);
    }

    private void missing(Operation operation, OperationEntry entry) {
        var written = entry.playbook().orElse(operation.value()).replaceFirst("\\.ya?ml$", "");
        var near = Suggestion.of(
                        PlaybookName.withoutEnding(written),
                        playbooks.keySet().stream().map(PlaybookName::value).toList())
                .map(n -> "; did you mean " + n + ".yml?")
                .orElse("");
        problems.add(new Problem(
                entry.place(), "operations." + operation + ": there is no usable playbook " + written + ".yml" + near));
    }

    private Optional<String> described(Operation operation) {
        var found = playbooks.values().stream()
                .filter(p -> p.operation().filter(operation::equals).isPresent())
                .map(p -> p.name().value())
                .toList();
        if (found.size() > 1) {
            problems.add(new Problem(
                    "playbooks",
                    String.join(", ", found) + " all say that they are " + operation + "; " + found.getFirst()
                            + " is taken (name one under operations: in the configuration)"));
        }
        return found.stream().findFirst();
    }

    private Optional<OperationEntry> entry(Operation operation) {
        return Optional.ofNullable(configured.get(operation.value()));
    }

    private Optional<Duration> timeout(Operation operation) {
        return entry(operation).flatMap(OperationEntry::timeout);
    }

    /**
     * One operation as configured.
     *
     * @param playbook empty for those without a fixed playbook ({@code validate}, {@code play}, {@code adhoc}, {@code ping} when there is none)
     * @param variables beside those of the playbook
     * @param rollout how it is rolled out; empty for what its playbook says
     */
    public record OperationSpec(
            Operation operation,
            Optional<PlaybookName> playbook,
            Optional<Duration> timeout,
            List<VariableSpec> variables,
            Optional<Rollout> rollout) {
        public OperationSpec {
            variables = List.copyOf(variables);
        }
    }
}
