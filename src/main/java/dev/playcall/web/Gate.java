package dev.playcall.web;

import dev.playcall.domain.Person;
import io.javalin.http.Context;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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
        var host = Optional.ofNullable(ctx.header("Host")).orElse("").replaceFirst(":\\d+$", "");
        if (!HERE.contains(host) && publicHost.filter(host::equals).isEmpty()) {
            throw new ProblemException(
                    421, "this gateway is not \"" + host + "\" (set server.public_url)", Optional.empty());
        }
        if (!READING.contains(ctx.method().name())) {
            refuseForeign(ctx);
        }
        bearer(ctx).ifPresent(this::refuseWrong);
    }

    private static void headers(Context ctx) {
        ctx.header(
                "Content-Security-Policy",
                "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'");
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("Referrer-Policy", "same-origin");
        ctx.header("X-Frame-Options", "DENY");
        ctx.header("Cache-Control", "no-store");
    }

    private void refuseForeign(Context ctx) {
        var site = ctx.header("Sec-Fetch-Site");
        var origin = ctx.header("Origin");
        boolean foreignOrigin = origin != null
                && !HERE.contains(hostOf(origin))
                && publicHost.filter(hostOf(origin)::equals).isEmpty();
        if (foreignOrigin || "cross-site".equals(site)) {
            throw new ProblemException(403, "another web site may not do this", Optional.empty());
        }
    }

    private static String hostOf(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getHost()).orElse("");
        } catch (IllegalArgumentException e) {
            return "";
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
