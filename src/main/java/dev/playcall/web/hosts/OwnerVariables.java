package dev.playcall.web.hosts;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.HostsEdit.RefusedException;
import dev.playcall.catalog.variable.VariableOwner;
import dev.playcall.catalog.variable.WrittenVariable;
import dev.playcall.catalog.vars.EnvironmentVariables;
import dev.playcall.web.hosts.OwnerView.Variable;
import dev.playcall.web.security.RunButtons;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The variables of a host or group as its page shows them. */
final class OwnerVariables {
    /** Names of what nobody wants to have on a screen that is shared. */
    private static final Pattern SECRET = Pattern.compile("(?i)passw|secret|token|(api|private)_?key|credential");

    private OwnerVariables() {}

    static List<Variable> of(Environment environment, VariableOwner owner) throws IOException, RefusedException {
        return new EnvironmentVariables(environment)
                .of(owner).stream()
                        .map(v -> variable(environment, owner, v, ""))
                        .toList();
    }

    /** Those of its groups. */
    static List<Variable> inherited(Environment environment, VariableOwner host) throws IOException, RefusedException {
        var written = new EnvironmentVariables(environment);
        var found = new ArrayList<Variable>();
        var groups = environment.groups().entrySet().stream()
                .filter(g -> g.getValue().contains(host.name()))
                .map(Map.Entry::getKey);
        for (var name : Stream.concat(Stream.of("all"), groups).distinct().toList()) {
            var group = VariableOwner.group(name);
            for (var variable : written.of(group)) {
                found.add(variable(environment, group, variable, name));
            }
        }
        return found;
    }

    private static Variable variable(Environment environment, VariableOwner owner, WrittenVariable v, String of) {
        var place = v.line() == 0 ? v.file() : v.file() + ":" + v.line();
        var change = OwnerPages.path(environment, owner) + "?set=" + RunButtons.encoded(v.name()) + "#set";
        var value = !v.vaulted() && SECRET.matcher(v.name()).find() ? "masked" : v.value();
        return new Variable(v.name(), value, v.vaulted(), of, place, Editing.file(environment, v.file()), change);
    }
}
