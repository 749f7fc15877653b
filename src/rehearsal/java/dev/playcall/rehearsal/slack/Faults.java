package dev.playcall.rehearsal.slack;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a test can let go wrong. */
public final class Faults {
    private final WebApi api;
    private final Sockets sockets;
    private final Envelopes envelopes;
    private final AtomicBoolean deaf;

    Faults(WebApi api, Sockets sockets, Envelopes envelopes, AtomicBoolean deaf) {
        this.api = api;
        this.sockets = sockets;
        this.envelopes = envelopes;
        this.deaf = deaf;
    }

    /** The next calls of the method fail, one fault each, in this order. */
    public void next(String method, Fault... faults) {
        for (var fault : faults) {
            api.fail(method, fault);
        }
    }

    /** Sockets stay open and connect, but nothing comes back from them, no pong either. */
    public void deaf(boolean on) {
        deaf.set(on);
    }

    /** Acknowledgements arrive when nobody waits for them any more. */
    public void lateAcks(boolean on) {
        envelopes.late(on);
    }

    /** Cuts every socket without a word. */
    public void dropSockets() {
        sockets.drop();
    }

    /** No new sockets for now: apps.connections.open answers 503. */
    public void refuse(boolean on) {
        sockets.refuse(on);
    }

    /** Tells every socket that it will end, and ends it after the overlap. */
    public void refreshSockets(Duration overlap) {
        envelopes.after(overlap, sockets.announce("refresh_requested"));
    }

    /** The same with the reason `warning`. */
    public void warnSockets(Duration overlap) {
        envelopes.after(overlap, sockets.announce("warning"));
    }

    /** Socket Mode is turned off in the application's settings. */
    public void disableLink() {
        sockets.disable();
    }

    /** The last envelope once more, with a new envelope id. */
    public Ack redeliverLast() {
        return envelopes.again();
    }

    /** How long an event may wait for its acknowledgement, and the pauses before it comes again. */
    public void eventRetries(Duration timeout, List<Duration> pauses) {
        envelopes.eventRetries(timeout, pauses);
    }

    /** The application is uninstalled: no token works any more. */
    public void revoke() {
        api.revoke();
        sockets.announce("link_disabled").run();
    }
}
