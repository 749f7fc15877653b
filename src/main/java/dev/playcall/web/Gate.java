package dev.playcall.web;

import dev.playcall.domain.Person;
import io.javalin.http.Context;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who is at the door. Until there are accounts only this machine is served, so the danger is a web page of somebody else
 * in a browser here: a foreign Host (a name that was bound to 127.0.0.1) and a request another site sends are refused.
 */
final class Gate {
    /** Whoever can reach the loopback of this machine. */
    static final Person LOCAL = new Person("web:local");

    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final Optional<String> publicHost;
    private final Optional<String> adminToken;

    Gate(String publicUrl, Optional<String> adminToken) {
        this.publicHost = publicUrl.isBlank()
                ? Optional.empty()
                : Optional.ofNullable(URI.create(publicUrl).getHost());
        this.adminToken = adminToken.filter(t -> !t.isBlank());
    }

    void check(Context ctx) {
        headers(ctx);
        refuseOtherHost(ctx);
        if (!READING.contains(ctx.method().name())) {
            refuseForeign(ctx);
        }
        bearer(ctx).ifPresent(this::refuseWrong);
    }

    /** A WebSocket may be opened by any page a browser shows, so it is no reading as others are. */
    void checkUpgrade(Context ctx) {
        refuseOtherHost(ctx);
        refuseForeign(ctx);
        bearer(ctx).ifPresent(this::refuseWrong);
    }

    private void refuseOtherHost(Context ctx) {
        var host = name(Optional.ofNullable(ctx.header("Host")).orElse(""));
        if (!HERE.contains(host) && publicHost.filter(host::equals).isEmpty()) {
            throw new ProblemException(
                    421, "this gateway is not \"" + host + "\" (set server.public_url)", Optional.empty());
        }
    }

    private static String name(String host) {
        return host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    }

    private static void headers(Context ctx) {
        ctx.header(
                "Content-Security-Policy",
                "default-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'");
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("Referrer-Policy", "same-origin");
        ctx.header("X-Frame-Options", "DENY");
        ctx.header("Cache-Control", "no-store");
    }

    /** Another port of this machine is another site: what is served there need not be ours. */
    private void refuseForeign(Context ctx) {
        var site = ctx.header("Sec-Fetch-Site");
        var origin = ctx.header("Origin");
        boolean foreignSite = site != null && !site.equals("same-origin") && !site.equals("none");
        boolean foreignOrigin = origin != null && !isOurs(origin, ctx);
        if (foreignSite || foreignOrigin) {
            throw new ProblemException(403, "another web site may not do this", Optional.empty());
        }
    }

    private boolean isOurs(String origin, Context ctx) {
        try {
            var from = Optional.ofNullable(URI.create(origin).getAuthority()).orElse("");
            return from.equals(ctx.header("Host"))
                    || publicHost.filter(name(from)::equals).isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<String> bearer(Context ctx) {
        return Optional.ofNullable(ctx.header("Authorization"))
                .filter(a -> a.startsWith("Bearer "))
                .map(a -> a.substring(7).strip());
    }

    private void refuseWrong(String token) {
        if (adminToken.isEmpty() || !same(adminToken.get(), token)) {
            throw new ProblemException(401, "this token is not known", Optional.empty());
        }
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    /** Who asks: whoever can reach this machine's loopback, or the holder of the token. */
    Person person(Context ctx) {
        return bearer(ctx).isPresent() ? new Person("token:admin") : LOCAL;
    }
}
