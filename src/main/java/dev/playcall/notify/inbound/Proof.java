package dev.playcall.notify.inbound;

import dev.playcall.config.NotifyConfig;
import dev.playcall.notify.StandardWebhook;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How a post shows that it comes from its source. */
sealed interface Proof {
    Duration WINDOW = Duration.ofMinutes(5);

    /** So long a post without a time in its signature is known again. */
    Duration REMEMBERED = Duration.ofDays(365);

    /** It does not. */
    record None() implements Proof {}

    /** It knows the token, so whatever it says of itself is its own. */
    record Token() implements Proof {}

    /**
     * It is signed. Anybody who saw it can send it again with other headers, so only what the signature covers names it.
     *
     * @param id of what was signed
     * @param until when it would no longer be believed, or is forgotten
     */
    record Signed(String id, Instant until) implements Proof {}

    /** @param headers with names in any case */
    static Proof of(NotifyConfig.Source source, Map<String, String> headers, byte[] body, Instant now) {
        if (!source.token().isEmpty() && same(bearer(headers), source.token().reveal())) {
            return new Token();
        }
        if (source.secret().isEmpty()) {
            return new None();
        }
        var secret = source.secret().reveal();
        return header(headers, "X-Hub-Signature-256").isBlank()
                ? standard(secret, headers, body, now)
                : github(secret, headers, body, now);
    }

    private static String bearer(Map<String, String> headers) {
        var authorization = header(headers, "Authorization");
        return authorization.toLowerCase(Locale.ROOT).startsWith("bearer ")
                ? authorization.substring("bearer ".length()).strip()
                : "";
    }

    /** It covers the body and nothing else, neither a time nor the id of the delivery: the body is what it is known by. */
    private static Proof github(String secret, Map<String, String> headers, byte[] body, Instant now) {
        var wanted = "sha256=" + HexFormat.of().formatHex(StandardWebhook.hmac(bytes(secret), body));
        return same(header(headers, "X-Hub-Signature-256"), wanted)
                ? new Signed("body/" + hash(body), now.plus(REMEMBERED))
                : new None();
    }

    /** It covers id, time and body: the id is what it is known by, for as long as the time is believed. */
    private static Proof standard(String secret, Map<String, String> headers, byte[] body, Instant now) {
        var id = header(headers, "webhook-id");
        var at = header(headers, "webhook-timestamp");
        if (id.isBlank() || !isNow(at, now)) {
            return new None();
        }
        var wanted = StandardWebhook.sign(StandardWebhook.key(secret), id, at, body);
        boolean good =
                Stream.of(header(headers, "webhook-signature").split(" ", -1)).anyMatch(s -> same(s, wanted));
        return good ? new Signed("id/" + hash(bytes(id)), now.plus(WINDOW.multipliedBy(2))) : new None();
    }

    private static String hash(byte[] content) {
        return HexFormat.of().formatHex(StandardWebhook.sha256(content));
    }

    private static boolean isNow(String seconds, Instant now) {
        return seconds.matches("\\d{1,12}")
                && Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now)
                                .abs()
                                .compareTo(WINDOW)
                        <= 0;
    }

    private static String header(Map<String, String> headers, String name) {
        return Optional.ofNullable(headers.get(name)).orElse("");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(bytes(a), bytes(b));
    }
}
