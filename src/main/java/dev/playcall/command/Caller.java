package dev.playcall.command;

import dev.playcall.domain.Origin;
import dev.playcall.domain.Person;
import dev.playcall.security.Principal;
import java.util.Set;

/**
 * Who wants something, and where they said so.
 *
 * @param groups Slack user groups and Discord roles of this person
 */
public record Caller(Person person, Origin origin, Set<String> groups) {
    public Caller {
        groups = Set.copyOf(groups);
    }

    public Caller(Person person, Origin origin) {
        this(person, origin, Set.of());
    }

    /** The same person with another wish. */
    public Caller with(Origin other) {
        return new Caller(person, other, groups);
    }

    /** What rights hang on; a thread belongs to its channel. */
    public Principal principal() {
        var channel = origin.channel();
        int slash = channel.indexOf('/');
        return new Principal(person, groups, slash < 0 ? channel : channel.substring(0, slash));
    }
}
