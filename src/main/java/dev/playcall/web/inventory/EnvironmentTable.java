package dev.playcall.web.inventory;

import dev.playcall.web.pages.ActionButton;
import dev.playcall.web.pages.ActionForm;
import java.util.List;

/**
 * The operations table of one environment, or of several as one.
 *
 * @param merged whether each server says in which environment it is
 * @param counts in words: {@code 18/18 healthy}, {@code 15/18 healthy, 2 failing}
 * @param folded whether only its counts are shown until somebody wants more
 * @param repairs what mends what fails: retrying the run that failed; {@code acts} holds a rollback then
 * @param lock whether it can be locked
 * @param unknownAgents agents that report with an id of no server, a line each
 * @param servers those in trouble first
 * @param more how many are not shown; {@code moreLink} shows them
 */
record EnvironmentTable(
        String name,
        boolean merged,
        int hosts,
        int bad,
        String counts,
        boolean folded,
        List<ActionForm> repairs,
        List<ActionButton> acts,
        LockOffer lock,
        List<String> unknownAgents,
        List<ServerRow> servers,
        int more,
        String moreLink) {
    private static final int FEW = 5;

    public EnvironmentTable {
        repairs = List.copyOf(repairs);
        acts = List.copyOf(acts);
        unknownAgents = List.copyOf(unknownAgents);
        servers = List.copyOf(servers);
    }

    /**
     * Those behind a fold: of many servers all that do not fail, as soon as one does; empty for none.
     *
     * @param searched part of the names that somebody looks for, who wants to see them all
     */
    public List<ServerRow> rest(String searched) {
        var quiet = servers.stream().filter(s -> !s.isBad()).toList();
        return bad > 0 && quiet.size() > FEW && searched.isEmpty() ? quiet : List.of();
    }

    /** The others. */
    public List<ServerRow> shown(String searched) {
        return rest(searched).isEmpty()
                ? servers
                : servers.stream().filter(ServerRow::isBad).toList();
    }

    /** Whether an agent has ever reported from one of the servers. */
    public boolean hasAgents() {
        return servers.stream().anyMatch(s -> !s.agent().isEmpty());
    }

    /** Whether every server is known to be well. */
    public boolean isHealthy() {
        return counts.equals(hosts + "/" + hosts + " healthy");
    }

    /**
     * That an environment can be locked.
     *
     * @param path where the form goes, empty where nothing is to be locked, as it is locked already
     * @param denied why this user may not, empty when they may
     */
    public record LockOffer(String path, String denied) {
        static final LockOffer NONE = new LockOffer("", "");
    }
}
