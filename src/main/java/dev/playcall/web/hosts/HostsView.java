package dev.playcall.web.hosts;

import dev.playcall.web.pages.ActionButton;
import java.util.List;

/**
 * Hosts, groups and files of one environment.
 *
 * @param fetched how old what plugins and scripts gave is; empty when there are none
 * @param find what is looked for among the hosts
 * @param more how many hosts are found and not shown
 * @param acts what is done to all of them, ping first
 * @param files their names and addresses; empty for who may not read them
 * @param mayEdit whether this visitor may change hosts and groups here
 * @param mayRegister whether this visitor may register hosts, which are in no file
 * @param mayWrite whether this visitor may write files here
 * @param elsewhere why nobody changes it here, empty where it is changed here
 */
record HostsView(
        String name,
        String path,
        String fetched,
        String find,
        List<Host> hosts,
        int all,
        int more,
        List<Link> groups,
        List<ActionButton> acts,
        List<Link> files,
        boolean mayEdit,
        boolean mayRegister,
        boolean mayWrite,
        String elsewhere,
        SentForm form) {
    public HostsView {
        hosts = List.copyOf(hosts);
        groups = List.copyOf(groups);
        acts = List.copyOf(acts);
        files = List.copyOf(files);
    }

    /** @param registered whether it stands in no file */
    public record Host(String name, String link, String groups, boolean registered, boolean chosen) {}

    /** @param count hosts of a group; 0 for a file */
    public record Link(String name, String link, int count) {}

    /** Why pinging is not possible for this visitor, empty when it is. */
    public String denied() {
        return acts.isEmpty()
                ? "There is no playbook for acts."
                : acts.getFirst().denied();
    }
}
