package dev.playcall.web.security;

import dev.playcall.security.identity.Credential;
import dev.playcall.web.http.Addresses;
import dev.playcall.web.http.Cookies;
import dev.playcall.web.http.Entrance;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.Visitor;
import io.javalin.http.Context;
import java.util.Optional;

/** Recognises who sent a request. */
final class Authentication {
    /** Who sits at the terminal, said by a command that has the secret of this machine. */
    static final String USER = "Playcall-User";

    private final Entrance entrance;
    private final Cookies cookies;

    Authentication(Entrance entrance, Cookies cookies) {
        this.entrance = entrance;
        this.cookies = cookies;
    }

    /**
     * Who it is; empty when this has to be said and was not.
     *
     * @throws ProblemException when something was said that is not true
     */
    Optional<Visitor> of(Context ctx) {
        var bearer = bearer(ctx);
        if (bearer.isPresent()) {
            return Optional.of(holder(ctx, bearer.get())
                    .orElseThrow(() -> new ProblemException(401, "unknown token", Optional.empty())));
        }
        return cookies.session(ctx)
                .flatMap(this::member)
                .or(() -> entrance.isGuarded() ? Optional.empty() : Optional.of(new Visitor.Anyone()));
    }

    private Optional<Visitor> member(Credential credential) {
        return entrance.identity().sessions().find(credential).map(s -> new Visitor.Member(s, credential));
    }

    private static Optional<String> bearer(Context ctx) {
        return Optional.ofNullable(ctx.header("Authorization"))
                .filter(a -> a.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(a -> a.substring(7).strip());
    }

    private Optional<Visitor> holder(Context ctx, String text) {
        if (entrance.console().is(text)) {
            var user = Optional.ofNullable(ctx.header(USER)).orElse("");
            boolean here = Addresses.isLoopback(ctx.ip()) && !Addresses.isForwarded(ctx);
            return here ? Optional.of(new Visitor.Console(Visitor.isUser(user) ? user : "unknown")) : Optional.empty();
        }
        if (entrance.adminToken().filter(t -> t.is(text)).isPresent()) {
            return Optional.of(new Visitor.Admin());
        }
        return entrance.identity().tokens().find(text).map(Visitor.Program::new);
    }

    /** Whether this visitor may still be here: for what goes on long after it was asked for. */
    boolean isWelcome(Visitor visitor) {
        return switch (visitor) {
            case Visitor.Anyone() -> !entrance.isGuarded();
            case Visitor.Member(var _, var credential) ->
                entrance.identity().sessions().find(credential).isPresent();
            case Visitor.Program(var token) -> entrance.identity().tokens().isInUse(token);
            case Visitor.Console _, Visitor.Admin() -> true;
        };
    }
}
