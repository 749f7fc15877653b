package dev.playcall.doctor;

import dev.playcall.boot.settings.AccessServices;
import dev.playcall.boot.settings.RuntimeSettings;
import dev.playcall.boot.settings.Settings;
import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.vars.RegisteredConnections;
import dev.playcall.chat.PlatformFinding;
import dev.playcall.config.Config;
import dev.playcall.domain.Run;
import dev.playcall.journal.RunQuery;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditSignature;
import dev.playcall.security.secret.Keyring;
import dev.playcall.security.secret.Redactor;
import dev.playcall.security.secret.SecretInfo;
import dev.playcall.security.secret.SecretKind;
import dev.playcall.security.secret.SecretService;
import dev.playcall.security.secret.SecretStore;
import dev.playcall.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/** Whether what is kept in the database can be used, and fits the clock, the keys and the configuration. */
final class DatabaseFindings {
    private static final Duration TOLERABLE = Duration.ofMinutes(1);

    private final Config config;
    private final Catalogs catalogs;
    private final Clock clock;
    private final List<PlatformFinding> found = new ArrayList<>();

    public DatabaseFindings(Config config, Catalogs catalogs, Clock clock) {
        this.config = config;
        this.catalogs = catalogs;
        this.clock = clock;
    }

    public List<PlatformFinding> all() {
        try (var database = Database.open(config.store().url(), clock)) {
            found.add(
                    database.isHealthy()
                            ? PlatformFinding.ok("database is readable")
                            : PlatformFinding.error("the database cannot be read: see the log, or restore a backup"
                                    + " (./playcall restore FILE)"));
            database.server()
                    .ifPresent(
                            s -> found.add(PlatformFinding.ok("database is on " + s + ", which this user may write")));
            access(database);
            secrets(database);
            var whole = new DiskCatalogs(() -> config, database.hosts(), clock, _ -> {});
            whole.current().environments().values().forEach(e -> registered(e, database));
            audit(database);
            time(database);
            RuntimeSettings.of(config, database.settings())
                    .rejectedSettings()
                    .forEach(m -> found.add(PlatformFinding.error(m)));
        } catch (IllegalStateException e) {
            var remedy = config.store().url().startsWith("jdbc:sqlite:")
                    ? " (move the file away for a new one, or ./playcall restore FILE --force)"
                    : "";
            found.add(PlatformFinding.error(e.getMessage() + remedy));
        }
        return List.copyOf(found);
    }

    private void access(Database database) {
        int accounts = database.accounts().list().size();
        boolean open = AccessServices.of(Settings.of(config), catalogs, database, clock)
                .authorizer()
                .isOpen();
        found.add(
                open
                        ? PlatformFinding.warning(
                                "no admin configured: everyone in chat and on this machine has full access"
                                        + " (./playcall user add <name> --admin, or access.bindings)")
                        : PlatformFinding.ok(
                                "access control is on, " + accounts + (accounts == 1 ? " account" : " accounts")));
        if (!open && config.server().publicUrl().startsWith("http:")) {
            found.add(
                    PlatformFinding.warning("server.public_url is not https, so passwords and tokens are sent in clear"
                            + " text: put a TLS proxy in front"));
        }
        if (!open && isBehindUnnamedProxy(config.server())) {
            found.add(PlatformFinding.warning("server.public_url is https, so a proxy stands before Playcall, but"
                    + " server.trusted_proxies names none: everybody behind it counts as one address when logins are"
                    + " slowed and recorded (server.trusted_proxies: [127.0.0.1], if it is on this machine)"));
        }
    }

    /** Playcall speaks no TLS itself. */
    private static boolean isBehindUnnamedProxy(Config.Server server) {
        return server.publicUrl().startsWith("https:")
                && server.trustedProxies().isEmpty();
    }

    private void secrets(Database database) {
        var kept = database.secrets().all().stream()
                .map(SecretStore.Encrypted::info)
                .toList();
        var catalog = catalogs.current();
        MissingSecrets.of(catalog, kept).forEach(line -> found.add(PlatformFinding.warning(line)));
        if (!kept.isEmpty()) {
            closed(database, kept);
        }
        catalog.environments().values().forEach(e -> encrypted(e, kept, catalog));
    }

    /** Hosts that stand in no file: whether they can be beside it, and whether their keys are there. */
    private void registered(Environment environment, Database database) {
        var name = environment.name();
        var hosts = database.hosts().of(name);
        if (!hosts.isEmpty()) {
            found.add(PlatformFinding.ok(name + ": " + hosts.size() + " registered besides its inventory file"));
        }
        var keys = database.secrets().all().stream()
                .map(SecretStore.Encrypted::info)
                .filter(i -> i.kind() == SecretKind.SSH_KEY && i.ref().appliesTo(name))
                .map(i -> i.ref().name())
                .collect(Collectors.toSet());
        environment
                .hidden()
                .forEach((host, why) -> found.add(PlatformFinding.warning(
                        name + ": " + why + ": ./playcall host unregister " + name + " " + host)));
        RegisteredConnections.warnings(environment).forEach(w -> found.add(PlatformFinding.warning(name + ": " + w)));
        for (var host : hosts) {
            host.key()
                    .filter(k -> !keys.contains(k))
                    .ifPresent(k -> found.add(PlatformFinding.error(host.name() + " is registered in " + name
                            + " with the private key " + k + ", which does not exist: ./playcall secret set " + k
                            + " --env "
                            + name + " --kind ssh_key")));
        }
    }

    private void closed(Database database, List<SecretInfo> kept) {
        var secrets = secretService(database);
        try {
            secrets.open();
        } catch (RuntimeException e) {
            found.add(PlatformFinding.error("the encryption keys cannot be used (" + e.getMessage() + "): restore "
                    + config.paths().data().resolve("keys") + ", or set " + Keyring.MASTER));
            return;
        }
        var lost = new HashSet<>(kept.stream().map(SecretInfo::ref).toList());
        secrets.list().forEach(i -> lost.remove(i.ref()));
        if (!lost.isEmpty()) {
            found.add(PlatformFinding.error("no key here can decrypt "
                    + lost.stream().map(Object::toString).sorted().collect(Collectors.joining(", "))
                    + ": restore " + config.paths().data().resolve("keys") + ", or set them again"));
        }
    }

    private SecretService secretService(Database database) {
        var keyring = new Keyring(
                config.paths().data().resolve("keys/secrets.json"),
                System.getenv().getOrDefault(Keyring.MASTER, ""));
        return new SecretService(database.secrets(), keyring, new Redactor(List.of()), clock);
    }

    /** Ansible would stop and ask for a password that nobody types. */
    private void encrypted(Environment environment, List<SecretInfo> kept, Catalog catalog) {
        boolean opened = kept.stream()
                .filter(i -> i.kind() == SecretKind.VAULT_PASSWORD)
                .anyMatch(i -> i.ref().appliesTo(environment.name()));
        if (opened || catalog.environment(environment.name()).isEmpty()) {
            return;
        }
        try {
            EncryptedFiles.first(environment)
                    .ifPresent(f -> found.add(PlatformFinding.warning(shown(f)
                            + " is encrypted, and there is no vault password for " + environment.name()
                            + ": ./playcall secret set vault --env " + environment.name() + " --kind vault_password")));
        } catch (IOException | UncheckedIOException e) {
            found.add(PlatformFinding.error(environment.folder() + " cannot be read: " + e.getMessage()));
        }
    }

    private Path shown(Path file) {
        return file.startsWith(config.home()) ? config.home().relativize(file) : file;
    }

    private void audit(Database database) {
        var log =
                new AuditLog(database.audit(), new AuditSignature(config.paths().data()), text -> text, clock);
        var wrong = log.verify().findings();
        found.add(
                wrong.isEmpty()
                        ? PlatformFinding.ok("audit log verified")
                        : PlatformFinding.error("the audit log was altered, " + wrong.getFirst()
                                + ": run ./playcall audit verify for details, then find out who could write to "
                                + config.paths().data()));
    }

    /** A clock that was set back makes what waits wait longer, and approvals and tokens last longer. */
    private void time(Database database) {
        var now = clock.instant();
        database.events().list(RunQuery.newest(1)).runs().stream()
                .findFirst()
                .filter(r -> latest(r).isAfter(now.plus(TOLERABLE)))
                .ifPresent(r -> found.add(PlatformFinding.error("the clock of this machine shows " + now + ", and "
                        + r.id() + " was recorded at " + latest(r) + ": set it (timedatectl set-ntp true)")));
    }

    private static Instant latest(Run run) {
        return run.endedAt().or(run::startedAt).orElse(run.requestedAt());
    }
}
