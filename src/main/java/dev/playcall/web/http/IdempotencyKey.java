package dev.playcall.web.http;

import dev.playcall.domain.name.Person;
import io.javalin.http.Context;

/**
 * A key of a client, as it is kept: it belongs to whoever says it and to the route it is said on. It begins with what no
 * name that Playcall gives begins with, so that a client can say none of these.
 */
public record IdempotencyKey(String path, Person person, String key) {

    public static IdempotencyKey of(Context ctx, Person person, String key) {
        return new IdempotencyKey(ctx.path().replace(' ', '+'), person, key);
    }

    /** The name of the request. */
    public String name() {
        return "http " + path + " " + person + " " + key;
    }
}
