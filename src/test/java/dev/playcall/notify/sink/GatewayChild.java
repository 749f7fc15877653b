package dev.playcall.notify.sink;

import com.sun.net.httpserver.HttpServer;
import dev.playcall.config.Config;
import dev.playcall.config.NotifyConfig;
import dev.playcall.config.ReceiverConfig.Connection;
import dev.playcall.config.RouteOptions;
import dev.playcall.notify.dispatch.NotificationEngine;
import dev.playcall.notify.dispatch.Sink;
import dev.playcall.notify.event.GroupTiming;
import dev.playcall.notify.event.NotifyStore;
import dev.playcall.notify.inbound.InboundHook;
import dev.playcall.notify.routing.NotificationRules;
import dev.playcall.notify.routing.Route;
import dev.playcall.notify.template.NotificationTemplates;
import dev.playcall.store.Database;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The notification gateway as a process of its own: HTTP in, the real store, HTTP out. With {@code -Dhalt.at=n} it stops
 * dead at the n-th step: before and after each use of the store, and before and after each sending.
 */
final class GatewayChild {
    private static final Set<String> READS = Set.of("cursor", "busyReceivers", "counts", "sameError");

    private GatewayChild() {}

    private static void step(AtomicInteger steps, int last, String where) {
        if (steps.incrementAndGet() == last) {
            System.out.println("halted " + where);
            System.out.flush();
            Runtime.getRuntime().halt(137);
        }
    }

    /** @param arguments the database, the receiver's address */
    public static void main(String[] arguments) throws IOException {
        int last = Integer.getInteger("halt.at", 0);
        var steps = new AtomicInteger();
        var clock = Clock.systemUTC();
        var database = Database.open("jdbc:sqlite:" + arguments[0], clock);
        var notificationEngine = notifications(database, URI.create(arguments[1]), clock, steps, last);
        var inboundHook = new InboundHook(
                "kill",
                new NotifyConfig.Source(
                        NotifyConfig.Kind.NOTICES, new Config.Secret("t0ken"), new Config.Secret(""), Optional.empty()),
                notificationEngine.outbox(),
                clock);
        notificationEngine.start();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            var headers = new HashMap<String, String>();
            exchange.getRequestHeaders().forEach((k, v) -> headers.put(k, v.getFirst()));
            var reply = inboundHook.handle(headers, exchange.getRequestBody().readAllBytes());
            step(steps, last, "kept, not yet answered");
            var body = reply.body().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
            step(steps, last, "answered");
        });
        server.start();
        System.out.println("port " + server.getAddress().getPort());
        System.out.flush();
    }

    private static NotificationEngine notifications(
            Database database, URI receiver, Clock clock, AtomicInteger steps, int last) {
        var quick = new GroupTiming(Duration.ZERO, Duration.ZERO, Duration.ZERO);
        var route = new Route(
                "route", List.of(), List.of("out"), false, List.of("host"), quick, RouteOptions.PLAIN, List.of());
        var real = new WebhookSink(receiver, List.of(), Connection.PRIVATE, NotificationTemplates.USUAL, clock);
        Sink sink = notification -> {
            step(steps, last, "before it is sent");
            var result = real.deliver(notification);
            step(steps, last, "sent, not yet written down");
            return result;
        };
        return new NotificationEngine(
                halting(database.notices(), steps, last),
                database.alerts(),
                database.events(),
                () -> NotificationRules.of(Optional.of(route)),
                () -> Map.of("out", sink),
                new NotificationEngine.Texts(t -> t, ""),
                new NotificationEngine.Timing(clock, System::nanoTime, new Random()));
    }

    private static NotifyStore halting(NotifyStore store, AtomicInteger steps, int last) {
        return (NotifyStore) Proxy.newProxyInstance(
                GatewayChild.class.getClassLoader(), new Class<?>[] {NotifyStore.class}, (_, method, values) -> {
                    boolean counts = !READS.contains(method.getName());
                    if (counts) {
                        step(steps, last, "before " + method.getName());
                    }
                    try {
                        var result = method.invoke(store, values);
                        boolean idle = result instanceof Integer told && told == 0;
                        if (counts && !idle) {
                            step(steps, last, "after " + method.getName());
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
