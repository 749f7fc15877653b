package dev.playcall.notify.sink;

import dev.playcall.notify.dispatch.Sink;
import dev.playcall.notify.dispatch.Sink.ReceiverRate;
import dev.playcall.notify.event.Notification;

/** A receiver that gets so many messages at a time and no more. */
record BoundedSink(Sink sink, int atOnce) implements Sink {
    @Override
    public ReceiverRate pace() {
        return sink.pace();
    }

    @Override
    public Result deliver(Notification notification) {
        return sink.deliver(notification);
    }
}
