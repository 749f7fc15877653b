package dev.playcall.security.identity;

import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Person;
import dev.playcall.security.access.Permission;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a program identifies itself with. Its secret is shown once and kept only as a hash.
 *
 * @param owner who made it; it may never do more than this person
 * @param scopes names of the permissions it was made for; {@code agent.ingest:production} for one of the agents of an environment
 */
public record ApiToken(
        String name, Person owner, Set<String> scopes, Instant created, Instant expires, Optional<Instant> used) {
    private static final String AGENTS = Permission.AGENT_INGEST.word() + ":";

    public ApiToken {
        scopes = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(scopes));
    }

    /** Whether it was made for this, somewhere. */
    public boolean isFor(Permission permission) {
        return scopes.contains(permission.word())
                || (permission == Permission.AGENT_INGEST && agentsOf().isPresent());
    }

    /** The environment whose agents report with it; such a token is for nothing else. */
    public Optional<EnvironmentName> agentsOf() {
        return scopes.stream().flatMap(s -> agentsOf(s).stream()).findFirst();
    }

    static Optional<EnvironmentName> agentsOf(String scope) {
        return Optional.of(scope)
                .filter(s -> s.startsWith(AGENTS))
                .map(s -> s.substring(AGENTS.length()))
                .filter(EnvironmentName::isValid)
                .map(EnvironmentName::new);
    }

    /** Who this is by the command handler. */
    public Person person() {
        return new Person("token:" + name);
    }
}
