package dev.playcall.journal;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.Revision;
import dev.playcall.domain.Run;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.journal.History.RunCost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is different between two runs.
 *
 * @param request what was asked, where it is not the same
 * @param playbook the playbook itself
 * @param hosts those that did not end alike
 * @param tasks those with other results, or that took much longer or shorter
 */
public record Comparison(
        Run first,
        Run second,
        List<Difference> request,
        Source playbook,
        List<Pair<HostResult>> hosts,
        List<Pair<RunArtifacts.Task>> tasks,
        boolean tasksKnown,
        RunCost firstCost,
        RunCost secondCost) {
    private static final int CONTEXT = 3;
    /** Whether a task took longer is worth a line. */
    private static final long NOTABLE_MILLIS = 1000;

    public Comparison {
        request = List.copyOf(request);
        hosts = List.copyOf(hosts);
        tasks = List.copyOf(tasks);
    }

    /** One thing that was asked for, as it reads in each. */
    public record Difference(String what, String first, String second) {}

    /** The same thing in each; empty where it does not occur. */
    public record Pair<T>(String name, Optional<T> first, Optional<T> second) {}

    /** Whether the playbook is the same. */
    public sealed interface Source {
        record Same() implements Source {}

        /** {@code lines} of a unified diff. */
        record Changed(List<String> lines) implements Source {
            public Changed {
                lines = List.copyOf(lines);
            }
        }

        record Unknown(String why) implements Source {}
    }

    /** Compares two runs by everything that is known of them. */
    public static Comparison of(Run first, Run second, EventStore store, RunArtifacts runArtifacts) {
        var costs = store.history().costs(List.of(first.id(), second.id()));
        var before = runArtifacts.tasks(first.id());
        var after = runArtifacts.tasks(second.id());
        return new Comparison(
                first,
                second,
                request(first, second),
                source(first, second, runArtifacts),
                pairs(
                        named(store.hosts(first.id()), HostResult::host),
                        named(store.hosts(second.id()), HostResult::host),
                        (a, b) -> a.outcome() == b.outcome() && a.failedTask().equals(b.failedTask())),
                before.isEmpty() || after.isEmpty()
                        ? List.of()
                        : pairs(
                                named(before, RunArtifacts.Task::name),
                                named(after, RunArtifacts.Task::name),
                                (a, b) -> a.isLike(b) && !isNotable(a, b)),
                !before.isEmpty() && !after.isEmpty(),
                costs.getOrDefault(first.id(), RunCost.UNKNOWN),
                costs.getOrDefault(second.id(), RunCost.UNKNOWN));
    }

    private static boolean isNotable(RunArtifacts.Task a, RunArtifacts.Task b) {
        long one = a.took().toMillis();
        long other = b.took().toMillis();
        return Math.abs(one - other) >= NOTABLE_MILLIS && Math.max(one, other) >= 2 * Math.min(one, other);
    }

    private static List<Difference> request(Run first, Run second) {
        var a = words(first);
        var b = words(second);
        var names = new LinkedHashSet<>(a.keySet());
        names.addAll(b.keySet());
        return names.stream()
                .filter(n -> !Objects.equals(a.get(n), b.get(n)))
                .map(n -> new Difference(n, a.getOrDefault(n, ""), b.getOrDefault(n, "")))
                .toList();
    }

    private static Map<String, String> words(Run run) {
        var r = run.request();
        var words = new LinkedHashMap<String, String>();
        words.put("operation", r.operation().value());
        words.put("playbook", r.playbook().map(Object::toString).orElse(""));
        words.put("module", r.task().map(t -> t.module() + t.words()).orElse(""));
        words.put("environment", r.environment().value());
        words.put("commit", run.revision().map(Revision::brief).orElse(""));
        words.put(
                "collections",
                run.revision().flatMap(Revision::galaxy).map(Revision::brief).orElse(""));
        words.put("venv", run.revision().flatMap(Revision::venv).orElse(""));
        words.put("executed on", run.revision().flatMap(Revision::host).orElse(""));
        words.put("limit", r.limit());
        words.put("tags", String.join(",", r.tags()));
        words.put("check", r.check() ? "yes" : "no");
        words.put("diff", r.diff() ? "yes" : "no");
        words.put("options", r.options().words());
        words.put("timeout", TextFormat.duration(r.timeout()));
        new TreeMap<>(r.variables()).forEach((name, value) -> words.put(name, value.display()));
        return words;
    }

    private static Source source(Run first, Run second, RunArtifacts runArtifacts) {
        var a = runArtifacts.playbook(first.id());
        var b = runArtifacts.playbook(second.id());
        if (a.isEmpty() || b.isEmpty()) {
            var missing = a.isEmpty()
                    ? b.isEmpty() ? "neither run" : first.id().toString()
                    : second.id().toString();
            return new Source.Unknown(
                    a.isEmpty() && b.isEmpty()
                            ? "no copy of either run's playbook is stored"
                            : "no copy of the playbook of " + missing + " is stored");
        }
        if (a.equals(b)) {
            return new Source.Same();
        }
        var before = a.get().lines().toList();
        var lines = UnifiedDiffUtils.generateUnifiedDiff(
                first.id().toString(),
                second.id().toString(),
                before,
                DiffUtils.diff(before, b.get().lines().toList()),
                CONTEXT);
        return lines.isEmpty() ? new Source.Same() : new Source.Changed(lines);
    }

    /** By name; the second of one name is another one. */
    private static <T> Map<String, T> named(List<T> all, Function<T, String> name) {
        Map<String, Integer> seen = new HashMap<>();
        var named = new LinkedHashMap<String, T>();
        for (var each : all) {
            int nth = seen.merge(name.apply(each), 1, Integer::sum);
            named.put(name.apply(each) + (nth == 1 ? "" : " (" + nth + ")"), each);
        }
        return named;
    }

    private interface Equality<T> {
        boolean test(T a, T b);
    }

    private static <T> List<Pair<T>> pairs(Map<String, T> a, Map<String, T> b, Equality<T> alike) {
        var names = new LinkedHashSet<>(a.keySet());
        names.addAll(b.keySet());
        var pairs = new ArrayList<Pair<T>>();
        for (var name : names) {
            var pair = new Pair<>(name, Optional.ofNullable(a.get(name)), Optional.ofNullable(b.get(name)));
            if (pair.first().isEmpty()
                    || pair.second().isEmpty()
                    || !alike.test(pair.first().get(), pair.second().get())) {
                pairs.add(pair);
            }
        }
        return pairs.stream().collect(Collectors.toList());
    }
}
