package dev.playcall.command;

import dev.playcall.domain.Origin;
import dev.playcall.domain.Provenance;
import dev.playcall.domain.name.Person;
import dev.playcall.security.access.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The person who sends a command, with their groups and the channel and message it came from.
 *
 * @param groups Slack user groups and Discord roles of this person
 * @param through what it came through besides: {@code alert:12}
 * @param recorded who stands behind it, where that was recorded before: it is not looked up again
 */
public record Caller(
        Person person, Origin origin, Set<String> groups, List<String> through, Optional<Provenance> recorded) {
    public Caller {
        groups = Set.copyOf(groups);
        through = List.copyOf(through);
    }

    public Caller(Person person, Origin origin, Set<String> groups) {
        this(person, origin, groups, List.of(), Optional.empty());
    }

    public Caller(Person person, Origin origin) {
        this(person, origin, Set.of());
    }

    /** The same person with another request. */
    public Caller with(Origin other) {
        return new Caller(person, other, groups, through, recorded);
    }

    /** The same request, having come through this. */
    public Caller through(String what) {
        var all = new ArrayList<>(through);
        all.add(what);
        return new Caller(person, origin, groups, all, recorded);
    }

    /** In the name of whoever is recorded to stand behind it. */
    public Caller behind(Provenance known) {
        return new Caller(person, origin, groups, through, Optional.of(known));
    }

    /** What rights hang on; a thread belongs to its channel. */
    public Principal principal() {
        var channel = origin.channel();
        int slash = channel.indexOf('/');
        return new Principal(person, groups, slash < 0 ? channel : channel.substring(0, slash));
    }
}
