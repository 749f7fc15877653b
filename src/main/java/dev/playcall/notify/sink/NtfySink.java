package dev.playcall.notify.sink;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.notify.Excerpt;
import dev.playcall.notify.Parcel;
import dev.playcall.notify.Sink;
import dev.playcall.notify.wording.Wording;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A topic of an ntfy server. */
public final class NtfySink implements Sink {
    /** What is longer becomes a file, or is refused. */
    private static final int BYTES = 4_000;

    private static final int SHORT = 500;

    private final URI server;
    private final String topic;
    private final Optional<String> token;
    private final Wording wording;
    private final Http http;

    /** @param topic the address of the topic: server and name */
    public NtfySink(URI topic, Optional<String> token, boolean insideToo, Wording wording) {
        var path = topic.getPath().replaceFirst("/+$", "");
        this.topic = path.substring(path.lastIndexOf('/') + 1);
        this.server = topic.resolve(path.substring(0, path.lastIndexOf('/') + 1));
        this.token = token;
        this.wording = wording;
        this.http = new Http(insideToo);
    }

    @Override
    public Result deliver(Parcel parcel) {
        var c = parcel.content();
        var words = wording.of(c);
        var full = message(c, Excerpt.of(words.title(), 250), fitting(words.body(c, BYTES)));
        c.items().stream()
                .map(Parcel.Item::link)
                .filter(l -> !l.isBlank())
                .findFirst()
                .ifPresent(l -> full.put("click", l));
        var plain = message(c, Excerpt.of(words.title(), 100), Excerpt.of(words.title(), SHORT));
        var headers = new TreeMap<>(Map.of("Content-Type", "application/json"));
        token.ifPresent(t -> headers.put("Authorization", "Bearer " + t));
        return Noted.of(http.post(server, ParcelJson.bytes(full), ParcelJson.bytes(plain), headers), words);
    }

    private ObjectNode message(Parcel.Content c, String title, String text) {
        return ParcelJson.object()
                .put("topic", topic)
                .put("title", title)
                .put("message", text)
                .put("priority", priority(c));
    }

    /** Counted in bytes: a text of other letters than ours is longer than it looks. */
    private static String fitting(String text) {
        var shown = text;
        while (shown.getBytes(StandardCharsets.UTF_8).length > BYTES) {
            shown = Excerpt.of(shown, shown.length() * 3 / 4);
        }
        return shown;
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
