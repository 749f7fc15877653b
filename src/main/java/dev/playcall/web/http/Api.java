package dev.playcall.web.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.playcall.web.openapi.ApiOperation;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import java.util.Optional;
import java.util.Set;

/**
 * Registers routes together with what is said about them, and holds each request against that. Each has its right, which refuses
 * whoever may not do this; it is asked before anything is said about what is wrong with a request.
 */
public final class Api {
    private static final String SAID = "said";
    private static final Set<Integer> ABOUT_REQUEST = Set.of(400, 411, 413, 414, 415, 422, 428);

    /** For what everybody may ask for who came in at all. */
    public static final Handler ANYBODY = _ -> {};

    private final RoutesConfig routes;
    private final Handler reading;

    /** @param reading the right of reading where nothing else is said */
    public Api(RoutesConfig routes, Handler reading) {
        this.routes = routes;
        this.reading = reading;
    }

    /** What is said about the route that this request came to. */
    public static Optional<ApiOperation> documentation(Context ctx) {
        return Optional.ofNullable(ctx.<ApiOperation>attribute(SAID));
    }

    public void get(String path, ApiOperation said, Handler handler) {
        get(path, said, reading, handler);
    }

    public void get(String path, ApiOperation said, Handler right, Handler handler) {
        add(HandlerType.GET, path, said, right, handler);
    }

    public void post(String path, ApiOperation said, Handler right, Handler handler) {
        add(HandlerType.POST, path, said, right, handler);
    }

    public void put(String path, ApiOperation said, Handler right, Handler handler) {
        add(HandlerType.PUT, path, said, right, handler);
    }

    public void patch(String path, ApiOperation said, Handler right, Handler handler) {
        add(HandlerType.PATCH, path, said, right, handler);
    }

    public void delete(String path, ApiOperation said, Handler right, Handler handler) {
        add(HandlerType.DELETE, path, said, right, handler);
    }

    private void add(HandlerType method, String path, ApiOperation said, Handler right, Handler handler) {
        routes.addEndpoint(Endpoint.create(method, path).addMetadata(said).handler(ctx -> {
            ctx.attribute(SAID, said);
            try {
                check(ctx, said);
                handler.handle(ctx);
            } catch (ProblemException | JsonProcessingException | HttpResponseException e) {
                // A good request is refused by its command, which puts it on record; only then is there nothing to say
                // first.
                if (isAboutRequest(e)) {
                    right.handle(ctx);
                }
                throw e;
            }
        }));
    }

    private static boolean isAboutRequest(Exception e) {
        return switch (e) {
            case ProblemException problem -> ABOUT_REQUEST.contains(problem.status());
            case HttpResponseException response -> ABOUT_REQUEST.contains(response.getStatus());
            default -> true;
        };
    }

    private static void check(Context ctx, ApiOperation said) throws JsonProcessingException {
        if (said.isStrict()) {
            Params.refuseUnknown(ctx, said.parameters());
        }
        if (!said.fields().isEmpty() && ctx.bodyAsBytes().length > 0) {
            ProblemException.refuseUnknownFields(JsonBodies.body(ctx), said.fields());
        }
    }
}
