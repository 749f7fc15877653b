package dev.playcall.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.boot.GatewayFile;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.cli.client.GatewayClient.UnreachableException;
import dev.playcall.security.identity.Credential;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A running gateway, as the command line sees it. */
public final class HttpGateway implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final URI base;
    private final Credential secret;
    /** A proxy in front of the gateway may not know the Upgrade header with which HTTP/2 is offered. */
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    public HttpGateway(GatewayFile.Found gateway) {
        this.base = gateway.url();
        this.secret = gateway.secret();
    }

    /**
     * Answer to a line of chat.
     *
     * @param run the run it made or spoke of
     * @param sensitive whether the line may have a secret in it, and must not be kept
     */
    public record Result(String text, boolean refused, OptionalLong run, boolean sensitive) {}

    /** One message of a channel; its text changes, its key does not. */
    record Part(String key, String text) {}

    /**
     * A run as the channel shows it now.
     *
     * @param last whether nothing will change any more
     * @param tag what stands for it in the next request
     */
    public record Card(List<Part> parts, String status, boolean last, String tag) {}

    public URI address() {
        return base;
    }

    public Result run(String text, Terminal terminal) {
        var body = Map.of("text", text, "width", terminal.width(), "colour", terminal.colour());
        // What waits for other machines (git, Galaxy) has its own limits and says when they are reached.
        var answer = send(request("/api/v1/console")
                .timeout(Duration.ofMinutes(15))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.valueToTree(body).toString())));
        var run = answer.path("run");
        return new Result(
                TerminalText.harmless(answer.path("text").asText(), terminal.colour()),
                answer.path("refused").asBoolean(),
                run.isNumber() ? OptionalLong.of(run.asLong()) : OptionalLong.empty(),
                answer.path("sensitive").asBoolean(true));
    }

    /**
     * What words of the chat answer, as text for this terminal.
     *
     * @throws RefusedException with what the gateway says of them
     */
    public String words(List<String> words, Terminal terminal) {
        var command = command(Map.of("words", words, "width", terminal.width(), "colour", terminal.colour()));
        return TerminalText.harmless(accepted(raw(command)).body(), terminal.colour());
    }

    /**
     * The record that words of the chat show.
     *
     * @param format json or yaml
     * @throws RefusedException when they are refused, or show none
     */
    public String record(List<String> words, String format) {
        var there = accepted(raw(command(Map.of("words", words, "record", true))))
                .headers()
                .firstValue("Location");
        return document(there.orElseThrow(this::foreign), format);
    }

    /** What is at this path, in this format: json or yaml. */
    public String document(String path, String format) {
        var text = accepted(raw(request(path).header("Accept", "application/" + format)))
                .body()
                .stripTrailing();
        // What a program reads is as it was sent.
        return Terminal.current().live() ? TerminalText.harmless(text, false) : text;
    }

    private HttpRequest.Builder command(Map<String, ?> body) {
        // What waits for other machines (git, Galaxy) has its own limits and says when they are reached.
        return with("POST", "/api/v1/console/words", body).timeout(Duration.ofMinutes(15));
    }

    /**
     * A piece of the log of a run.
     *
     * @param path with the query that says where it begins
     */
    public LogPiece log(String path) {
        var answer = accepted(raw(request(path)));
        var next = answer.headers().firstValueAsLong("X-Next-Offset").orElse(0);
        boolean complete = answer.headers()
                .firstValue("X-Log-Complete")
                .filter("true"::equals)
                .isPresent();
        return new LogPiece(
                TerminalText.harmless(answer.body(), Terminal.current().colour()), next, complete);
    }

    /** Text of a log; {@code next} is the byte after it, {@code complete} whether nothing can follow. */
    public record LogPiece(String text, long next, boolean complete) {}

    /** What may follow at the end of a line of chat. */
    public List<NextWord> suggestions(String line) {
        return ask("POST", "/api/v1/console/suggestions", Map.of("text", line))
                .path("suggestions")
                .valueStream()
                .map(s -> new NextWord(s.path("value").asText(), s.path("label").asText()))
                .toList();
    }

    /**
     * What the channel shows of a run: as soon as it is something else than {@code seen}, or that once more when nothing has changed
     * for {@code most}, which is whole seconds. A gateway that knows no waiting answers at once.
     */
    public Card card(long run, Terminal terminal, Optional<Card> seen, Duration most) {
        var request = request("/api/v1/runs/" + run + "/card?width=" + terminal.width() + "&colour=" + terminal.colour()
                + "&wait=" + most.toSeconds());
        seen.ifPresent(s -> request.header("If-None-Match", s.tag()));
        var response = accepted(raw(request.timeout(ANSWER.plus(most))));
        if (response.statusCode() == 304) {
            return seen.orElseThrow(this::foreign);
        }
        var answer = json(response.body());
        var parts = new ArrayList<Part>();
        answer.path("messages")
                .forEach(m -> parts.add(new Part(
                        m.path("key").asText(),
                        TerminalText.harmless(m.path("text").asText(), terminal.colour()))));
        return new Card(
                parts,
                answer.path("status").asText(),
                answer.path("final").asBoolean(),
                response.headers().firstValue("ETag").orElse("\"\""));
    }

    /** A part of the gateway that does not work as it should; {@code stops} when nothing works without it. */
    public record Problem(String part, String problem, boolean stops) {}

    /** What {@code /readyz} says is not well. */
    public List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        json(raw(request("/readyz")).body()).path("parts").forEach(p -> {
            if (!p.path("problem").isNull()) {
                problems.add(new Problem(
                        p.path("name").asText(),
                        p.path("problem").asText(),
                        p.path("status").asText().equals("stopped")));
            }
        });
        return problems;
    }

    /** The number of the newest run, 0 when there is none. */
    public long newest() {
        return send(request("/api/v1/runs?limit=1"))
                .path("runs")
                .path(0)
                .path("id")
                .asLong();
    }

    public JsonNode run(long run) {
        return send(request("/api/v1/runs/" + run));
    }

    /** The same with headers. */
    public JsonNode ask(String method, String path, Map<String, ?> body, Map<String, String> headers) {
        var request = with(method, path, body).timeout(Duration.ofMinutes(3));
        headers.forEach(request::header);
        return send(request);
    }

    /** Asks for something with a body, or without one where it is empty; an answer without a body is a missing node. */
    public JsonNode ask(String method, String path, Map<String, ?> body) {
        return send(with(method, path, body));
    }

    /** Sends a text of this content type. */
    public JsonNode post(String path, String contentType, String text) {
        return send(request(path)
                .timeout(Duration.ofMinutes(3))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(text)));
    }

    private HttpRequest.Builder with(String method, String path, Map<String, ?> body) {
        var text = JSON.valueToTree(body).toString();
        return request(path)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(text));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + secret.reveal())
                .header("Playcall-User", System.getProperty("user.name", ""));
    }

    /** Copies an answer of any size. */
    public void copy(String path, OutputStream to) throws IOException {
        try {
            var response = http.send(
                    request(path).timeout(Duration.ofHours(1)).build(), HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                if (response.statusCode() >= 400) {
                    throw new RefusedException(
                            JSON.readTree(body).path("detail").asText("refused"));
                }
                body.transferTo(to);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("interrupted while waiting for the gateway");
        }
        to.flush();
    }

    private JsonNode send(HttpRequest.Builder request) {
        return json(accepted(raw(request)).body());
    }

    /** The same response, unless it refuses. */
    private HttpResponse<String> accepted(HttpResponse<String> response) {
        if (response.statusCode() >= 400) {
            var problem = json(response.body());
            var why = problem.path("detail").asText(problem.path("title").asText("refused"));
            throw new RefusedException(TerminalText.harmless(why, false));
        }
        return response;
    }

    private JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw foreign();
        }
    }

    private UnreachableException foreign() {
        return new UnreachableException("what answers at " + base + " is not a gateway of Playcall");
    }

    private HttpResponse<String> raw(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UnreachableException(
                    "the gateway at " + base + " is not responding (is ./playcall serve running?)");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("interrupted while waiting for the gateway");
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
