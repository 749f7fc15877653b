package dev.playcall.journal;

import dev.playcall.domain.format.NaturalOrder;
import dev.playcall.domain.name.EnvironmentName;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * From which version to which a run goes.
 *
 * @param live other versions on the hosts that it is for, the lowest first
 * @param isDowngrade whether one of them is newer than what is wanted
 */
public record VersionStep(List<String> live, String wanted, boolean isDowngrade) {
    /** Only these have an order that everybody agrees on; nobody knows whether rc1 or a commit is older. */
    private static final Pattern NUMBERS = Pattern.compile("v?\\d+(\\.\\d+)*");

    public VersionStep {
        live = List.copyOf(live);
    }

    /**
     * What changes.
     *
     * @param live the versions on the hosts that it is for
     * @return empty when nothing else is live
     */
    public static Optional<VersionStep> of(String wanted, List<String> live) {
        var others = live.stream()
                .filter(v -> !v.isEmpty() && !v.equals(wanted))
                .distinct()
                .sorted(NaturalOrder.NAMES)
                .toList();
        if (others.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new VersionStep(others, wanted, others.stream().anyMatch(v -> isOlder(wanted, v))));
    }

    /** The same of the hosts of an environment; of all when none are named. */
    public static Optional<VersionStep> of(
            EventStore store, EnvironmentName environment, List<String> hosts, String wanted) {
        return of(
                wanted,
                store.statuses(environment).stream()
                        .filter(s -> hosts.isEmpty() || hosts.contains(s.host()))
                        .flatMap(s -> s.deploy().stream())
                        .map(HostStatus.Column::version)
                        .toList());
    }

    private static boolean isOlder(String one, String other) {
        if (!NUMBERS.matcher(one).matches() || !NUMBERS.matcher(other).matches()) {
            return false;
        }
        var a = parts(one);
        var b = parts(other);
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            int order = part(a, i).compareTo(part(b, i));
            if (order != 0) {
                return order < 0;
            }
        }
        return false;
    }

    private static List<BigInteger> parts(String version) {
        return Arrays.stream(version.replaceFirst("^v", "").split("\\.", -1))
                .map(BigInteger::new)
                .toList();
    }

    private static BigInteger part(List<BigInteger> parts, int i) {
        return i < parts.size() ? parts.get(i) : BigInteger.ZERO;
    }
}
