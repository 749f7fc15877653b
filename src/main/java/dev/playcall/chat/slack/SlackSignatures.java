package dev.playcall.chat.slack;

import dev.playcall.config.Config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tells what Slack signed from what it did not, and takes each signature once. */
final class SlackSignatures {
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final Duration REMEMBERED = Duration.ofMinutes(11);
    private static final String ALGORITHM = "HmacSHA256";

    private final Secret secret;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Instant> seen = new HashMap<>();

    public SlackSignatures(Secret secret, Clock clock) {
        this.secret = secret;
        this.clock = clock;
    }

    boolean accepts(Map<String, String> headers, byte[] body) {
        var time = SlackHttp.header(headers, "x-slack-request-timestamp");
        var given = SlackHttp.header(headers, "x-slack-signature");
        if (secret.isEmpty() || !time.matches("\\d{1,12}") || given.isEmpty()) {
            return false;
        }
        var now = clock.instant();
        var off = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now)
                .abs();
        boolean right = MessageDigest.isEqual(
                signature(time, body).getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
        return right && off.compareTo(SKEW) <= 0 && isNew(given, now);
    }

    private boolean isNew(String signature, Instant now) {
        lock.lock();
        try {
            seen.values().removeIf(at -> at.plus(REMEMBERED).isBefore(now));
            return seen.putIfAbsent(signature, now) == null;
        } finally {
            lock.unlock();
        }
    }

    public String signature(String time, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update(("v0:" + time + ":").getBytes(StandardCharsets.UTF_8));
            return "v0=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot compute " + ALGORITHM, e);
        }
    }
}
