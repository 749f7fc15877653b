package dev.playcall.catalog.inventory;

import dev.playcall.catalog.variable.Sanitized;
import dev.playcall.domain.name.Suggestion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which names hosts and groups may be given, so that Ansible takes them for nothing else. */
public final class InventoryNames {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern GROUP = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    private static final Set<String> GROUPS_OF_ANSIBLE = Set.of("all", "ungrouped");
    /** Ansible knows these without any inventory; one of an inventory takes their place for every playbook. */
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1");
    /** With which {@code host_vars/web-1.yml} is found for the host web-1. */
    private static final List<String> ENDINGS = List.of(".yml", ".yaml", ".json");

    private InventoryNames() {}

    /** What keeps a host from having this name, whatever else there is. */
    public static Optional<String> wrongHost(String name) {
        if (THIS_MACHINE.contains(name)) {
            return Optional.of(thisMachine(name));
        }
        if (!HOST.matcher(name).matches()) {
            return Optional.of("a host has a name of letters, digits and . _ - that begins with a letter or a digit;"
                    + " : , & ! ~ * ? [ ] @ and / mean something else to Ansible");
        }
        if (GROUPS_OF_ANSIBLE.contains(name)) {
            return Optional.of(name + " is a group to Ansible, in every inventory, and cannot be a host");
        }
        return ENDINGS.stream()
                .filter(name::endsWith)
                .findFirst()
                .map(e -> "a host cannot be called " + name + ": host_vars/" + name + " belongs to the host "
                        + name.substring(0, name.length() - e.length()));
    }

    /** What keeps a group or a tag from having this name, whatever else there is. */
    public static Optional<String> wrongGroup(String name) {
        if (!GROUP.matcher(name).matches()) {
            return Optional.of("a group has a name of letters, digits and _, as Ansible wants it, not \""
                    + Sanitized.of(name, 60) + "\"");
        }
        if (GROUPS_OF_ANSIBLE.contains(name)) {
            return Optional.of("Ansible itself decides which hosts are in " + name);
        }
        if (name.equals("_meta")) {
            return Optional.of("_meta holds the variables of hosts where scripts print an inventory and is no group");
        }
        return THIS_MACHINE.contains(name) ? Optional.of(thisMachine(name)) : Optional.empty();
    }

    /** Why no file can have a group of this name. */
    public static Optional<String> unreadable(String group) {
        return HostsFile.isGroup(group)
                ? Optional.empty()
                : Optional.of("\"" + Sanitized.of(group, 60) + "\" is not a name for a group");
    }

    private static String thisMachine(String name) {
        return name + " is Ansible's name for the machine it runs on, which is the gateway's own; use another name";
    }

    /** Why a new host of this environment cannot have this name. */
    public static Optional<String> wrongHost(String name, Environment environment) {
        return wrongHost(name)
                .or(() -> environment.groups().containsKey(name)
                        ? Optional.of("there is a group " + name + ", and Ansible would take one for the other")
                        : Optional.empty());
    }

    /** Why a group of this environment cannot have this name. */
    public static Optional<String> wrongGroup(String name, Environment environment) {
        return wrongGroup(name)
                .or(() -> environment.hosts().contains(name)
                        ? Optional.of("there is a host " + name + ", and Ansible would take one for the other")
                        : Optional.empty());
    }

    /** What was meant by a group that is not there, and how it is made. */
    public static String missingGroup(String name, Environment environment) {
        return "there is no group " + name
                + nearGroup(name, environment)
                        .map(g -> "; did you mean " + g + "?")
                        .orElse("")
                + " (group add " + environment.name() + " " + name + " first)";
    }

    /** The group that was probably meant by one that is not there. */
    public static Optional<String> nearGroup(String name, Environment environment) {
        return environment.groups().containsKey(name)
                ? Optional.empty()
                : Suggestion.of(name, environment.groups().keySet());
    }
}
