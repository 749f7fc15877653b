package dev.playcall.domain;

import dev.playcall.domain.format.TextFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** By what the hosts of a run were reached, in one line, where no table says it of each. */
public final class HostConnections {
    private static final int NAMED = 3;
    private static final String SSH = "ssh";

    private HostConnections() {}

    /** {@code on this machine: web-1, web-2; by ssh: 28 hosts}; empty when nothing is known of any host. */
    public static Optional<String> of(List<HostResult> hosts) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        hosts.stream()
                .filter(h -> !isSsh(h))
                .forEach(h -> h.reached()
                        .ifPresent(r -> groups.computeIfAbsent(r, _ -> new ArrayList<>())
                                .add(h.host())));
        var others = groups.entrySet().stream()
                .map(e -> e.getKey() + ": " + TextFormat.list(e.getValue(), NAMED))
                .collect(Collectors.joining("; "));
        long ssh = hosts.stream().filter(HostConnections::isSsh).count();
        var usual = ssh == 0 ? "" : "by ssh: " + TextFormat.count(ssh, "host");
        return Optional.of(others + (others.isEmpty() || usual.isEmpty() ? "" : "; ") + usual)
                .filter(text -> !text.isEmpty());
    }

    /** The same; empty also when every host of which it is known was reached by ssh. */
    public static Optional<String> unusual(List<HostResult> hosts) {
        return of(hosts).filter(_ -> hosts.stream().anyMatch(h -> h.connection().isPresent() && !isSsh(h)));
    }

    private static boolean isSsh(HostResult host) {
        return host.connection().filter(SSH::equals).isPresent();
    }
}
