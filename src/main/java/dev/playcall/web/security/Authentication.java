package dev.playcall.web.security;

import dev.playcall.security.identity.Credential;
import dev.playcall.web.http.Addresses;
import dev.playcall.web.http.Cookies;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.WebAccess;
import dev.playcall.web.http.WebCaller;
import io.javalin.http.Context;
import java.util.Optional;

/** Recognises who sent a request. */
final class Authentication {
    /** Who sits at the terminal, said by a command that has the secret of this machine. */
    static final String USER = "Playcall-User";

    private final WebAccess webAccess;
    private final Cookies cookies;

    Authentication(WebAccess webAccess, Cookies cookies) {
        this.webAccess = webAccess;
        this.cookies = cookies;
    }

    /**
     * Who it is; empty when this has to be said and was not.
     *
     * @throws ProblemException when something was said that is not true
     */
    Optional<WebCaller> of(Context ctx) {
        var bearer = bearer(ctx);
        if (bearer.isPresent()) {
            return Optional.of(holder(ctx, bearer.get())
                    .orElseThrow(() -> new ProblemException(401, "unknown token", Optional.empty())));
        }
        return cookies.session(ctx)
                .flatMap(this::member)
                .or(() -> webAccess.isGuarded() ? Optional.empty() : Optional.of(new WebCaller.Anyone()));
    }

    private Optional<WebCaller> member(Credential credential) {
        return webAccess.identity().sessions().find(credential).map(s -> new WebCaller.Member(s, credential));
    }

    private static Optional<String> bearer(Context ctx) {
        return Optional.ofNullable(ctx.header("Authorization"))
                .filter(a -> a.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(a -> a.substring(7).strip());
    }

    private Optional<WebCaller> holder(Context ctx, String text) {
        if (webAccess.console().is(text)) {
            var user = Optional.ofNullable(ctx.header(USER)).orElse("");
            boolean here = Addresses.isLoopback(ctx.ip()) && !Addresses.isForwarded(ctx);
            return here
                    ? Optional.of(new WebCaller.Console(WebCaller.isUser(user) ? user : "unknown"))
                    : Optional.empty();
        }
        if (webAccess.adminToken().filter(t -> t.is(text)).isPresent()) {
            return Optional.of(new WebCaller.Admin());
        }
        return webAccess.identity().tokens().find(text).map(WebCaller.Program::new);
    }

    /** Whether this user may still be here: for what goes on long after it was asked for. */
    boolean isWelcome(WebCaller webCaller) {
        return switch (webCaller) {
            case WebCaller.Anyone() -> !webAccess.isGuarded();
            case WebCaller.Member(var _, var credential) ->
                webAccess.identity().sessions().find(credential).isPresent();
            case WebCaller.Program(var token) -> webAccess.identity().tokens().isInUse(token);
            case WebCaller.Console _, WebCaller.Admin() -> true;
        };
    }
}
