package dev.playcall.web.pages;

import java.util.List;

/** Which servers there are. */
public record InventoryView(List<Folder> environments, String host, List<String> problems) {
    public InventoryView {
        environments = List.copyOf(environments);
        problems = List.copyOf(problems);
    }

    /** One environment; {@code hosts} counts all, {@code servers} are those that are shown. */
    public record Folder(String name, int hosts, List<Act> acts, List<Group> groups, List<Server> servers, int more) {
        public Folder {
            acts = List.copyOf(acts);
            groups = List.copyOf(groups);
            servers = List.copyOf(servers);
        }
    }

    public record Group(String name, int hosts) {}

    public record Server(String name, String groups, Cell ssh, Act ping) {}
}
