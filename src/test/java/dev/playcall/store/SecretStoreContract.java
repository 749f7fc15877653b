package dev.playcall.store;

import static dev.playcall.testing.Runs.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.security.secret.SecretInfo;
import dev.playcall.security.secret.SecretKind;
import dev.playcall.security.secret.SecretRef;
import dev.playcall.security.secret.SecretStore;
import dev.playcall.security.secret.SecretStore.Encrypted;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Closed secrets, on whatever database. */
abstract class SecretStoreContract extends StoreFixture {
    private static final SecretRef GLOBAL = SecretRef.global("token");
    private static final SecretRef OWN = SecretRef.of(new EnvironmentName("production"), "token");

    private SecretStore secrets() {
        return database().secrets();
    }

    private static Encrypted sealed(SecretRef ref, SecretKind kind, String text) {
        return new Encrypted(new SecretInfo(ref, kind, ALICE, T), text);
    }

    @Test
    void whatIsPutIsThereAfterARestartAndIsReplacedByItsName() {
        secrets().put(sealed(GLOBAL, SecretKind.TEXT, "one"));
        secrets().put(sealed(OWN, SecretKind.SSH_KEY, "two"));
        secrets().put(sealed(GLOBAL, SecretKind.VAULT_PASSWORD, "three"));
        try (var later = again()) {
            assertThat(later.secrets().all())
                    .containsExactly(
                            sealed(GLOBAL, SecretKind.VAULT_PASSWORD, "three"), sealed(OWN, SecretKind.SSH_KEY, "two"));
        }
        assertThat(secrets().remove(GLOBAL)).isTrue();
        assertThat(secrets().remove(GLOBAL)).isFalse();
        assertThat(secrets().all()).hasSize(1);
    }

    @Test
    void whatWasGivenOnceIsForgottenByNameOrByAge() {
        secrets().putOnce("a", "1", T);
        secrets().putOnce("b", "2", T);
        secrets().putOnce("c", "3", T.plusSeconds(60));
        secrets().putOnce("d", "4", T);
        secrets().removeOnce(Set.of("d", "unknown"));
        secrets().sweepOnce(Set.of("a"), T.plusSeconds(1));
        assertThat(secrets().once()).isEqualTo(Map.of("a", "1", "c", "3"));
    }

    @Test
    void everythingIsReplacedAtOnce() {
        secrets().put(sealed(GLOBAL, SecretKind.TEXT, "one"));
        secrets().putOnce("a", "1", T);
        secrets().replace(List.of(sealed(GLOBAL, SecretKind.TEXT, "anew")), Map.of("a", "9", "gone", "9"));
        assertThat(secrets().all()).containsExactly(sealed(GLOBAL, SecretKind.TEXT, "anew"));
        assertThat(secrets().once()).isEqualTo(Map.of("a", "9"));
    }
}
