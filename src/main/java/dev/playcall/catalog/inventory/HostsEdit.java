package dev.playcall.catalog.inventory;

import dev.playcall.catalog.variable.VariableOwner;
import dev.playcall.catalog.variable.VariableValue;
import dev.playcall.catalog.variable.WrittenVariable;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Problem;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.config.yaml.YamlFile;
import dev.playcall.config.yaml.YamlSplice;
import dev.playcall.config.yaml.YamlSplice.CannotSpliceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Adds hosts to a {@code hosts.yml} that people wrote by hand, and takes them out, touching only the lines that say so.
 * A tag is a group. What comes out is read again and has to hold exactly what was meant.
 */
public final class HostsEdit implements InventoryEdit {
    private static final String ALL = "all";
    private static final String HOSTS = "hosts";
    private static final String CHILDREN = "children";
    private static final Path SHOWN = Path.of("hosts.yml");

    private final String text;
    private final HostsFile.Inventory before;
    private final Yaml tree;

    private HostsEdit(String text, Yaml tree, HostsFile.Inventory before) {
        this.text = text;
        this.tree = tree;
        this.before = before;
    }

    /** Why nothing was changed, in words for whoever wanted it. */
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        private final boolean missing;

        public RefusedException(String why) {
            this(why, false);
        }

        private RefusedException(String why, boolean missing) {
            super(why, null, false, false);
            this.missing = missing;
        }

        /** What was to be changed is not there. */
        public static RefusedException missing(String what) {
            return new RefusedException(what, true);
        }

        public boolean isMissing() {
            return missing;
        }

        public String why() {
            return String.valueOf(getMessage());
        }
    }

    /** Reads the text of a {@code hosts.yml}. */
    public static HostsEdit of(String text) throws RefusedException {
        var begun = begun(text);
        var tree = tree(begun);
        return new HostsEdit(begun, tree, inventory(tree));
    }

    /** Nothing, or comments alone, is an inventory without hosts to Ansible, and gets the group that holds all others. */
    private static String begun(String text) {
        try {
            var root = YamlFile.parse(text, SHOWN).root().filter(r -> !HostsFile.isNull(r));
            if (root.isEmpty()) {
                return text + (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + ALL + ":\n";
            }
            boolean bare = root.get() instanceof Yaml.Mapping m && m.entries().isEmpty();
            return bare ? text.replaceFirst("(?m)^(---\\s+)?\\{\\s*}", "$1" + ALL + ":") : text;
        } catch (ConfigException e) {
            return text; // and the reader says what is wrong
        }
    }

    static Yaml tree(String text) throws RefusedException {
        try {
            return YamlFile.parse(text, SHOWN)
                    .root()
                    .filter(root -> !HostsFile.isNull(root))
                    .orElseThrow(() -> new RefusedException("hosts.yml is not a mapping of groups (all: hosts: …)"));
        } catch (ConfigException e) {
            throw new RefusedException(e.problems().getFirst().toString());
        }
    }

    private static HostsFile.Inventory inventory(Yaml tree) throws RefusedException {
        var problems = new ArrayList<Problem>();
        var inventory = HostsFile.of(tree, problems);
        if (!problems.isEmpty()) {
            throw new RefusedException(problems.getFirst().toString());
        }
        return inventory;
    }

    @Override
    public String add(String host, String group, SortedMap<String, String> variables) throws RefusedException {
        if (before.hosts().contains(host)) {
            throw new RefusedException(host + " already exists" + groupsOf(host));
        }
        var value = variables.isEmpty()
                ? ""
                : "{"
                        + String.join(
                                ", ",
                                variables.entrySet().stream()
                                        .map(v -> v.getKey() + ": "
                                                + VariableValue.yaml(VariableValue.typed(v.getValue())))
                                        .toList())
                        + "}";
        return checked(put(text, group, host, value), hosts -> hosts.add(host), Map.of(group, host), Set.of());
    }

    @Override
    public String tag(String host, String group) throws RefusedException {
        known(host);
        if (before.groups().getOrDefault(group, List.of()).contains(host)) {
            throw new RefusedException(host + " is in " + group + " already");
        }
        return checked(put(text, group, host, ""), _ -> {}, Map.of(group, host), Set.of());
    }

    @Override
    public String untag(String host, String group) throws RefusedException {
        known(host);
        var places = places(tree, group, host);
        if (places.isEmpty()) {
            throw RefusedException.missing(host + " is not written in the group " + group + groupsOf(host));
        }
        var after = cut(text, places, host);
        if (!inventory(tree(after)).hosts().contains(host)) {
            throw new RefusedException(host
                    + " is in no other group and would disappear: add it to another one first, or use host remove");
        }
        return checked(after, _ -> {}, Map.of(), Set.of(group));
    }

    @Override
    public String remove(String host) throws RefusedException {
        known(host);
        var places = places(tree, "", host);
        if (places.isEmpty()) {
            throw new RefusedException(host + " is part of a range (web-[1:9]); edit it by hand");
        }
        return checked(
                cut(text, places, host),
                hosts -> hosts.remove(host),
                Map.of(),
                before.groups().keySet());
    }

    @Override
    public String addGroup(String group) throws RefusedException {
        return new GroupsEdit(text, tree).add(group);
    }

    @Override
    public String removeGroup(String group) throws RefusedException {
        return unchanged(new GroupsEdit(text, tree).remove(group));
    }

    @Override
    public String renameGroup(String group, String to) throws RefusedException {
        return unchanged(new GroupsEdit(text, tree).rename(group, to));
    }

    /** Whatever groups are called, the hosts stay the same. */
    private String unchanged(String after) throws RefusedException {
        if (!inventory(tree(after)).hosts().equals(before.hosts())) {
            throw new RefusedException("this would change more in hosts.yml; edit it by hand");
        }
        return after;
    }

    @Override
    public List<WrittenVariable> variables(VariableOwner owner, String file) {
        return new InlineVariables(text, tree, owner).written(file);
    }

    @Override
    public String set(VariableOwner owner, String name, Object value) throws RefusedException {
        return unchanged(new InlineVariables(text, tree, owner).set(name, VariableValue.yaml(value)));
    }

    @Override
    public String give(String host, String name, Object value) throws RefusedException {
        known(host);
        var entry = places(tree, "", host).stream().findFirst();
        if (entry.isEmpty()) {
            throw new RefusedException(host + " is part of a range (web-[1:9]); edit it by hand");
        }
        entry.get().add(host);
        var inline = new InlineVariables(text, tree, VariableOwner.host(host));
        return unchanged(inline.add(entry.get(), name, VariableValue.yaml(value)));
    }

    @Override
    public String unset(VariableOwner owner, String name) throws RefusedException {
        return unchanged(new InlineVariables(text, tree, owner).unset(name));
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
                .toList();
        return in.isEmpty() ? "" : "; it is in " + String.join(", ", in);
    }

    private String put(String from, String group, String host, String value) throws RefusedException {
        try {
            var path = new ArrayList<>(groupPath(group));
            path.add(HOSTS);
            return YamlSplice.of(from).put(path, scalarKey(host), value);
        } catch (CannotSpliceException e) {
            throw new RefusedException("hosts.yml: " + e.why());
        }
    }

    private static String cut(String from, List<List<String>> places, String host) throws RefusedException {
        var left = from;
        try {
            for (var path : places) {
                left = YamlSplice.of(left).remove(path, host);
            }
            return left;
        } catch (CannotSpliceException e) {
            throw new RefusedException("hosts.yml: " + e.why());
        }
    }

    /** Where this group is written; below {@code all} where it is not yet. */
    private List<String> groupPath(String group) {
        var found = new LinkedHashMap<String, List<String>>();
        walk(tree, List.of(), (name, path, _) -> found.putIfAbsent(name, path));
        if (found.containsKey(group)) {
            return found.get(group);
        }
        return found.containsKey(ALL) ? List.of(ALL, CHILDREN, group) : List.of(group);
    }

    private static List<List<String>> places(Yaml tree, String group, String host) {
        var places = new ArrayList<List<String>>();
        walk(tree, List.of(), (name, path, parts) -> {
            boolean wanted = group.isEmpty() || group.equals(name);
            if (wanted
                    && parts instanceof Yaml.Mapping m
                    && m.entries().get(HOSTS) instanceof Yaml.Mapping hosts
                    && hosts.entries().containsKey(host)) {
                var at = new ArrayList<>(path);
                at.add(HOSTS);
                places.add(at);
            }
        });
        return places;
    }

    interface Group {
        void at(String name, List<String> path, Yaml parts);
    }

    @Override
    public Map<String, String> values(String variable) {
        var found = new LinkedHashMap<String, String>();
        walk(tree, List.of(), (_, _, parts) -> {
            if (parts instanceof Yaml.Mapping m && m.entries().get(HOSTS) instanceof Yaml.Mapping hosts) {
                hosts.entries().forEach((host, own) -> {
                    if (own instanceof Yaml.Mapping v && v.entries().get(variable) instanceof Yaml.Scalar value) {
                        found.put(host, value.text().strip());
                    }
                });
            }
        });
        return found;
    }

    static void walk(Yaml groups, List<String> path, Group each) {
        if (!(groups instanceof Yaml.Mapping mapping)) {
            return;
        }
        mapping.entries().forEach((name, parts) -> {
            var here = new ArrayList<>(path);
            here.add(name);
            each.at(name, here, parts);
            if (parts instanceof Yaml.Mapping m && m.entries().get(CHILDREN) instanceof Yaml.Mapping children) {
                var below = new ArrayList<>(here);
                below.add(CHILDREN);
                walk(children, below, each);
            }
        });
    }

    private interface Change {
        void to(Set<String> hosts);
    }

    /** Hosts and groups have to be what they were but for what was meant. */
    private String checked(String after, Change meant, Map<String, String> into, Set<String> outOf)
            throws RefusedException {
        var now = inventory(tree(after));
        Set<String> expected = new HashSet<>(before.hosts());
        meant.to(expected);
        Map<String, Set<String>> groups = new HashMap<>();
        now.groups().forEach((name, hosts) -> groups.put(name, new HashSet<>(hosts)));
        boolean right = expected.equals(new HashSet<>(now.hosts()));
        for (var group : before.groups().entrySet()) {
            var had = new HashSet<>(group.getValue());
            var has = groups.getOrDefault(group.getKey(), Set.of());
            had.removeAll(has);
            right &= had.isEmpty() || (!outOf.isEmpty() && had.size() == 1);
        }
        for (var entry : into.entrySet()) {
            right &= entry.getKey().equals(ALL)
                    || groups.getOrDefault(entry.getKey(), Set.of()).contains(entry.getValue());
        }
        if (!right) {
            throw new RefusedException("this would change more in hosts.yml; edit it by hand");
        }
        return after;
    }

    private static String scalarKey(String name) {
        return name.matches("[A-Za-z][A-Za-z0-9._-]*") && !name.matches("(?i)y|n|yes|no|on|off|true|false|null")
                ? name
                : '"' + name + '"';
    }

    /** What a file may hold at most of one host, in the order of their names. */
    public static SortedMap<String, String> variables(Map<String, String> given) throws RefusedException {
        var variables = new TreeMap<String, String>();
        for (var entry : given.entrySet()) {
            var wrong = VariableValue.refusal(entry.getKey(), entry.getValue());
            if (wrong.isPresent()) {
                throw new RefusedException(wrong.get());
            }
            variables.put(entry.getKey(), entry.getValue());
        }
        return variables;
    }
}
