package dev.playcall.web.server;

import dev.playcall.web.http.Api;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.notifications.PostHook;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What others post to us and what is checked by whom it is for: platforms of chat, and sources of notifications. */
final class Hooks {
    private static final String SOURCES = "/hooks/";
    /** More than any hook takes: each knows its own limit, and a storm of Alertmanager is one post. */
    private static final int LARGEST_POST = 9 << 20;

    private final Map<String, PostHook> hooks = new LinkedHashMap<>();
    private Function<String, Optional<PostHook>> sources = _ -> Optional.empty();

    public void at(String path, PostHook hook) {
        hooks.put(path, hook);
    }

    /** @param found the source of a name, while there is one */
    public void of(Function<String, Optional<PostHook>> found) {
        sources = found;
    }

    public boolean isThere(String path) {
        return hooks.containsKey(path) || source(path).isPresent();
    }

    public void register(RoutesConfig routes) {
        hooks.forEach((path, hook) -> routes.post(path, ctx -> hand(hook, ctx)));
        new Api(routes, Api.ANYBODY)
                .post(
                        SOURCES + "{source}",
                        Api.ANYBODY,
                        ctx -> hand(
                                source(ctx.path())
                                        .orElseThrow(() -> ProblemException.notFound(
                                                "unknown source (notify.sources in config/playcall.yml)")),
                                ctx));
    }

    private Optional<PostHook> source(String path) {
        return path.startsWith(SOURCES) ? sources.apply(path.substring(SOURCES.length())) : Optional.empty();
    }

    private static void hand(PostHook hook, Context ctx) throws IOException {
        var reply = hook.handle(ctx.headerMap(), ctx.bodyInputStream().readNBytes(LARGEST_POST));
        var type = reply.status() >= 400 && reply.contentType().equals("application/json")
                ? "application/problem+json"
                : reply.contentType();
        if (reply.status() == 413) {
            UnreadBody.discard(ctx);
        }
        ctx.status(reply.status()).contentType(type).result(reply.body());
    }
}
