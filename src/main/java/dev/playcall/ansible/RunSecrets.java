package dev.playcall.ansible;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.catalog.ansiblecfg.AnsibleCfg;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.Value;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.runner.Launcher.CannotLaunchException;
import dev.playcall.runner.directory.PrivateFiles;
import dev.playcall.security.secret.SecretKind;
import dev.playcall.security.secret.SecretRef;
import dev.playcall.security.secret.SecretService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The secrets of one run as files nobody else may read, all in one folder that is gone after the run: passwords of
 * ansible-vault, private keys, and what goes into the environment.
 */
final class RunSecrets {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What Ansible has by default; whoever sets these arguments has to say it all. */
    private static final String SSH_ARGUMENTS = "-C -o ControlMaster=auto -o ControlPersist=60s";

    private static final Map<SecretKind, String> HOST_VARIABLES =
            Map.of(SecretKind.BECOME_PASSWORD, "ansible_become_password", SecretKind.SSH_PASSWORD, "ansible_password");

    private static final Pattern OTHER_KEYS =
            Pattern.compile("\\s*(IdentityFile|IdentityAgent|CertificateFile)\\b", Pattern.CASE_INSENSITIVE);

    private final SecretService secrets;
    private final Optional<Path> knownHosts;
    private final AnsibleCfg config;
    private final RunRequest request;
    private final Set<String> hosts;
    private final Path folder;
    private final Map<String, Path> keys = new HashMap<>();

    /**
     * @param origin the environment, whose folder may have {@code known_hosts}
     * @param config of the repository: what it names counts beside what is kept here
     */
    RunSecrets(SecretService secrets, RunInventory.Origin origin, AnsibleCfg config, RunRequest request, Path below) {
        this.config = config;
        this.secrets = secrets;
        this.knownHosts = Optional.of(origin.folder().resolve("known_hosts")).filter(Files::isRegularFile);
        this.request = request;
        this.hosts = origin.hosts();
        this.folder = below.resolve("secrets");
    }

    Path folder() {
        return folder;
    }

    /** Opens a secret of the request. */
    String open(String variable, Value.Secret secret) throws CannotLaunchException {
        return secrets.reveal(secret)
                .orElseThrow(() -> new CannotLaunchException("the secret for " + variable + " no longer exists"))
                .reveal();
    }

    /** Environment variables that say where the files are; they hold no secret themselves. */
    Map<String, String> write() throws IOException, CannotLaunchException {
        Files.createDirectory(folder);
        var environment = new LinkedHashMap<String, String>();
        var passwords = passwords();
        if (!passwords.isEmpty()) {
            config.setting("defaults", "vault_identity_list").ifPresent(passwords::add);
            environment.put("ANSIBLE_VAULT_IDENTITY_LIST", String.join(",", passwords));
        }
        password(SecretKind.BECOME_PASSWORD)
                .ifPresent(file -> environment.put("ANSIBLE_BECOME_PASSWORD_FILE", file.toString()));
        password(SecretKind.SSH_PASSWORD)
                .ifPresent(file -> environment.put("ANSIBLE_CONNECTION_PASSWORD_FILE", file.toString()));
        var ssh = ssh();
        if (!ssh.isEmpty()) {
            var file = folder.resolve("ssh_config");
            keep(file, String.join("\n", ssh) + "\n");
            environment.put(
                    "ANSIBLE_SSH_ARGS",
                    "-F '" + file + "' "
                            + config.setting("ssh_connection", "ssh_args").orElse(SSH_ARGUMENTS));
        }
        if (knownHosts.isPresent()) {
            // Who pins the keys of an environment wants them checked, whatever holds elsewhere.
            environment.put("ANSIBLE_HOST_KEY_CHECKING", "True");
        }
        return environment;
    }

    /** Where the private key of this name stands, once they are written. */
    Path key(String host, String name) throws CannotLaunchException {
        var file = keys.get(name);
        if (file == null) {
            throw new CannotLaunchException("the private key " + name + ", with which " + host
                    + " is registered, is not kept any more: secret set " + name + " " + environment()
                    + " --kind ssh_key, or host change " + environment() + " " + host + " key=…");
        }
        return file;
    }

    /** The host that a password is for: it is called {@code web-1} or, where a host has two, {@code web-1.become}. */
    private Optional<String> host(SecretService.Opened password) {
        return SecretRef.hostsOf(password.name()).stream()
                .filter(hosts::contains)
                .findFirst();
    }

    /** The passwords of single hosts, as a file of the inventory; empty when there is none. */
    Optional<Path> hostPasswords() throws IOException {
        var all = new TreeMap<String, Map<String, String>>();
        HOST_VARIABLES.forEach((kind, variable) -> secrets.inForce(environment(), kind).stream()
                .forEach(s -> host(s).ifPresent(h -> all.computeIfAbsent(h, _ -> new TreeMap<>())
                        .put(variable, s.value().reveal().strip()))));
        return all.isEmpty() ? Optional.empty() : Optional.of(RegisteredFile.variables(all, folder));
    }

    /**
     * Ansible takes one for all hosts; that of the environment comes before one that holds everywhere. Those of single hosts
     * are not among them.
     */
    private Optional<Path> password(SecretKind kind) throws IOException, CannotLaunchException {
        var found = secrets.inForce(environment(), kind).stream()
                .filter(s -> host(s).isEmpty())
                .toList();
        if (found.size() > 1) {
            throw new CannotLaunchException("there are several secrets of kind " + kind.word() + " for "
                    + environment() + " ("
                    + found.stream().map(SecretService.Opened::name).collect(Collectors.joining(", "))
                    + "): give them one name, or remove all but one");
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var file = folder.resolve(kind.word());
        keep(file, found.getFirst().value().reveal().strip() + "\n");
        return Optional.of(file);
    }

    /** The key that hosts get in this run. */
    Path newKey(String name) throws CannotLaunchException {
        return Optional.ofNullable(keys.get(name))
                .orElseThrow(() -> new CannotLaunchException("the new key " + name + " is not kept any more"));
    }

    /** A configuration of ssh with which it can use no other key, whatever its user has configured. */
    Path configOfOnly(Path key) throws IOException {
        var lines = new ArrayList<>(List.of(
                "IdentityFile " + quoted(key),
                "IdentitiesOnly yes",
                "IdentityAgent none",
                "PasswordAuthentication no"));
        lines.addAll(hostKeys());
        for (var file :
                List.of(Path.of(System.getProperty("user.home"), ".ssh/config"), Path.of("/etc/ssh/ssh_config"))) {
            if (Files.isReadable(file)) {
                Files.readAllLines(file).stream()
                        .filter(l -> !OTHER_KEYS.matcher(l).lookingAt())
                        .forEach(lines::add);
                lines.add("Match all");
            }
        }
        var config = folder.resolve("ssh_config.new");
        keep(config, String.join("\n", lines) + "\n");
        return config;
    }

    private List<String> passwords() throws IOException {
        var ids = new ArrayList<String>();
        for (var password : secrets.inForce(environment(), SecretKind.VAULT_PASSWORD)) {
            var file = folder.resolve("vault-" + ids.size());
            keep(file, password.value().reveal().strip() + "\n");
            ids.add(password.name() + "@" + file);
        }
        return ids;
    }

    private List<String> ssh() throws IOException {
        var lines = new ArrayList<String>();
        for (var key : secrets.inForce(environment(), SecretKind.SSH_KEY)) {
            var file = folder.resolve("key-" + lines.size());
            keep(file, key.value().reveal().strip() + "\n");
            keys.put(key.name(), file);
            lines.add("IdentityFile " + quoted(file));
        }
        if (!lines.isEmpty()) {
            // An agent with many keys would use up the attempts a server allows.
            lines.add("IdentitiesOnly yes");
        }
        lines.addAll(hostKeys());
        if (!lines.isEmpty()) {
            // With a file of its own ssh reads no other; of two values the first wins, so ours come before.
            lines.addAll(List.of("Include ~/.ssh/config", "Include /etc/ssh/ssh_config"));
        }
        return lines;
    }

    private List<String> hostKeys() {
        return knownHosts
                .map(file -> List.of(
                        "UserKnownHostsFile " + quoted(file),
                        "GlobalKnownHostsFile /dev/null",
                        "StrictHostKeyChecking yes",
                        "UpdateHostKeys no"))
                .orElse(List.of());
    }

    private static String quoted(Path file) {
        return '"' + file.toString().replace("%", "%%") + '"';
    }

    /** Where the secret part of the environment stands, if there is one: its reader removes it at once. */
    Optional<Path> environmentFile() throws IOException, CannotLaunchException {
        var values = new LinkedHashMap<String, String>();
        for (var entry : request.variables().entrySet()) {
            if (entry.getValue() instanceof Value.Secret secret && secret.usage() == Value.Secret.Usage.ENVIRONMENT) {
                values.put(entry.getKey(), open(entry.getKey(), secret));
            }
        }
        if (values.isEmpty()) {
            return Optional.empty();
        }
        var file = folder.resolve("environment.json");
        PrivateFiles.write(file, JSON.writeValueAsBytes(values));
        return Optional.of(file);
    }

    private EnvironmentName environment() {
        return request.environment();
    }

    private static void keep(Path file, String text) throws IOException {
        PrivateFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
