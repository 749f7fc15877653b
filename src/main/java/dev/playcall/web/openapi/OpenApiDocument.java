package dev.playcall.web.openapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.router.Endpoint;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The OpenAPI document of the routes that are registered: nothing else is in it, and nothing of them is left out. */
public final class OpenApiDocument {
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final List<String> METHODS = List.of("GET", "PUT", "POST", "PATCH", "DELETE");

    private OpenApiDocument() {}

    /** @param endpoints everything that is served; what has no description is for people and not in it */
    public static ObjectNode of(Collection<Endpoint> endpoints) {
        var root = JsonNodeFactory.instance.objectNode().put("openapi", "3.1.0");
        root.putObject("info")
                .put("title", "Playcall")
                .put("version", "1")
                .put("summary", "Runs Ansible for a team")
                .put(
                        "description",
                        "Times are ISO 8601 in UTC, durations seconds. Errors are problem documents"
                                + " (RFC 9457). Parameters and fields that are not described are refused. Lists come in"
                                + " pages: next_cursor of one is the cursor of the next, null at the end.");
        root.putArray("servers").addObject().put("url", "/");
        root.putArray("security").addObject().putArray("bearer");
        var paths = root.putObject("paths");
        endpoints.stream()
                .filter(e -> described(e).isPresent() && METHODS.contains(e.method.name()))
                .sorted(Comparator.<Endpoint, String>comparing(e -> e.path)
                        .thenComparingInt(e -> METHODS.indexOf(e.method.name())))
                .forEach(e -> paths.withObjectProperty(e.path)
                        .set(
                                e.method.name().toLowerCase(Locale.ROOT),
                                operation(e, described(e).orElseThrow())));
        root.set("components", components());
        return root;
    }

    /** What was said about it when it was registered. */
    public static Optional<ApiOperation> described(Endpoint endpoint) {
        return Optional.ofNullable(endpoint.metadata(ApiOperation.class));
    }

    private static ObjectNode operation(Endpoint endpoint, ApiOperation apiOperation) {
        var node = apiOperation.json();
        var known = new HashSet<String>();
        node.path("parameters").forEach(p -> known.add(p.path("name").asText()));
        var places = PLACE.matcher(endpoint.path);
        while (places.find()) {
            var name = places.group(1);
            if (!known.contains(name)) {
                var parameter = node.withArrayProperty("parameters").addObject();
                parameter.put("name", name).put("in", "path").put("required", true);
                var jsonSchema = name.equals("id") ? JsonSchema.id() : JsonSchema.text();
                parameter.set("schema", jsonSchema.json());
            }
        }
        var parts = endpoint.path.replaceFirst("^/api/v1/", "").replaceFirst("^/", "");
        node.put("operationId", name(endpoint.method.name().toLowerCase(Locale.ROOT), parts));
        node.putArray("tags").add(parts.replaceAll("[/.].*", ""));
        node.withObjectProperty("responses").putObject("default").put("$ref", "#/components/responses/Problem");
        return node;
    }

    private static String name(String method, String path) {
        var name = new StringBuilder(method);
        for (var part : path.split("[^A-Za-z0-9]+", -1)) {
            if (!part.isEmpty()) {
                name.append(Character.toUpperCase(part.charAt(0))).append(part, 1, part.length());
            }
        }
        return name.toString();
    }

    private static ObjectNode components() {
        var node = JsonNodeFactory.instance.objectNode();
        node.putObject("securitySchemes")
                .putObject("bearer")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "A token of ./playcall token, or of the page; a browser has its session");
        var responses = node.putObject("responses");
        var problem = responses.putObject("Problem").put("description", "Error (RFC 9457)");
        content(problem);
        var many = responses.putObject("TooMany").put("description", "Rate limit exceeded");
        many.putObject("headers")
                .putObject("Retry-After")
                .put("description", "seconds until another one is allowed")
                .set("schema", JsonSchema.integer().json());
        content(many);
        var schemas = node.putObject("schemas");
        JsonSchemas.ALL.forEach((name, jsonSchema) -> schemas.set(name, jsonSchema.json()));
        return node;
    }

    private static void content(ObjectNode response) {
        response.putObject("content")
                .putObject("application/problem+json")
                .set("schema", JsonSchema.named("Problem").json());
    }
}
