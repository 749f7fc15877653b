package dev.playcall.web.security;

import dev.playcall.config.IpNetwork;
import dev.playcall.web.http.Addresses;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxies that are believed when they say from which address a request comes. Each proxy adds the address it was asked
 * from at the right of {@code X-Forwarded-For}, so the right-most address that is no such proxy is the client's; what stands
 * left of it anybody may have written.
 */
final class TrustedProxies {
    private static final Logger log = LoggerFactory.getLogger(TrustedProxies.class);

    private final List<IpNetwork> networks;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** @param networks none: nobody is believed */
    public TrustedProxies(List<IpNetwork> networks) {
        this.networks = List.copyOf(networks);
    }

    /** The address of whoever sent this request, as far as it is known. */
    public String client(Context ctx) {
        var lines = Collections.list(ctx.req().getHeaders(Addresses.FORWARDED_FOR));
        var peer = IpNetwork.address(ctx.ip());
        if (lines.isEmpty() || peer.isEmpty()) {
            return ctx.ip();
        }
        if (!isTrusted(peer.get())) {
            warn(peer.get());
            return ctx.ip();
        }
        return client(peer.get(), List.of(String.join(",", lines).split(",", -1)))
                .getHostAddress();
    }

    private InetAddress client(InetAddress peer, List<String> hops) {
        var last = peer;
        for (var hop : hops.reversed()) {
            var address = address(hop.strip());
            if (address.isEmpty()) {
                return last;
            }
            last = address.get();
            if (!isTrusted(last)) {
                return last;
            }
        }
        return last;
    }

    private boolean isTrusted(InetAddress address) {
        return networks.stream().anyMatch(n -> n.contains(address));
    }

    /** Some proxies write the port as well: {@code 192.0.2.1:4711}, {@code [2001:db8::1]:4711}. */
    private static Optional<InetAddress> address(String hop) {
        var bare = hop.startsWith("[")
                ? hop.replaceFirst("^\\[([^]]*)](:\\d{1,5})?$", "$1")
                : hop.replaceFirst("^([^:]*):\\d{1,5}$", "$1");
        return IpNetwork.address(bare);
    }

    /** Once, and only of an address where a proxy of ours may stand. */
    private void warn(InetAddress peer) {
        if ((peer.isLoopbackAddress() || peer.isSiteLocalAddress()) && warned.compareAndSet(false, true)) {
            log.warn(
                    "A request from {} has an X-Forwarded-For header, which is ignored. If your proxy has this"
                            + " address, add it to server.trusted_proxies; until then everybody behind it counts as one"
                            + " address",
                    peer.getHostAddress());
        }
    }
}
