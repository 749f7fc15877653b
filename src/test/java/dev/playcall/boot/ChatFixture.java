package dev.playcall.boot;

import dev.playcall.boot.chat.ChatPlatforms;
import dev.playcall.boot.chat.ChatServices;
import dev.playcall.boot.settings.ReceiverFactory;
import dev.playcall.boot.settings.Settings;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.file.RolesPath;
import dev.playcall.catalog.inventory.EnvironmentFiles;
import dev.playcall.catalog.playbook.PlaybookCheck;
import dev.playcall.catalog.vars.InventoryFiles;
import dev.playcall.chat.query.ScheduledReports;
import dev.playcall.command.Caller;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.command.StartCommand;
import dev.playcall.command.TestBatches;
import dev.playcall.command.alert.AlertCommands;
import dev.playcall.command.content.ContentCommands;
import dev.playcall.command.content.ContentEdits;
import dev.playcall.command.inventory.InventoryCommands;
import dev.playcall.command.router.AuditFilter;
import dev.playcall.command.run.RunServices;
import dev.playcall.command.run.StartPolicy;
import dev.playcall.command.schedule.ScheduleCommands;
import dev.playcall.command.schedule.ScheduleCommands.ReportChannelCheck;
import dev.playcall.config.Config;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.config.runtime.LoadedConfig;
import dev.playcall.content.DeployKeys;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.HostResult.HostStats;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunState;
import dev.playcall.domain.Timeline;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.EventStore.Intake;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.RunQuery;
import dev.playcall.notify.alert.Alerts;
import dev.playcall.notify.dispatch.NotificationEngine;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import dev.playcall.notify.sink.Apprise;
import dev.playcall.schedule.ScheduleGrants;
import dev.playcall.schedule.Scheduler;
import dev.playcall.security.access.Authorizer;
import dev.playcall.security.access.IdentityLinks;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.secret.Redactor;
import dev.playcall.security.secret.SecretService;
import dev.playcall.store.Database;
import dev.playcall.testing.Audits;
import dev.playcall.testing.GitFixture;
import dev.playcall.testing.MemorySecrets;
import dev.playcall.testing.OpenAccess;
import dev.playcall.testing.Rules;
import dev.playcall.testing.TestRouter;
import dev.playcall.testing.WebAccessFixture;
import dev.playcall.venv.PlaybookSpecs;
import dev.playcall.venv.Venvs;
import dev.playcall.web.server.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Everything of a gateway but the part that runs programs: database, catalogue, desk, chats and web server are the real
 * ones, and runs move when a test says so.
 */
public final class ChatFixture implements AutoCloseable {
    private final Path home;
    private final Map<String, String> settings;
    private Database database;
    private RunJournal journal;
    private ChatServices chatServices;
    private Supplier<WebServer> webServer;
    private Optional<WebServer> web = Optional.empty();
    private Scheduler keeper;
    private Duration ahead = Duration.ZERO;
    private NotificationEngine notificationEngine;

    /** @param settings as environment variables have them: {@code PLAYCALL_CHAT_SLACK_API_BASE} */
    public ChatFixture(Path home, Map<String, String> settings) {
        this.home = home;
        this.settings = settings;
        project();
        open();
    }

    private void project() {
        file("inventory/production/hosts.yml", """
            all:
              children:
                web: { hosts: { web-1: , web-2: , web-3: } }
                db: { hosts: { db-1: } }
            """);
        file("inventory/staging/hosts.yml", "all: { hosts: { stage-1: } }\n");
        for (var name : List.of("ping", "provision", "deploy", "rollback", "update", "wipe", "migrate")) {
            file("playbooks/" + name + ".yml", "- hosts: all\n  tasks: []\n");
        }
        file("playbooks/deploy.meta.yml", "title: Deploy the shop\nvariables: { version: { type: version } }\n");
        file("playbooks/wipe.meta.yml", "title: Wipe the disks\ndanger: high\n");
        file("playbooks/migrate.meta.yml", """
            title: Migrate the database
            variables:
              target: { type: choice, choices: [blue, green], required: true }
              note: { type: text }
            """);
    }

    /** What is there now is in git from now on, and a colleague can push. */
    GitFixture inGit() {
        try {
            return GitFixture.around(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(String name) {
        try {
            return Files.readString(home.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void file(String name, String text) {
        try {
            var file = home.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No Python is found here, so that none is made. */
    private static Venvs venvs(Settings settings) {
        Supplier<RolesPath> libraries = () -> RolesPath.of(settings.config().paths(), Map.of());
        var specs = new PlaybookSpecs(
                settings::config, libraries, PlaybookCheck.NONE, Map.of("PATH", ""), Clock.systemUTC());
        return new Venvs(settings::config, libraries, Optional::empty, specs, Map.of(), Clock.systemUTC());
    }

    private CommandHandler router(
            TestRouter router,
            Settings settings,
            Alerts alerts,
            ReportChannelCheck channels,
            StartPolicy rules,
            SecretService secrets,
            DiskCatalogs catalogs) {
        var clock = Clock.offset(Clock.systemUTC(), ahead);
        var rights = rights(settings.config(), database, clock);
        var requests = router.requests();
        var defaults = settings.each(CommandServices::schedule);
        var content = ContentServices.of(settings::config, DeployKeys.none(), clock);
        var edits = new ContentEdits(content.gate(), content::elsewhere);
        var inventory = new InventoryCommands(catalogs, rights, secrets, journal.read(), edits, clock);
        var inventories = new InventoryFiles(_ -> Optional.empty(), home.resolve("data/inventory"), clock);
        var schedules = new ScheduleCommands(requests, database.schedules(), defaults, clock);
        var commands = new ContentCommands(catalogs, rights, journal);
        var onHosts = new ContentCommands.VenvsOnHosts(
                (_, _) -> new Reply.Done("asked for"),
                () -> new ContentCommands.VenvLimits(Duration.ofMinutes(10), Duration.ofDays(30)),
                Clock.systemUTC());
        return router.batches(TestBatches.handler(journal, requests, rules))
                .queue(database.holds(), router.runs().queue(database.holds(), clock))
                .schedules(schedules.schedules(router.runs()::start))
                .reports(schedules.reports(
                        channels,
                        settings.each(c -> c.notifications().receivers().keySet())))
                .hosts(inventory.hosts(inventories, database.hosts()))
                .sync(commands.sync(content.checkouts(), rules).commands())
                .galaxy(commands.galaxy(content.galaxy()))
                .venvs(commands.venvs(venvs(settings), content.galaxy(), (_, _) -> new Reply.Done("synced"), onHosts))
                .settings(commands.settings(settings, settings::reload))
                .alerts(new AlertCommands(catalogs, rights)
                        .alerts(alerts, router.runs()::start, (_, _) -> new Reply.Done("")));
    }

    private void open() {
        var clock = Clock.offset(Clock.systemUTC(), ahead);
        var config = config();
        database = Database.open(config.store().url(), clock);
        journal = new RunJournal(database.events(), clock);
        var catalogs = new DiskCatalogs(() -> config, database.hosts(), clock, _ -> {});
        var secrets = MemorySecrets.vault(
                database.secrets(), home.resolve("data/keys/secrets.json"), new Redactor(config.secrets()));
        var audit = Audits.of(database, config.paths().data());
        var rights = rights(config, database, clock);
        var rules = Rules.of(config, catalogs, database.locks(), rights.people(), secrets, database.holds(), clock);
        var settings = new Settings(this::reading);
        settings.adjust(database.settings(), clock);
        var alerts = NotificationServices.alerts(settings, database, List::of, clock);
        var chatPlatforms = new ChatPlatforms();
        var desk = new AuditFilter(
                router(
                        new TestRouter(catalogs, journal, rights, rules, secrets),
                        settings,
                        alerts,
                        chatPlatforms,
                        rules,
                        secrets,
                        catalogs),
                audit,
                journal);
        chatServices = new ChatServices(
                settings,
                new RunServices(catalogs, journal, desk, rights, rules),
                database,
                audit,
                secrets,
                alerts,
                (_, hosts, _) -> hosts,
                clock);
        chatPlatforms.are(chatServices.platforms());
        keeper = new Scheduler(
                database.schedules(),
                new ScheduledReports(
                        ScheduleCommands.starter(desk),
                        catalogs,
                        rights,
                        journal.read(),
                        database.schedules(),
                        database.chat(),
                        dev.playcall.chat.query.ScheduledReports.ReportReceivers.none(),
                        clock),
                (channel, key, text) -> database.chat().announce(channel, key, text, clock.instant()),
                clock);
        webServer = () -> web(
                config,
                new RunServices(catalogs, journal, desk, rights, Rules.NOTHING_WAITS),
                secrets,
                audit,
                rules,
                clock);
        chatServices.start();
        var means = new ReceiverFactory.Dependencies(
                chatServices.platforms(), new Apprise(config.paths().data().resolve("apprise"), Map.of()), clock);
        settings.connect(c -> ReceiverFactory.sinks(c.notifications(), means));
        notificationEngine = new NotificationEngine(
                database.notices(),
                database.alerts(),
                database.events(),
                settings::rules,
                settings::sinks,
                new NotificationEngine.Texts(secrets::redact, ""),
                new NotificationEngine.Timing(clock, System::nanoTime, new Random(5)));
        notificationEngine.start();
    }

    private WebServer web(
            Config config, RunServices runs, SecretService secrets, AuditLog audit, StartPolicy rules, Clock clock) {
        var server = new WebServer(
                config,
                true,
                runs,
                secrets,
                audit,
                ReadinessChecks.of(database, audit),
                WebAccessFixture.of(database, Optional.empty(), clock),
                clock);
        server.showRuns(run -> Timeline.NONE);
        server.show(
                chatServices.console(),
                rules.closures(),
                () -> Config.PublicStatus.OFF,
                new EnvironmentFiles(config.paths().inventory(), _ -> Optional.empty(), () -> config));
        WebFactory.listen(server, chatServices);
        server.start();
        return server;
    }

    /** The gateway begins anew and tells this channel of alerts, where the platform has channels. */
    void tellAlerts(String platform) {
        var key = "PLAYCALL_CHAT_" + platform.toUpperCase(java.util.Locale.ROOT) + "_DEFAULT_CHANNEL";
        var receiver = Optional.ofNullable(settings.get(key))
                .map(c -> platform + ": \"" + c + "\"")
                .orElse("webhook: \"http://127.0.0.1:9/nobody\", allow_private: true");
        file("config/playcall.yml", """
            notify:
              receivers: { ops: { %s } }
              route:
                receiver: ops
                match: ["source=monitor"]
                group_by: [instance]
                wait: 0s
                interval: 0s
                actions:
                  - { label: "restart {{ labels.instance }}", operation: rollback, limit: "{{ labels.instance }}" }
            """.formatted(receiver));
        restart();
    }

    /** Another system says that something is so, or is over. */
    void alert(String subject, NotificationEvent.Status status, Map<String, String> labels) {
        notificationEngine
                .outbox()
                .take(List.of(new NotificationEvent(
                        "monitor",
                        subject + "/" + status + "/" + System.nanoTime(),
                        subject,
                        Clock.systemUTC().instant(),
                        "alert",
                        Severity.CRITICAL,
                        status,
                        new TreeMap<>(labels),
                        subject,
                        "",
                        "")));
    }

    private static Rights rights(Config config, Database database, Clock clock) {
        var grants = new ScheduleGrants(List::of, database.schedules());
        var people = new IdentityLinks(config.access().people(), database.links(), grants, clock);
        return new Rights(new Authorizer(config.access(), false, grants), people);
    }

    /** The gateway begins anew with this configuration. */
    void access(String yaml) {
        file("config/playcall.yml", yaml);
        restart();
    }

    /** The gateway was away for this time, and does what is due. */
    void goOn(Duration by) {
        ahead = ahead.plus(by);
        restart();
        keeper.runDue();
    }

    /** Nothing may be changed there from now on, and the gateway has read it. */
    void freeze(String environment, String reason) {
        file(
                "config/playcall.yml",
                "access: { freezes: [{ environments: [" + environment + "], reason: " + reason
                        + ", from: 2020-01-01T00:00, until: 2099-01-01T00:00 }] }\n");
    }

    /** The gateway ends and another one begins on the same data. */
    void restart() {
        close();
        open();
    }

    @Override
    public void close() {
        notificationEngine.close();
        chatServices.close();
        web.ifPresent(WebServer::close);
        web = Optional.empty();
        database.close();
    }

    /** The web server begins when it is asked for, as most chats are never looked at in a browser. */
    public synchronized URI address() {
        web = web.or(() -> Optional.of(webServer.get()));
        return web.orElseThrow().address();
    }

    /** Whether it is connected to its platform. */
    boolean isConnected() {
        return chatServices.platforms().stream().allMatch(p -> p.health().isConnected());
    }

    RunJournal journal() {
        return journal;
    }

    public List<Run> runs() {
        return journal.read().list(RunQuery.newest(500)).runs().reversed();
    }

    Run last() {
        return runs().getLast();
    }

    Run run(long number) {
        return runs().stream().filter(r -> r.id().value() == number).findFirst().orElseThrow();
    }

    /** The next run of this playbook begins. */
    Run begin(String lock) {
        return journal.claim(
                        lock,
                        99,
                        "test",
                        (run, _) -> run.request().environment() + "/" + run.id().value() + ".log")
                .orElseThrow();
    }

    void progress(Run run, String task, HostResult... hosts) {
        var all = Arrays.asList(hosts);
        int failed = (int)
                all.stream().filter(h -> h.outcome() == HostOutcome.FAILED).count();
        int away = (int)
                all.stream().filter(h -> h.outcome() == HostOutcome.UNREACHABLE).count();
        int changed = (int)
                all.stream().filter(h -> h.outcome() == HostOutcome.CHANGED).count();
        journal.progress(
                run,
                new Progress(9, 18, "Roll out", task, Math.max(4, all.size()), 0, changed, failed, away, 0),
                all,
                Intake.NONE);
    }

    void log(Run run, String text) {
        file("logs/" + run.log(), text);
    }

    void succeed(Run run) {
        journal.append(run.id(), new RunEvent.Finished(new Outcome.Success()));
    }

    void fail(Run run, HostResult... hosts) {
        progress(run, "Check health", hosts);
        log(run, "TASK [Check health]\nfatal: [web-1]: FAILED! => answered 503\n");
        var bad = Arrays.stream(hosts)
                .filter(h -> h.outcome().isBad())
                .map(HostResult::host)
                .toList();
        var reason = bad.size() + " of " + hosts.length + " hosts failed: " + String.join(", ", bad);
        journal.append(
                run.id(),
                new RunEvent.Finished(new Outcome.Failed(2, reason.substring(0, Math.min(200, reason.length())))));
    }

    /** A program asks over HTTP. */
    void asProgram(String operation, String environment) {
        var command = new StartCommand(
                operation, environment, Optional.empty(), "", List.of(), false, false, Map.of(), "", "");
        new TestRouter(
                        new DiskCatalogs(config(), Clock.systemUTC()),
                        journal,
                        OpenAccess.of(database),
                        MemorySecrets.emptyVault())
                .handle(command, new Caller(new Person("token:ci"), Origin.of("api")));
    }

    /** A run fails while no gateway is there to hear of it. */
    void endWhileAway(Run run) {
        close();
        try (var alone = Database.open(config().store().url(), Clock.systemUTC())) {
            alone.events()
                    .append(
                            run.id(),
                            new RunEvent.Finished(new Outcome.Failed(2, "web-1 failed")),
                            Clock.systemUTC().instant());
        }
        open();
    }

    private Config config() {
        return reading().config();
    }

    private LoadedConfig reading() {
        return ConfigFile.read(home, Optional.empty(), settings);
    }

    RunState state(Run run) {
        return journal.read().find(run.id()).orElseThrow().state();
    }

    static HostResult good(String host) {
        return new HostResult(
                host,
                HostOutcome.CHANGED,
                new HostStats(5, 2, 0, 0, 0, 0, 0),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(2));
    }

    static HostResult bad(String host, String message) {
        return new HostResult(
                host,
                HostOutcome.FAILED,
                new HostStats(4, 1, 0, 1, 0, 0, 0),
                Optional.of("Check health"),
                Optional.of(message),
                Duration.ofSeconds(3));
    }
}
