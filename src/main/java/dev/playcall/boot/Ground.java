package dev.playcall.boot;

import dev.playcall.ansible.KeptTraces;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.EnvironmentRules;
import dev.playcall.catalog.Sealing;
import dev.playcall.command.AuditedDesk;
import dev.playcall.command.Desk;
import dev.playcall.command.Rights;
import dev.playcall.command.StartRules;
import dev.playcall.config.Config;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.Agreements;
import dev.playcall.security.AuditLog;
import dev.playcall.security.AuditSeal;
import dev.playcall.security.Closures;
import dev.playcall.security.PersonLinks;
import dev.playcall.security.Vault;
import dev.playcall.security.identity.TokenOwners;
import dev.playcall.store.Database;
import dev.playcall.web.Entrance;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every part of a gateway stands on. */
record Ground(
        Settings settings,
        Database database,
        RunJournal journal,
        DiskCatalogs catalogs,
        Secrets secrets,
        Entrance entrance,
        Rights rights,
        AuditLog audit,
        Shelf shelf,
        StartRules rules,
        Clock clock) {
    private static final Logger log = LoggerFactory.getLogger(Ground.class);

    static Ground of(Settings settings, Clock clock) {
        var config = settings.config();
        var database = Database.open(config.store().url(), clock);
        settings.adjust(database.settings(), clock);
        var traces = new KeptTraces(config.paths().data().resolve("runs"));
        var journal = new RunJournal(database.events(), traces, clock);
        var catalogs = new DiskCatalogs(
                settings::config, database.hosts(), clock, p -> log.error("Left out of the catalogue: {}", p));
        var secrets = Secrets.open(config, database, clock);
        var vault = secrets.vault();
        MaskedMessage.teach(secrets.redactor());
        var entrance = FrontDoor.of(settings, catalogs, database, clock);
        var links =
                new PersonLinks(settings.each(c -> c.access().people()), database.links(), entrance.grants(), clock);
        var rights = new Rights(entrance.authorizer(), links);
        var audit = new AuditLog(database.audit(), new AuditSeal(config.paths().data()), vault::redact, clock);
        var shelf = Shelf.of(settings::config, new GitKeys(vault, GitKeys.place(config)), clock);
        var rules = rules(settings, catalogs, database, rights, vault, shelf, clock);
        return new Ground(settings, database, journal, catalogs, secrets, entrance, rights, audit, shelf, rules, clock);
    }

    private static StartRules rules(
            Settings settings,
            DiskCatalogs catalogs,
            Database database,
            Rights rights,
            Vault vault,
            Shelf shelf,
            Clock clock) {
        var policies = new Agreements(
                settings.each(c -> c.policies().policies()),
                e -> catalogs.current().rules(e, EnvironmentRules::policies));
        var closures = new Closures(
                database.locks(),
                settings.each(c -> c.policies().freezes()),
                e -> catalogs.current().rules(e, EnvironmentRules::freezes),
                new TokenOwners(rights.people(), database.tokens()),
                clock);
        var sealing = new Sealing(catalogs, AnsibleTools.libraries(settings.config()), shelf::wanted);
        return new StartRules(
                catalogs,
                policies,
                closures,
                sealing,
                vault,
                database.holds(),
                settings.each(c -> c.schedule().timezone()),
                clock);
    }

    Vault vault() {
        return secrets.vault();
    }

    /** The configuration as it is now. */
    Config config() {
        return settings.config();
    }

    /** The same desk, with everything that is asked of it on record. */
    Desk onRecord(Desk desk) {
        return new AuditedDesk(desk, audit, journal);
    }
}
