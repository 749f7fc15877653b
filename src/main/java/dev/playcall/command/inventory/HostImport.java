package dev.playcall.command.inventory;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.HostRegister;
import dev.playcall.catalog.inventory.RegisteredHost;
import dev.playcall.command.HostCommand;
import dev.playcall.command.Reply;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.name.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Registers many hosts at once: all of them in one transaction, or none. */
final class HostImport {
    private static final int MOST = 10_000;
    /** Refused hosts that are named. */
    private static final int SHOWN = 20;

    private final Catalogs catalogs;
    private final HostRegister register;
    private final Environment environment;
    private final Set<String> keys;
    private final Set<String> claimed;
    private final Map<String, RegisteredHost> before;
    /** Of the register when {@link #before} was read, or earlier. */
    private final long revision;

    /**
     * @param keys names of the private keys that open hosts of this environment
     * @param claimed names that no new host can have
     */
    HostImport(
            Catalogs catalogs, HostRegister register, Environment environment, Set<String> keys, Set<String> claimed) {
        this.catalogs = catalogs;
        this.register = register;
        this.environment = environment;
        this.keys = Set.copyOf(keys);
        this.claimed = Set.copyOf(claimed);
        this.revision = register.revision();
        this.before = register.of(environment.name()).stream()
                .collect(Collectors.toMap(RegisteredHost::name, Function.identity()));
    }

    Reply register(List<HostCommand.RegisterHost> commands, Person by, Instant at) {
        if (commands.isEmpty() || commands.size() > MOST) {
            var why = commands.isEmpty() ? "there is no host in it" : "at most " + MOST + " hosts are taken at once";
            return new Reply.Invalid("hosts", why, Optional.empty());
        }
        var hosts = new ArrayList<RegisteredHost>();
        var refused = new ArrayList<String>();
        var seen = new HashSet<String>();
        for (int i = 0; i < commands.size(); i++) {
            var place = (i + 1) + " " + Truncate.quoted(commands.get(i).host()) + ": ";
            switch (read(commands.get(i), seen, by, at)) {
                case RegistrationRequest.Parsed.Valid(var host) -> hosts.add(host);
                case RegistrationRequest.Parsed.Invalid(var _, var message, var _) -> refused.add(place + message);
            }
        }
        hosts.forEach(h -> wrongTag(h, seen).ifPresent(why -> refused.add(h.name() + ": " + why)));
        RegisteredDetails.sameId(before.values(), hosts).forEach((name, why) -> refused.add(name + ": " + why));
        return refused.isEmpty() ? keep(hosts) : refusal(refused, commands.size());
    }

    private RegistrationRequest.Parsed read(HostCommand.RegisterHost command, Set<String> seen, Person by, Instant at) {
        return wrong(command, seen)
                .<RegistrationRequest.Parsed>map(
                        why -> new RegistrationRequest.Parsed.Invalid("name", why, Optional.empty()))
                .orElseGet(() ->
                        new RegistrationRequest(command, environment, keys::contains).read(Optional.empty(), by, at));
    }

    private Optional<String> wrong(HostCommand.RegisterHost command, Set<String> seen) {
        var name = command.host();
        if (!seen.add(name)) {
            return Optional.of("it is there twice");
        }
        if (before.containsKey(name)) {
            return Optional.empty();
        }
        if (environment.hosts().contains(name)) {
            return Optional.of("it is in the inventory file already");
        }
        return claimed.contains(name) ? Optional.of(RegisteredHostEditor.CLAIMED) : Optional.empty();
    }

    /** To Ansible a tag is a group, and no group can be called like a host. */
    private static Optional<String> wrongTag(RegisteredHost host, Set<String> names) {
        return host.tags().stream()
                .filter(names::contains)
                .findFirst()
                .map(tag -> "its tag " + tag + " is a host of the same table");
    }

    private static Reply refusal(List<String> refused, int all) {
        var more = refused.size() > SHOWN ? "\n  and " + (refused.size() - SHOWN) + " more" : "";
        return new Reply.Invalid(
                "hosts",
                "nothing was registered, as " + refused.size() + " of " + all + " hosts are refused (number, name):\n  "
                        + String.join("\n  ", refused.stream().limit(SHOWN).toList()) + more,
                Optional.empty());
    }

    private Reply keep(List<RegisteredHost> hosts) {
        if (!register.putAll(environment.name(), hosts, revision)) {
            return new Reply.Conflict("another user has just changed registered hosts; nothing was done; try again");
        }
        catalogs.afterChange();
        long known = hosts.stream()
                .map(RegisteredHost::name)
                .filter(before::containsKey)
                .count();
        return new Reply.Done("registered in " + environment.name() + ": " + (hosts.size() - known) + " new, " + known
                + " replaced; running runs do not see the change"
                + RegisteredHostEditor.warnings(
                        catalogs,
                        environment,
                        hosts.stream().map(RegisteredHost::name).collect(Collectors.toSet())));
    }
}
