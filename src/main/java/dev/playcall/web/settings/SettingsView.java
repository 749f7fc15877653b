package dev.playcall.web.settings;

import dev.playcall.web.pages.Chip;
import java.util.List;

/**
 * How the gateway is set up.
 *
 * @param tab the one that is shown
 * @param file where it is written
 * @param groups keys of this tab by their section
 * @param rejectedSettings what was set and does not count
 * @param waiting keys that only a restart takes
 * @param nodes the gateways on the database
 * @param git where playbooks and inventories come from
 */
record SettingsView(
        String tab,
        List<Chip> tabs,
        String file,
        List<Group> groups,
        List<String> rejectedSettings,
        List<String> waiting,
        List<NodeRow> nodes,
        GitView git,
        List<SecretRow> keys,
        List<Token> tokens,
        List<User> users,
        List<Role> roles,
        boolean open) {
    public SettingsView {
        tabs = List.copyOf(tabs);
        groups = List.copyOf(groups);
        rejectedSettings = List.copyOf(rejectedSettings);
        waiting = List.copyOf(waiting);
        nodes = List.copyOf(nodes);
        keys = List.copyOf(keys);
        tokens = List.copyOf(tokens);
        users = List.copyOf(users);
        roles = List.copyOf(roles);
    }

    /** Whether gateways that work have other playbooks or inventories than others. */
    boolean filesDiffer() {
        return nodes.stream()
                        .filter(NodeRow::up)
                        .map(NodeRow::content)
                        .distinct()
                        .count()
                > 1;
    }

    /** A gateway; {@code exact} is when it last said that it works. */
    public record NodeRow(
            String name,
            String status,
            boolean up,
            boolean drained,
            String version,
            String started,
            String seen,
            String exact,
            String content,
            String labels,
            int running) {}

    /** Keys of one section. */
    public record Group(String name, List<Line> lines) {
        public Group {
            lines = List.copyOf(lines);
        }
    }

    /** One key; {@code set} whether somebody wrote it, {@code change} where it is changed, empty when in the file only. */
    public record Line(String id, String key, String value, String origin, boolean set, String change) {}

    /** A token of a program. */
    public record Token(
            String name, String owner, String scopes, String expires, String exact, String used, boolean expired) {}

    /** Somebody who can log in. */
    public record User(String name, boolean admin, String since, int sessions, boolean self) {}

    /** A role, what it holds and who has it. */
    public record Role(String name, String permissions, String people) {}
}
