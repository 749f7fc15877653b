package dev.playcall.web.inventory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.command.Caller;
import dev.playcall.domain.Origin;
import dev.playcall.domain.name.Person;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.TextConsole;
import dev.playcall.web.http.WebCaller;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.SecurityFilter;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;

/** The conversation as text, for terminals. */
final class ConsoleRoutes {
    private static final int WIDTH = 100;

    private final TextConsole console;
    private final SecurityFilter securityFilter;
    private final RequestAuth requestAuth;

    ConsoleRoutes(TextConsole console, SecurityFilter securityFilter, RequestAuth requestAuth) {
        this.console = console;
        this.securityFilter = securityFilter;
        this.requestAuth = requestAuth;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth::admit);
        api.post("/api/v1/console", Api.ANYBODY, this::console);
        api.post("/api/v1/console/words", Api.ANYBODY, this::words);
        api.post("/api/v1/console/suggestions", Api.ANYBODY, this::suggestions);
    }

    private void console(Context ctx) throws JsonProcessingException {
        var body = JsonBodies.body(ctx);
        var result = console.run(
                terminal(ctx, body),
                text(body),
                body.path("width").asInt(WIDTH),
                body.path("colour").asBoolean());
        var node = JsonBodies.object().put("text", result.text()).put("refused", result.refused());
        node.put("run", result.run().map(r -> r.value()).orElse(null));
        JsonBodies.send(ctx, node.put("sensitive", result.sensitive()));
    }

    /** For clients that print what comes back: the answer alone, and a redirect to the record where one is asked for. */
    private void words(Context ctx) throws JsonProcessingException {
        var body = JsonBodies.body(ctx);
        var words = body.path("words").valueStream().map(JsonNode::asText).toList();
        if (words.isEmpty()) {
            throw ProblemException.badRequest("words", "words is a list that begins with the name of a command");
        }
        var caller = terminal(ctx, body);
        // Looked for first: what has no record is not done either.
        var path =
                body.path("record").asBoolean() ? Optional.of(console.record(caller, words)) : Optional.<String>empty();
        var result = console.run(
                caller,
                words,
                body.path("width").asInt(WIDTH),
                body.path("colour").asBoolean());
        if (result.refused()) {
            throw new ProblemException(422, plain(result.text()), Optional.empty());
        }
        ctx.contentType("text/plain; charset=utf-8").result(path.isEmpty() ? result.text() : "");
        path.ifPresent(p -> ctx.status(303).header("Location", p));
    }

    /** Without colours, and without the sign in front that is for those who look at a channel. */
    private static String plain(String text) {
        return text.replaceAll("\u001b\\[[0-9;]*m", "").strip().replaceFirst("^✗ ", "");
    }

    /** A request with a body, as what is typed may not stand in an address. */
    private void suggestions(Context ctx) throws JsonProcessingException {
        var body = JsonBodies.body(ctx);
        var node = JsonBodies.object();
        var list = node.putArray("suggestions");
        console.suggest(terminal(ctx, body), text(body))
                .forEach(s -> list.addObject().put("value", s.value()).put("label", s.label()));
        JsonBodies.send(ctx, node);
    }

    private static String text(JsonNode body) {
        if (!body.path("text").isTextual()) {
            throw ProblemException.badRequest("text", "text is required");
        }
        return body.path("text").asText();
    }

    private Caller terminal(Context ctx, JsonNode body) {
        return new Caller(speaker(ctx, body.path("user").asText()), Origin.of("console:main"));
    }

    /** Where nobody has to say who they are, a name is taken as it is said. */
    private Person speaker(Context ctx, String user) {
        var person = securityFilter.person(ctx);
        boolean anyone = securityFilter.webCaller(ctx) instanceof WebCaller.Anyone;
        return anyone && WebCaller.isUser(user) ? new Person("console:" + user) : person;
    }
}
