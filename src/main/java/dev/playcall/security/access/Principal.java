package dev.playcall.security.access;

import dev.playcall.domain.name.Person;
import java.util.Set;

/**
 * The person a decision is about, with their groups and the channel they use.
 *
 * @param groups Slack user groups and Discord roles of this person, {@code slack:S0123}
 * @param channel where it was said, {@code slack:C0123}, never a thread
 */
public record Principal(Person person, Set<String> groups, String channel) {
    public Principal {
        groups = Set.copyOf(groups);
    }
}
