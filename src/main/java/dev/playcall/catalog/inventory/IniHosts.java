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
    private final GroupTree tree = new GroupTree();
    private final Set<String> hosts = new LinkedHashSet<>();

    private final List<RegisteredHost> more;

    /** @param shown what people call the file */
    IniHosts(String shown, List<Problem> problems) {
        this(shown, problems, List.of());
    }

    /** @param more hosts that stand in no file; one that stands in this file is the file's */
    IniHosts(String shown, List<Problem> problems, List<RegisteredHost> more) {
        this.more = more;
        this.shown = shown;
        this.problems = problems;
    }

    HostsFile.Inventory read(String text) {
        var lines = new IniLines(text);
        lines.of(Kind.SECTION).forEach(this::section);
        lines.of(Kind.WRONG).forEach(l -> wrong(l, "means nothing in an inventory"));
        lines.of(Kind.CHILD).forEach(l -> tree.add(l.name()));
        lines.of(Kind.CHILD).forEach(l -> tree.add(l.group(), l.name()));
        lines.of(Kind.HOST).forEach(this::host);
        tree.loop().ifPresent(g -> problems.add(new Problem(shown, "the group " + g + " is among its own children")));
        HostsFile.register(more, hosts, tree);
        return new HostsFile.Inventory(List.copyOf(hosts), problems.isEmpty() ? tree.members(hosts) : Map.of());
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
