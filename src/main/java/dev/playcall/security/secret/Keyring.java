package dev.playcall.security.secret;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.config.TinkConfig2026;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The keys that close secrets: a set in a file, whose first key closes and all of which open. Where the environment
 * holds a master key the file itself is closed with it, so that a stolen data folder opens nothing.
 */
public final class Keyring {
    /** 32 bytes in Base64; with commas between them several, of which the first closes. */
    public static final String MASTER = "PLAYCALL_SECRETS_KEY";

    private static final Configuration CONFIG = TinkConfig2026.get();
    private static final byte[] FILE = "playcall keyset".getBytes(StandardCharsets.UTF_8);

    private final KeyFile file;
    private final List<String> masters;
    private Optional<KeysetHandle> keys = Optional.empty();

    /** @param masters value of {@link #MASTER}, empty for none */
    public Keyring(Path file, String masters) {
        this.file = new KeyFile(file);
        this.masters = Arrays.stream(masters.split(",", -1))
                .map(String::strip)
                .filter(m -> !m.isEmpty())
                .toList();
    }

    /** Another key file in the same folder. */
    KeyFile beside(String name) {
        return new KeyFile(file.path().resolveSibling(name));
    }

    /** Closes a text; it opens only with the same {@code about}. */
    synchronized String encrypt(String text, String about) {
        return guarded(() -> {
            var encrypted = aead(keys()).encrypt(text.getBytes(StandardCharsets.UTF_8), about(about));
            return Base64.getEncoder().encodeToString(encrypted);
        });
    }

    /** Opens what was closed; empty when it is damaged, was moved, or belongs to other keys. */
    synchronized Optional<String> decrypt(String encrypted, String about) {
        var all = guarded(this::keys);
        try {
            var text = aead(all).decrypt(Base64.getDecoder().decode(encrypted), about(about));
            return Optional.of(new String(text, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** From now on a new key closes; the old ones still open. */
    synchronized void addKey() {
        guarded(() -> {
            var builder = KeysetHandle.newBuilder(keys()).setConfiguration(CONFIG);
            builder.addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                    .withRandomId()
                    .makePrimary());
            return keep(builder.build());
        });
    }

    /** Forgets every key but the newest: what they closed can never be opened again. */
    synchronized void dropOldKeys() {
        guarded(() -> {
            var builder = KeysetHandle.newBuilder(keys()).setConfiguration(CONFIG);
            for (int i = builder.size() - 1; i >= 0; i--) {
                if (!builder.getAt(i).isPrimary()) {
                    builder.deleteAt(i);
                }
            }
            return keep(builder.build());
        });
    }

    private KeysetHandle keys() throws GeneralSecurityException {
        if (keys.isEmpty()) {
            var written = file.read();
            keys = Optional.of(
                    written.isPresent()
                            ? load(written.get())
                            : keep(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, CONFIG)));
        }
        return keys.get();
    }

    /** A file that was not closed with the first master key is written anew: so a master is set, or changed. */
    private KeysetHandle load(String text) throws GeneralSecurityException {
        boolean closed = text.contains("encryptedKeyset");
        if (!closed) {
            var plain = TinkJsonProtoKeysetFormat.parseKeyset(text, CONFIG, InsecureSecretKeyAccess.get());
            return masters.isEmpty() ? plain : keep(plain);
        }
        for (int i = 0; i < masters.size(); i++) {
            var opened = opened(text, master(i));
            if (opened.isPresent()) {
                return i == 0 ? opened.get() : keep(opened.get());
            }
        }
        throw new GeneralSecurityException("no key in " + MASTER + " opens " + file.path());
    }

    private static Optional<KeysetHandle> opened(String text, Aead master) {
        try {
            return Optional.of(TinkJsonProtoKeysetFormat.parseEncryptedKeyset(text, master, FILE, CONFIG));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private KeysetHandle keep(KeysetHandle handle) throws GeneralSecurityException {
        file.write(
                masters.isEmpty()
                        ? TinkJsonProtoKeysetFormat.serializeKeyset(handle, CONFIG, InsecureSecretKeyAccess.get())
                        : TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(handle, master(0), FILE, CONFIG));
        keys = Optional.of(handle);
        return handle;
    }

    @AccessesPartialKey
    private Aead master(int index) throws GeneralSecurityException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(masters.get(index));
        } catch (IllegalArgumentException e) {
            bytes = new byte[0];
        }
        if (bytes.length != 32) {
            throw new GeneralSecurityException(MASTER + " is not 32 bytes in Base64 (try: openssl rand -base64 32)");
        }
        var parameters = AesGcmParameters.builder()
                .setKeySizeBytes(32)
                .setIvSizeBytes(12)
                .setTagSizeBytes(16)
                .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                .build();
        var key = AesGcmKey.builder()
                .setParameters(parameters)
                .setKeyBytes(SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()))
                .build();
        var entry = KeysetHandle.importKey(key).withRandomId().makePrimary();
        return aead(KeysetHandle.newBuilder()
                .setConfiguration(CONFIG)
                .addEntry(entry)
                .build());
    }

    private static Aead aead(KeysetHandle handle) throws GeneralSecurityException {
        return handle.getPrimitive(CONFIG, Aead.class);
    }

    private static byte[] about(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private interface Work<T> {
        T run() throws GeneralSecurityException;
    }

    private <T> T guarded(Work<T> work) {
        try {
            return work.run();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the keys of the secrets in " + file.path() + " cannot be used: " + e.getMessage(), e);
        }
    }
}
