package dev.playcall.web.inventory;

import dev.playcall.web.pages.ActionButton;
import java.util.List;

/**
 * The operations table of one environment, or of several as one.
 *
 * @param merged whether each server says in which environment it is
 * @param servers those in trouble first
 * @param more how many are not shown; {@code moreLink} shows them
 */
record EnvironmentTable(
        String name,
        boolean merged,
        int hosts,
        int bad,
        List<ActionButton> acts,
        List<ServerRow> servers,
        int more,
        String moreLink) {
    public EnvironmentTable {
        acts = List.copyOf(acts);
        servers = List.copyOf(servers);
    }
}
