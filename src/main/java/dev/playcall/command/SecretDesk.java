package dev.playcall.command;

import dev.playcall.catalog.Catalog;
import dev.playcall.domain.EnvironmentName;
import dev.playcall.domain.Nearest;
import dev.playcall.security.Permission;
import dev.playcall.security.SecretKind;
import dev.playcall.security.SecretRef;
import dev.playcall.security.Target;
import dev.playcall.security.Vault;
import java.util.Optional;

/** What is done about the secrets that are kept. */
final class SecretDesk {
    private final Catalog catalog;
    private final Rights rights;
    private final Vault vault;

    SecretDesk(Catalog catalog, Rights rights, Vault vault) {
        this.catalog = catalog;
        this.rights = rights;
        this.vault = vault;
    }

    Reply handle(Command.OnSecrets wish, Caller caller) {
        var refusal = rights.refusal(caller, Permission.SECRETS, target(wish));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return switch (wish) {
            case Command.SetSecret set -> set(set, caller);
            case Command.RemoveSecret(var ref) -> remove(ref);
            case Command.RotateSecrets() -> {
                int closed = vault.rotate();
                yield new Reply.Done("there is a new key; " + closed + (closed == 1 ? " secret is" : " secrets are")
                        + " closed with it, and the old one opens nothing any more");
            }
        };
    }

    private static Target target(Command.OnSecrets wish) {
        return switch (wish) {
            case Command.SetSecret(var ref, var _, var _) -> target(ref);
            case Command.RemoveSecret(var ref) -> target(ref);
            case Command.RotateSecrets() -> Target.EVERYTHING;
        };
    }

    /** One that holds everywhere is only for those whose rights are not limited to some environments. */
    static Target target(SecretRef ref) {
        return ref.environment().map(Target::of).orElse(Target.EVERYTHING);
    }

    private Reply set(Command.SetSecret wish, Caller caller) {
        var unknown =
                wish.ref().environment().filter(e -> catalog.environment(e).isEmpty());
        if (unknown.isPresent()) {
            return noEnvironment(unknown.get());
        }
        if (wish.kind() == SecretKind.GIT_KEY && wish.ref().environment().isPresent()) {
            return new Reply.Invalid(
                    "environment",
                    "a git_key is for the gateway itself, which fetches for all environments: leave the environment out",
                    Optional.empty());
        }
        return vault.set(wish.ref(), wish.kind(), wish.value(), caller.person())
                .<Reply>map(why -> new Reply.Invalid("value", "the value " + why, Optional.empty()))
                .orElseGet(() -> new Reply.Done("the secret " + wish.ref() + " ("
                        + wish.kind().word() + ") is kept; nobody will see it again"));
    }

    private Reply noEnvironment(EnvironmentName name) {
        var known = catalog.environments().keySet().stream()
                .map(EnvironmentName::value)
                .toList();
        return new Reply.Invalid(
                "environment",
                "there is no environment " + name,
                Nearest.of(name.value(), known).map(n -> "did you mean " + n + "?"));
    }

    private Reply remove(SecretRef ref) {
        if (vault.remove(ref)) {
            return new Reply.Done("the secret " + ref + " is removed");
        }
        var known = vault.list().stream().map(i -> i.ref().toString()).toList();
        return new Reply.NotFound("there is no secret " + ref
                + Nearest.of(ref.toString(), known)
                        .map(n -> "; did you mean " + n + "?")
                        .orElse(""));
    }
}
