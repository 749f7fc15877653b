package dev.playcall.web;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.PlaybookFiles;
import dev.playcall.command.Allowances;
import dev.playcall.command.Departures;
import dev.playcall.command.Desk;
import dev.playcall.command.KeptSecrets;
import dev.playcall.command.Outlook;
import dev.playcall.command.Refusals;
import dev.playcall.command.Review;
import dev.playcall.command.Rights;
import dev.playcall.config.Config;
import dev.playcall.journal.RunJournal;
import dev.playcall.library.Checkouts;
import dev.playcall.library.Galaxy;
import dev.playcall.notify.Alerts;
import dev.playcall.notify.Delivery;
import dev.playcall.notify.Notifications;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.security.AuditLog;
import dev.playcall.security.Closures;
import dev.playcall.security.Permission;
import dev.playcall.security.Vault;
import dev.playcall.security.identity.Identity;
import dev.playcall.web.openapi.Document;
import dev.playcall.web.openapi.GatewaySaid;
import io.javalin.config.RoutesConfig;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** The gateway's web side. Serves this machine only until somebody is admin. */
public final class WebServer implements AutoCloseable {
    private static final int MOST_TOLD = 50;

    private static final List<String> SCOPES =
            Arrays.stream(Permission.values()).map(Permission::word).toList();

    private final Entrance entrance;
    private final RunRoutes runs;
    private final Readiness readiness;
    private final HttpPort port;
    private final RunJournal journal;
    private final RunSignals signals = new RunSignals();
    private final Gate gate;
    private final Visitors visitors;
    private final Desk desk;
    private final Vault vault;
    private final AuditLog audit;
    private final Pages pages;
    private LongFunction<List<Delivery>> told = _ -> List.of();
    private final Flash flash;
    private final Rights rights;
    private final Deeds deeds;
    private final Departures departures;
    private Optional<ScheduleStore> scheduled = Optional.empty();
    private final Sidebar sidebar;
    private final Outlook outlook;
    private final Catalogs catalogs;
    private final ZoneId zone;
    private final LastRuns lastRuns;
    private final Metrics metrics;
    private final Hooks hooks = new Hooks();
    private final List<Consumer<RoutesConfig>> more = new ArrayList<>();
    private final Clock clock;

    /**
     * @param anyPort listen on a free port of this machine instead of what is configured
     * @param outlook what keeps waiting runs from starting
     * @param timelines what each run did
     * @param checks the parts that /readyz asks
     */
    public WebServer(
            Config config,
            boolean anyPort,
            Catalogs catalogs,
            RunJournal journal,
            Desk desk,
            Rights rights,
            Vault vault,
            Outlook outlook,
            Timelines timelines,
            TextConsole console,
            AuditLog audit,
            List<Check> checks,
            Entrance entrance,
            Clock clock) {
        this.clock = clock;
        this.desk = desk;
        this.entrance = entrance;
        this.journal = journal;
        this.rights = rights;
        this.vault = vault;
        this.outlook = outlook;
        this.catalogs = catalogs;
        this.audit = audit;
        this.zone = config.schedule().timezone();
        this.readiness = new Readiness(checks);
        var cookies = new Cookies(config.server().publicUrl());
        this.gate = new Gate(config.server().publicUrl(), entrance, cookies);
        this.visitors = new Visitors(gate, rights, catalogs, journal.read(), new Refusals(audit, clock));
        this.lastRuns = new LastRuns(journal);
        this.sidebar = new Sidebar(catalogs, visitors, lastRuns);
        this.flash = new Flash(cookies);
        this.pages = new Pages(sidebar, flash);
        this.deeds = new Deeds(audit);
        this.departures = new Departures(entrance.identity(), () -> scheduled, rights.people(), clock);
        this.metrics = new Metrics(journal.read());
        this.port = new HttpPort(config.server(), anyPort, entrance, gate, new Sure(pages), vault, metrics);
        var logs = new LogFiles(config.paths().logs());
        this.runs = new RunRoutes(journal, desk, visitors, logs, vault, clock);
        show(logs, timelines, console);
        show(entrance.identity(), cookies);
    }

    /** What is there from the beginning. */
    private void show(LogFiles logs, Timelines timelines, TextConsole console) {
        var kept = new KeptSecrets(rights, vault);
        more.add(runs::register);
        more.add(new HistoryRoutes(journal, visitors, clock)::register);
        more.add(new InventoryRoutes(catalogs, desk, visitors)::register);
        more.add(new SecretRoutes(desk, kept, visitors)::register);
        more.add(new ReadRoutes(catalogs, journal, console, gate, visitors)::register);
        more.add(new AuditRoutes(audit, visitors, pages)::register);
        more.add(new EventStreams(journal, signals, visitors, vault, clock)::register);
        more.add(new LogStreams(journal, signals, logs, visitors, vault, clock)::register);
        more.add(new LogLineRoutes(new LogLines(logs), visitors)::register);
        more.add(
                new PageRoutes(catalogs, journal, pages, visitors, readiness, timelines, n -> told.apply(n), clock)
                        ::register);
        more.add(new WorkRoutes(catalogs, journal, pages, visitors, sidebar, clock)::register);
        more.add(new SecretPage(catalogs, desk, kept, visitors, pages, clock)::register);
        more.add(new RunForms(desk, visitors, flash)::register);
    }

    /** Who comes in and how. */
    private void show(Identity identity, Cookies cookies) {
        more.add(new DoorRoutes(identity, cookies, pages, gate, deeds, new SecureRandom())::register);
        more.add(new AccountRoutes(identity, pages, gate, visitors, deeds, SCOPES, clock)::register);
        more.add(new TokenRoutes(identity, gate, deeds, departures, SCOPES)::register);
        more.add(new UserRoutes(identity, gate, deeds, departures)::register);
    }

    /** From its start on, it takes notifications in and shows what became of them. */
    public void show(Notifications notifications, Alerts alerts) {
        told = run -> notifications.ofRun(run, MOST_TOLD);
        more.add(new NotifyRoutes(notifications, visitors, clock)::register);
        more.add(new AlertRoutes(alerts, desk, visitors)::register);
        more.add(new NoticePage(notifications, alerts, desk, visitors, pages, clock)::register);
    }

    /** From its start on, it has the pages from which a run is started, which say before what would come of it. */
    public void show(Review review) {
        more.add(
                new StartRoutes(catalogs, review, outlook, desk, vault, runs, visitors, pages, flash, zone, clock)
                        ::register);
    }

    /** From its start on, it shows how the gateway is set up and who may log in. */
    public void show(Configured configured, Checkouts checkouts, Galaxy galaxy) {
        var identity = entrance.identity();
        var kept = new KeptSecrets(rights, vault);
        var git = new GitPage(checkouts, galaxy, journal, audit, clock);
        more.add(
                new SettingsRoutes(configured, git, identity, kept, desk, visitors, gate, pages, flash, clock)
                        ::register);
        more.add(new SettingForms(configured, desk, audit, visitors, pages, flash, clock)::register);
        more.add(new PeopleForms(identity, gate, visitors, deeds, departures, flash)::register);
    }

    /** From its start on, work can be held back and let go on over HTTP, and be asked for in several environments. */
    public void offerHolds() {
        var body = new StartBody(vault);
        more.add(new BatchRoutes(journal.read().batches(), desk, visitors, runs, body, clock)::register);
        more.add(new QueueRoutes(desk, visitors, runs)::register);
        more.add(new LibraryRoutes(desk, visitors, runs)::register);
    }

    /** From its start on, it shows what runs by itself and takes in more of it. */
    public void show(ScheduleStore schedules) {
        scheduled = Optional.of(schedules);
        more.add(new ScheduleRoutes(schedules, desk, visitors, runs, new StartBody(vault))::register);
        more.add(new ReportRoutes(schedules, journal, desk, visitors, runs, clock)::register);
        more.add(
                new WaitingRoutes(schedules, catalogs, journal, outlook, desk, visitors, pages, flash, zone, clock)
                        ::register);
    }

    /** From its start on, it shows and changes playbooks as files. */
    public void show(PlaybookFiles files) {
        more.add(new PlaybookRoutes(files, desk, visitors)::register);
        more.add(new PlaybookPages(catalogs, files, desk, sidebar, visitors, pages, flash, clock)::register);
        more.add(new EditorRoutes(files, desk, visitors, pages, flash)::register);
    }

    /** From its start on, it shows and changes what is locked. */
    public void show(Catalogs catalogs, Desk desk, Closures closures) {
        more.add(new LockRoutes(catalogs, desk, closures, visitors)::register);
        more.add(new RegisterRoutes(catalogs, desk, visitors, runs)::register);
    }

    /** From its start on, everybody may see how the servers of chosen environments are. */
    public void showEverybody(Catalogs catalogs, Supplier<Config.PublicStatus> chosen) {
        var page = new PublicPage(chosen, catalogs, journal, pages, clock);
        gate.open(page::isOpen);
        more.add(page::register);
    }

    /** From now on /metrics also shows what this part says of itself. */
    public void measure(MeterBinder part) {
        metrics.add(part);
    }

    /** From its start on, it says how much more somebody may ask for. */
    public void show(Allowances allowances) {
        port.count(allowances);
    }

    /** From its start on, what is posted to this path is for a chat platform, which checks itself who sent it. */
    public void receive(String path, PostHook hook) {
        hooks.at(path, hook);
    }

    /** From its start on, what is posted below {@code /hooks/} is for the source of that name, while there is one. */
    public void receive(Function<String, Optional<PostHook>> found) {
        hooks.of(found);
    }

    /**
     * Opens the port.
     *
     * @throws IllegalStateException with one line for the operator when that is not possible
     */
    public void start() {
        port.refuseOpenHouse();
        gate.leave(hooks::isThere);
        journal.follow(signals);
        metrics.start();
        metrics.add(readiness::measure);
        lastRuns.start();
        journal.follow(metrics);
        port.open(this::register);
    }

    private void register(RoutesConfig routes) {
        var api = new Api(routes);
        api.get("/healthz", GatewaySaid.HEALTHZ, ctx -> ctx.result("ok\n"));
        api.get("/metrics", GatewaySaid.METRICS, ctx -> {
            visitors.admit(ctx);
            metrics.send(ctx);
        });
        api.get("/readyz", GatewaySaid.READYZ, readiness::send);
        api.get("/api/v1/openapi.json", GatewaySaid.OPENAPI, ctx -> Json.send(ctx, Document.of(port.endpoints())));
        more.forEach(r -> r.accept(routes));
        hooks.register(routes);
        new Problems(pages).register(routes);
    }

    /** Where it listens. */
    public URI address() {
        return port.address();
    }

    /** Method and path of everything, for the test that nothing of it is open to everybody. */
    Set<String> allRoutes() {
        return port.allRoutes();
    }

    @Override
    public void close() {
        signals.close();
        port.close();
    }
}
