package dev.playcall.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.boot.Application;
import dev.playcall.boot.GatewayFile;
import dev.playcall.boot.GatewayMode;
import dev.playcall.config.Config;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The gateway a command talks to: the running one, or one of its own that ends with the command. */
public final class GatewayClient implements AutoCloseable {
    private final HttpGateway gateway;
    private final @Nullable Application own;

    private GatewayClient(HttpGateway gateway, @Nullable Application own) {
        this.gateway = gateway;
        this.own = own;
    }

    /** The one at this address. */
    public static GatewayClient at(GatewayFile.Found there) {
        return new GatewayClient(new HttpGateway(there), null);
    }

    /** The one that has the data folder of this configuration; empty when no process has it. */
    public static Optional<GatewayClient> running(Config config) {
        return GatewayFile.find(config.paths().data())
                .or(() -> GatewayFile.isTaken(config.paths().data()) ? Optional.of(await(config)) : Optional.empty())
                .map(GatewayClient::at);
    }

    /** The one that is running, or one of its own. */
    public static GatewayClient open(Config config, GatewayMode gatewayMode) {
        return running(config).orElseGet(() -> own(config, gatewayMode));
    }

    private static GatewayClient own(Config config, GatewayMode gatewayMode) {
        var own = Application.open(config, gatewayMode, true);
        own.start();
        return new GatewayClient(new HttpGateway(own.found()), own);
    }

    /** A gateway that has the data folder and no address yet is about to have one. */
    private static GatewayFile.Found await(Config config) {
        var data = config.paths().data();
        for (int i = 0; i < 100; i++) {
            boolean announced = GatewayFile.isAnnounced(data);
            var running = GatewayFile.find(data);
            if (running.isPresent()) {
                return running.get();
            }
            if (announced && GatewayFile.isTaken(data)) {
                throw new UnreachableException(data.resolve("gateway.json")
                        + " has no address of a gateway: restart the gateway that is running");
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
        throw new UnreachableException("another Playcall process uses " + data + " and does not answer");
    }

    public HttpGateway gateway() {
        return gateway;
    }

    /** What is listed at an address, under the last word of it. */
    public JsonNode list(String path) {
        return gateway.ask("GET", path, Map.of()).path(path.substring(path.lastIndexOf('/') + 1));
    }

    /** Whether what runs here stops being watched when this session ends. */
    public boolean isOwn() {
        return own != null;
    }

    @Override
    public void close() {
        gateway.close();
        if (own != null) {
            own.close();
        }
    }

    /** There is no gateway where one was expected. */
    public static final class UnreachableException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public UnreachableException(String message) {
            super(message);
        }
    }
}
