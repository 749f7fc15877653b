package dev.playcall.command.inventory;

import dev.playcall.catalog.ContentHash;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.HostsEdit.RefusedException;
import dev.playcall.catalog.inventory.RegisteredHost;
import dev.playcall.catalog.variable.VariableOwner;
import dev.playcall.catalog.vars.EnvironmentVariables;
import dev.playcall.command.Caller;
import dev.playcall.command.HostCommand.EditHosts;
import dev.playcall.command.HostCommand.HostChange.ChangeVariables;
import dev.playcall.command.Reply;
import dev.playcall.command.content.ContentCommands.InventorySync;
import dev.playcall.command.content.ContentEdits;
import dev.playcall.content.ContentException;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.venv.HostVenvs;
import dev.playcall.venv.HostVenvs.HostVenv;
import dev.playcall.venv.HostVenvs.VenvHost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Has the inventories say which Python environments their hosts have: the files of the hosts are the truth, the variable follows. */
final class InstalledVenvsSync implements InventorySync {
    private static final String VARIABLE = "installed_venvs";
    /** A chat shows the first three. */
    private static final List<String> HEADER = List.of("Host", "Inventory said", "Host has", "Name", "Environment");

    private final InventoryWriter writer;
    private final RegisteredHostEditor registered;
    private final ContentEdits edits;
    private final HostVenvs hosts;

    InstalledVenvsSync(InventoryWriter writer, RegisteredHostEditor registered, ContentEdits edits, HostVenvs hosts) {
        this.writer = writer;
        this.registered = registered;
        this.edits = edits;
        this.hosts = hosts;
    }

    /** What differs of one host. */
    private record Difference(Environment environment, String host, List<String> said, List<String> has) {
        List<String> row() {
            var place = environment.name().value();
            return List.of(host + " in " + place, shown(said), shown(has), host, place);
        }

        private static String shown(List<String> names) {
            return names.isEmpty() ? "none" : String.join(", ", names);
        }
    }

    @Override
    public Reply sync(boolean check, Caller caller) throws ContentException {
        if (check) {
            return listed(differences(), true, List.of());
        }
        var refusal = edits.refusal();
        return refusal.isPresent()
                ? new Reply.Invalid("environment", refusal.get(), Optional.of("venv sync --check"))
                : write(caller);
    }

    private Reply write(Caller caller) throws ContentException {
        var differences = differences();
        var notes = new ArrayList<String>();
        for (var environment :
                differences.stream().map(Difference::environment).distinct().toList()) {
            var mine = differences.stream()
                    .filter(d -> d.environment().equals(environment))
                    .toList();
            var sealed = ContentHash.inventory(environment);
            var reply = registered(mine, caller);
            if (reply instanceof Reply.Done) {
                reply = edits.lock().edit(() -> inFiles(environment, mine));
            }
            if (!(reply instanceof Reply.Done(var text))) {
                return reply;
            }
            // What is said besides: the approvals that do not hold any more, where it was written in another way
            // before.
            if (text.contains("; ") && !ContentHash.inventory(environment).equals(sealed)) {
                notes.add(text);
            }
        }
        return listed(differences, false, notes);
    }

    private static Reply listed(List<Difference> differences, boolean check, List<String> notes) {
        var count = TextFormat.count(differences.size(), "host");
        var message = differences.isEmpty()
                ? "installed_venvs of all inventories is up to date"
                : check
                        ? "installed_venvs of " + count + " differs from what the hosts have"
                        : "installed_venvs of " + count + " is updated";
        return new Reply.Listed(
                message, HEADER, differences.stream().map(Difference::row).toList(), notes);
    }

    private Reply registered(List<Difference> differences, Caller caller) {
        for (var difference : differences) {
            var environment = difference.environment();
            if (environment.registered(difference.host()).isPresent()) {
                var change = new ChangeVariables(
                        VariableOwner.host(difference.host()),
                        new TreeMap<>(Map.of(VARIABLE, difference.has())),
                        new TreeSet<>());
                var reply = registered.edit(new EditHosts(environment.name().value(), change), caller);
                if (!(reply instanceof Reply.Done)) {
                    return reply;
                }
            }
        }
        return new Reply.Done("");
    }

    private Reply inFiles(Environment environment, List<Difference> differences) {
        try {
            var before = writer.texts(environment);
            var variables = new EnvironmentVariables(environment);
            for (var difference : differences) {
                if (environment.registered(difference.host()).isEmpty()) {
                    variables.setAtHost(difference.host(), VARIABLE, difference.has());
                }
            }
            return variables.changed().isEmpty()
                    ? new Reply.Done("")
                    : writer.put(
                            environment,
                            "environment",
                            variables.changed(),
                            before,
                            environment.name() + " is updated");
        } catch (RefusedException e) {
            return InventoryWriter.invalid("environment", environment.name() + ": " + e.why());
        } catch (IOException e) {
            return new Reply.Unavailable("inventory/" + environment.name() + " cannot be changed: " + e.getMessage());
        }
    }

    private List<Difference> differences() throws ContentException {
        var all = hosts.all();
        var found = new ArrayList<Difference>();
        for (var environment : writer.catalogs().current().environments().values()) {
            try {
                boolean isNamed = isNamed(environment);
                for (var host : environment.hosts()) {
                    var has = all.getOrDefault(VenvHost.of(environment.name(), host), List.of()).stream()
                            .map(HostVenv::name)
                            .toList();
                    var said = isNamed ? said(environment, host) : List.<String>of();
                    if (!said.equals(has)) {
                        found.add(new Difference(environment, host, said, has));
                    }
                }
            } catch (RefusedException e) {
                throw new ContentException(environment.name() + ": " + e.why());
            } catch (IOException e) {
                throw new ContentException("inventory/" + environment.name() + " cannot be read: " + e.getMessage());
            }
        }
        return found;
    }

    /** Whether the variable is anywhere in this inventory: the hosts of most need not be looked at. */
    private boolean isNamed(Environment environment) throws IOException {
        return environment.registered().stream().anyMatch(h -> h.variables().containsKey(VARIABLE))
                || writer.texts(environment).values().stream().anyMatch(t -> t.contains(VARIABLE));
    }

    private static List<String> said(Environment environment, String host) throws IOException, RefusedException {
        var own = environment.registered(host).map(RegisteredHost::variables);
        if (own.isPresent()) {
            return own.get().get(VARIABLE) instanceof List<?> list
                    ? list.stream().map(Object::toString).toList()
                    : List.of();
        }
        return new EnvironmentVariables(environment)
                .of(VariableOwner.host(host)).stream()
                        .filter(v -> v.name().equals(VARIABLE))
                        .reduce((_, last) -> last)
                        .map(v -> names(v.value()))
                        .orElse(List.of());
    }

    /** A list as it stands in a file: {@code [a, b]}, {@code ["a", "b"]}. */
    private static List<String> names(String written) {
        return Stream.of(written.replaceAll("[\\[\\]\"']", "").split(",", -1))
                .map(String::strip)
                .filter(n -> !n.isEmpty())
                .toList();
    }
}
