package dev.playcall.boot;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handlers for the signals of this process. */
public final class Signals {
    private static final Logger log = LoggerFactory.getLogger(Signals.class);

    private Signals() {}

    /** Counted down by SIGTERM, which the JVM would answer with exit code 143: a service that was stopped has not failed. */
    public static CountDownLatch terminated() {
        var terminated = new CountDownLatch(1);
        try {
            handle("TERM", terminated::countDown);
        } catch (ReflectiveOperationException e) {
            log.debug("SIGTERM ends this process with code 143", e);
        }
        return terminated;
    }

    /**
     * Has the action run, on a thread of its own, each time the signal comes. Returns whether the signal was ignored before.
     * By name: javac warns of these classes whatever it is told, and there are no others for signals.
     *
     * @param name without SIG
     */
    static boolean handle(String name, Runnable action) throws ReflectiveOperationException {
        var signal = Class.forName("sun.misc.Signal");
        var handler = Class.forName("sun.misc.SignalHandler");
        var ours = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (self, method, _) -> {
            return switch (method.getName()) {
                case "handle" -> {
                    Thread.ofVirtual().name("sig" + name).start(action);
                    yield null;
                }
                case "equals" -> false;
                case "hashCode" -> System.identityHashCode(self);
                default -> "SIG" + name;
            };
        });
        var before = signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
        return handler.getField("SIG_IGN").get(null).equals(before);
    }
}
