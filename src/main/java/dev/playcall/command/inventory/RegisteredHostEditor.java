package dev.playcall.command.inventory;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.HostRegister;
import dev.playcall.catalog.inventory.InventoryNames;
import dev.playcall.catalog.inventory.RegisteredHost;
import dev.playcall.catalog.vars.RegisteredConnections;
import dev.playcall.command.Caller;
import dev.playcall.command.HostCommand;
import dev.playcall.command.HostCommand.HostChange;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import dev.playcall.security.secret.SecretInfo;
import dev.playcall.security.secret.SecretKind;
import dev.playcall.security.secret.SecretRef;
import dev.playcall.security.secret.SecretService;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Registers hosts that stand in no file, changes them and takes them away. A host of the file is the file's: what is
 * registered never takes its place.
 */
final class RegisteredHostEditor {
    /** Why a name cannot be that of a new host. */
    static final String CLAIMED =
            "a stored password is called like it, and would be the password of this host; anyone who sets"
                    + " secrets can give that one another name";

    private final Catalogs catalogs;
    private final Rights rights;
    private final HostRegister register;
    private final SecretService secrets;
    private final Clock clock;

    RegisteredHostEditor(Catalogs catalogs, Rights rights, HostRegister register, SecretService secrets, Clock clock) {
        this.catalogs = catalogs;
        this.rights = rights;
        this.register = register;
        this.secrets = secrets;
        this.clock = clock;
    }

    Reply register(HostCommand.RegisterHost command, Caller caller) {
        return permitted(command.environment(), caller, e -> put(command, e, caller));
    }

    Reply registerAll(HostCommand.RegisterHosts command, Caller caller) {
        return permitted(
                command.environment(),
                caller,
                e -> new HostImport(catalogs, register, e, keys(e).collect(Collectors.toSet()), claimed(e))
                        .register(command.hosts(), caller.person(), clock.instant()));
    }

    Reply unregister(HostCommand.UnregisterHost command, Caller caller) {
        return permitted(command.environment(), caller, e -> remove(e, command.host()));
    }

    Reply edit(HostCommand.EditHosts command, Caller caller) {
        return permitted(command.environment(), caller, e -> edit(e, command.change(), caller));
    }

    /** Whether the host that is edited is a registered one and not in the file. */
    boolean isRegistered(HostCommand.EditHosts command) {
        return !(command.change() instanceof HostChange.OfGroup)
                && EnvironmentName.isValid(command.environment())
                && catalogs.current()
                        .environment(new EnvironmentName(command.environment()))
                        .filter(e -> e.registered(command.change().host()).isPresent())
                        .isPresent();
    }

    private Reply permitted(String name, Caller caller, Function<Environment, Reply> then) {
        var environment = Optional.of(name)
                .filter(EnvironmentName::isValid)
                .flatMap(e -> catalogs.current().environment(new EnvironmentName(e)));
        if (environment.isEmpty()) {
            return rights.anywhere(caller, Permission.HOSTS).<Reply>map(d -> d).orElseGet(() -> unknown(name));
        }
        return rights.refusal(
                        caller, Permission.HOSTS, Target.of(environment.get().name()))
                .<Reply>map(d -> d)
                .orElseGet(() -> then.apply(environment.get()));
    }

    private Reply unknown(String name) {
        var known = catalogs.current().environments().keySet().stream()
                .map(EnvironmentName::value)
                .toList();
        return new Reply.Invalid(
                "environment", "there is no environment \"" + Truncate.quoted(name) + "\"", Suggestion.of(name, known));
    }

    private Reply put(HostCommand.RegisterHost command, Environment environment, Caller caller) {
        var before = register.find(environment.name(), command.host());
        var refused = refusal(command, environment, before);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (before.isEmpty() && claimed(environment).contains(command.host())) {
            return new Reply.Conflict(command.host() + ": " + CLAIMED);
        }
        var form = new RegistrationRequest(command, environment, key -> knows(environment, key));
        return switch (form.read(before, caller.person(), clock.instant())) {
            case RegistrationRequest.Parsed.Invalid(var field, var message, var remedy) ->
                new Reply.Invalid(field, message, remedy);
            case RegistrationRequest.Parsed.Valid(var host) ->
                RegisteredDetails.sameId(register.of(environment.name()), List.of(host)).values().stream()
                        .<Reply>map(why -> new Reply.Conflict(host.name() + ": " + why))
                        .findFirst()
                        .orElseGet(() -> keep(environment, host, before));
        };
    }

    /** Names by which passwords are those of a host: who registers one of them would get or take away a password. */
    private Set<String> claimed(Environment environment) {
        return secrets.list().stream()
                .filter(i -> i.kind() == SecretKind.BECOME_PASSWORD || i.kind() == SecretKind.SSH_PASSWORD)
                .map(SecretInfo::ref)
                .filter(r -> r.appliesTo(environment.name()))
                .flatMap(r -> SecretRef.hostsOf(r.name()).stream())
                .collect(Collectors.toSet());
    }

    private static Optional<Reply> refusal(
            HostCommand.RegisterHost command, Environment environment, Optional<RegisteredHost> before) {
        var name = command.host();
        if (environment.isInFile(name)) {
            return Optional.of(new Reply.Conflict(name + " is in "
                    + environment.hostsFile().getFileName()
                    + " of " + environment.name() + " already, and a host can only be in one of the two: host remove "
                    + environment.name() + " " + name + " removes it there"));
        }
        return switch (command.mode()) {
            case CREATE ->
                before.map(b -> new Reply.Conflict(name + " is registered in " + environment.name() + " already, by "
                        + b.by().inText() + "; host change " + environment.name() + " " + name + " … changes it"));
            case CHANGE ->
                before.isPresent()
                        ? Optional.empty()
                        : Optional.of(new Reply.NotFound(name + " is not registered in " + environment.name()));
            case REPLACE -> Optional.empty();
        };
    }

    private Reply keep(Environment environment, RegisteredHost host, Optional<RegisteredHost> before) {
        if (!register.put(environment.name(), host, before)) {
            return new Reply.Conflict("another user has just changed " + host.name() + "; nothing was done; try again");
        }
        var unlike = unlike(host, environment);
        catalogs.afterChange();
        var tags = host.tags().isEmpty() ? "" : ", tagged " + String.join(", ", host.tags()) + unlike;
        return new Reply.Done(host.name() + (before.isPresent() ? " of " : " is registered in ") + environment.name()
                + (before.isPresent() ? " is changed" : "") + tags + "; running runs do not see it"
                + RegisteredDetails.meant(host)
                + warnings(catalogs, environment, Set.of(host.name())));
    }

    /** What is wrong with how runs would reach these hosts, behind what was done; empty when nothing is. */
    static String warnings(Catalogs catalogs, Environment before, Set<String> hosts) {
        return catalogs
                .current()
                .environment(before.name())
                .map(e -> RegisteredConnections.warnings(e, hosts::contains))
                .orElse(List.of())
                .stream()
                .map(w -> ". Warning: " + w)
                .collect(Collectors.joining());
    }

    /** A program may make tags as it likes; a person may have mistyped one. */
    private static String unlike(RegisteredHost host, Environment environment) {
        return host.tags().stream()
                .flatMap(
                        t -> InventoryNames.nearGroup(t, environment)
                                .map(g -> " (" + t + " is new; similar existing name: " + g + ")")
                                .stream())
                .findFirst()
                .orElse("");
    }

    private Reply remove(Environment environment, String host) {
        if (!register.remove(environment.name(), host)) {
            return new Reply.NotFound(Truncate.quoted(host) + " is not registered in " + environment.name()
                    + (environment.isInFile(host)
                            ? "; it is in the file: host remove " + environment.name() + " " + host
                            : ""));
        }
        catalogs.afterChange();
        return new Reply.Done(host + " is no longer registered in " + environment.name() + "; running runs keep it");
    }

    private Reply edit(Environment environment, HostChange change, Caller caller) {
        var host = register.find(environment.name(), change.host());
        if (host.isEmpty()) {
            return new Reply.NotFound(change.host() + " is not registered in " + environment.name() + " any more");
        }
        return switch (change) {
            case HostChange.Remove(var name) -> remove(environment, name);
            case HostChange.Tag(var _, var tag) -> tag(environment, host.get(), tag, true, caller);
            case HostChange.Untag(var _, var tag) -> tag(environment, host.get(), tag, false, caller);
            case HostChange.ChangeVariables c -> put(variables(environment, c), environment, caller);
            case HostChange.Add _, HostChange.OfGroup _ ->
                new Reply.Conflict(
                        change.host() + " is registered in " + environment.name() + " already; host unregister "
                                + environment.name() + " " + change.host() + " removes it there");
        };
    }

    private static HostCommand.RegisterHost variables(Environment environment, HostChange.ChangeVariables change) {
        var variables = new HashMap<String, Object>(change.set());
        change.unset().forEach(name -> variables.put(name, ""));
        return new HostCommand.RegisterHost(
                environment.name().value(),
                change.host(),
                HostCommand.RegisterHost.Mode.CHANGE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                variables);
    }

    private Reply tag(Environment environment, RegisteredHost host, String tag, boolean on, Caller caller) {
        var wrong = RegistrationRequest.wrongTag(tag, host.name(), environment);
        if (on && wrong.isPresent()) {
            return new Reply.Invalid("group", wrong.get(), Optional.empty());
        }
        var tags = new TreeSet<>(host.tags());
        if (!(on ? tags.add(tag) : tags.remove(tag))) {
            return new Reply.Invalid(
                    "group",
                    host.name() + " is " + (on ? "tagged " + tag + " already" : "not tagged " + tag),
                    Optional.empty());
        }
        return keep(environment, host.tagged(tags, caller.person(), clock.instant()), Optional.of(host));
    }

    /** Whether a private key of this name opens hosts of this environment. */
    private boolean knows(Environment environment, String key) {
        return keys(environment).anyMatch(key::equals);
    }

    private Stream<String> keys(Environment environment) {
        return secrets.list().stream()
                .filter(i -> i.kind() == SecretKind.SSH_KEY)
                .map(SecretInfo::ref)
                .filter(r -> r.environment().isEmpty() || r.environment().get().equals(environment.name()))
                .map(r -> r.name());
    }
}
