package dev.playcall.testing;

import dev.playcall.security.secret.Keyring;
import dev.playcall.security.secret.Redactor;
import dev.playcall.security.secret.SecretRef;
import dev.playcall.security.secret.SecretService;
import dev.playcall.security.secret.SecretStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sealed secrets in memory. */
public final class MemorySecrets implements SecretStore {
    private final List<Encrypted> named = new ArrayList<>();
    private final Map<String, String> once = new HashMap<>();
    private final Map<String, Instant> given = new HashMap<>();

    /** A vault without secrets, for a test that needs none; setting one would write its keys below {@code target}. */
    public static SecretService emptyVault() {
        return vault(new MemorySecrets(), Path.of("target", "test-keys", "unused.json"), new Redactor(List.of()));
    }

    public static SecretService vault(SecretStore store, Path keys, Redactor redactor) {
        var secrets = new SecretService(store, new Keyring(keys, ""), redactor, Clock.systemUTC());
        secrets.open();
        return secrets;
    }

    @Override
    public List<Encrypted> all() {
        return List.copyOf(named);
    }

    @Override
    public void put(Encrypted secret) {
        remove(secret.info().ref());
        named.add(secret);
    }

    @Override
    public boolean remove(SecretRef ref) {
        return named.removeIf(s -> s.info().ref().equals(ref));
    }

    @Override
    public Map<String, String> once() {
        return Map.copyOf(once);
    }

    @Override
    public void putOnce(String id, String sealed, Instant at) {
        once.put(id, sealed);
        given.put(id, at);
    }

    @Override
    public void removeOnce(Set<String> ids) {
        once.keySet().removeAll(ids);
    }

    @Override
    public void sweepOnce(Set<String> inUse, Instant before) {
        once.keySet()
                .removeIf(id ->
                        !inUse.contains(id) && given.getOrDefault(id, before).isBefore(before));
    }

    @Override
    public void replace(List<Encrypted> again, Map<String, String> onceAgain) {
        again.forEach(this::put);
        once.putAll(onceAgain);
    }
}
