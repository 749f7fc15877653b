package dev.playcall.command.access;

import dev.playcall.command.Caller;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.security.access.Permission;
import dev.playcall.security.secret.SecretInfo;
import dev.playcall.security.secret.SecretRef;
import dev.playcall.security.secret.SecretService;
import java.util.List;
import java.util.Optional;

/** The secrets, and which of them one may know of; never a value. */
public final class StoredSecrets {
    private final Rights rights;
    private final SecretService secrets;

    public StoredSecrets(Rights rights, SecretService secrets) {
        this.rights = rights;
        this.secrets = secrets;
    }

    /** Why this person may not set or remove this secret. */
    public Optional<Reply.Denied> refusal(Caller caller, SecretRef ref) {
        return rights.refusal(caller, Permission.SECRETS, SecretCommandHandler.target(ref));
    }

    /** Whether this person may set secrets that hold there: in an environment, or everywhere. */
    public boolean mayHandle(Caller caller, String scope) {
        return SecretRef.parse(scope + "/any")
                .filter(r -> refusal(caller, r).isEmpty())
                .isPresent();
    }

    /** Those this person may handle. */
    public List<SecretInfo> of(Caller caller) {
        return secrets.list().stream()
                .filter(i -> refusal(caller, i.ref()).isEmpty())
                .toList();
    }
}
