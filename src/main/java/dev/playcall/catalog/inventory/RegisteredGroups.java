package dev.playcall.catalog.inventory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The groups that Ansible gets of registered hosts beside their tags: {@code tag_<tag>}, {@code distro_<distro>}, {@code arch_<architecture>}
 * and {@code status_<status>}, in small letters, with an underscore for everything that is no letter or digit. A name that means
 * something else already, in a file or as a tag or a host, is left out.
 */
public final class RegisteredGroups {
    private static final Pattern OTHER = Pattern.compile("[^a-z0-9_]");
    private static final Map<String, String> FIELDS = Map.of(
            "tag",
            "tags",
            "distro",
            RegisteredHost.DISTRO,
            "arch",
            RegisteredHost.ARCHITECTURE,
            "status",
            RegisteredHost.STATUS);

    private RegisteredGroups() {}

    /** Of one host, whether or not they are left out. */
    public static Set<String> of(RegisteredHost host) {
        var groups = new LinkedHashSet<String>();
        host.tags().forEach(t -> groups.add(name("tag", t)));
        host.detail(RegisteredHost.DISTRO).ifPresent(d -> groups.add(name("distro", d)));
        host.detail(RegisteredHost.ARCHITECTURE).ifPresent(a -> groups.add(name("arch", a)));
        host.detail(RegisteredHost.STATUS).ifPresent(s -> groups.add(name("status", s)));
        return groups;
    }

    /** The field that a group of this name is made of, where no file has it: it cannot be a tag as well. */
    public static Optional<String> field(String group, Environment environment) {
        int end = group.indexOf('_');
        return Optional.ofNullable(end < 0 ? null : FIELDS.get(group.substring(0, end)))
                .filter(_ -> !environment.groups().containsKey(group)
                        || made(environment.registered(), environment.groups()).contains(group));
    }

    private static String name(String kind, String value) {
        return kind + "_" + OTHER.matcher(value.toLowerCase(Locale.ROOT)).replaceAll("_");
    }

    /** The groups that are made here alone, by no tag and no file. */
    static Set<String> made(List<RegisteredHost> registered, Map<String, List<String>> groups) {
        var made = new LinkedHashSet<String>();
        var names = new HashSet<String>();
        registered.forEach(h -> made.addAll(of(h)));
        registered.forEach(h -> made.removeAll(h.tags()));
        registered.forEach(h -> names.add(h.name()));
        made.removeIf(g -> !names.containsAll(Optional.ofNullable(groups.get(g)).orElse(List.of())));
        return made;
    }

    /** The registered hosts of an environment as Ansible gets them: each tagged with all groups that it is in by its registration. */
    public static List<RegisteredHost> of(Environment environment) {
        var members = new HashMap<String, Set<String>>();
        return environment.registered().stream()
                .map(h -> {
                    var tags = new TreeSet<>(h.tags());
                    of(h).stream()
                            .filter(g -> members.computeIfAbsent(g, n -> members(environment, n))
                                    .contains(h.name()))
                            .forEach(tags::add);
                    return h.tagged(tags, h.by(), h.at());
                })
                .toList();
    }

    private static Set<String> members(Environment environment, String group) {
        return Optional.ofNullable(environment.groups().get(group))
                .<Set<String>>map(HashSet::new)
                .orElse(Set.of());
    }

    /** Adds them to what is read of the files. */
    static void add(List<RegisteredHost> registered, Set<String> hosts, GroupTree tree) {
        var taken = new LinkedHashSet<>(hosts);
        registered.forEach(h -> of(h).stream().filter(tree::has).forEach(taken::add));
        for (var host : registered) {
            of(host).stream().filter(g -> !taken.contains(g)).forEach(g -> {
                tree.add(g);
                tree.addHosts(g, List.of(host.name()));
            });
        }
    }
}
