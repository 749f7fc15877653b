package dev.playcall.doctor;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.catalog.variable.VariableSpec.SecretSource;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.security.secret.SecretInfo;
import dev.playcall.security.secret.SecretKind;
import dev.playcall.security.secret.SecretRef;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The secrets that playbooks name and that nobody has set: a run that needs one is refused, and not by night. */
final class MissingSecrets {
    private MissingSecrets() {}

    /** One line for each secret and environment. */
    static List<String> of(Catalog catalog, Collection<SecretInfo> kept) {
        var there = kept.stream()
                .filter(i -> i.kind() == SecretKind.TEXT)
                .map(SecretInfo::ref)
                .collect(Collectors.toSet());
        var needed = needed(catalog);
        return catalog.environments().keySet().stream()
                .flatMap(e -> needed.entrySet().stream()
                        .filter(n -> !isThere(e, n.getKey(), there))
                        .map(n -> line(e, n.getKey(), n.getValue())))
                .toList();
    }

    /** By secret, the playbooks and operations that name it. */
    private static SortedMap<String, Set<String>> needed(Catalog catalog) {
        var found = new TreeMap<String, Set<String>>();
        catalog.playbooks()
                .values()
                .forEach(p -> add(found, p.variables(), p.name().value()));
        catalog.operations()
                .values()
                .forEach(o -> add(found, o.variables(), o.operation().value()));
        return found;
    }

    private static void add(SortedMap<String, Set<String>> found, List<VariableSpec> variables, String by) {
        variables.stream()
                .flatMap(v -> v.source().flatMap(SecretSource::name).stream())
                .forEach(name ->
                        found.computeIfAbsent(name, _ -> new TreeSet<>()).add(by));
    }

    private static boolean isThere(EnvironmentName environment, String name, Set<SecretRef> there) {
        return there.contains(SecretRef.of(environment, name)) || there.contains(SecretRef.global(name));
    }

    private static String line(EnvironmentName environment, String name, Set<String> by) {
        return environment + ": missing secret " + name + ", which " + String.join(", ", by)
                + (by.size() == 1 ? " needs" : " need") + " (./playcall secret set " + name + " --env " + environment
                + ")";
    }
}
