package dev.playcall.web.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.playcall.web.openapi.OpenApiDocument;
import dev.playcall.web.openapi.OpenApiDocument.ApiOperation;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import java.util.Optional;
import java.util.Set;

/**
 * Registers the routes of the OpenAPI document and no others, and holds each request against it. Each has its right, which refuses
 * whoever may not do this: before anything is read, and before anything is said about what is wrong with a request.
 */
public final class Api {
    private static final String OPERATION = "operation";
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

    /** What the OpenAPI document says of the route that this request came to. */
    public static Optional<ApiOperation> operation(Context ctx) {
        return Optional.ofNullable(ctx.<ApiOperation>attribute(OPERATION));
    }

    public void get(String path, Handler handler) {
        get(path, reading, handler);
    }

    public void get(String path, Handler right, Handler handler) {
        add(HandlerType.GET, path, right, handler);
    }

    public void post(String path, Handler right, Handler handler) {
        add(HandlerType.POST, path, right, handler);
    }

    public void put(String path, Handler right, Handler handler) {
        add(HandlerType.PUT, path, right, handler);
    }

    public void patch(String path, Handler right, Handler handler) {
        add(HandlerType.PATCH, path, right, handler);
    }

    public void delete(String path, Handler right, Handler handler) {
        add(HandlerType.DELETE, path, right, handler);
    }

    /** One for machines, which send along what they like: no parameter is refused. */
    public void probe(String path, Handler handler) {
        OpenApiDocument.operation(HandlerType.GET.name(), path);
        routes.get(path, handler);
    }

    private void add(HandlerType method, String path, Handler right, Handler handler) {
        var operation = OpenApiDocument.operation(method.name(), path);
        routes.addEndpoint(Endpoint.create(method, path).handler(ctx -> {
            ctx.attribute(OPERATION, operation);
            if (method.equals(HandlerType.GET)) {
                right.handle(ctx);
            }
            try {
                check(ctx, operation);
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

    private static void check(Context ctx, ApiOperation operation) throws JsonProcessingException {
        Params.refuseUnknown(ctx, operation.parameters());
        if (!operation.fields().isEmpty() && ctx.bodyAsBytes().length > 0) {
            ProblemException.refuseUnknownFields(JsonBodies.body(ctx), operation.fields());
        }
    }
}
