package dev.playcall.web.pages;

import java.util.List;

/**
 * How the gateway is set up.
 *
 * @param tab the one that is shown
 * @param file where it is written
 * @param groups keys of this tab by their section
 * @param waiting keys that only a restart takes
 * @param maySync whether this visitor may take playbooks and inventories from git
 */
public record SettingsView(
        String tab,
        List<Chip> tabs,
        String file,
        List<Group> groups,
        List<String> waiting,
        boolean maySync,
        List<SecretRow> keys,
        List<Token> tokens,
        List<User> users,
        List<Role> roles,
        boolean open) {
    public SettingsView {
        tabs = List.copyOf(tabs);
        groups = List.copyOf(groups);
        waiting = List.copyOf(waiting);
        keys = List.copyOf(keys);
        tokens = List.copyOf(tokens);
        users = List.copyOf(users);
        roles = List.copyOf(roles);
    }

    /** Keys of one section. */
    public record Group(String name, List<Line> lines) {
        public Group {
            lines = List.copyOf(lines);
        }
    }

    /** One key; {@code said} whether somebody wrote it. */
    public record Line(String key, String value, String origin, boolean said) {}

    /** A token of a program. */
    public record Token(
            String name, String owner, String scopes, String expires, String exact, String used, boolean expired) {}

    /** Somebody who can log in. */
    public record User(String name, boolean admin, String since, int sessions, boolean self) {}

    /** A role, what it holds and who has it. */
    public record Role(String name, String permissions, String people) {}
}
