package dev.playcall.notify.inbound;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.playcall.config.Config;
import dev.playcall.config.Notify;
import dev.playcall.notify.NotifyStore.Taken;
import dev.playcall.notify.Outbox;
import dev.playcall.notify.StandardWebhook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** One source that posts to us: checks who it is, understands the body, and answers once everything good is kept. */
public final class Hook {
    private static final int LARGEST = 1024 * 1024;
    /** Alertmanager puts a whole group into one post and throws it away when it is refused. */
    private static final int LARGEST_STORM = 8 * LARGEST;

    private static final int DEEPEST = 50;
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .build();

    private final String name;
    private final Notify.Kind kind;
    private final Notify.Source source;
    private final Outbox outbox;
    private final Clock clock;
    private final boolean trusted;

    public Hook(String name, Notify.Source source, Outbox outbox, Clock clock) {
        this(name, source, outbox, clock, false);
    }

    /** For a caller that was asked already who it is. */
    public static Hook trusted(String name, Outbox outbox, Clock clock) {
        var nothing = new Config.Secret("");
        return new Hook(name, new Notify.Source(Notify.Kind.NOTICES, nothing, nothing), outbox, clock, true);
    }

    private Hook(String name, Notify.Source source, Outbox outbox, Clock clock, boolean trusted) {
        this.trusted = trusted;
        this.name = name;
        this.kind = source.kind();
        this.source = source;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** What is answered: a status of HTTP and a JSON body. */
    public record Reply(int status, String body) {
        static Reply problem(int status, String detail) {
            var json = JSON.createObjectNode()
                    .put("title", "not taken")
                    .put("status", status)
                    .put("detail", detail);
            return new Reply(status, json.toString());
        }
    }

    /** @param headers with names in any case */
    public Reply handle(Map<String, String> headers, byte[] body) {
        var sent = new java.util.TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        sent.putAll(headers);
        int most = kind == Notify.Kind.ALERTMANAGER ? LARGEST_STORM : LARGEST;
        if (body.length > most) {
            return Reply.problem(413, "the body has more than the " + most + " bytes it may have");
        }
        if (!trusted && !isKnown(sent, body)) {
            return Reply.problem(401, "the token or the signature is not that of " + name);
        }
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return Reply.problem(400, "the body is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            return Reply.problem(400, "the body cannot be read");
        }
        return take(read(json, sent));
    }

    private Read read(JsonNode json, Map<String, String> headers) {
        var now = clock.instant();
        return switch (kind) {
            case NOTICES -> new NoticesReader(name, key(headers), headers, now).read(json);
            case JSON ->
                source.form()
                        .map(f -> new JsonFormReader(name, f, key(headers), now).read(json))
                        .orElseGet(() -> Read.bad("/: notify.sources." + name + ".map is not set"));
            case ALERTMANAGER -> new AlertmanagerReader(name, now).read(json);
            case GITHUB ->
                new GithubReader(name, header(headers, "X-GitHub-Event"), header(headers, "X-GitHub-Delivery"), now)
                        .read(json);
        };
    }

    /** What names this request, so that the same one sent again is the same. */
    private static String key(Map<String, String> headers) {
        return Stream.of("Idempotency-Key", "webhook-id")
                .map(h -> header(headers, h))
                .filter(v -> !v.isBlank() && v.length() <= 200)
                .findFirst()
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    private static String header(Map<String, String> headers, String name) {
        return Optional.ofNullable(headers.get(name)).orElse("");
    }

    private Reply take(Read read) {
        List<Taken> taken = read.notices().isEmpty() ? List.of() : outbox.take(read.notices());
        long clashes = taken.stream().filter(t -> t == Taken.CLASH).count();
        var answer = JSON.createObjectNode()
                .put("accepted", taken.stream().filter(t -> t == Taken.NEW).count())
                .put("known", taken.stream().filter(t -> t == Taken.AGAIN).count());
        if (read.problems().isEmpty() && clashes == 0) {
            return new Reply(202, answer.toString());
        }
        int status = clashes > 0 && read.problems().isEmpty() ? 409 : 400;
        answer.put("title", "not everything was taken").put("status", status).put("clashes", clashes);
        var problems = answer.putArray("problems");
        read.problems().forEach(problems::add);
        if (clashes > 0) {
            problems.add("a key was used before for something else");
        }
        answer.put("detail", problems.path(0).asText());
        return new Reply(status, answer.toString());
    }

    // ---- who it is

    private boolean isKnown(Map<String, String> headers, byte[] body) {
        if (!source.token().isEmpty()) {
            var authorization = header(headers, "Authorization");
            var given = authorization.toLowerCase(Locale.ROOT).startsWith("bearer ")
                    ? authorization.substring("bearer ".length()).strip()
                    : "";
            if (same(given, source.token().reveal())) {
                return true;
            }
        }
        return !source.secret().isEmpty() && isSigned(headers, body);
    }

    private boolean isSigned(Map<String, String> headers, byte[] body) {
        var github = header(headers, "X-Hub-Signature-256");
        if (!github.isBlank()) {
            return same(
                    github,
                    "sha256="
                            + HexFormat.of()
                                    .formatHex(StandardWebhook.hmac(
                                            bytes(source.secret().reveal()), body)));
        }
        var id = header(headers, "webhook-id");
        var at = header(headers, "webhook-timestamp");
        if (id.isBlank() || !isNow(at)) {
            return false;
        }
        var wanted = StandardWebhook.sign(StandardWebhook.key(source.secret().reveal()), id, at, body);
        return Stream.of(header(headers, "webhook-signature").split(" ", -1)).anyMatch(s -> same(s, wanted));
    }

    private boolean isNow(String seconds) {
        if (!seconds.matches("\\d{1,12}")) {
            return false;
        }
        var off = Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), clock.instant());
        return off.abs().compareTo(WINDOW) <= 0;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(bytes(a), bytes(b));
    }
}
