package dev.playcall.command.alert;

import dev.playcall.command.Reply;
import dev.playcall.domain.name.Person;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The receivers and routes of the file, and those that were made while Playcall works, which alone can be changed. */
public interface ReceiverSettings {
    /** Where something is defined: in the file, or by somebody at a time. */
    record Source(Optional<Person> by, Optional<Instant> at) {
        public static final Source FILE = new Source(Optional.empty(), Optional.empty());

        public String word() {
            return by.isPresent() ? "page" : "file";
        }
    }

    /**
     * A receiver without its secrets.
     *
     * @param kind the key that says what it is, as in the file: {@code webhook}
     * @param target a host, channel or mail address; for Apprise only the service
     * @param routes the names of the routes that lead to it
     */
    record Listed(String name, String kind, String target, Source source, List<String> routes) {
        public Listed {
            routes = List.copyOf(routes);
        }
    }

    /**
     * A route; those below another one follow it.
     *
     * @param name as the route test and deliveries call it
     * @param id the number of a stored one
     * @param depth how many routes it is below
     */
    record Branch(
            String name,
            Optional<Long> id,
            int depth,
            List<String> match,
            List<String> receivers,
            boolean goOn,
            List<String> groupBy,
            Source source) {
        public Branch {
            match = List.copyOf(match);
            receivers = List.copyOf(receivers);
            groupBy = List.copyOf(groupBy);
        }
    }

    List<Listed> receivers();

    /** In the order in which they are tried. */
    List<Branch> routes();

    /** Everything stored as a section for the file, with names of environment variables instead of secrets. */
    String yaml();

    /** What was stored and is not used, and why, a line each. */
    List<String> misfits();

    Reply put(String name, Map<String, Object> fields, Person by);

    Reply remove(String name);

    Reply addRoute(Map<String, Object> fields, Person by);

    Reply removeRoute(long id);
}
