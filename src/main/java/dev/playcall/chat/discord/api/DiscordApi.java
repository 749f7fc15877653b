package dev.playcall.chat.discord.api;

import dev.playcall.chat.discord.api.DiscordFiles.DiscordAttachment;
import dev.playcall.config.Config;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import net.dv8tion.jda.api.JDAInfo;
import net.dv8tion.jda.api.exceptions.ParsingException;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.jspecify.annotations.Nullable;

/**
 * Discord's REST interface: one request, one answer, nothing repeated and nothing queued. JDA's own queue repeats a
 * refused request for ever, which is why nothing is sent through it.
 */
public final class DiscordApi implements AutoCloseable {
    private static final String BOUNDARY = "playcall-7d1f0a63c4";
    /** Discord turns away who does not say that it is a bot, and made with what. */
    private static final String AGENT = "DiscordBot (" + JDAInfo.GITHUB + ", " + JDAInfo.VERSION + ") Playcall";

    private static final Duration USUAL = Duration.ofSeconds(10);
    private static final Duration WITH_FILE = Duration.ofSeconds(60);

    private final URI base;
    private final Config.Secret token;
    private final RateLimitBuckets rateLimitBuckets;
    private final HttpClient client;

    public DiscordApi(Config.Discord config, Clock clock) {
        var text = config.apiBase().toString();
        this.base = URI.create(text.endsWith("/") ? text : text + "/");
        this.token = config.token();
        this.rateLimitBuckets = new RateLimitBuckets(clock);
        this.client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .version(version(base))
                .build();
    }

    /** On clear text HTTP/2 would be offered with an Upgrade header, which servers such as Node's do not take. */
    private static HttpClient.Version version(URI base) {
        return "https".equalsIgnoreCase(base.getScheme()) ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
    }

    public URI base() {
        return base;
    }

    public DiscordResponse get(String path) {
        return send("GET", path, HttpRequest.BodyPublishers.noBody(), "", USUAL);
    }

    public DiscordResponse post(String path, DataObject body) {
        return json("POST", path, body.toJson(), USUAL);
    }

    /** For what is worth nothing when it is late. */
    public DiscordResponse post(String path, DataObject body, Duration timeout) {
        return json("POST", path, body.toJson(), timeout);
    }

    public DiscordResponse patch(String path, DataObject body) {
        return json("PATCH", path, body.toJson(), USUAL);
    }

    public DiscordResponse put(String path, DataArray body) {
        return send("PUT", path, HttpRequest.BodyPublishers.ofByteArray(body.toJson()), "application/json", USUAL);
    }

    /** With a file where there is one. */
    public DiscordResponse send(String method, String path, DataObject body, Optional<DiscordAttachment> file) {
        if (file.isEmpty()) {
            return json(method, path, body.toJson(), USUAL);
        }
        var listed = DataArray.empty()
                .add(DataObject.empty()
                        .put("id", "0")
                        .put("filename", file.get().name()));
        var publisher = HttpRequest.BodyPublishers.ofByteArray(multipart(body.put("attachments", listed), file.get()));
        return send(method, path, publisher, "multipart/form-data; boundary=" + BOUNDARY, WITH_FILE);
    }

    private DiscordResponse json(String method, String path, byte[] body, Duration timeout) {
        return send(method, path, HttpRequest.BodyPublishers.ofByteArray(body), "application/json", timeout);
    }

    private static byte[] multipart(DataObject body, DiscordAttachment file) {
        var out = new ByteArrayOutputStream(file.content().remaining() + 4096);
        out.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n"
                        + "Content-Type: application/json\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.writeBytes(body.toJson());
        out.writeBytes(("\r\n--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\""
                        + file.name().replaceAll("[^A-Za-z0-9._-]", "_")
                        + "\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.writeBytes(file.bytes());
        out.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private DiscordResponse send(
            String method, String path, HttpRequest.BodyPublisher body, String type, Duration timeout) {
        var wait = rateLimitBuckets.wait(method, path);
        if (wait.isPresent()) {
            return new DiscordResponse.Slow(wait.get(), 0);
        }
        var request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(timeout)
                .header("Authorization", "Bot " + token.reveal())
                .header("User-Agent", AGENT)
                .method(method, body);
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return exchange(method, path, request.build());
    }

    private DiscordResponse exchange(String method, String path, HttpRequest request) {
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            rateLimitBuckets.learn(method, path, response.headers());
            return read(method, path, response);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new DiscordResponse.NotSent("Discord cannot be reached at " + base.getHost() + why(e));
        } catch (IOException e) {
            return e.getCause() instanceof UnresolvedAddressException
                    ? new DiscordResponse.NotSent("the name " + base.getHost() + " cannot be resolved")
                    : new DiscordResponse.Lost("the connection to Discord broke" + why(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new DiscordResponse.Lost("interrupted while waiting for Discord");
        }
    }

    private DiscordResponse read(String method, String path, HttpResponse<String> response) {
        int status = response.statusCode();
        var body = response.body();
        if (status == 429) {
            return rateLimitBuckets.limited(method, path, response.headers(), body);
        }
        if (status >= 500) {
            return new DiscordResponse.Lost("Discord answered " + status);
        }
        var error = object(body);
        if (status >= 200 && status < 300) {
            return body.isBlank() || error != null || body.startsWith("[")
                    ? new DiscordResponse.Ok(body)
                    : new DiscordResponse.Lost("Discord's answer could not be read");
        }
        return error == null
                ? new DiscordResponse.No(status, 0, "an answer that is not Discord's")
                : new DiscordResponse.No(status, error.getInt("code", 0), error.getString("message", ""));
    }

    private static @Nullable DataObject object(String body) {
        try {
            return body.startsWith("{") ? DataObject.fromJson(body) : null;
        } catch (ParsingException e) {
            return null;
        }
    }

    private static String why(IOException e) {
        return e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** What came back for one request. */
    public sealed interface DiscordResponse {
        /** Done; the body is empty for an answer without one. */
        record Ok(String body) implements DiscordResponse {
            public DataObject object() {
                return body.isBlank() ? DataObject.empty() : DataObject.fromJson(body);
            }

            public DataArray array() {
                return body.isBlank() ? DataArray.empty() : DataArray.fromJson(body);
            }
        }

        /** Discord said no; {@code code} is its own number for the reason, 0 when it gave none. */
        record No(int status, int code, String message) implements DiscordResponse {}

        /** Too much in too short a time; nothing was done. */
        record Slow(Duration after, int code) implements DiscordResponse {}

        /** Discord was not reached; nothing was done. */
        record NotSent(String why) implements DiscordResponse {}

        /** Nobody knows whether it was done: the answer was lost, unreadable, or an error of the server. */
        record Lost(String why) implements DiscordResponse {}

        default int code() {
            return switch (this) {
                case No(var _, var code, var _) -> code;
                case Slow(var _, var code) -> code;
                case Ok _, NotSent _, Lost _ -> 0;
            };
        }

        /** For people and logs. */
        default String why() {
            return switch (this) {
                case Ok _ -> "done";
                case No(var status, var code, var message) ->
                    "Discord answered " + status + ": " + message + " (" + code + ")";
                case Slow(var after, var _) -> "Discord rate limit: wait " + after.toMillis() + " ms";
                case NotSent(var why) -> why;
                case Lost(var why) -> why;
            };
        }
    }
}
