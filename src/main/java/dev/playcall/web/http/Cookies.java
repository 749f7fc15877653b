package dev.playcall.web.http;

import dev.playcall.security.identity.Credential;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.net.URI;
import java.util.Optional;

/** What a browser keeps for us. Over https no other host, and no page without encryption, can set or read it. */
public final class Cookies {
    private static final String SESSION = "playcall";
    private static final String FORM = "playcall-form";
    private static final String FLASH = "playcall-said";
    private static final String BROWSER = "playcall-browser";
    private static final int HALF_A_YEAR = 180 * 24 * 3600;
    private static final int LONGEST_FLASH = 3500;
    /** As long as a browser may take to be led on. */
    private static final int SOON = 60;

    private static final int UNTIL_CLOSED = -1;

    private final Optional<String> secureHost;

    public Cookies(String publicUrl) {
        this.secureHost = publicUrl.startsWith("https:")
                ? Optional.ofNullable(URI.create(publicUrl).getHost())
                : Optional.empty();
    }

    /** Whether this request came to the address that is encrypted, or through a proxy that put our own name in its place. */
    public boolean isSecure(Context ctx) {
        return secureHost
                .filter(h -> h.equalsIgnoreCase(Addresses.host(ctx)) || Addresses.isForwarded(ctx))
                .isPresent();
    }

    public Optional<Credential> session(Context ctx) {
        return read(ctx, SESSION);
    }

    /** @param seconds how long at most; the server ends it earlier when it is not used */
    public void session(Context ctx, Credential credential, long seconds) {
        set(ctx, SESSION, credential.reveal(), (int) Math.min(seconds, Integer.MAX_VALUE));
    }

    public void clearSession(Context ctx) {
        set(ctx, SESSION, "", 0);
    }

    /** What this browser keeps of its last login, whether it is logged in or not. */
    public Optional<Credential> browser(Context ctx) {
        return read(ctx, BROWSER);
    }

    public void browser(Context ctx, Credential credential) {
        set(ctx, BROWSER, credential.reveal(), HALF_A_YEAR);
    }

    /** What a form is bound to before anybody is logged in. */
    public Optional<Credential> form(Context ctx) {
        return read(ctx, FORM);
    }

    public void form(Context ctx, Credential credential) {
        set(ctx, FORM, credential.reveal(), UNTIL_CLOSED);
    }

    /** What the next page says once. */
    Optional<String> message(Context ctx) {
        return Optional.ofNullable(ctx.cookie(name(ctx, FLASH)))
                .filter(v -> !v.isEmpty() && v.length() <= LONGEST_FLASH);
    }

    void message(Context ctx, String text) {
        set(ctx, FLASH, text, SOON);
    }

    void forgetFlash(Context ctx) {
        set(ctx, FLASH, "", 0);
    }

    private Optional<Credential> read(Context ctx, String name) {
        return Optional.ofNullable(ctx.cookie(name(ctx, name)))
                .filter(v -> !v.isEmpty() && v.length() <= 100)
                .map(Credential::new);
    }

    private String name(Context ctx, String name) {
        return isSecure(ctx) ? "__Host-" + name : name;
    }

    private void set(Context ctx, String name, String value, int seconds) {
        ctx.cookie(new Cookie(name(ctx, name), value, "/", seconds, isSecure(ctx), true, null, SameSite.LAX));
    }
}
