package dev.playcall.chat.slack.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.playcall.config.Config;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The Web API: one request for each call, never two, and an answer that says how much is known. */
public final class SlackApi {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration UPLOAD = Duration.ofMinutes(5);
    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(10);
    /** Errors that say nothing about what was done. */
    private static final Set<String> VAGUE =
            Set.of("internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org");

    private final HttpClient http;
    private final Config.Slack config;

    public SlackApi(HttpClient http, Config.Slack config) {
        this.http = http;
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
        var form = parameters.entrySet().stream()
                .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue().toString()))
                .collect(Collectors.joining("&"));
        return send(
                HttpRequest.newBuilder(config.apiBase().resolve(method))
                        .timeout(TIMEOUT)
                        .header("Authorization", "Bearer " + token.reveal())
                        .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                        .POST(BodyPublishers.ofString(form)),
                true);
    }

    /** Answers at an address that came with a request. */
    public SlackResponse respond(URI address, JsonNode message) {
        return send(
                HttpRequest.newBuilder(address)
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json; charset=utf-8")
                        .POST(BodyPublishers.ofString(message.toString())),
                false);
    }

    /** Brings the bytes of a file, as many as there are, to the place Slack named. */
    public SlackResponse bring(URI address, Path file) {
        try {
            return send(
                    HttpRequest.newBuilder(address)
                            .timeout(UPLOAD)
                            .header("Content-Type", "application/octet-stream")
                            .POST(BodyPublishers.ofFile(file)),
                    false);
        } catch (FileNotFoundException e) {
            return new SlackResponse.No("file_not_found", MissingNode.getInstance());
        }
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

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private SlackResponse send(HttpRequest.Builder request, boolean json) {
        try {
            return response(http.send(request.build(), BodyHandlers.ofString()), json);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new SlackResponse.NotSent("Slack cannot be reached");
        } catch (IOException e) {
            return new SlackResponse.Lost("no answer from Slack: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new SlackResponse.Lost("stopped while waiting for Slack");
        }
    }

    private static SlackResponse response(HttpResponse<String> response, boolean json) {
        int status = response.statusCode();
        if (status == 429) {
            return new SlackResponse.Busy(wait(response));
        }
        if (status >= 500) {
            return new SlackResponse.Lost("Slack answered " + status);
        }
        var body = SlackJson.read(response.body());
        if (!json) {
            return status / 100 == 2
                    ? new SlackResponse.Yes(MissingNode.getInstance(), Set.of())
                    : new SlackResponse.No("status " + status, MissingNode.getInstance());
        }
        return body.map(b -> response(response, b))
                .orElseGet(() -> new SlackResponse.Lost("Slack answered something that is not JSON (" + status + ")"));
    }

    private static SlackResponse response(HttpResponse<String> response, JsonNode body) {
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

    private static Duration wait(HttpResponse<?> response) {
        return response.headers()
                .firstValue("retry-after")
                .filter(s -> s.matches("\\d{1,5}"))
                .map(s -> Duration.ofSeconds(Math.max(1, Long.parseLong(s))))
                .orElse(DEFAULT_WAIT);
    }

    private static Set<String> scopes(HttpResponse<?> response) {
        return response.headers()
                .firstValue("x-oauth-scopes")
                .map(s -> Arrays.stream(s.split(",", -1))
                        .map(String::strip)
                        .filter(t -> !t.isEmpty())
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }
}
