package dev.playcall.catalog.variable;

import java.util.Locale;

/** Whose variables they are: those of one host or of one group. */
public record VariableOwner(Kind kind, String name) {
    /** Hosts and groups have their variables in files of different folders. */
    public enum Kind {
        HOST,
        GROUP
    }

    public static VariableOwner host(String name) {
        return new VariableOwner(Kind.HOST, name);
    }

    public static VariableOwner group(String name) {
        return new VariableOwner(Kind.GROUP, name);
    }

    /** Where Ansible looks for its files: {@code host_vars} or {@code group_vars}. */
    public String folder() {
        return kind.name().toLowerCase(Locale.ROOT) + "_vars";
    }

    /** Its name; {@code group web} for a group. */
    @Override
    public String toString() {
        return kind == Kind.HOST ? name : "group " + name;
    }
}
