package dev.playcall.rehearsal.discord;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that is in Discord: guilds, members, channels, messages. Its monitor guards all of it. */
final class DiscordState {
    static final Person APP = new Person(DiscordServer.BOT, "Playcall", true, DiscordServer.GUILD, List.of());

    final Pulse pulse = new Pulse();
    /** How long an interaction waits for its acknowledgement. */
    volatile Duration patience = Duration.ofSeconds(3);

    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<String, Person> people = new LinkedHashMap<>();
    private final Map<String, Role> roles = new LinkedHashMap<>();
    private final Map<String, Posted> messages = new LinkedHashMap<>();
    private final List<Ping> pings = new ArrayList<>();

    DiscordState() {
        people.put(APP.id(), APP);
        for (var name : List.of("deployments", "operations", "general")) {
            place(Place.text(pulse.id(), name, DiscordServer.GUILD));
        }
        place(Place.text(pulse.id(), "lobby", DiscordServer.OTHER_GUILD));
    }

    synchronized Place place(Place place) {
        places.put(place.id(), place);
        return place;
    }

    synchronized Place place(String id) {
        return Optional.ofNullable(places.get(id)).orElseThrow(Refusal::unknownChannel);
    }

    synchronized boolean hasPlace(String id) {
        return places.containsKey(id);
    }

    synchronized void removePlace(String id) {
        places.remove(id);
    }

    synchronized List<Place> places(String guild) {
        return places.values().stream().filter(p -> p.guild().equals(guild)).toList();
    }

    synchronized Place named(String name) {
        return places.values().stream()
                .filter(p -> p.type() == Place.TEXT && p.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no channel #" + name));
    }

    synchronized Place direct(Person with) {
        return places.values().stream()
                .filter(p -> p.isDirect() && p.owner().equals(with.id()))
                .findFirst()
                .orElseGet(() -> place(Place.direct(pulse.id(), with)));
    }

    synchronized Person add(Person person) {
        people.put(person.id(), person);
        return person;
    }

    synchronized Optional<Person> person(String id) {
        return Optional.ofNullable(people.get(id));
    }

    synchronized List<Person> members(String guild) {
        return people.values().stream()
                .filter(p -> p.guild().equals(guild) || p.equals(APP))
                .toList();
    }

    synchronized Role add(Role role) {
        roles.put(role.id(), role);
        return role;
    }

    synchronized List<Role> roles(String guild) {
        return roles.values().stream().filter(r -> r.guild().equals(guild)).toList();
    }

    synchronized Posted add(Posted message) {
        messages.put(message.id, message);
        return message;
    }

    synchronized Optional<Posted> find(String id) {
        return Optional.ofNullable(messages.get(id));
    }

    synchronized Posted message(String channel, String id) {
        return find(id).filter(m -> m.channel.equals(channel) && !m.has(Posted.EPHEMERAL))
                .orElseThrow(Refusal::unknownMessage);
    }

    synchronized void remove(Posted message) {
        messages.remove(message.id);
    }

    synchronized List<Posted> in(String channel) {
        return messages.values().stream()
                .filter(m -> m.channel.equals(channel) && !m.has(Posted.EPHEMERAL))
                .toList();
    }

    synchronized void pinged(Ping ping) {
        pings.add(ping);
    }

    synchronized List<Ping> pings() {
        return List.copyOf(pings);
    }
}
