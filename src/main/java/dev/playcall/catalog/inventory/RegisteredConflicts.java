package dev.playcall.catalog.inventory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which registered hosts cannot be in an inventory together with its file: somebody may have changed the file after they were
 * registered. They are left out and the rest goes on, since one name for a host and a group diverts every run.
 */
final class RegisteredConflicts {
    private final Set<String> hosts;
    private final Set<String> groups;
    private final List<RegisteredHost> registered;
    private final Set<String> tags;

    RegisteredConflicts(HostsFile.Inventory written, List<RegisteredHost> registered) {
        this.hosts = Set.copyOf(written.hosts());
        this.groups = written.groups().keySet();
        this.registered = registered;
        this.tags = registered.stream().flatMap(h -> h.tags().stream()).collect(Collectors.toSet());
    }

    /** Why each of them is left out. */
    Map<String, String> reasons() {
        var reasons = new LinkedHashMap<String, String>();
        registered.forEach(h -> reason(h).ifPresent(why -> reasons.put(h.name(), why)));
        return reasons;
    }

    private Optional<String> reason(RegisteredHost host) {
        var name = host.name();
        if (hosts.contains(name)) {
            return Optional.of(name + " stands here and is registered as well: what stands here counts, until one of"
                    + " both is taken out");
        }
        return InventoryNames.wrongHost(name)
                .or(() -> named(name))
                .or(() -> host.tags().stream().flatMap(t -> tag(t).stream()).findFirst())
                .map(why -> "the registered host " + name + " is left out: " + why);
    }

    private Optional<String> named(String name) {
        if (groups.contains(name)) {
            return Optional.of("there is a group " + name + " here, and Ansible would take one for the other");
        }
        return tags.contains(name)
                ? Optional.of("a registered host is tagged " + name + ", and Ansible would take one for the other")
                : Optional.empty();
    }

    private Optional<String> tag(String tag) {
        return InventoryNames.wrongGroup(tag)
                .or(() -> hosts.contains(tag)
                        ? Optional.of("its tag " + tag + " is the name of a host here, and Ansible would take one for"
                                + " the other")
                        : Optional.empty());
    }
}
