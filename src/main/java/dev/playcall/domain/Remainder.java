package dev.playcall.domain;

import java.util.List;

/**
 * What a run left to do: the hosts that did not go through every play that was for them.
 *
 * @param hosts the results of these hosts
 * @param isAll whether that is every host of the run, so that the same request repeats them
 */
public record Remainder(List<HostResult> hosts, boolean isAll) {
    public Remainder {
        hosts = List.copyOf(hosts);
    }

    public static Remainder of(Run run, List<HostResult> all) {
        var left = all.stream().filter(h -> isLeft(run, h)).toList();
        return new Remainder(left, left.isEmpty() || left.size() == all.size());
    }

    private static boolean isLeft(Run run, HostResult host) {
        return switch (host.outcome()) {
            case FAILED, UNREACHABLE, PENDING, INCOMPLETE -> true;
            // When a run was cut short, a host with results may still miss its last tasks.
            case OK, CHANGED, SKIPPED -> run.state() != RunState.FAILED;
        };
    }

    public List<String> names() {
        return hosts.stream().map(HostResult::host).toList();
    }

    /** Hosts that only the whole run has: no run can be limited to them. */
    public List<String> unlimitable() {
        return isAll
                ? List.of()
                : hosts.stream().filter(HostResult::added).map(HostResult::host).toList();
    }
}
