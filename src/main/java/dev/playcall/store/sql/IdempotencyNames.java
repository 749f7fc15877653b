package dev.playcall.store.sql;

import java.util.List;

/** Under which names a request may have been kept. */
public final class IdempotencyNames {
    private static final String HTTP = "http ";
    /** In place of the route of a key that was kept before routes were. */
    private static final String ANY_ROUTE = "http * ";

    private IdempotencyNames() {}

    /** The name itself, and for a key of a client also the one without its route. */
    public static List<String> of(String name) {
        int route = HTTP.length();
        int end = name.startsWith(HTTP) ? name.indexOf(' ', route) : -1;
        return end < 0 ? List.of(name) : List.of(name, ANY_ROUTE + name.substring(end + 1));
    }
}
