package dev.playcall.web.ingest;

import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.security.access.Authorizer.Decision;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Principal;
import dev.playcall.security.access.Target;
import dev.playcall.security.identity.ApiToken;
import dev.playcall.security.identity.Credential;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.WebAccess;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the environment of a token. What was found counts for a few seconds, as thousands of agents send the same one. */
final class IngestTokens {
    private static final Duration COUNTS = Duration.ofSeconds(5);
    private static final int MOST = 1000;
    private static final String BEARER = "Bearer ";

    private final WebAccess webAccess;
    private final Clock clock;
    private final ConcurrentHashMap<String, Found> found = new ConcurrentHashMap<>();

    private record Found(EnvironmentName environment, Instant until) {}

    IngestTokens(WebAccess webAccess, Clock clock) {
        this.webAccess = webAccess;
        this.clock = clock;
    }

    /** @throws ProblemException when the header has no such token */
    EnvironmentName environment(Optional<String> authorization) {
        var secret = authorization
                .filter(a -> a.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(a -> a.substring(BEARER.length()).strip())
                .orElseThrow(() -> refused(
                        401,
                        "authentication required: send a bearer token, made with token create agents --scope"
                                + " agent.ingest:production"));
        var now = clock.instant();
        var hash = new Credential(secret).hash();
        var known = found.get(hash);
        if (known != null && known.until().isAfter(now)) {
            return known.environment();
        }
        found.remove(hash);
        var environment = asked(secret);
        if (found.size() >= MOST) {
            found.clear();
        }
        found.put(hash, new Found(environment, now.plus(COUNTS)));
        return environment;
    }

    private EnvironmentName asked(String secret) {
        var token = webAccess.identity().tokens().find(secret).orElseThrow(() -> refused(401, "unknown token"));
        var environment = token.agentsOf()
                .orElseThrow(() -> refused(403, "the token " + token.name() + " was not made for agent.ingest"));
        return switch (decision(token, environment)) {
            case Decision.Allowed _ -> environment;
            case Decision.Denied(var reason, var _) -> throw refused(403, reason);
        };
    }

    private Decision decision(ApiToken token, EnvironmentName environment) {
        var who = new Principal(token.person(), Set.of(), "api");
        return webAccess.authorizer().decide(who, Permission.AGENT_INGEST, Target.of(environment));
    }

    private static ProblemException refused(int status, String why) {
        return new ProblemException(status, why, Optional.empty());
    }
}
