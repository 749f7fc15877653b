package dev.playcall.security.identity;

import dev.playcall.domain.name.Person;
import dev.playcall.security.access.Permission;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Creates, finds and revokes API tokens. */
public final class Tokens {
    /** Everything of ours starts like this, so that scanners for leaked secrets find it. */
    public static final String PREFIX = "playcall_";

    private static final Duration NOTED = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(366);
    /** The token of the environment is called like this. */
    private static final String TAKEN = "admin";

    private final TokenStore store;
    private final SecureRandom random;
    private final Clock clock;

    Tokens(TokenStore store, SecureRandom random, Clock clock) {
        this.store = store;
        this.random = random;
        this.clock = clock;
    }

    /** What came of the request for a token. */
    public sealed interface Made {
        /** Why there is no token, if there is none. */
        default Optional<String> refusal() {
            return this instanceof Refused(var _, var why) ? Optional.of(why) : Optional.empty();
        }

        /** @param credential to be shown once */
        record Token(ApiToken token, Credential credential) implements Made {}

        record Refused(String field, String why) implements Made {}
    }

    /** @param scopes names of permissions; who may hand them out is asked before */
    public Made create(String name, Person owner, Set<String> scopes, Duration life) {
        if (!Account.isName(name) || name.equals(TAKEN)) {
            return new Made.Refused(
                    "name", "a name has up to 40 of a-z, 0-9, dot, dash and underscore, and is not " + TAKEN);
        }
        if (scopes.isEmpty()) {
            return new Made.Refused("scopes", "scopes are required: view, start, …");
        }
        var unfit = unfit(scopes);
        if (unfit.isPresent()) {
            return new Made.Refused("scopes", unfit.get());
        }
        if (life.isNegative() || life.isZero() || life.compareTo(LONGEST) > 0) {
            return new Made.Refused("expires_in", "a token is valid for at most " + LONGEST.toDays() + " days");
        }
        var now = clock.instant();
        var token = new ApiToken(name, owner, scopes, now, now.plus(life), Optional.empty());
        var credential = Credential.random(PREFIX, random);
        return store.add(token, credential.hash())
                ? new Made.Token(token, credential)
                : new Made.Refused("name", "there is a token " + name + " already; revoke it first");
    }

    /** A token lies on every server that has an agent, so it is for the agents of one environment and for nothing else. */
    private static Optional<String> unfit(Set<String> scopes) {
        var word = Permission.AGENT_INGEST.word();
        if (scopes.stream().noneMatch(s -> s.startsWith(word))) {
            return Optional.empty();
        }
        if (scopes.size() > 1) {
            return Optional.of("a token for " + word + " has no other scope; create one for each environment");
        }
        return scopes.stream().anyMatch(s -> ApiToken.agentsOf(s).isPresent())
                ? Optional.empty()
                : Optional.of(word + " needs an environment: " + word + ":production");
    }

    /** The token of this secret, unless it was revoked or has expired. */
    public Optional<ApiToken> find(String secret) {
        if (!secret.startsWith(PREFIX)) {
            return Optional.empty();
        }
        var now = clock.instant();
        var found = store.find(new Credential(secret).hash())
                .filter(t -> t.expires().isAfter(now));
        found.filter(t -> t.used().filter(u -> u.plus(NOTED).isAfter(now)).isEmpty())
                .ifPresent(t -> store.used(t.name(), now));
        return found;
    }

    public Optional<ApiToken> named(String name) {
        return store.list().stream().filter(t -> t.name().equals(name)).findFirst();
    }

    /** Whether this one was neither revoked nor has expired meanwhile. */
    public boolean isInUse(ApiToken token) {
        return named(token.name())
                .filter(t -> t.created().equals(token.created()) && t.expires().isAfter(clock.instant()))
                .isPresent();
    }

    /** Those not revoked, also expired ones. */
    public List<ApiToken> list() {
        return store.list();
    }

    public boolean revoke(String name) {
        return store.revoke(name, clock.instant());
    }
}
