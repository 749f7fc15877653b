package dev.playcall.security.access;

import dev.playcall.config.Access;
import dev.playcall.config.Access.Binding;
import dev.playcall.config.Access.Reach;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Makes grants of the roles and bindings of the configuration. */
final class Roles {
    private final Access access;

    Roles(Access access) {
        this.access = access;
    }

    List<Grant> grants() {
        return access.bindings().stream().flatMap(this::grants).toList();
    }

    Stream<Grant> grants(Binding binding) {
        return binding.roles().stream().flatMap(r -> grants(r, binding));
    }

    private Stream<Grant> grants(String role, Binding binding) {
        return parts(role, List.of(binding.reach()), new HashSet<>()).stream()
                .map(p -> new Grant(role, p.permissions(), binding.people(), binding.groups(), p.reaches()));
    }

    private record Part(Set<Permission> permissions, List<Reach> reaches) {}

    /** A role and what it includes, each with its own reach and that of those above it. */
    private List<Part> parts(String role, List<Reach> above, Set<String> seen) {
        var builtIn = Access.BUILT_IN.get(role);
        if (builtIn != null) {
            return List.of(new Part(Grant.permissions(builtIn), above));
        }
        var own = access.roles().get(role);
        if (own == null || !seen.add(role)) {
            return List.of();
        }
        var reaches = new ArrayList<>(above);
        reaches.add(own.reach());
        var parts = new ArrayList<Part>();
        parts.add(new Part(Grant.permissions(own.permissions()), reaches));
        own.includes().forEach(i -> parts.addAll(parts(i, reaches, new HashSet<>(seen))));
        return parts;
    }
}
