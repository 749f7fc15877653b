package dev.playcall.catalog.inventory;

import dev.playcall.catalog.inventory.HostsEdit.RefusedException;
import dev.playcall.catalog.inventory.IniLines.Kind;
import dev.playcall.catalog.inventory.IniLines.Line;
import dev.playcall.catalog.variable.VariableOwner;
import dev.playcall.catalog.variable.WrittenVariable;
import dev.playcall.config.yaml.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Adds to an inventory in Ansible's INI form and takes out of it, line by line; what comes out is read again. */
final class IniEdit implements InventoryEdit {
    private static final String ALL = "all";
    private static final String UNGROUPED = "ungrouped";

    private final String text;
    private final String shown;
    private final String end;
    private final IniLines lines;
    private final HostsFile.Inventory before;

    private IniEdit(String text, String shown, HostsFile.Inventory before) {
        this.text = text;
        this.shown = shown;
        this.end = text.contains("\r\n") ? "\r\n" : "\n";
        this.lines = new IniLines(text);
        this.before = before;
    }

    static IniEdit of(String text, String shown) throws RefusedException {
        return new IniEdit(text, shown, inventory(text, shown));
    }

    private static HostsFile.Inventory inventory(String text, String shown) throws RefusedException {
        var problems = new ArrayList<Problem>();
        var found = IniHosts.of(text, shown, problems);
        if (!problems.isEmpty()) {
            throw new RefusedException(problems.getFirst().toString());
        }
        return found;
    }

    @Override
    public Map<String, String> values(String variable) {
        return IniVariables.values(lines, variable);
    }

    @Override
    public String add(String host, String group, SortedMap<String, String> variables) throws RefusedException {
        if (before.hosts().contains(host)) {
            throw new RefusedException(host + " already exists" + groupsOf(host));
        }
        var line = new StringBuilder(host);
        for (var entry : variables.entrySet()) {
            line.append(' ').append(entry.getKey()).append('=').append(quoted(entry.getKey(), entry.getValue()));
        }
        return checked(into(group, line.toString()), hosts -> hosts.contains(host), 1);
    }

    /** Ansible reads what stands behind the sign as Python would: whatever is more than a word gets quotes. */
    private static String quoted(String name, String value) throws RefusedException {
        if (value.matches("[A-Za-z0-9._:/@-]+")) {
            return value;
        }
        if (value.contains("\"") || value.contains("'") || value.contains("\\")) {
            throw new RefusedException("the value of " + name + " has quotes or a backslash; write it by hand");
        }
        return '"' + value + '"';
    }

    @Override
    public String tag(String host, String group) throws RefusedException {
        known(host);
        if (before.groups().getOrDefault(group, List.of()).contains(host)) {
            throw new RefusedException(host + " is in " + group + " already");
        }
        return checked(into(group, host), _ -> true, 0);
    }

    /** Behind the last host of the group, which is made at the end of the file where there is none. */
    private String into(String group, String line) {
        var name = group.equals(ALL) && section(ALL).isEmpty() ? UNGROUPED : group;
        var mine = lines.all().stream()
                .filter(l -> l.group().equals(name) && l.part().equals("hosts") && l.kind() != Kind.NOTHING)
                .toList();
        if (!mine.isEmpty()) {
            return after(mine.getLast().number(), List.of(line));
        }
        return name.equals(UNGROUPED) ? after(top(), List.of(line)) : atEnd(List.of("", "[" + group + "]", line));
    }

    private List<Line> section(String group) {
        return lines.of(Kind.SECTION).stream()
                .filter(l -> l.group().equals(group) && l.part().equals("hosts"))
                .toList();
    }

    /** The line behind which a host of no group goes: before the first section and the comment that belongs to it. */
    private int top() {
        var first = lines.of(Kind.SECTION).stream().findFirst();
        int at = first.map(Line::number).orElse(lines.all().size() + 1) - 1;
        while (at > 0
                && lines.all().get(at - 1).kind() == Kind.NOTHING
                && !lines.all().get(at - 1).text().isBlank()) {
            at--;
        }
        return at;
    }

    private String after(int number, List<String> more) {
        var all = raw();
        if (number == all.size() && !text.endsWith("\n")) {
            return atEnd(more);
        }
        all.addAll(
                number, more.stream().map(l -> end.equals("\n") ? l : l + "\r").toList());
        return String.join("\n", all);
    }

    private String atEnd(List<String> more) {
        if (text.isEmpty()) {
            return String.join(end, more.stream().filter(l -> !l.isEmpty()).toList()) + end;
        }
        boolean closed = text.endsWith("\n");
        var added = String.join(end, more);
        return closed ? text + added + end : text + end + added;
    }

    private List<String> raw() {
        return new ArrayList<>(List.of(text.split("\n", -1)));
    }

    @Override
    public String untag(String host, String group) throws RefusedException {
        known(host);
        var mine = hostLines(host).stream().filter(l -> l.group().equals(group)).toList();
        if (mine.isEmpty()) {
            throw RefusedException.missing(host + " is not written in the group " + group + groupsOf(host));
        }
        for (var line : mine) {
            if (line.hasContent()) {
                throw new RefusedException(shown + ":" + line.number() + " also gives " + host
                        + " variables, which would be lost; move them by hand");
            }
        }
        var after = without(mine);
        if (!inventory(after, shown).hosts().contains(host)) {
            throw new RefusedException(host
                    + " is in no other group and would disappear: add it to another one first, or use host remove");
        }
        return checked(after, _ -> true, 0);
    }

    @Override
    public String remove(String host) throws RefusedException {
        known(host);
        var inRange = lines.of(Kind.HOST).stream()
                .filter(l -> l.name().contains("["))
                .filter(l -> HostRange.expand(l.name()) instanceof HostRange.Names(var n) && n.contains(host))
                .findFirst();
        if (inRange.isPresent()) {
            throw new RefusedException(host + " is part of the range "
                    + inRange.get().name() + " (" + shown + ":" + inRange.get().number() + "); edit it by hand");
        }
        return checked(without(hostLines(host)), hosts -> !hosts.contains(host), -1);
    }

    /** Also with a port behind the name. */
    private List<Line> hostLines(String host) {
        return lines.of(Kind.HOST).stream()
                .filter(l -> !l.name().contains("[")
                        && HostRange.expand(l.name()) instanceof HostRange.Names(var n)
                        && n.equals(List.of(host)))
                .toList();
    }

    private String without(List<Line> gone) {
        var all = raw();
        gone.stream().map(Line::number).sorted(Comparator.reverseOrder()).forEach(n -> all.remove(n - 1));
        var left = String.join("\n", all);
        boolean lastGone = gone.stream().anyMatch(l -> l.number() == lines.all().size());
        return lastGone && left.endsWith("\r") ? left.substring(0, left.length() - 1) : left;
    }

    @Override
    public String addGroup(String group) throws RefusedException {
        if (hasGroup(group)) {
            throw new RefusedException("there is a group " + group + " already");
        }
        return checked(atEnd(List.of("", "[" + group + "]")), _ -> true, 0);
    }

    private boolean hasGroup(String group) {
        return group.equals(ALL)
                || before.groups().containsKey(group)
                || lines.all().stream()
                        .anyMatch(l -> l.kind() == Kind.SECTION && l.group().equals(group));
    }

    @Override
    public String removeGroup(String group) throws RefusedException {
        var found = lines.all().stream()
                .filter(l -> l.group().equals(group) && l.kind() != Kind.NOTHING && l.kind() != Kind.SECTION)
                .findFirst();
        if (found.isPresent()) {
            throw new RefusedException("the group " + group + " is not empty (" + shown + ":"
                    + found.get().number() + "); take out what is in it first");
        }
        var gone = named(group);
        if (gone.isEmpty()) {
            throw RefusedException.missing("there is no group " + group);
        }
        var all = new ArrayList<>(gone);
        gone.forEach(l -> redundantBlank(l).ifPresent(all::add));
        return checked(without(all), _ -> true, 0);
    }

    /** Of the blank lines on both sides of a section one is enough. */
    private Optional<Line> redundantBlank(Line section) {
        int at = section.number() - 1;
        boolean open = at + 1 >= lines.all().size() || isBlank(at + 1);
        return section.kind() == Kind.SECTION && at > 0 && open && isBlank(at - 1)
                ? Optional.of(lines.all().get(at - 1))
                : Optional.empty();
    }

    private boolean isBlank(int index) {
        return lines.all().get(index).text().isBlank();
    }

    private List<Line> named(String group) {
        return lines.all().stream()
                .filter(l -> (l.kind() == Kind.SECTION || l.kind() == Kind.CHILD)
                        && l.name().equals(group))
                .toList();
    }

    @Override
    public String renameGroup(String group, String to) throws RefusedException {
        if (hasGroup(to)) {
            throw new RefusedException("there is a group " + to + " already");
        }
        var mine = named(group);
        if (mine.isEmpty()) {
            throw RefusedException.missing("there is no group " + group);
        }
        var all = raw();
        for (var line : mine) {
            int at = all.get(line.number() - 1).indexOf(group);
            var old = all.get(line.number() - 1);
            all.set(line.number() - 1, old.substring(0, at) + to + old.substring(at + group.length()));
        }
        return checked(String.join("\n", all), _ -> true, 0);
    }

    @Override
    public List<WrittenVariable> variables(VariableOwner owner, String file) {
        return new IniVariables(lines, owner).written(file);
    }

    @Override
    public String set(VariableOwner owner, String name, Object value) throws RefusedException {
        return checked(new IniVariables(lines, owner).set(text, name, value, shown), _ -> true, 0);
    }

    @Override
    public String give(String host, String name, Object value) throws RefusedException {
        known(host);
        return checked(
                new IniVariables(lines, VariableOwner.host(host)).add(text, hostLines(host), name, value, shown),
                _ -> true,
                0);
    }

    @Override
    public String unset(VariableOwner owner, String name) throws RefusedException {
        return checked(new IniVariables(lines, owner).unset(text, name), _ -> true, 0);
    }

    private void known(String host) throws RefusedException {
        if (!before.hosts().contains(host)) {
            throw RefusedException.missing("there is no host " + host);
        }
    }

    private String groupsOf(String host) {
        var in = before.groups().entrySet().stream()
                .filter(g -> g.getValue().contains(host))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        return in.isEmpty() ? "" : "; it is in " + in;
    }

    /** What comes out is read again, and may differ by no more hosts than were meant. */
    private String checked(String after, Predicate<List<String>> meant, int more) throws RefusedException {
        var now = inventory(after, shown);
        if (now.hosts().size() - before.hosts().size() != more || !meant.test(now.hosts())) {
            throw new RefusedException("this would change more in " + shown + "; edit it by hand");
        }
        return after;
    }
}
