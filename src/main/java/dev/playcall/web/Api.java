package dev.playcall.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.playcall.domain.Nearest;
import dev.playcall.web.openapi.Operation;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import java.util.Optional;
import java.util.Set;

/** Registers routes together with what is said about them, and holds each request against that. */
final class Api {
    private static final String SAID = "said";

    private final RoutesConfig routes;

    Api(RoutesConfig routes) {
        this.routes = routes;
    }

    /** What is said about the route that this request came to. */
    static Optional<Operation> said(Context ctx) {
        return Optional.ofNullable(ctx.<Operation>attribute(SAID));
    }

    void get(String path, Operation said, Handler handler) {
        add(HandlerType.GET, path, said, handler);
    }

    void post(String path, Operation said, Handler handler) {
        add(HandlerType.POST, path, said, handler);
    }

    void put(String path, Operation said, Handler handler) {
        add(HandlerType.PUT, path, said, handler);
    }

    void patch(String path, Operation said, Handler handler) {
        add(HandlerType.PATCH, path, said, handler);
    }

    void delete(String path, Operation said, Handler handler) {
        add(HandlerType.DELETE, path, said, handler);
    }

    private void add(HandlerType method, String path, Operation said, Handler handler) {
        routes.addEndpoint(Endpoint.create(method, path).addMetadata(said).handler(ctx -> {
            ctx.attribute(SAID, said);
            check(ctx, said);
            handler.handle(ctx);
        }));
    }

    private static void check(Context ctx, Operation said) throws JsonProcessingException {
        if (said.isStrict()) {
            Params.refuseUnknown(ctx, said.parameters());
        }
        if (!said.fields().isEmpty() && ctx.bodyAsBytes().length > 0) {
            var names = Json.body(ctx).fieldNames();
            while (names.hasNext()) {
                refuse(names.next(), said.fields());
            }
        }
    }

    private static void refuse(String name, Set<String> known) {
        if (!known.contains(name)) {
            throw ProblemException.badRequest(
                    name,
                    "there is no field " + name
                            + Nearest.of(name, known)
                                    .map(n -> "; did you mean " + n + "?")
                                    .orElse(""));
        }
    }
}
