package dev.playcall.command.access;

import dev.playcall.catalog.Catalogs;
import dev.playcall.command.Caller;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.command.SecretCommand;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import dev.playcall.security.secret.SecretKind;
import dev.playcall.security.secret.SecretRef;
import dev.playcall.security.secret.SecretService;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** What is done about the secrets that are kept. */
final class SecretCommandHandler implements FamilyHandler<SecretCommand> {
    private final Catalogs catalogs;
    private final Rights rights;
    private final SecretService secrets;
    private final BiFunction<SecretCommand.RotateKey, Caller, Reply> rotation;

    /** @param rotation starts the run that gives hosts another ssh key, for those who may */
    SecretCommandHandler(
            Catalogs catalogs,
            Rights rights,
            SecretService secrets,
            BiFunction<SecretCommand.RotateKey, Caller, Reply> rotation) {
        this.catalogs = catalogs;
        this.rights = rights;
        this.secrets = secrets;
        this.rotation = rotation;
    }

    @Override
    public Reply handle(SecretCommand command, Caller caller) {
        var refusal = rights.refusal(caller, Permission.SECRETS, target(command));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (isOfReceiver(command)) {
            return new Reply.Invalid(
                    "kind",
                    "a secret of a receiver is set and removed with the receiver; see Receivers and routes on the page",
                    Optional.empty());
        }
        return switch (command) {
            case SecretCommand.SetSecret set -> set(set, caller);
            case SecretCommand.RemoveSecret(var ref) -> remove(ref);
            case SecretCommand.RotateKey rotate -> rotation.apply(rotate, caller);
            case SecretCommand.RotateSecrets()
            when secrets.isShared() ->
                new Reply.Conflict(
                        "other gateways have the same keys; stop them, rotate without cluster.enabled, and copy"
                                + " data/keys to them");
            case SecretCommand.RotateSecrets() -> {
                int closed = secrets.rotate();
                yield new Reply.Done("encryption key rotated; " + closed + (closed == 1 ? " secret" : " secrets")
                        + " re-encrypted; the old key can no longer decrypt anything");
            }
        };
    }

    private boolean isOfReceiver(SecretCommand command) {
        return switch (command) {
            case SecretCommand.SetSecret(var ref, var kind, var _) -> kind == SecretKind.RECEIVER || isOfReceiver(ref);
            case SecretCommand.RemoveSecret(var ref) -> isOfReceiver(ref);
            case SecretCommand.RotateKey _, SecretCommand.RotateSecrets _ -> false;
        };
    }

    private boolean isOfReceiver(SecretRef ref) {
        return secrets.list().stream().anyMatch(i -> i.ref().equals(ref) && i.kind() == SecretKind.RECEIVER);
    }

    private static Target target(SecretCommand command) {
        return switch (command) {
            case SecretCommand.SetSecret(var ref, var _, var _) -> target(ref);
            case SecretCommand.RemoveSecret(var ref) -> target(ref);
            case SecretCommand.RotateKey(var ref, var _) -> target(ref);
            case SecretCommand.RotateSecrets() -> Target.EVERYTHING;
        };
    }

    /** One that holds everywhere is only for those whose rights are not limited to some environments. */
    static Target target(SecretRef ref) {
        return ref.environment().map(Target::of).orElse(Target.EVERYTHING);
    }

    private Reply set(SecretCommand.SetSecret command, Caller caller) {
        var unknown = command.ref()
                .environment()
                .filter(e -> catalogs.current().environment(e).isEmpty());
        if (unknown.isPresent()) {
            return noEnvironment(unknown.get());
        }
        if (command.kind() == SecretKind.GIT_KEY && command.ref().environment().isPresent()) {
            return new Reply.Invalid(
                    "environment",
                    "a git_key is for the gateway itself, which fetches for all environments: leave the environment"
                            + " out",
                    Optional.empty());
        }
        var wrongHost = ofNoHost(command.ref(), command.kind());
        if (wrongHost.isPresent()) {
            return wrongHost.get();
        }
        return secrets.set(command.ref(), command.kind(), command.value(), caller.person())
                .<Reply>map(why -> new Reply.Invalid("value", "the value " + why, Optional.empty()))
                .orElseGet(() -> new Reply.Done("the secret " + command.ref() + " ("
                        + command.kind().word() + ") is stored; it is never shown again"));
    }

    /** A password that is called almost like one of a single host would be one of all hosts. */
    private Optional<Reply> ofNoHost(SecretRef ref, SecretKind kind) {
        if (kind != SecretKind.BECOME_PASSWORD && kind != SecretKind.SSH_PASSWORD) {
            return Optional.empty();
        }
        var hosts = catalogs.current().environments().values().stream()
                .filter(e -> ref.appliesTo(e.name()))
                .flatMap(e -> e.hosts().stream())
                .collect(Collectors.toSet());
        return SecretRef.hostsOf(ref.name()).stream().anyMatch(hosts::contains)
                ? Optional.empty()
                : hosts.stream()
                        .filter(h -> ref.name().startsWith(h + "."))
                        .max(Comparator.comparingInt(String::length))
                        .map(h -> new Reply.Invalid(
                                "name",
                                ref.name() + " is the name of no password of " + h + ": it is called " + h + " or " + h
                                        + ".become",
                                Optional.of("secret set " + h + ".become")));
    }

    private Reply noEnvironment(EnvironmentName name) {
        var known = catalogs.current().environments().keySet().stream()
                .map(EnvironmentName::value)
                .toList();
        return new Reply.Invalid(
                "environment",
                "there is no environment " + name,
                Suggestion.of(name.value(), known).map(n -> "did you mean " + n + "?"));
    }

    private Reply remove(SecretRef ref) {
        if (secrets.remove(ref)) {
            return new Reply.Done("the secret " + ref + " is removed");
        }
        var known = secrets.list().stream().map(i -> i.ref().toString()).toList();
        return new Reply.NotFound("there is no secret " + ref
                + Suggestion.of(ref.toString(), known)
                        .map(n -> "; did you mean " + n + "?")
                        .orElse(""));
    }
}
