package dev.playcall.boot;

import dev.playcall.ansible.AnsiblePrograms;
import dev.playcall.boot.cluster.NodeIdentity;
import dev.playcall.boot.logging.RedactedMessage;
import dev.playcall.boot.settings.AccessServices;
import dev.playcall.boot.settings.GitKeys;
import dev.playcall.boot.settings.SecretServices;
import dev.playcall.boot.settings.Settings;
import dev.playcall.boot.settings.StoredReceivers;
import dev.playcall.catalog.ContentHash;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.inventory.EnvironmentRules;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.Rights;
import dev.playcall.command.router.AuditFilter;
import dev.playcall.command.run.StartPolicy;
import dev.playcall.config.Config;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.access.IdentityLinks;
import dev.playcall.security.approval.ApprovalPolicies;
import dev.playcall.security.approval.LocksAndFreezes;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditSignature;
import dev.playcall.security.identity.TokenOwners;
import dev.playcall.security.secret.SecretService;
import dev.playcall.store.Database;
import dev.playcall.web.http.WebAccess;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The services every other part of a gateway is built with. */
record CoreServices(
        Settings settings,
        Database database,
        RunJournal journal,
        DiskCatalogs catalogs,
        SecretServices secrets,
        StoredReceivers receivers,
        WebAccess webAccess,
        Rights rights,
        AuditLog audit,
        ContentServices content,
        StartPolicy rules,
        Clock clock) {
    private static final Logger log = LoggerFactory.getLogger(CoreServices.class);

    static CoreServices of(Settings settings, Clock clock) {
        var config = settings.config();
        var database = Database.openForGateway(config.store().url(), NodeIdentity.shared(config), clock);
        settings.adjust(database.settings(), clock);
        var traces = AnsiblePrograms.artifacts(config.paths().data().resolve("runs"));
        var journal = new RunJournal(database.events(), traces, clock);
        var catalogs = new DiskCatalogs(
                settings::config, database.hosts(), clock, p -> log.error("Skipped in the catalogue: {}", p));
        var secretServices = SecretServices.open(config, database, clock);
        var secrets = secretServices.vault();
        var receivers = StoredReceivers.of(settings, database, secrets, secretServices.redactor(), clock);
        RedactedMessage.teach(secretServices.redactor());
        var webAccess = AccessServices.of(settings, catalogs, database, clock);
        var links =
                new IdentityLinks(settings.each(c -> c.access().people()), database.links(), webAccess.grants(), clock);
        var rights = new Rights(webAccess.authorizer(), links);
        var audit =
                new AuditLog(database.audit(), new AuditSignature(config.paths().data()), secrets::redact, clock);
        var content = ContentServices.of(settings::config, new GitKeys(secrets, GitKeys.place(config)), clock);
        var rules = rules(settings, catalogs, database, rights, secrets, content, clock);
        return new CoreServices(
                settings,
                database,
                journal,
                catalogs,
                secretServices,
                receivers,
                webAccess,
                rights,
                audit,
                content,
                rules,
                clock);
    }

    private static StartPolicy rules(
            Settings settings,
            DiskCatalogs catalogs,
            Database database,
            Rights rights,
            SecretService secrets,
            ContentServices content,
            Clock clock) {
        var policies = new ApprovalPolicies(
                settings.each(c -> c.policies().policies()),
                e -> catalogs.current().rules(e, EnvironmentRules::policies));
        var locksAndFreezes = new LocksAndFreezes(
                database.locks(),
                settings.each(c -> c.policies().freezes()),
                e -> catalogs.current().rules(e, EnvironmentRules::freezes),
                new TokenOwners(rights.people(), database.tokens()),
                clock);
        var contentHash = new ContentHash(
                catalogs,
                AnsibleTools.libraries(settings.config()),
                content::wanted,
                settings.each(AnsibleTools::tuning),
                settings.config().store().cluster().enabled());
        return new StartPolicy(
                catalogs,
                policies,
                locksAndFreezes,
                contentHash,
                secrets,
                database.holds(),
                settings.each(c -> c.schedule().timezone()),
                clock);
    }

    SecretService vault() {
        return secrets.vault();
    }

    /** The configuration as it is now. */
    Config config() {
        return settings.config();
    }

    /** The same command handler, with everything that is asked of it on record. */
    CommandHandler onRecord(CommandHandler commands) {
        return new AuditFilter(commands, audit, journal);
    }
}
