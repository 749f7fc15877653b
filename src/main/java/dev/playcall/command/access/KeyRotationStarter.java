package dev.playcall.command.access;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.selection.HostPattern;
import dev.playcall.command.Caller;
import dev.playcall.command.Reply;
import dev.playcall.command.SecretCommand;
import dev.playcall.content.ContentException;
import dev.playcall.content.SshKeygen;
import dev.playcall.domain.KeyRotation;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.ansible.AnsibleOptions;
import dev.playcall.security.secret.SecretInfo;
import dev.playcall.security.secret.SecretKind;
import dev.playcall.security.secret.SecretRef;
import dev.playcall.security.secret.SecretService;
import dev.playcall.security.secret.SecretText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Makes a new ssh key, keeps it beside the present one and starts the run that gives it to the hosts. Whatever ends that
 * run early, a key that the hosts let in is kept; {@link KeyRotationKeeper} sees to the end.
 */
final class KeyRotationStarter implements BiFunction<SecretCommand.RotateKey, Caller, Reply> {
    private final Catalogs catalogs;
    private final SecretService secrets;
    private final SshKeygen keygen;
    private final BiFunction<RunRequest, Caller, Reply> starts;

    KeyRotationStarter(
            Catalogs catalogs, SecretService secrets, SshKeygen keygen, BiFunction<RunRequest, Caller, Reply> starts) {
        this.catalogs = catalogs;
        this.secrets = secrets;
        this.keygen = keygen;
        this.starts = starts;
    }

    @Override
    public synchronized Reply apply(SecretCommand.RotateKey command, Caller caller) {
        var ref = command.ref();
        if (secrets.sshKey(ref).isEmpty()) {
            return noKey(ref);
        }
        var environments = environments(ref);
        if (environments.size() != 1) {
            return new Reply.Invalid(
                    "environment",
                    environments.isEmpty()
                            ? "no environment uses the key " + ref
                            : "the key " + ref + " is used in " + environments.size()
                                    + " environments, and a key is rotated in one: set it for each of them",
                    Optional.of("secret set " + ref.name() + " " + environmentName(environments) + " --kind ssh_key"));
        }
        var environment = environments.getFirst();
        if (command.limit().isBlank()) {
            return start(ref, environment, "", List.of(), caller);
        }
        return switch (HostPattern.resolve(environment, command.limit(), catalogs.facts())) {
            case HostPattern.Invalid invalid -> new Reply.Invalid("limit", invalid.message(), invalid.remedy());
            case HostPattern.Hosts(var hosts) ->
                start(ref, environment, command.limit().strip(), hosts, caller);
        };
    }

    private Reply noKey(SecretRef ref) {
        return secrets.list().stream()
                .filter(s -> s.ref().equals(ref))
                .findFirst()
                .<Reply>map(s -> new Reply.Invalid(
                        "name",
                        ref + " is of kind " + s.kind().word() + "; only an ssh_key can be rotated",
                        Optional.empty()))
                .orElseGet(
                        () -> new Reply.NotFound("there is no ssh key " + ref + "; secret list shows what there is"));
    }

    private static String environmentName(List<Environment> environments) {
        return environments.isEmpty() ? "ENV" : environments.getFirst().name().value();
    }

    /** Those in which runs log in with it. */
    private List<Environment> environments(SecretRef ref) {
        var own = secrets.list().stream().map(SecretInfo::ref).toList();
        return catalogs.current().environments().values().stream()
                .filter(e -> ref.appliesTo(e.name()))
                .filter(e -> ref.environment().isPresent() || !own.contains(SecretRef.of(e.name(), ref.name())))
                .toList();
    }

    private Reply start(SecretRef ref, Environment environment, String limit, List<String> hosts, Caller caller) {
        var next = new SecretRef(
                ref.environment(),
                ref.name() + ".new-" + UUID.randomUUID().toString().substring(0, 8));
        try {
            var leftovers = leftovers(ref);
            var present = new ArrayList<String>();
            for (var key : leftovers.stream().map(SecretInfo::ref).toList()) {
                present.add(keygen.publicKey(secrets.sshKey(key).orElseThrow().reveal()));
            }
            present.addFirst(keygen.publicKey(secrets.sshKey(ref).orElseThrow().reveal()));
            var pair = keygen.create("playcall " + ref);
            var rotation = new KeyRotation(
                    ref.toString(),
                    next.name(),
                    pair.publicKey(),
                    present,
                    leftovers.stream().map(i -> i.ref().name()).toList());
            secrets.set(next, SecretKind.SSH_KEY, new SecretText(pair.privateKey()), caller.person());
            return started(request(rotation, environment, limit, hosts), next, caller);
        } catch (ContentException e) {
            return new Reply.Unavailable("the key " + ref + " cannot be rotated: " + e.why());
        } catch (IOException e) {
            return new Reply.Unavailable("the key " + ref + " cannot be rotated: " + e.getMessage());
        }
    }

    private Reply started(RunRequest request, SecretRef next, Caller caller) {
        var reply = starts.apply(request, caller);
        if (!(reply instanceof Reply.Accepted)) {
            secrets.remove(next);
        }
        return reply;
    }

    /** New keys of rotations that were cut short: hosts may have them. */
    private List<SecretInfo> leftovers(SecretRef ref) {
        return secrets.list().stream()
                .filter(i -> i.kind() == SecretKind.SSH_KEY)
                .filter(i -> i.ref().environment().equals(ref.environment()))
                .filter(i -> i.ref().name().matches("\\Q" + ref.name() + "\\E\\.new-[0-9a-f]{8}"))
                .toList();
    }

    private static RunRequest request(KeyRotation rotation, Environment environment, String limit, List<String> hosts) {
        int servers = hosts.isEmpty() ? environment.hosts().size() : hosts.size();
        return new RunRequest(
                KeyRotation.OPERATION,
                environment.name(),
                Optional.empty(),
                KeyRotation.OPERATION + "/" + environment.name(),
                limit,
                hosts,
                List.of(),
                false,
                false,
                rotation.variables(),
                0,
                KeyRotation.timeout(servers),
                "rotate key " + rotation.secret(),
                "",
                Optional.empty(),
                servers,
                AnsibleOptions.NONE,
                Optional.empty());
    }
}
