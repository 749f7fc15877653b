package dev.playcall.domain;

import dev.playcall.domain.ansible.AdhocTask;
import dev.playcall.domain.ansible.AnsibleOptions;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.domain.name.RunId;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Exactly what is to be executed, after every check: names come from the catalogue, hosts from the inventory.
 *
 * @param playbook empty for an operation that runs no playbook ({@code validate}, {@code adhoc})
 * @param lock what at most one active run may hold: the playbook, {@code validate/<env>} or {@code adhoc:<module>:<env>}
 * @param limit the hosts as the person wrote them, empty for all
 * @param hosts the names {@code limit} stands for, empty for all
 * @param priority in the queue of its lock it stands as if it had been asked for so many minutes earlier
 * @param retryOf the run whose failed hosts this one repeats
 * @param servers how many hosts it was for when it was asked for; 0 when it is for none or nobody kept it
 * @param task what is run instead of a playbook
 */
public record RunRequest(
        Operation operation,
        EnvironmentName environment,
        Optional<PlaybookName> playbook,
        String lock,
        String limit,
        List<String> hosts,
        List<String> tags,
        boolean check,
        boolean diff,
        SortedMap<String, Value> variables,
        int priority,
        Duration timeout,
        String name,
        String description,
        Optional<RunId> retryOf,
        int servers,
        AnsibleOptions options,
        Optional<AdhocTask> task) {
    public RunRequest {
        hosts = List.copyOf(hosts);
        tags = List.copyOf(tags);
        variables = Collections.unmodifiableSortedMap(new TreeMap<>(Map.copyOf(variables)));
        if (lock.isBlank()) {
            throw new IllegalArgumentException("a run needs a lock");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a timeout of " + timeout + " is not a valid timeout");
        }
    }

    /** The version asked for, where the playbook knows one. */
    public Optional<String> version() {
        return Optional.ofNullable(variables.get("version"))
                .filter(_ -> task.isEmpty())
                .map(Value::display)
                .filter(v -> !v.isBlank());
    }

    /**
     * What is run, where the operation does not say it: the playbook, or the module with its arguments as they would be typed.
     * A secret is masked; nothing is shortened.
     */
    public Optional<String> what() {
        return operation.equals(Operation.ADHOC)
                ? task.map(t -> t.module() + arguments() + t.words())
                : playbook.map(PlaybookName::value).filter(p -> !p.equals(operation.value()));
    }

    /** {@code variables: colour=red, size=3}, with secrets masked; empty without variables. */
    public Optional<String> variablesLine() {
        return Optional.of(variables.entrySet().stream()
                        .map(v -> v.getKey() + "=" + v.getValue().display())
                        .collect(Collectors.joining(", ")))
                .filter(v -> !v.isEmpty())
                .map(v -> "variables: " + v);
    }

    private String arguments() {
        return variables.entrySet().stream()
                .map(v -> " " + v.getKey() + "=" + quoted(v.getValue().display()))
                .collect(Collectors.joining());
    }

    private static String quoted(String text) {
        return text.isEmpty() || text.chars().anyMatch(Character::isWhitespace) ? '"' + text + '"' : text;
    }

    /** The same request with another place in the queue. */
    public RunRequest withPriority(int other) {
        return new RunRequest(
                operation,
                environment,
                playbook,
                lock,
                limit,
                hosts,
                tags,
                check,
                diff,
                variables,
                other,
                timeout,
                name,
                description,
                retryOf,
                servers,
                options,
                task);
    }

    /** The same request for these hosts alone. */
    public RunRequest on(List<String> names) {
        return on(names, retryOf);
    }

    /** The same request for other hosts, as a retry of {@code original}. */
    public RunRequest retry(RunId original, List<String> failed) {
        return on(failed, Optional.of(original));
    }

    private RunRequest on(List<String> names, Optional<RunId> original) {
        return new RunRequest(
                operation,
                environment,
                playbook,
                lock,
                String.join(",", names),
                names,
                tags,
                check,
                diff,
                variables,
                priority,
                timeout,
                name,
                description,
                original,
                names.size(),
                options,
                task);
    }
}
