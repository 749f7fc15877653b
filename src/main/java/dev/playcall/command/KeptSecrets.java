package dev.playcall.command;

import dev.playcall.security.Permission;
import dev.playcall.security.SecretInfo;
import dev.playcall.security.SecretRef;
import dev.playcall.security.Vault;
import java.util.List;

/** The secrets, and which of them one may know of; never a value. */
public final class KeptSecrets {
    private final Rights rights;
    private final Vault vault;

    public KeptSecrets(Rights rights, Vault vault) {
        this.rights = rights;
        this.vault = vault;
    }

    /** Whether this person may set secrets that hold there: in an environment, or everywhere. */
    public boolean mayHandle(Caller caller, String scope) {
        return SecretRef.parse(scope + "/any")
                .filter(r -> rights.refusal(caller, Permission.SECRETS, SecretDesk.target(r))
                        .isEmpty())
                .isPresent();
    }

    /** Those this person may handle. */
    public List<SecretInfo> of(Caller caller) {
        return vault.list().stream()
                .filter(i -> rights.refusal(caller, Permission.SECRETS, SecretDesk.target(i.ref()))
                        .isEmpty())
                .toList();
    }
}
