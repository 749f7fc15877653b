package dev.playcall.security.identity;

import dev.playcall.domain.name.Person;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps tokens by the hash of their secret. */
public interface TokenStore {
    /** False when a token of this name is in use. */
    boolean add(ApiToken token, String hash);

    /** A token that was not revoked. */
    Optional<ApiToken> find(String hash);

    /** Those not revoked, by name. */
    List<ApiToken> list();

    /** Whoever made a token of this name, revoked or not. */
    List<Person> owners(String name);

    boolean revoke(String name, Instant at);

    void used(String name, Instant at);
}
