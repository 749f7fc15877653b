package dev.playcall.notify.sink;

import dev.playcall.notify.Parcel;
import dev.playcall.notify.Sink;
import dev.playcall.notify.wording.Wording;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** A notification address of an Apprise API server, which holds the addresses of the services itself. */
public final class AppriseApiSink implements Sink {
    private static final Map<String, String> JSON =
            Map.of("Content-Type", "application/json", "Accept", "application/json");
    private static final int TEXT = 10_000;

    private final URI to;
    private final String tag;
    private final Wording wording;
    private final Http http;

    /** @param tag which of the services of that address, empty for all */
    public AppriseApiSink(URI to, String tag, boolean insideToo, Wording wording) {
        this.to = to;
        this.tag = tag;
        this.wording = wording;
        this.http = new Http(insideToo);
    }

    @Override
    public Result deliver(Parcel parcel) {
        var c = parcel.content();
        var words = wording.of(c);
        var json = ParcelJson.object()
                .put("title", words.title())
                .put("body", words.body(c, TEXT))
                .put("type", AppriseSink.type(c))
                .put("format", "text");
        if (!tag.isEmpty()) {
            json.put("tag", tag);
        }
        return switch (http.call(to, ParcelJson.bytes(json), JSON)) {
            case Http.Answer.Silence(var result) -> result;
            case Http.Answer.Said said -> Noted.of(judge(said), words);
        };
    }

    /** Two of its answers mean something of their own. */
    private static Result judge(Http.Answer.Said said) {
        return switch (said.status()) {
            case 204 -> new Result.Refused("nothing is set up under its address on the Apprise API server (204)");
            case 424 ->
                new Result.Retry("a service behind the Apprise API server did not take it (424)", Optional.empty());
            default -> Http.judge(said, _ -> "");
        };
    }
}
