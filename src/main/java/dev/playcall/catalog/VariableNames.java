package dev.playcall.catalog;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which names a variable may have. Ansible's connection and become variables execute commands on the controller without
 * any template, so no playbook may offer them to people.
 */
final class VariableNames {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    private static final Set<String> RESERVED = Set.of(
            "become",
            "become_user",
            "become_method",
            "become_pass",
            "become_exe",
            "become_flags",
            "connection",
            "remote_user",
            "remote_addr",
            "port",
            "environment",
            "vars",
            "hostvars",
            "groups",
            "group_names",
            "inventory_hostname",
            "inventory_hostname_short",
            "inventory_dir",
            "inventory_file",
            "play_hosts",
            "omit",
            "lookup",
            "query",
            "q",
            "playbook_dir",
            "role_path",
            "delegate_to",
            "module_defaults",
            "collections",
            "hosts",
            "tasks",
            "roles",
            "gather_facts",
            "strategy",
            "serial",
            "tags",
            "when",
            "loop",
            "item");

    private VariableNames() {}

    /** Why this name is refused, if it is. */
    static Optional<String> refusal(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of("is not a name for a variable (letters, digits and _ only, not starting with a digit)");
        }
        if (name.startsWith("ansible_") || name.startsWith("playcall_")) {
            return Optional.of("starts with " + name.substring(0, name.indexOf('_') + 1)
                    + ", and such variables decide what is executed, not what is deployed");
        }
        return RESERVED.contains(name) ? Optional.of("means something to Ansible itself") : Optional.empty();
    }
}
