package dev.playcall.domain.ansible;

import java.util.Set;

/**
 * The one task of a run that has no playbook: a module, whose arguments are the variables of the request.
 *
 * @param module as the list of allowed modules has it: {@code ping}, {@code community.general.ufw}
 * @param text what {@code command} and {@code shell} are to execute; empty for arguments with names
 * @param become whether it is done as another user, root unless the inventory says otherwise
 */
public record AdhocTask(String module, String text, boolean become) {
    private static final Set<String> TEXT = Set.of("command", "shell");
    /** They execute what they are given, as text or by an argument. */
    private static final Set<String> EXECUTING = Set.of("command", "shell", "expect", "win_command", "win_shell");

    private static final Set<String> READING = Set.of("ping", "setup", "service_facts", "package_facts");

    public static final AdhocTask PING = new AdhocTask("ping", "", false);

    /** The name without the namespace of what comes with Ansible. */
    public static String shortName(String module) {
        return module.replaceFirst("^ansible\\.(builtin|legacy)\\.", "");
    }

    /** Whether it takes free text besides arguments with names. */
    public boolean takesText() {
        return TEXT.contains(shortName(module));
    }

    /** Whether it executes a command that the requester wrote. */
    public boolean executesText() {
        return EXECUTING.contains(module.substring(module.lastIndexOf('.') + 1));
    }

    /** Whether the module only reads; {@code setup} executes what lies in a {@code fact_path} that it is given. */
    public boolean onlyReads(Set<String> arguments) {
        return READING.contains(shortName(module)) && !arguments.contains("fact_path");
    }

    /** What follows its arguments, as it would be typed. */
    public String words() {
        return (text.isEmpty() ? "" : " \"" + text + '"') + (become ? " --become" : "");
    }
}
