package dev.playcall.web.http;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/** Where a request comes from and which name it asked for. */
public final class Addresses {
    private static final String FORWARDED = "X-Forwarded-For";

    private Addresses() {}

    /** The host it asked for, without a port. */
    public static String host(Context ctx) {
        return name(Optional.ofNullable(ctx.header("Host")).orElse(""));
    }

    public static String name(String host) {
        return host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    }

    /** Whether another program stands between us and whoever asks. */
    public static boolean isForwarded(Context ctx) {
        return ctx.header(FORWARDED) != null || ctx.header("Forwarded") != null || ctx.header("X-Real-IP") != null;
    }

    /** The address of whoever asks. What a proxy says is believed only from this machine, and only what it added itself. */
    public static String client(Context ctx) {
        var forwarded = ctx.header(FORWARDED);
        if (forwarded == null || !isLoopback(ctx.ip())) {
            return ctx.ip();
        }
        var last = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
        return last.matches("[0-9A-Fa-f:.]{2,45}") ? last : ctx.ip();
    }

    public static boolean isLoopback(String address) {
        try {
            var text = address.replaceAll("[\\[\\]]", "");
            return text.matches("[0-9A-Fa-f:.]+") && InetAddress.getByName(text).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
