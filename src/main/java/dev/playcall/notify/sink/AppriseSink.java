package dev.playcall.notify.sink;

import dev.playcall.notify.Parcel;
import dev.playcall.notify.Severity;
import dev.playcall.notify.Sink;
import dev.playcall.notify.wording.Wording;

/** A service that Apprise speaks to. */
public final class AppriseSink implements Sink {
    private static final int TEXT = 10_000;

    private final String url;
    private final Apprise apprise;
    private final Wording wording;

    /** @param apprise one for all receivers */
    public AppriseSink(String url, Apprise apprise, Wording wording) {
        this.url = url;
        this.apprise = apprise;
        this.wording = wording;
    }

    @Override
    public Result deliver(Parcel parcel) {
        var c = parcel.content();
        var words = wording.of(c);
        return Noted.of(apprise.send(url, words.title(), words.body(c, TEXT), type(c)), words);
    }

    /** How bad it is, in the words of Apprise. */
    static String type(Parcel.Content c) {
        if (c.open() + c.events() == 0) {
            return "success";
        }
        return c.severity().compareTo(Severity.ERROR) >= 0
                ? "failure"
                : c.severity() == Severity.WARNING ? "warning" : "info";
    }
}
