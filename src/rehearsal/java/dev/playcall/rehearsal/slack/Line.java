package dev.playcall.rehearsal.slack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.core.WebSocketConnection;

/** The port. When deaf, what its WebSockets say goes nowhere, pongs too, while TCP looks alive. */
final class Line extends ServerConnector {
    private final AtomicBoolean deaf;

    Line(Server server, HttpConfiguration http, AtomicBoolean deaf) {
        super(server, new HttpConnectionFactory(http));
        this.deaf = deaf;
        setHost("127.0.0.1");
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key)
            throws IOException {
        var end = new End(channel, selector, key);
        end.setIdleTimeout(getIdleTimeout());
        return end;
    }

    private final class End extends SocketChannelEndPoint {
        End(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
            super(channel, selector, key, Line.this.getScheduler());
        }

        @Override
        public boolean flush(ByteBuffer... buffers) throws IOException {
            if (!deaf.get() || !(getConnection() instanceof WebSocketConnection)) {
                return super.flush(buffers);
            }
            for (var buffer : buffers) {
                buffer.position(buffer.limit());
            }
            return true;
        }
    }
}
