package dev.playcall.catalog.vars;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.HostsEdit.RefusedException;
import dev.playcall.catalog.inventory.RegisteredHost;
import dev.playcall.catalog.variable.VariableOwner;
import dev.playcall.catalog.variable.WrittenVariable;
import dev.playcall.domain.format.TextFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Registered hosts for which it is written that they are the gateway's own machine ({@code ansible_connection: local}). */
public final class RegisteredConnections {
    private static final String CONNECTION = "ansible_connection";
    private static final List<String> LOCAL = List.of("local", "ansible.builtin.local");
    private static final List<String> ENDINGS = List.of("", ".yml", ".yaml", ".json");
    private static final int NAMED = 3;

    private final Environment environment;
    private final EnvironmentVariables variables;
    private final Map<VariableOwner, Optional<String>> written = new HashMap<>();
    private final Map<String, List<VariableOwner>> groupsOf = new HashMap<>();

    private RegisteredConnections(Environment environment) {
        this.environment = environment;
        this.variables = new EnvironmentVariables(environment);
        environment
                .groups()
                .forEach((group, hosts) -> hosts.forEach(
                        h -> groupsOf.computeIfAbsent(h, _ -> new ArrayList<>()).add(VariableOwner.group(group))));
    }

    /** What a person has to know of all of them; one line for each kind of problem. */
    public static List<String> warnings(Environment environment) {
        return warnings(environment, _ -> true);
    }

    /** The same of some of them, by name. */
    public static List<String> warnings(Environment environment, Predicate<String> which) {
        return new RegisteredConnections(environment).lines(which);
    }

    private enum Way {
        /** Without an address: there is only this machine. */
        HERE,
        /** What a group says is not about a host with an address of its own. */
        OVER_SSH,
        /** It contradicts what is said of this host alone. */
        REFUSED
    }

    private record Kind(Way way, VariableOwner owner) {}

    private List<String> lines(Predicate<String> which) {
        var hosts = new LinkedHashMap<Kind, List<String>>();
        environment.registered().stream()
                .filter(h -> which.test(h.name()))
                .forEach(h -> kind(h).ifPresent(k ->
                        hosts.computeIfAbsent(k, _ -> new ArrayList<>()).add(h.name())));
        return hosts.entrySet().stream()
                .map(e -> line(e.getKey(), e.getValue()))
                .toList();
    }

    private Optional<Kind> kind(RegisteredHost host) {
        return owner(host.name())
                .map(o -> new Kind(
                        host.address().isEmpty()
                                ? Way.HERE
                                : o.kind() == VariableOwner.Kind.HOST ? Way.REFUSED : Way.OVER_SSH,
                        o));
    }

    /** Who says that it is local; empty when what counts says something else, or nothing. */
    private Optional<VariableOwner> owner(String host) {
        var groups = groupsOf.getOrDefault(host, List.of()).reversed();
        return Stream.of(Stream.of(VariableOwner.host(host)), groups.stream(), Stream.of(VariableOwner.group("all")))
                .flatMap(s -> s)
                .filter(o -> said(o).isPresent())
                .findFirst()
                .filter(o -> said(o).filter(LOCAL::contains).isPresent());
    }

    private Optional<String> said(VariableOwner owner) {
        return owner.kind() == VariableOwner.Kind.HOST && !hasFile(owner)
                ? Optional.empty()
                : written.computeIfAbsent(owner, this::read);
    }

    /** It stands in no inventory file, so nothing else is written for it. */
    private boolean hasFile(VariableOwner owner) {
        var folder = environment.variables().resolve(owner.folder());
        return ENDINGS.stream().anyMatch(e -> Files.exists(folder.resolve(owner.name() + e)));
    }

    /** What cannot be read is said elsewhere. */
    private Optional<String> read(VariableOwner owner) {
        try {
            return variables.of(owner).stream()
                    .filter(v -> v.name().equals(CONNECTION))
                    .reduce((_, last) -> last)
                    .map(WrittenVariable::value);
        } catch (IOException | RefusedException e) {
            return Optional.empty();
        }
    }

    private String line(Kind kind, List<String> hosts) {
        boolean one = hosts.size() == 1;
        var who = TextFormat.list(hosts, NAMED);
        var local = CONNECTION + " is local for " + (one ? "it" : "them") + " ("
                + (kind.owner().kind() == VariableOwner.Kind.HOST ? "host_vars" : kind.owner()) + ")";
        return switch (kind.way()) {
            case HERE ->
                who + (one ? " has" : " have") + " no address and " + local
                        + ": runs work on the gateway's own machine; host change " + environment.name() + " "
                        + hosts.getFirst() + " address=10.0.0.9 gives it one";
            case OVER_SSH ->
                who + (one ? " has an address" : " have addresses") + " although " + local
                        + ": runs use ssh, but a play with connection: local works on the gateway's own machine";
            case REFUSED ->
                who + (one ? " has an address" : " have addresses") + " although " + local
                        + ": runs on it are refused until one of the two is removed";
        };
    }
}
