package dev.playcall.notify.sink;

import dev.playcall.notify.Sink.Result;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * One call to a receiver over HTTP: no redirects, no second try, at most ten seconds, and never a word of the address in
 * what it says, as the address often is the secret.
 */
final class Http {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_READ = 64 * 1024;

    private static final String INSIDE = "its host is an address inside; set allow_private: true if that is meant";

    private final OkHttpClient client;
    private final Destinations destinations;

    Http(boolean insideToo) {
        destinations = new Destinations(insideToo);
        client = new OkHttpClient.Builder()
                .dns(destinations)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .callTimeout(PATIENCE)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /** What was answered; the body is cut. */
    record Said(int status, Map<String, String> headers, String body) {}

    /** Posts it; {@code ref} makes the receiver's name of the message out of a good answer. */
    Result post(URI to, byte[] body, Map<String, String> headers, Function<Said, String> ref) {
        if (!destinations.allow(to.getHost())) {
            return new Result.Refused(INSIDE);
        }
        var request = new Request.Builder().url(to.toString()).post(RequestBody.create(body));
        headers.forEach(request::header);
        try (var response = client.newCall(request.build()).execute()) {
            return judge(said(response), ref);
        } catch (Destinations.InsideException e) {
            return new Result.Refused(INSIDE);
        } catch (UnknownHostException e) {
            return later("its host has no address");
        } catch (InterruptedIOException e) {
            return later("no answer within " + PATIENCE.toSeconds() + " s");
        } catch (ConnectException e) {
            return later("nobody answers at its address");
        } catch (SSLException e) {
            return later("no secure connection: " + e.getClass().getSimpleName());
        } catch (IOException e) {
            return later("the connection ended before an answer came");
        }
    }

    private static Said said(Response response) throws IOException {
        var body = response.peekBody(MOST_READ);
        var headers = new java.util.TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        response.headers().forEach(h -> headers.put(h.getFirst(), h.getSecond()));
        return new Said(response.code(), headers, new String(body.bytes(), StandardCharsets.UTF_8));
    }

    private static Result judge(Said said, Function<Said, String> ref) {
        int status = said.status();
        if (status >= 200 && status < 300) {
            return new Result.Delivered(ref.apply(said));
        }
        var why = "it answered " + status;
        return switch (status) {
            case 408, 425, 429 -> new Result.Retry(why, after(said));
            case 410 -> new Result.Refused("it answered 410: this receiver is gone for good");
            default ->
                status >= 500
                        ? new Result.Retry(why, after(said))
                        : new Result.Refused(
                                why + (status >= 300 && status < 400 ? ": redirects are not followed" : ""));
        };
    }

    private static Result later(String why) {
        return new Result.Retry(why, Optional.empty());
    }

    /** What {@code Retry-After} says, in seconds or as a date. */
    static Optional<Duration> after(Said said) {
        return Optional.ofNullable(said.headers().get("Retry-After"))
                .map(String::strip)
                .flatMap(Http::wait);
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
