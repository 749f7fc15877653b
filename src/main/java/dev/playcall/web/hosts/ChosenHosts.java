package dev.playcall.web.hosts;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.selection.HostFacts;
import dev.playcall.catalog.selection.HostPattern;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The hosts of an environment that a request asks for with {@code limit}, which takes what a run takes there; all of them without it.
 *
 * @param hosts in the order of the inventory
 */
public record ChosenHosts(Environment environment, List<String> hosts) {
    public ChosenHosts {
        hosts = List.copyOf(hosts);
    }

    /** @throws ProblemException with 400 where the limit is wrong */
    public static ChosenHosts of(Context ctx, Environment environment, HostFacts facts) {
        Params.refuseUnknown(ctx, Set.of("limit"));
        return Params.text(ctx, "limit")
                .map(limit -> switch (HostPattern.resolve(environment, limit, facts)) {
                    case HostPattern.Hosts(var hosts) -> new ChosenHosts(environment, hosts);
                    case HostPattern.Invalid(var why, var _) -> throw ProblemException.badRequest("limit", why);
                })
                .orElseGet(() -> new ChosenHosts(environment, List.copyOf(environment.hosts())));
    }

    /** The groups with some of these hosts, each with those. */
    public Map<String, List<String>> groups() {
        var chosen = new LinkedHashSet<>(hosts);
        var groups = new LinkedHashMap<String, List<String>>();
        environment.groups().forEach((name, all) -> {
            var some = all.stream().filter(chosen::contains).toList();
            if (!some.isEmpty() || hosts.size() == environment.hosts().size()) {
                groups.put(name, some);
            }
        });
        return groups;
    }
}
