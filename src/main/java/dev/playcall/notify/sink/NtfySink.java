package dev.playcall.notify.sink;

import dev.playcall.notify.Excerpt;
import dev.playcall.notify.Parcel;
import dev.playcall.notify.Sink;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A topic of an ntfy server. */
public final class NtfySink implements Sink {
    private static final int TEXT = 3_500;

    private final URI server;
    private final String topic;
    private final Optional<String> token;
    private final Http http;

    /** @param topic the address of the topic: server and name */
    public NtfySink(URI topic, Optional<String> token, boolean insideToo) {
        var path = topic.getPath().replaceFirst("/+$", "");
        this.topic = path.substring(path.lastIndexOf('/') + 1);
        this.server = topic.resolve(path.substring(0, path.lastIndexOf('/') + 1));
        this.token = token;
        this.http = new Http(insideToo);
    }

    @Override
    public Result deliver(Parcel parcel) {
        var c = parcel.content();
        var json = ParcelJson.object()
                .put("topic", topic)
                .put("title", Excerpt.of(Plain.headline(c), 250))
                .put("message", Plain.body(c, TEXT))
                .put("priority", priority(c));
        c.items().stream()
                .map(Parcel.Item::link)
                .filter(l -> !l.isBlank())
                .findFirst()
                .ifPresent(l -> json.put("click", l));
        var headers = new TreeMap<>(Map.of("Content-Type", "application/json"));
        token.ifPresent(t -> headers.put("Authorization", "Bearer " + t));
        return http.post(server, ParcelJson.bytes(json), headers, _ -> "");
    }

    private static int priority(Parcel.Content c) {
        if (c.open() + c.events() == 0) {
            return 2;
        }
        return switch (c.severity()) {
            case INFO -> 2;
            case WARNING -> 3;
            case ERROR -> 4;
            case CRITICAL -> 5;
        };
    }
}
