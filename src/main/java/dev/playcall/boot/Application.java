package dev.playcall.boot;

import dev.playcall.ansible.AnsibleLauncher;
import dev.playcall.ansible.AnsibleSettings;
import dev.playcall.ansible.InventoryProgram;
import dev.playcall.ansible.KeptTraces;
import dev.playcall.ansible.ListedPlans;
import dev.playcall.ansible.Programs;
import dev.playcall.ansible.PythonFiles;
import dev.playcall.ansible.RunTimelines;
import dev.playcall.ansible.SyntaxProgram;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.EnvironmentRules;
import dev.playcall.catalog.Libraries;
import dev.playcall.catalog.PlaybookFiles;
import dev.playcall.catalog.Sealing;
import dev.playcall.chat.ScheduledReports;
import dev.playcall.command.AlertDesk;
import dev.playcall.command.AuditedDesk;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.Desk;
import dev.playcall.command.Drafts;
import dev.playcall.command.Foresight;
import dev.playcall.command.GalaxyDesk;
import dev.playcall.command.LimitedDesk;
import dev.playcall.command.PlaybookDesk;
import dev.playcall.command.Puller;
import dev.playcall.command.RegisterDesk;
import dev.playcall.command.Review;
import dev.playcall.command.Rights;
import dev.playcall.command.ScheduledStarts;
import dev.playcall.command.SelfRetries;
import dev.playcall.command.SettingsDesk;
import dev.playcall.command.SpentSecrets;
import dev.playcall.command.StartRules;
import dev.playcall.command.SyncDesk;
import dev.playcall.config.Config;
import dev.playcall.config.Config.OperationEntry;
import dev.playcall.config.Reading;
import dev.playcall.domain.Person;
import dev.playcall.journal.RunJournal;
import dev.playcall.notify.Alerts;
import dev.playcall.notify.Notifications;
import dev.playcall.notify.inbound.Hook;
import dev.playcall.notify.sink.Apprise;
import dev.playcall.runner.Retention;
import dev.playcall.runner.Runner;
import dev.playcall.runner.RunnerSettings;
import dev.playcall.schedule.Timekeeper;
import dev.playcall.security.Agreements;
import dev.playcall.security.AuditLog;
import dev.playcall.security.AuditSeal;
import dev.playcall.security.Closures;
import dev.playcall.security.PersonLinks;
import dev.playcall.security.Vault;
import dev.playcall.security.identity.Credential;
import dev.playcall.security.identity.Identity;
import dev.playcall.security.identity.TokenOwners;
import dev.playcall.status.StatusFiles;
import dev.playcall.store.Database;
import dev.playcall.web.Configured;
import dev.playcall.web.Entrance;
import dev.playcall.web.PostHook;
import dev.playcall.web.WebServer;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole gateway: built in one straight line, closed in reverse. */
final class Application implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Application.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final GatewayFile file;
    private final RunJournal journal;
    private final SpentSecrets spent;
    private final Runner runner;
    private final Foresight foresight;
    private final StatusFiles statusFiles;
    private final Retention retention;
    private final SelfRetries selfRetries;
    private final Chats chats;
    private final Notifications notifications;
    private final Puller puller;
    private final WebServer web;
    private final Identity identity;
    private final Credential secret;
    private final String publicUrl;
    private final Daemon daemon;
    private final Hangup hangup;
    private final Settings settings;

    private Application(Daemon daemon, GatewayFile file, Settings settings, Wiring wiring) {
        this.settings = settings;
        this.daemon = daemon;
        this.file = file;
        this.journal = wiring.journal();
        this.spent = wiring.spent();
        this.runner = wiring.runner();
        this.foresight = wiring.foresight();
        this.statusFiles = wiring.statusFiles();
        this.retention = wiring.retention();
        this.selfRetries = wiring.selfRetries();
        this.chats = wiring.chats();
        this.notifications = wiring.notifications();
        this.puller = wiring.puller();
        this.web = wiring.web();
        this.identity = wiring.entrance().identity();
        this.secret = wiring.entrance().console();
        this.publicUrl = settings.config().server().publicUrl();
        this.hangup = wiring.hangup();
        opened.push(file);
        opened.push(wiring.database());
        opened.push(wiring.apprise());
    }

    /** The parts that are started, in the order of their start. */
    private record Wiring(
            Database database,
            RunJournal journal,
            SpentSecrets spent,
            Runner runner,
            Foresight foresight,
            StatusFiles statusFiles,
            Retention retention,
            SelfRetries selfRetries,
            Chats chats,
            Apprise apprise,
            Notifications notifications,
            Puller puller,
            Entrance entrance,
            WebServer web,
            Hangup hangup) {}

    /**
     * Builds the gateway of this configuration.
     *
     * @param anyPort listen on a free port of this machine instead of what is configured
     * @throws RefusedException when another process has the data folder
     */
    static Application open(Config config, Daemon daemon, boolean anyPort) {
        return open(Settings.of(config), daemon, anyPort);
    }

    /** The same of one that may be read anew while it works. */
    static Application open(Settings settings, Daemon daemon, boolean anyPort) {
        var config = settings.config();
        var file = GatewayFile.take(config.paths().data())
                .orElseThrow(() -> new RefusedException("another Playcall process uses "
                        + config.paths().data() + "; talk to it with ./playcall console, or stop it first"));
        try {
            return new Application(daemon, file, settings, wire(settings, daemon, anyPort));
        } catch (IllegalStateException e) {
            file.close();
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    private static Wiring wire(Settings settings, Daemon daemon, boolean anyPort) {
        var config = settings.config();
        var clock = Clock.systemUTC();
        var database = Database.open(config.store().url(), clock);
        settings.adjust(database.settings(), clock);
        var runs = config.paths().data().resolve("runs");
        var journal = new RunJournal(database.events(), new KeptTraces(runs), clock);
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
        var shelf = Shelf.of(settings::config, clock);
        var rules = rules(settings, catalogs, database, rights, vault, shelf, clock);
        var python = PythonFiles.unpack(config.paths().data().resolve("lib"));
        var programs = new Programs(System.getenv().getOrDefault("PATH", ""));
        var inventories = new InventoryProgram(shelf::ansible, programs, python, vault::redact);
        var handler = new CommandHandler(
                catalogs,
                journal,
                rights,
                rules,
                vault,
                inventories,
                settings.each(c -> c.ansible().timeout()));
        var drafts = new Drafts(
                catalogs, rights, vault, settings.each(c -> c.ansible().timeout()));
        var notifications = notifications(settings, database, vault, clock);
        var alerts = alerts(settings, database, notifications::waits, clock);
        var scheduling = Desks.of(handler, journal, drafts, rules, settings, database, clock);
        var files = playbooks(settings, shelf, programs, python, vault, clock);
        var hosts = new RegisterDesk(scheduling, catalogs, rights, database.hosts(), vault, clock);
        var library = new PlaybookDesk(hosts, rights, catalogs, journal, files, vault, shelf::elsewhere);
        var sync = new SyncDesk(
                library, rights, catalogs, journal, shelf.checkouts(), shelf.gate(), rules, shelf::elsewhere);
        var office = new AlertDesk(
                new SettingsDesk(new GalaxyDesk(sync, rights, shelf.galaxy()), rights, settings),
                alerts,
                rights,
                catalogs);
        var desk = desk(office, audit, journal, settings, clock);
        database.alarm()
                .listen(new Timekeeper(
                        database.schedules(),
                        new ScheduledReports(
                                new ScheduledStarts(desk),
                                catalogs,
                                rights,
                                journal.read(),
                                database.schedules(),
                                database.chat(),
                                clock),
                        (channel, key, text) -> database.chat().say(channel, key, text, clock.instant()),
                        clock)::ring);
        var launcher = new AnsibleLauncher(shelf::ansible, programs, python, vault, shelf, catalogs::registered);
        var runner = new Runner(
                running(config, programs, python),
                () -> settings.config().ansible().maxParallelRuns(),
                journal,
                database.lanes(),
                launcher,
                secrets.redaction(),
                rules,
                clock);
        var retention = new Retention(
                settings.each(Application::limits),
                () -> Retention.rules(
                        catalogs.current().environments(), e -> e.rules().keeping()),
                running(config, programs, python),
                journal,
                clock);
        retention.also(() -> shelf.sweep(journal));
        var plans = new ListedPlans(
                shelf::ansible,
                programs,
                python,
                catalogs,
                vault,
                config.paths().data().resolve("plans"),
                vault::redact);
        var foresight = new Foresight(journal, plans, clock);
        var statusFiles = new StatusFiles(journal, catalogs, clock);
        var chats = new Chats(settings, catalogs, journal, desk, rights, database, audit, rules, vault, alerts, clock);
        var checks = daemon == Daemon.WORKING
                ? Checks.of(database, audit, runner, chats.platforms())
                : Checks.of(database, audit);
        var web = new WebServer(
                config,
                anyPort,
                catalogs,
                journal,
                desk,
                rights,
                vault,
                rules,
                new RunTimelines(running(config, programs, python).runs(), vault::redact)::of,
                chats.console(),
                audit,
                checks,
                entrance,
                clock);
        var apprise = new Apprise(config.paths().data().resolve("apprise"), System.getenv());
        var means = new Receivers.Means(chats.platforms(), apprise, clock);
        settings.connect(c -> Receivers.sinks(c.notifications(), means));
        settings.guard(c -> {
            secrets.redactor().learn(c.secrets());
            return FrontDoor.wouldOpen(c, entrance, database);
        });
        settings.whenTaken(() -> {
            catalogs.afterChange();
            notifications.reconfigured();
        });
        web.show(notifications, alerts);
        web.show(database.schedules());
        web.show(new Review(drafts, rules, journal));
        web.show(configured(settings));
        web.offerHolds();
        web.show(files);
        web.show(catalogs, desk, rules.closures());
        var puller = shelf.puller(
                new AuditedDesk((_, _) -> sync.pull(false), audit, journal), journal, notifications, database, clock);
        web.show(desk);
        web.measure(database::measure);
        web.measure(chats::measure);
        web.measure(new NoticeFigures(notifications, alerts)::measure);
        web.showEverybody(catalogs, settings.each(c -> c.server().publicStatus()));
        if (daemon == Daemon.WORKING) {
            web.receive(name -> hook(settings, name, notifications, clock).or(() -> shelf.pushes(name, puller)));
            chats.webhooks()
                    .forEach((path, hook) -> web.receive(path, (headers, body) -> {
                        var reply = hook.handle(headers, body);
                        return new PostHook.Reply(reply.status(), reply.contentType(), reply.body());
                    }));
        }
        return new Wiring(
                database,
                journal,
                new SpentSecrets(journal, vault),
                runner,
                foresight,
                statusFiles,
                retention,
                selfRetries(settings, journal, new AuditedDesk(handler, audit, journal), clock),
                chats,
                apprise,
                notifications,
                puller,
                entrance,
                web,
                new Hangup(new AuditedDesk((_, _) -> settings.reload(), audit, journal)));
    }

    private static Configured configured(Settings settings) {
        return new Configured() {
            @Override
            public Reading reading() {
                return settings.reading();
            }

            @Override
            public Collection<String> waiting() {
                return settings.waiting();
            }
        };
    }

    private static PlaybookFiles playbooks(
            Settings settings, Shelf shelf, Programs programs, PythonFiles python, Vault vault, Clock clock) {
        var paths = settings.config().paths();
        var check =
                new SyntaxProgram(shelf::ansible, programs, python, paths.data().resolve("plans"), vault::redact);
        return new PlaybookFiles(paths.playbooks(), paths.data().resolve("playbooks"), check, clock);
    }

    static Alerts alerts(Settings settings, Database database, Supplier<List<String>> waits, Clock clock) {
        var people = database.chat();
        return new Alerts(
                database.alerts(),
                database.notices(),
                settings::rules,
                settings.each(c -> c.notifications().receivers().keySet()),
                p -> {
                    var person = new Person(p);
                    return people.names(Set.of(person)).getOrDefault(person, p);
                },
                waits,
                clock);
    }

    private static Notifications notifications(Settings settings, Database database, Vault vault, Clock clock) {
        return new Notifications(
                database.notices(),
                database.alerts(),
                database.events(),
                settings::rules,
                settings::sinks,
                vault::redact,
                settings.config().server().publicUrl(),
                clock,
                System::nanoTime,
                new SecureRandom());
    }

    private static SelfRetries selfRetries(Settings settings, RunJournal journal, Desk desk, Clock clock) {
        return new SelfRetries(
                journal,
                desk,
                () -> settings.config().operations().values().stream()
                        .anyMatch(o -> o.retry().isPresent()),
                operation -> Optional.ofNullable(settings.config().operations().get(operation.value()))
                        .flatMap(OperationEntry::retry)
                        .map(t -> new SelfRetries.Policy(t.attempts(), t.backoff(), t.unreachableOnly())),
                clock);
    }

    /** Where the source of this name comes in, as it is configured now. */
    private static Optional<PostHook> hook(Settings settings, String name, Notifications notifications, Clock clock) {
        return Optional.ofNullable(settings.config().notifications().sources().get(name))
                .map(source -> new Hook(name, source, notifications.outbox(), clock))
                .map(hook -> (headers, body) -> {
                    var reply = hook.handle(headers, body);
                    return new PostHook.Reply(reply.status(), "application/json", reply.body());
                });
    }

    /** What is too much is refused before it is recorded; everything else is recorded before it is decided. */
    private static LimitedDesk desk(Desk desk, AuditLog audit, RunJournal journal, Settings settings, Clock clock) {
        return new LimitedDesk(
                new AuditedDesk(desk, audit, journal),
                audit,
                settings.each(c ->
                        new LimitedDesk.Allowed(c.limits().runs(), c.limits().per())),
                clock);
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
        var sealing = new Sealing(catalogs, libraries(settings.config()), shelf::wanted);
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

    private static Libraries libraries(Config config) {
        return Libraries.beside(config.paths().playbooks(), System.getenv());
    }

    static AnsibleSettings ansible(Config config) {
        return new AnsibleSettings(
                config.home(),
                config.paths().inventory(),
                config.paths().playbooks(),
                libraries(config),
                config.ansible().forks(),
                config.ansible().hostKeyChecking(),
                config.ansible().cancelGrace(),
                System.getenv());
    }

    private static Retention.Limits limits(Config config) {
        var keep = config.retention();
        return new Retention.Limits(keep.runsMaxAge(), keep.runsMaxCount(), keep.logsMaxAge(), keep.logsMaxSize());
    }

    private static RunnerSettings running(Config config, Programs programs, PythonFiles python) {
        var interpreter = programs.python().map(Path::toString).orElse("python3");
        return new RunnerSettings(
                "local",
                config.paths().data().resolve("runs"),
                config.paths().logs(),
                config.ansible().maxParallelRuns(),
                List.of(interpreter, "-I", python.supervisor().toString()));
    }

    void start() {
        if (daemon == Daemon.WORKING) {
            statusFiles.start();
            opened.push(statusFiles);
            spent.start();
            opened.push(spent);
            runner.start();
            opened.push(runner);
            foresight.start();
            opened.push(foresight);
            retention.start();
            opened.push(retention);
            selfRetries.start();
            opened.push(selfRetries);
            chats.start();
            opened.push(chats);
            notifications.start();
            opened.push(notifications);
            puller.start();
            opened.push(puller);
        }
        web.start();
        opened.push(web);
        file.announce(found());
    }

    RunJournal journal() {
        return journal;
    }

    Settings settings() {
        return settings;
    }

    /** From now on SIGHUP has the configuration read anew. */
    void heedHangup() {
        hangup.listen();
    }

    /** How commands reach it. */
    GatewayFile.Found found() {
        return new GatewayFile.Found(web.address(), secret);
    }

    /** The line with the link that makes the first account, as long as there is none. */
    Optional<String> invitation() {
        return FrontDoor.invitation(
                identity, publicUrl.isBlank() ? web.address().toString() : publicUrl);
    }

    URI address() {
        return web.address();
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                log.error("Could not close cleanly", e);
            }
        }
    }
}
