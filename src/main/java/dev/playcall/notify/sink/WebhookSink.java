package dev.playcall.notify.sink;

import dev.playcall.notify.Parcel;
import dev.playcall.notify.Sink;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Any program that takes a POST. Signed as Standard Webhooks 1.0 says: the id stays the same over all attempts, so that
 * the receiver can tell a repetition.
 */
public final class WebhookSink implements Sink {
    private static final String PREFIX = "whsec_";

    private final URI to;
    private final List<byte[]> keys;
    private final Http http;
    private final InstantSource clock;

    /**
     * @param secrets {@code whsec_…} or any text; several while one replaces another; none sends unsigned
     * @param insideToo whether the address may be in a private network
     */
    public WebhookSink(URI to, List<String> secrets, boolean insideToo, InstantSource clock) {
        this.to = to;
        this.keys = secrets.stream().map(WebhookSink::key).toList();
        this.http = new Http(insideToo);
        this.clock = clock;
    }

    private static byte[] key(String secret) {
        return secret.startsWith(PREFIX)
                ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
                : secret.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Result deliver(Parcel parcel) {
        var body = ParcelJson.bytes(parcel);
        var headers = new TreeMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "Playcall");
        headers.put("webhook-id", Plain.key(parcel));
        var at = Long.toString(clock.instant().getEpochSecond());
        headers.put("webhook-timestamp", at);
        if (!keys.isEmpty()) {
            headers.put("webhook-signature", signatures(Plain.key(parcel), at, body));
        }
        return http.post(to, body, Map.copyOf(headers), _ -> "");
    }

    private String signatures(String id, String at, byte[] body) {
        return String.join(
                " ", keys.stream().map(k -> "v1," + sign(k, id, at, body)).toList());
    }

    private static String sign(byte[] key, String id, String at, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + at + ".").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
