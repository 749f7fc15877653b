package dev.playcall.chat.slack.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.slack.api.Slack;
import com.slack.api.methods.MethodsClient;
import dev.playcall.config.Config;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import okhttp3.FormBody;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The Web API: one request for each call, never two, and an answer that says how much is known. */
public final class SlackApi implements AutoCloseable {
    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
    private static final MediaType BYTES = MediaType.get("application/octet-stream");
    private static final Duration UPLOAD = Duration.ofMinutes(5);
    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(10);
    /** Errors that say nothing about what was done. */
    private static final Set<String> VAGUE =
            Set.of("internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org");

    private final MethodsClient methods;
    private final OkHttpClient http;
    private final OkHttpClient uploads;
    private final Config.Slack config;

    public SlackApi(Slack slack, Config.Slack config) {
        this.methods = slack.methods();
        this.http = slack.getHttpClient().getOkHttpClient();
        this.uploads = http.newBuilder()
                .callTimeout(UPLOAD)
                .writeTimeout(UPLOAD)
                .readTimeout(UPLOAD)
                .build();
        this.config = config;
    }

    /** Calls a method in the name of the bot. */
    public SlackResponse call(String method, Map<String, ?> parameters) {
        return call(method, parameters, config.botToken());
    }

    /** Asks for the address of a new socket. */
    public SlackResponse openConnection() {
        return call("apps.connections.open", Map.of(), config.appToken());
    }

    private SlackResponse call(String method, Map<String, ?> parameters, Config.Secret token) {
        var form = new FormBody.Builder(StandardCharsets.UTF_8);
        parameters.forEach((name, value) -> form.add(name, value.toString()));
        return send(() -> methods.runPostFormWithToken(form, method, token.reveal()), true);
    }

    /** Answers at an address that came with a request. */
    public SlackResponse respond(URI address, JsonNode message) {
        return send(() -> post(http, address, RequestBody.create(message.toString(), JSON)), false);
    }

    /** Brings the bytes of a file, as many as there are, to the place Slack named. */
    public SlackResponse bring(URI address, Path file) {
        return Files.isReadable(file)
                ? send(() -> post(uploads, address, RequestBody.create(file.toFile(), BYTES)), false)
                : new SlackResponse.No("file_not_found", MissingNode.getInstance());
    }

    private static Response post(OkHttpClient http, URI address, RequestBody body) throws IOException {
        return http.newCall(
                        new Request.Builder().url(address.toURL()).post(body).build())
                .execute();
    }

    /** Addresses in payloads are followed only to Slack, or to whom the configuration names instead of it. */
    public boolean trusts(URI address) {
        var host = address.getHost();
        if (host == null) {
            return false;
        }
        boolean slack = "https".equals(address.getScheme())
                && (host.equals("slack.com") || host.toLowerCase(Locale.ROOT).endsWith(".slack.com"));
        return slack || host.equals(config.apiBase().getHost());
    }

    /** One request. */
    @FunctionalInterface
    private interface Exchange {
        Response answer() throws IOException;
    }

    private static SlackResponse send(Exchange exchange, boolean json) {
        try (var response = exchange.answer()) {
            return response(response, json);
        } catch (ConnectException | UnknownHostException e) {
            return new SlackResponse.NotSent("Slack cannot be reached");
        } catch (IOException e) {
            return "connect timed out".equalsIgnoreCase(e.getMessage())
                    ? new SlackResponse.NotSent("Slack cannot be reached")
                    : new SlackResponse.Lost("no answer from Slack: " + e.getMessage());
        }
    }

    private static SlackResponse response(Response response, boolean json) throws IOException {
        int status = response.code();
        if (status == 429) {
            return new SlackResponse.Busy(wait(response));
        }
        if (status >= 500) {
            return new SlackResponse.Lost("Slack answered " + status);
        }
        var body = SlackJson.read(response.body().string());
        if (!json) {
            return status / 100 == 2
                    ? new SlackResponse.Yes(MissingNode.getInstance(), Set.of())
                    : new SlackResponse.No("status " + status, MissingNode.getInstance());
        }
        return body.map(b -> response(response, b))
                .orElseGet(() -> new SlackResponse.Lost("Slack answered something that is not JSON (" + status + ")"));
    }

    private static SlackResponse response(Response response, JsonNode body) {
        if (body.path("ok").asBoolean()) {
            return new SlackResponse.Yes(body, scopes(response));
        }
        var error = SlackJson.text(body, "/error").orElse("unknown_error");
        if (error.equals("ratelimited") || error.equals("rate_limited")) {
            return new SlackResponse.Busy(wait(response));
        }
        return VAGUE.contains(error)
                ? new SlackResponse.Lost("Slack answered " + error)
                : new SlackResponse.No(error, body);
    }

    private static Duration wait(Response response) {
        return Optional.ofNullable(response.header("retry-after"))
                .filter(s -> s.matches("\\d{1,5}"))
                .map(s -> Duration.ofSeconds(Math.max(1, Long.parseLong(s))))
                .orElse(DEFAULT_WAIT);
    }

    private static Set<String> scopes(Response response) {
        return Optional.ofNullable(response.header("x-oauth-scopes"))
                .map(s -> Arrays.stream(s.split(",", -1))
                        .map(String::strip)
                        .filter(t -> !t.isEmpty())
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    /** What came back from one call of the Web API. */
    public sealed interface SlackResponse {
        record Yes(JsonNode body, Set<String> scopes) implements SlackResponse {}

        /** Slack refused; nothing was done. */
        record No(String error, JsonNode body) implements SlackResponse {}

        /** Slack asks to wait; nothing was done. */
        record Busy(Duration after) implements SlackResponse {}

        /** It never left us. */
        record NotSent(String why) implements SlackResponse {}

        /** Nobody knows whether it was done. */
        record Lost(String why) implements SlackResponse {}
    }
}
