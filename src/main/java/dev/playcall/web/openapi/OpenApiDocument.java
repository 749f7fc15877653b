package dev.playcall.web.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** The OpenAPI document: what is served, and what each route takes. It is kept by hand, in {@code openapi.yml}. */
public final class OpenApiDocument {
    private static final ObjectNode DOCUMENT = OpenApiJson.read();

    private OpenApiDocument() {}

    /** All of it, in JSON. */
    public static String json() {
        return DOCUMENT.toString();
    }

    /**
     * What it says of a route.
     *
     * @param path as it is registered, with its places: {@code /api/v1/runs/{id}}
     * @throws IllegalStateException when it says nothing of it
     */
    public static ApiOperation operation(String method, String path) {
        JsonNode operation = DOCUMENT.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
        if (operation.isMissingNode()) {
            throw new IllegalStateException(method + " " + path + " is not in openapi.yml");
        }
        return ApiOperation.of(operation);
    }
}
