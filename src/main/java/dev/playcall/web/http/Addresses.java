package dev.playcall.web.http;

import dev.playcall.config.IpNetwork;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a request comes from and which name it asked for. */
public final class Addresses {
    public static final String FORWARDED_FOR = "X-Forwarded-For";

    private static final List<String> OF_PROXIES =
            List.of(FORWARDED_FOR, "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "X-Real-IP", "Via");
    private static final String CLIENT = "client-address";

    private Addresses() {}

    /** The host it asked for, without a port. */
    public static String host(Context ctx) {
        return name(Optional.ofNullable(ctx.header("Host")).orElse(""));
    }

    public static String name(String host) {
        return host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    }

    /**
     * Whether another program may stand between us and whoever asks. Anybody can send such a header, so this may only make
     * us stricter.
     */
    public static boolean isForwarded(Context ctx) {
        return OF_PROXIES.stream().anyMatch(h -> ctx.header(h) != null);
    }

    /** Keeps the address of whoever asks for the rest of this request. */
    public static void remember(Context ctx, String client) {
        ctx.attribute(CLIENT, client);
    }

    /** The address of whoever asks; the trusted proxies say whose word counts. */
    public static String client(Context ctx) {
        return Optional.ofNullable(ctx.<String>attribute(CLIENT)).orElseGet(ctx::ip);
    }

    public static boolean isLoopback(String address) {
        return IpNetwork.address(address.replaceAll("[\\[\\]]", ""))
                .filter(InetAddress::isLoopbackAddress)
                .isPresent();
    }
}
