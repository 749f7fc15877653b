package dev.playcall.web.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.web.openapi.ApiOperation;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import java.util.Optional;
import java.util.Set;

/** Registers routes together with what is said about them, and holds each request against that. */
public final class Api {
    private static final String SAID = "said";

    private final RoutesConfig routes;

    public Api(RoutesConfig routes) {
        this.routes = routes;
    }

    /** What is said about the route that this request came to. */
    public static Optional<ApiOperation> documentation(Context ctx) {
        return Optional.ofNullable(ctx.<ApiOperation>attribute(SAID));
    }

    public void get(String path, ApiOperation said, Handler handler) {
        add(HandlerType.GET, path, said, handler);
    }

    public void post(String path, ApiOperation said, Handler handler) {
        add(HandlerType.POST, path, said, handler);
    }

    public void put(String path, ApiOperation said, Handler handler) {
        add(HandlerType.PUT, path, said, handler);
    }

    public void patch(String path, ApiOperation said, Handler handler) {
        add(HandlerType.PATCH, path, said, handler);
    }

    public void delete(String path, ApiOperation said, Handler handler) {
        add(HandlerType.DELETE, path, said, handler);
    }

    private void add(HandlerType method, String path, ApiOperation said, Handler handler) {
        routes.addEndpoint(Endpoint.create(method, path).addMetadata(said).handler(ctx -> {
            ctx.attribute(SAID, said);
            check(ctx, said);
            handler.handle(ctx);
        }));
    }

    private static void check(Context ctx, ApiOperation said) throws JsonProcessingException {
        if (said.isStrict()) {
            Params.refuseUnknown(ctx, said.parameters());
        }
        if (!said.fields().isEmpty() && ctx.bodyAsBytes().length > 0) {
            var names = JsonBodies.body(ctx).fieldNames();
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
                            + Suggestion.of(name, known)
                                    .map(n -> "; did you mean " + n + "?")
                                    .orElse(""));
        }
    }
}
