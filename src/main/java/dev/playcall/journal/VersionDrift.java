package dev.playcall.journal;

import dev.playcall.journal.HostStatus.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Hosts whose version is not the one that most of their group have; when none has most hosts, the one put there last counts.
 * A group that holds another one whole is left out, as web and database servers may well differ, and a host that is at one
 * with any of its groups is not told of. Of several groups that is named which agrees least in other ways.
 */
public final class VersionDrift {
    private final Map<String, Outlier> outliers;

    /**
     * One host that differs.
     *
     * @param expected what the others of the group have
     * @param others how many of them
     */
    public record Outlier(String host, String version, String group, String expected, int others) {}

    private record Live(String host, String version, Instant since) {}

    /** A host that differs from these. */
    private record Difference(Outlier outliers, List<String> from) {}

    private VersionDrift(Map<String, Outlier> outliers) {
        this.outliers = outliers;
    }

    /** @param groups hosts by group */
    public static VersionDrift of(Map<String, List<String>> groups, List<HostStatus> statuses) {
        var live = live(statuses);
        var agreed = new HashSet<String>();
        var found = new ArrayList<Difference>();
        groups.forEach((name, hosts) -> {
            var known = hosts.stream().filter(live::containsKey).map(live::get).toList();
            if (known.size() > 1 && !holdsAnother(hosts, groups.values())) {
                compare(name, known, agreed, found);
            }
        });
        var outliers = new TreeMap<String, Outlier>();
        found.stream()
                .filter(d -> !agreed.contains(d.outliers().host()))
                .sorted(Comparator.<Difference>comparingLong(
                                d -> d.from().stream().filter(agreed::contains).count())
                        .thenComparing(d -> d.outliers().group()))
                .forEach(d -> outliers.putIfAbsent(d.outliers().host(), d.outliers()));
        return new VersionDrift(outliers);
    }

    private static Map<String, Live> live(List<HostStatus> statuses) {
        return statuses.stream()
                .flatMap(s -> s.deploy().stream()
                        .filter(c -> !c.version().isEmpty())
                        .map(c -> new Live(s.host(), c.version(), since(c))))
                .collect(Collectors.toMap(Live::host, Function.identity()));
    }

    private static Instant since(Column column) {
        return column.completed().orElse(column.started());
    }

    private static boolean holdsAnother(List<String> hosts, Collection<List<String>> groups) {
        Set<String> all = Set.copyOf(hosts);
        return groups.stream().anyMatch(g -> !g.isEmpty() && Set.copyOf(g).size() < all.size() && all.containsAll(g));
    }

    private static void compare(String group, List<Live> hosts, Set<String> agreed, List<Difference> found) {
        Map<String, List<Live>> versions = hosts.stream().collect(Collectors.groupingBy(Live::version));
        if (versions.size() == 1) {
            hosts.forEach(h -> agreed.add(h.host()));
            return;
        }
        var usual = versions.values().stream()
                .max(Comparator.<List<Live>>comparingInt(List::size).thenComparing(VersionDrift::latest))
                .orElseThrow();
        var expected = usual.getFirst().version();
        var names = usual.stream().map(Live::host).toList();
        hosts.stream()
                .filter(h -> !h.version().equals(expected))
                .map(h -> new Outlier(h.host(), h.version(), group, expected, names.size()))
                .forEach(o -> found.add(new Difference(o, names)));
    }

    private static Instant latest(List<Live> hosts) {
        return hosts.stream().map(Live::since).max(Comparator.naturalOrder()).orElseThrow();
    }

    public Optional<Outlier> of(String host) {
        return Optional.ofNullable(outliers.get(host));
    }

    /** By host. */
    public List<Outlier> all() {
        return List.copyOf(outliers.values());
    }
}
