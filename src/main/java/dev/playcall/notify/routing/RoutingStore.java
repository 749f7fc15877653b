package dev.playcall.notify.routing;

import dev.playcall.domain.name.Person;
import java.time.Instant;
import java.util.List;

/** Keeps receivers and routes that were made while Playcall works; those of the file are not in it. */
public interface RoutingStore {
    /** @param definition its keys as in the file, as JSON; what is secret is null there */
    record StoredReceiver(String name, String definition, Person by, Instant at) {}

    /** @param definition its keys as in the file, as JSON */
    record StoredRoute(long id, String definition, Person by, Instant at) {}

    /** In the order of their names. */
    List<StoredReceiver> receivers();

    /** In place of one of the same name. */
    void put(StoredReceiver receiver);

    /** False when there was none. */
    boolean removeReceiver(String name);

    /** In the order in which they were made, which is the order in which they are tried. */
    List<StoredRoute> routes();

    /** The number of the new one. */
    long add(String definition, Person by, Instant at);

    /** False when there was none. */
    boolean removeRoute(long id);
}
