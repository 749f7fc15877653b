package dev.playcall.catalog.inventory;

import dev.playcall.catalog.inventory.IniLines.Kind;
import dev.playcall.catalog.inventory.IniLines.Line;
import dev.playcall.catalog.variable.Sanitized;
import dev.playcall.config.yaml.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which hosts and groups an inventory in Ansible's INI form has. Variables are Ansible's affair and passed over. */
final class IniHosts {
    private final String shown;
    private final List<Problem> problems;
    private final GroupTree tree;
    private final Set<String> hosts;

    /**
     * @param shown what people call the file
     * @param tree gets the groups of this file, beside those of others
     * @param hosts gets its hosts
     */
    IniHosts(String shown, List<Problem> problems, GroupTree tree, Set<String> hosts) {
        this.shown = shown;
        this.problems = problems;
        this.tree = tree;
        this.hosts = hosts;
    }

    /** Of this file alone. */
    static HostsFile.Inventory of(String text, String shown, List<Problem> problems) {
        var tree = new GroupTree();
        var hosts = new LinkedHashSet<String>();
        new IniHosts(shown, problems, tree, hosts).read(text);
        return new HostsFile.Inventory(List.copyOf(hosts), problems.isEmpty() ? tree.members(hosts) : Map.of());
    }

    void read(String text) {
        var lines = new IniLines(text);
        lines.of(Kind.SECTION).forEach(this::section);
        lines.of(Kind.WRONG).forEach(l -> wrong(l, "means nothing in an inventory"));
        lines.of(Kind.CHILD).forEach(l -> tree.add(l.name()));
        lines.of(Kind.CHILD).forEach(l -> tree.add(l.group(), l.name()));
        lines.of(Kind.HOST).forEach(this::host);
        tree.loop().ifPresent(g -> problems.add(new Problem(shown, "the group " + g + " is among its own children")));
    }

    private void section(Line line) {
        if (!Set.of("hosts", "children", "vars").contains(line.part())) {
            wrong(line, "sections are [group], [group:children] and [group:vars]");
        } else if (!HostsFile.isGroup(line.group())) {
            wrong(line, "is not a name for a group (letters, digits and . _ - only)");
        } else {
            tree.add(line.group());
        }
    }

    private void host(Line line) {
        switch (HostRange.expand(line.name())) {
            case HostRange.Refused(var why) -> wrong(line, why);
            case HostRange.Names(var names) -> {
                if (hosts.size() + names.size() > HostRange.MOST) {
                    wrong(line, "here are more than " + HostRange.MOST + " hosts");
                    return;
                }
                hosts.addAll(names);
                tree.add(line.group());
                tree.addHosts(line.group(), names);
            }
        }
    }

    private void wrong(Line line, String why) {
        problems.add(new Problem(
                shown + ":" + line.number(), "\"" + Sanitized.of(line.text().strip(), 60) + "\" " + why));
    }
}
