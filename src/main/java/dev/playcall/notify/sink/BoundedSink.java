package dev.playcall.notify.sink;

import dev.playcall.notify.Pace;
import dev.playcall.notify.Parcel;
import dev.playcall.notify.Sink;

/** A receiver that gets so many messages at a time and no more. */
public record BoundedSink(Sink sink, int atOnce) implements Sink {
    @Override
    public Pace pace() {
        return sink.pace();
    }

    @Override
    public Result deliver(Parcel parcel) {
        return sink.deliver(parcel);
    }
}
