package dev.playcall.security.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.playcall.domain.Value;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Person;
import dev.playcall.testing.ManualClock;
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
    private SecretService secrets;

    @BeforeEach
    void open() {
        secrets = vault("");
    }

    private Path keys() {
        return folder.resolve("keys/secrets.json");
    }

    private SecretService vault(String master) {
        redactor = new Redactor(List.of());
        var opened = new SecretService(store, new Keyring(keys(), master), redactor, Clock.systemUTC());
        opened.open();
        return opened;
    }

    private void set(SecretRef ref, String value) {
        assertThat(secrets.set(ref, SecretKind.TEXT, new SecretText(value), ALICE))
                .isEmpty();
    }

    private static Value.Secret named(String ref) {
        return new Value.Secret(ref, Value.Secret.Usage.VARIABLE);
    }

    @Test
    void aSecretIsKeptClosedAndOpensAfterARestart() {
        set(SecretRef.of(PRODUCTION, "db_password"), "hunter2-hunter2");
        assertThat(store.all().toString()).doesNotContain("hunter2");
        assertThat(vault("").reveal(named("production/db_password")))
                .map(SecretText::reveal)
                .contains("hunter2-hunter2");
        assertThat(redactor.redact("hunter2-hunter2")).isEqualTo("[secret]");
        assertThat(secrets.list()).singleElement().satisfies(i -> {
            assertThat(i.ref()).hasToString("production/db_password");
            assertThat(i.by()).isEqualTo(ALICE);
        });
    }

    @Test
    void itsOwnSecretOfAnEnvironmentGoesBeforeTheOneThatHoldsEverywhere() {
        set(SecretRef.global("token"), "everywhere");
        set(SecretRef.of(PRODUCTION, "token"), "production-only");
        assertThat(secrets.find(PRODUCTION, "token")).hasToString("Optional[production/token]");
        assertThat(secrets.find(STAGING, "token")).hasToString("Optional[global/token]");
        assertThat(secrets.find(STAGING, "other")).isEmpty();
        assertThat(secrets.find(STAGING, "../x")).isEmpty();
    }

    @Test
    void aRemovedSecretIsGone() {
        set(SecretRef.global("token"), "everywhere");
        assertThat(secrets.remove(SecretRef.global("token"))).isTrue();
        assertThat(secrets.remove(SecretRef.global("token"))).isFalse();
        assertThat(secrets.reveal(named("global/token"))).isEmpty();
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
        store.put(new SecretStore.Encrypted(info, sealed.text()));
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
        var given = secrets.keep(new SecretText("given-once"));
        var before = Files.readString(keys());
        var sealed = store.all().getFirst().text();
        assertThat(secrets.rotate()).isEqualTo(1);
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
        secrets = vault("");
        assertThat(secrets.reveal(named("global/token"))).isPresent();
        set(SecretRef.global("more"), "with the new key");
        secrets.rotate();
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
        var given = secrets.keep(new SecretText("given-once"));
        assertThat(secrets.reveal(given)).map(SecretText::reveal).contains("given-once");
        assertThat(given.toString()).doesNotContain("given-once");
        assertThat(store.once().toString()).doesNotContain("given-once");
        secrets.forgetOneTime(Set.of(given, named("global/token")));
        assertThat(secrets.reveal(given)).isEmpty();
        assertThat(store.once()).isEmpty();
    }

    @Test
    void whatNobodyClaimedIsSweptAndWhatIsInUseStays() {
        var clock = new ManualClock(java.time.Instant.EPOCH);
        secrets = new SecretService(store, new Keyring(keys(), ""), redactor, clock);
        var used = secrets.keep(new SecretText("used by a run"));
        var waits = secrets.keep(new SecretText("waits for its form"));
        clock.go(java.time.Duration.ofHours(2));
        var fresh = secrets.keep(new SecretText("just given"));
        secrets.sweep(Set.of(used));
        assertThat(secrets.reveal(used)).isPresent();
        assertThat(secrets.reveal(fresh)).isPresent();
        assertThat(secrets.reveal(waits)).isEmpty();
    }

    @Test
    void whatCannotBeKeptOutOfLogsOrUsedIsRefused() {
        assertThat(secrets.set(SecretRef.global("a"), SecretKind.TEXT, new SecretText("abc "), ALICE))
                .hasValueSatisfying(r -> assertThat(r).contains("too short"));
        assertThat(secrets.set(SecretRef.global("a"), SecretKind.TEXT, new SecretText("a\0bcd"), ALICE))
                .isPresent();
        assertThat(secrets.set(SecretRef.global("a"), SecretKind.SSH_KEY, new SecretText("no key"), ALICE))
                .hasValueSatisfying(r -> assertThat(r).contains("not a private key"));
        assertThat(secrets.set(SecretRef.global("a"), SecretKind.VAULT_PASSWORD, new SecretText("two\nlines"), ALICE))
                .isPresent();
        assertThat(secrets.list()).isEmpty();
    }

    @Test
    void aKeyWithAPassphraseIsRefusedAndOneWithoutIsTaken() throws Exception {
        var locked = key("locked", "a passphrase");
        var open = key("open", "");
        assertThat(secrets.set(SecretRef.global("key"), SecretKind.SSH_KEY, new SecretText(locked), ALICE))
                .hasValueSatisfying(r -> assertThat(r).contains("passphrase"));
        assertThat(secrets.set(SecretRef.global("key"), SecretKind.SSH_KEY, new SecretText(open), ALICE))
                .isEmpty();
        assertThat(secrets.inForce(PRODUCTION, SecretKind.SSH_KEY))
                .extracting(SecretService.Opened::name)
                .containsExactly("key");
        assertThat(secrets.find(PRODUCTION, "key")).isEmpty();
    }

    private String key(String name, String passphrase) throws Exception {
        var file = folder.resolve(name);
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", file.toString())
                .start()
                .waitFor();
        return Files.readString(file);
    }
}
