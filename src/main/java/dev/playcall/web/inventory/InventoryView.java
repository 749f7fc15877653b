package dev.playcall.web.inventory;

import dev.playcall.web.pages.ActionButton;
import java.util.List;

/** Which servers there are. */
record InventoryView(List<Folder> environments, String host, List<String> problems) {
    public InventoryView {
        environments = List.copyOf(environments);
        problems = List.copyOf(problems);
    }

    /**
     * One environment; {@code hosts} counts all, {@code servers} are those that are shown.
     *
     * @param registered how many of them stand in no file
     * @param hidden why registered hosts are left out or not reached as it seems, one text for each
     * @param mayEdit whether this visitor may change its hosts, groups and variables
     */
    public record Folder(
            String name,
            int hosts,
            int registered,
            List<String> hidden,
            List<ActionButton> acts,
            List<Group> groups,
            List<Server> servers,
            int more,
            boolean mayEdit) {
        public Folder {
            hidden = List.copyOf(hidden);
            acts = List.copyOf(acts);
            groups = List.copyOf(groups);
            servers = List.copyOf(servers);
        }
    }

    public record Group(String name, int hosts) {}

    /**
     * One server.
     *
     * @param link to its page
     * @param registered by whom and how long ago, empty for one of the file; {@code exact} is the time
     */
    public record Server(
            String name,
            String link,
            String registered,
            String exact,
            String groups,
            StatusCell ssh,
            ActionButton ping) {}
}
