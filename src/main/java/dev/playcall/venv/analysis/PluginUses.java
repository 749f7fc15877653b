package dev.playcall.venv.analysis;

import dev.playcall.venv.analysis.Analysis.Finding;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Gathers what a playbook names. Not safe for threads; one for each analysis. */
final class PluginUses {
    /** They come with ansible-core. */
    private static final Set<String> CORE = Set.of(ShortNames.BUILTIN, "ansible.legacy");

    /** Of the other kinds Ansible's own and those of Jinja are not listed. */
    private static final Set<PluginKind> MUST_BE_KNOWN = Set.of(PluginKind.MODULE, PluginKind.LOOKUP);

    private final ShortNames names;
    private final Set<String> local = new HashSet<>();
    private final SortedMap<String, String> plugins = new TreeMap<>();
    private final SortedSet<String> collections = new TreeSet<>();
    private final SortedSet<Finding> findings = new TreeSet<>();

    PluginUses(ShortNames names) {
        this.names = names;
    }

    /**
     * A plugin that is named.
     *
     * @param place where, for what has to be said of it
     */
    void plugin(PluginKind kind, String name, String place) {
        if (local.contains(kind.word() + " " + name)) {
            return;
        }
        if (MUST_BE_KNOWN.contains(kind) && names.qualified(kind, name).isEmpty()) {
            unknown(
                    place,
                    "no " + kind.word() + " \"" + name + "\" is known; write its whole name (namespace.collection."
                            + name + ")");
        }
        names.qualified(kind, name).ifPresent(qualified -> {
            plugins.putIfAbsent(kind.word() + " " + qualified, place);
            collection(ShortNames.collection(qualified));
        });
    }

    /** A plugin of the project itself, which needs no collection. */
    void local(PluginKind kind, String name) {
        local.add(kind.word() + " " + name);
    }

    void collection(String name) {
        if (!CORE.contains(name)) {
            collections.add(name);
        }
    }

    void unknown(String place, String message) {
        findings.add(new Finding(place, message));
    }

    /** {@code filter community.general.json_query} to the place where it is first named. */
    Map<String, String> plugins() {
        return plugins;
    }

    /** Without ansible.builtin. */
    SortedSet<String> collections() {
        return collections;
    }

    SortedSet<Finding> findings() {
        return findings;
    }
}
