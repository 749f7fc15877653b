package dev.playcall.rehearsal.discord;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import io.javalin.websocket.WsConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.server.ServerConnector;

/** The one port that REST and the gateway share; it can go away and come back. */
final class Port implements AutoCloseable {
    private final RestEndpoint front;
    private final Gateway gateway;
    private final Javalin javalin;
    private final Map<String, GatewayLink> sockets = new ConcurrentHashMap<>();
    private volatile int number;
    private volatile Duration heartbeat = Duration.ofMillis(41_250);
    private volatile boolean acknowledging = true;

    Port(RestEndpoint front, Gateway gateway) {
        this.front = front;
        this.gateway = gateway;
        javalin = Javalin.create(this::configure);
    }

    void open() {
        javalin.start("127.0.0.1", 0);
        number = javalin.port();
    }

    int number() {
        return number;
    }

    void heartbeat(Duration every, boolean acknowledged) {
        heartbeat = every;
        acknowledging = acknowledged;
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.concurrency.useVirtualThreads = true;
        config.http.maxRequestSize = 30L * 1024 * 1024;
        config.jetty.multipartConfig.maxFileSize(30, SizeUnit.MB);
        config.jetty.multipartConfig.maxTotalRequestSize(60, SizeUnit.MB);
        // Kept-alive connections of clients would hold up a graceful end.
        config.jetty.modifyServer(jetty -> jetty.setStopTimeout(0));
        var path = RestEndpoint.ROOT + "/*";
        config.routes.get(path, front::handle);
        config.routes.post(path, front::handle);
        config.routes.put(path, front::handle);
        config.routes.patch(path, front::handle);
        config.routes.delete(path, front::handle);
        config.routes.ws("/", this::sockets);
    }

    private void sockets(WsConfig ws) {
        ws.onConnect(ctx -> {
            var link = new GatewayLink(ctx, gateway, acknowledging);
            sockets.put(ctx.sessionId(), link);
            link.hello(heartbeat);
        });
        ws.onMessage(ctx -> Optional.ofNullable(sockets.get(ctx.sessionId())).ifPresent(l -> l.receive(ctx.message())));
        ws.onClose(ctx -> Optional.ofNullable(sockets.remove(ctx.sessionId())).ifPresent(link -> {
            gateway.gone(link, ctx.status());
            link.ended();
        }));
    }

    void away(boolean away) {
        var connector = (ServerConnector) javalin.jettyServer().server().getConnectors()[0];
        try {
            if (away) {
                connector.stop();
            } else {
                connector.setPort(number);
                connector.start();
            }
        } catch (Exception e) {
            throw new IllegalStateException("port " + number + " cannot be " + (away ? "closed" : "opened"), e);
        }
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
