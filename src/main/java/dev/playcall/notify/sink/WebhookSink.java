package dev.playcall.notify.sink;

import dev.playcall.notify.Parcel;
import dev.playcall.notify.Sink;
import dev.playcall.notify.StandardWebhook;
import dev.playcall.notify.wording.Plain;
import dev.playcall.notify.wording.Wording;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Any program that takes a POST. Signed as Standard Webhooks 1.0 says: the id stays the same over all attempts, so that
 * the receiver can tell a repetition.
 */
public final class WebhookSink implements Sink {
    private final URI to;
    private final List<byte[]> keys;
    private final Wording wording;
    private final Http http;
    private final InstantSource clock;

    /**
     * @param secrets {@code whsec_…} or any text; several while one replaces another; none sends unsigned
     * @param insideToo whether the address may be in a private network
     */
    public WebhookSink(URI to, List<String> secrets, boolean insideToo, Wording wording, InstantSource clock) {
        this.to = to;
        this.keys = secrets.stream().map(StandardWebhook::key).toList();
        this.wording = wording;
        this.http = new Http(insideToo);
        this.clock = clock;
    }

    @Override
    public Result deliver(Parcel parcel) {
        var words = wording.of(parcel.content());
        var result = post(parcel, ParcelJson.bytes(parcel, words, true));
        // Too much of a body is not a reason to say nothing.
        if (result instanceof Result.Refused(var why) && why.endsWith(" 413")) {
            result = post(parcel, ParcelJson.bytes(parcel, words, false));
        }
        return Noted.of(result, words);
    }

    private Result post(Parcel parcel, byte[] body) {
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
                " ",
                keys.stream().map(k -> StandardWebhook.sign(k, id, at, body)).toList());
    }
}
