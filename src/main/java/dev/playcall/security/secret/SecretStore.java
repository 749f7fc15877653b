package dev.playcall.security.secret;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps sealed secrets. What it is given is closed already; it never sees a value. */
public interface SecretStore {

    /** A secret as it is kept. */
    record Encrypted(SecretInfo info, String text) {}

    List<Encrypted> all();

    /** Takes the place of the one with the same name. */
    void put(Encrypted secret);

    boolean remove(SecretRef ref);

    /** Values that were given for one run, by id. */
    Map<String, String> once();

    void putOnce(String id, String encrypted, Instant at);

    void removeOnce(Set<String> ids);

    /** Forgets what was given before this time and is not in use. */
    void sweepOnce(Set<String> inUse, Instant before);

    /** All of it anew, in one transaction. */
    void replace(List<Encrypted> named, Map<String, String> once);
}
