package dev.playcall.notify.sink;

import dev.playcall.config.ReceiverConfig.Connection;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.notify.dispatch.CertificateAuthorities;
import dev.playcall.notify.dispatch.Sink.Result;
import dev.playcall.notify.dispatch.TlsFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * One call to a receiver over HTTP: no redirects, no second try, at most ten seconds, and never a word of the address in
 * what it says, as the address often is the secret.
 */
final class SinkHttp {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int KEPT_OPEN = 64;
    private static final int MOST_READ = 64 * 1024;

    private static final String INSIDE = "its host is a private address; set allow_private: true to allow it";

    private final OkHttpClient client;
    private final Destinations destinations;

    SinkHttp(Connection connection) {
        this(new Destinations(connection.allowPrivate()), connection);
    }

    /** A proxy would look names up by itself, behind the back of the guard; so only those who need no guard have one. */
    SinkHttp(Destinations destinations, Connection connection) {
        this.destinations = destinations;
        var builder = new OkHttpClient.Builder()
                .dns(destinations)
                // As many as there may be at a time, or each message of a flood would pay for a new one.
                .connectionPool(new ConnectionPool(KEPT_OPEN, 1, TimeUnit.MINUTES))
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .callTimeout(TIMEOUT)
                .connectTimeout(Duration.ofSeconds(5));
        if (!connection.authorities().isEmpty()) {
            var trust = CertificateAuthorities.of(connection.authorities());
            builder.sslSocketFactory(trust.sockets(), trust.manager());
        }
        client = (connection.allowPrivate() ? builder : builder.proxy(Proxy.NO_PROXY)).build();
    }

    /** What came of a call. */
    sealed interface Answer {
        /** What was answered; the body is cut. */
        record Response(int status, Map<String, String> headers, String body) implements Answer {}

        /** Nothing was answered, or nobody asked. */
        record NoResponse(Result result) implements Answer {}
    }

    /** Posts it; {@code ref} makes the receiver's name of the message out of a good answer. */
    Result post(URI to, byte[] body, Map<String, String> headers, Function<Answer.Response, String> ref) {
        return switch (call(to, body, headers)) {
            case Answer.Response response -> judge(response, ref);
            case Answer.NoResponse(var result) -> result;
        };
    }

    /**
     * Posts it, and something plainer when the receiver cannot read it or finds it too large: what would say the most is
     * not to be lost for how it is said.
     */
    Result post(URI to, byte[] body, byte[] plainer, Map<String, String> headers) {
        var answer = call(to, body, headers);
        if (answer instanceof Answer.Response response && isMismade(response.status())) {
            var again = post(to, plainer, headers, _ -> "");
            return again instanceof Result.Delivered delivered
                    ? delivered.noting(
                            "it answered " + response.status() + " to the full message and accepted a plain one")
                    : again;
        }
        return switch (answer) {
            case Answer.Response response -> judge(response, _ -> "");
            case Answer.NoResponse(var result) -> result;
        };
    }

    private static boolean isMismade(int status) {
        return status == 400 || status == 413 || status == 422;
    }

    Answer call(URI to, byte[] body, Map<String, String> headers) {
        var url = HttpUrl.parse(to.toString());
        if (url == null || !destinations.allow(url.host())) {
            return new Answer.NoResponse(new Result.Refused(INSIDE));
        }
        var request = new Request.Builder().url(url).post(RequestBody.create(body));
        if (!url.username().isEmpty()) {
            request.header("Authorization", "Basic " + basic(url));
        }
        headers.forEach(request::header);
        try (var response = client.newCall(request.build()).execute()) {
            return body(response);
        } catch (Destinations.InsideException e) {
            return new Answer.NoResponse(new Result.Refused(INSIDE));
        } catch (UnknownHostException e) {
            return later("its host has no address");
        } catch (InterruptedIOException e) {
            return later("no answer within " + TextFormat.duration(TIMEOUT));
        } catch (ConnectException e) {
            return later("connection refused");
        } catch (SSLException e) {
            return later("no secure connection: " + TlsFailure.why(e));
        } catch (IOException e) {
            return later("the connection ended before an answer came");
        }
    }

    private static String basic(HttpUrl url) {
        var both = url.username() + ":" + url.password();
        return Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    private static Answer.Response body(Response response) throws IOException {
        var body = response.peekBody(MOST_READ);
        var headers = new java.util.TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        response.headers().forEach(h -> headers.put(h.getFirst(), h.getSecond()));
        return new Answer.Response(response.code(), headers, new String(body.bytes(), StandardCharsets.UTF_8));
    }

    static Result judge(Answer.Response response, Function<Answer.Response, String> ref) {
        int status = response.status();
        return status >= 200 && status < 300
                ? new Result.Delivered(ref.apply(response))
                : judge(status, after(response));
    }

    /** What a status that is no success means. */
    static Result judge(int status, Optional<Duration> after) {
        var why = "it answered " + status;
        return switch (status) {
            case 408, 425, 429 -> new Result.Retry(why, after);
            case 410 -> new Result.Rejected("it answered 410: this receiver no longer exists");
            default ->
                status >= 500
                        ? new Result.Retry(why, after)
                        : new Result.Rejected(
                                why + (status >= 300 && status < 400 ? ": redirects are not followed" : ""));
        };
    }

    private static Answer later(String why) {
        return new Answer.NoResponse(new Result.Retry(why, Optional.empty()));
    }

    /** What {@code Retry-After} says, in seconds or as a date. */
    static Optional<Duration> after(Answer.Response response) {
        return Optional.ofNullable(response.headers().get("Retry-After"))
                .map(String::strip)
                .flatMap(SinkHttp::wait);
    }

    private static Optional<Duration> wait(String text) {
        if (text.matches("\\d{1,9}(\\.\\d{1,6})?")) {
            return Optional.of(Duration.ofMillis((long) (Double.parseDouble(text) * 1000)));
        }
        try {
            var until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            var left = Duration.between(Instant.now(), until);
            return left.isNegative() ? Optional.empty() : Optional.of(left);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
