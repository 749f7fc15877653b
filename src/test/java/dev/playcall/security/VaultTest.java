package dev.playcall.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.playcall.domain.EnvironmentName;
import dev.playcall.domain.Person;
import dev.playcall.domain.Value;
import dev.playcall.testing.HandClock;
import dev.playcall.testing.MemorySecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
    private static final EnvironmentName PRODUCTION = new EnvironmentName("production");
    private static final EnvironmentName STAGING = new EnvironmentName("staging");
    private static final Person ALICE = new Person("slack:U1");
    private static final String MASTER = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String OTHER =
            Base64.getEncoder().encodeToString("x".repeat(32).getBytes(java.nio.charset.StandardCharsets.UTF_8));

    @TempDir
    private Path folder;

    private final MemorySecrets store = new MemorySecrets();
    private Redactor redactor = new Redactor(List.of());
    private Vault vault;

    @BeforeEach
    void open() {
        vault = vault("");
    }

    private Path keys() {
        return folder.resolve("keys/secrets.json");
    }

    private Vault vault(String master) {
        redactor = new Redactor(List.of());
        var opened = new Vault(store, new Keyring(keys(), master), redactor, Clock.systemUTC());
        opened.open();
        return opened;
    }

    private void set(SecretRef ref, String value) {
        assertThat(vault.set(ref, SecretKind.TEXT, new SecretText(value), ALICE))
                .isEmpty();
    }

    private static Value.Secret named(String ref) {
        return new Value.Secret(ref, Value.Secret.Way.VARIABLE);
    }

    @Test
    void aSecretIsKeptClosedAndOpensAfterARestart() {
        set(SecretRef.of(PRODUCTION, "db_password"), "hunter2-hunter2");
        assertThat(store.all().toString()).doesNotContain("hunter2");
        assertThat(vault("").reveal(named("production/db_password")))
                .map(SecretText::reveal)
                .contains("hunter2-hunter2");
        assertThat(redactor.redact("hunter2-hunter2")).isEqualTo("[secret]");
        assertThat(vault.list()).singleElement().satisfies(i -> {
            assertThat(i.ref()).hasToString("production/db_password");
            assertThat(i.by()).isEqualTo(ALICE);
        });
    }

    @Test
    void itsOwnSecretOfAnEnvironmentGoesBeforeTheOneThatHoldsEverywhere() {
        set(SecretRef.global("token"), "everywhere");
        set(SecretRef.of(PRODUCTION, "token"), "production-only");
        assertThat(vault.find(PRODUCTION, "token")).hasToString("Optional[production/token]");
        assertThat(vault.find(STAGING, "token")).hasToString("Optional[global/token]");
        assertThat(vault.find(STAGING, "other")).isEmpty();
        assertThat(vault.find(STAGING, "../x")).isEmpty();
    }

    @Test
    void aRemovedSecretIsGone() {
        set(SecretRef.global("token"), "everywhere");
        assertThat(vault.remove(SecretRef.global("token"))).isTrue();
        assertThat(vault.remove(SecretRef.global("token"))).isFalse();
        assertThat(vault.reveal(named("global/token"))).isEmpty();
        assertThat(store.all()).isEmpty();
    }

    @Test
    void aClosedValueDoesNotOpenUnderAnotherName() {
        set(SecretRef.of(STAGING, "password"), "for-staging");
        var sealed = store.all().getFirst();
        var info = new SecretInfo(
                SecretRef.of(PRODUCTION, "password"),
                SecretKind.TEXT,
                ALICE,
                sealed.info().at());
        store.put(new SecretStore.Sealed(info, sealed.text()));
        var later = vault("");
        assertThat(later.reveal(named("staging/password"))).isPresent();
        assertThat(later.reveal(named("production/password"))).isEmpty();
        assertThat(later.find(PRODUCTION, "password")).isEmpty();
    }

    @Test
    void theKeysAreForTheGatewayAlone() throws IOException {
        set(SecretRef.global("token"), "everywhere");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys().getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void afterARotationTheOldKeysOpenNothing() throws IOException {
        set(SecretRef.global("token"), "everywhere");
        var given = vault.keep(new SecretText("given-once"));
        var before = Files.readString(keys());
        var sealed = store.all().getFirst().text();
        assertThat(vault.rotate()).isEqualTo(1);
        assertThat(store.all().getFirst().text()).isNotEqualTo(sealed);
        assertThat(vault("").reveal(named("global/token"))).isPresent();
        assertThat(vault("").reveal(given)).isPresent();
        Files.writeString(keys(), before);
        assertThat(vault("").reveal(named("global/token"))).isEmpty();
    }

    /** The gateway dies after the new key was kept and before anything was closed with it, or after some of it was. */
    @Test
    void aRotationThatWasInterruptedLosesNothing() throws IOException {
        set(SecretRef.global("token"), "everywhere");
        var before = store.all().getFirst();
        new Keyring(keys(), "").addKey();
        vault = vault("");
        assertThat(vault.reveal(named("global/token"))).isPresent();
        set(SecretRef.global("more"), "with the new key");
        vault.rotate();
        assertThat(store.all()).doesNotContain(before);
        assertThat(vault("").list()).hasSize(2);
    }

    @Test
    void aMasterKeyInTheEnvironmentClosesTheFile() throws IOException {
        set(SecretRef.global("token"), "everywhere");
        assertThat(vault(MASTER).reveal(named("global/token"))).isPresent();
        assertThat(Files.readString(keys())).contains("encryptedKeyset");
        assertThatThrownBy(() -> vault("")).hasMessageContaining(Keyring.MASTER);
        assertThatThrownBy(() -> vault(OTHER)).hasMessageContaining(Keyring.MASTER);
        assertThatThrownBy(() -> vault("short")).hasMessageContaining("openssl rand -base64 32");
    }

    @Test
    void aMasterKeyIsChangedByNamingTheNewOneFirst() {
        set(SecretRef.global("token"), "everywhere");
        vault(MASTER);
        assertThat(vault(OTHER + "," + MASTER).reveal(named("global/token"))).isPresent();
        assertThat(vault(OTHER).reveal(named("global/token"))).isPresent();
    }

    @Test
    void whatWasGivenForOneRunIsForgottenWithIt() {
        var given = vault.keep(new SecretText("given-once"));
        assertThat(vault.reveal(given)).map(SecretText::reveal).contains("given-once");
        assertThat(given.toString()).doesNotContain("given-once");
        assertThat(store.once().toString()).doesNotContain("given-once");
        vault.spent(Set.of(given, named("global/token")));
        assertThat(vault.reveal(given)).isEmpty();
        assertThat(store.once()).isEmpty();
    }

    @Test
    void whatNobodyClaimedIsSweptAndWhatIsInUseStays() {
        var clock = new HandClock(java.time.Instant.EPOCH);
        vault = new Vault(store, new Keyring(keys(), ""), redactor, clock);
        var used = vault.keep(new SecretText("used by a run"));
        var waits = vault.keep(new SecretText("waits for its form"));
        clock.go(java.time.Duration.ofHours(2));
        var fresh = vault.keep(new SecretText("just given"));
        vault.sweep(Set.of(used));
        assertThat(vault.reveal(used)).isPresent();
        assertThat(vault.reveal(fresh)).isPresent();
        assertThat(vault.reveal(waits)).isEmpty();
    }

    @Test
    void whatCannotBeKeptOutOfLogsOrUsedIsRefused() {
        assertThat(vault.set(SecretRef.global("a"), SecretKind.TEXT, new SecretText("abc "), ALICE))
                .hasValueSatisfying(r -> assertThat(r).contains("too short"));
        assertThat(vault.set(SecretRef.global("a"), SecretKind.TEXT, new SecretText("a\0bcd"), ALICE))
                .isPresent();
        assertThat(vault.set(SecretRef.global("a"), SecretKind.SSH_KEY, new SecretText("no key"), ALICE))
                .hasValueSatisfying(r -> assertThat(r).contains("no private key"));
        assertThat(vault.set(SecretRef.global("a"), SecretKind.VAULT_PASSWORD, new SecretText("two\nlines"), ALICE))
                .isPresent();
        assertThat(vault.list()).isEmpty();
    }

    @Test
    void aKeyWithAPassphraseIsRefusedAndOneWithoutIsTaken() throws Exception {
        var locked = key("locked", "a passphrase");
        var open = key("open", "");
        assertThat(vault.set(SecretRef.global("key"), SecretKind.SSH_KEY, new SecretText(locked), ALICE))
                .hasValueSatisfying(r -> assertThat(r).contains("passphrase"));
        assertThat(vault.set(SecretRef.global("key"), SecretKind.SSH_KEY, new SecretText(open), ALICE))
                .isEmpty();
        assertThat(vault.inForce(PRODUCTION, SecretKind.SSH_KEY))
                .extracting(Vault.Opened::name)
                .containsExactly("key");
        assertThat(vault.find(PRODUCTION, "key")).isEmpty();
    }

    private String key(String name, String passphrase) throws Exception {
        var file = folder.resolve(name);
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", file.toString())
                .start()
                .waitFor();
        return Files.readString(file);
    }
}
