package dev.playcall.web.server;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.playbook.PlaybookFiles;
import dev.playcall.command.Allowances;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.RefusalLog;
import dev.playcall.command.Rights;
import dev.playcall.command.access.StoredSecrets;
import dev.playcall.command.run.RunServices;
import dev.playcall.command.run.StartPreview;
import dev.playcall.command.run.WaitReasons;
import dev.playcall.command.schedule.Departures;
import dev.playcall.config.Config;
import dev.playcall.content.galaxy.Galaxy;
import dev.playcall.content.git.Checkouts;
import dev.playcall.journal.RunJournal;
import dev.playcall.notify.alert.Alerts;
import dev.playcall.notify.dispatch.NotificationEngine;
import dev.playcall.notify.event.Delivery;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.security.access.Permission;
import dev.playcall.security.approval.LocksAndFreezes;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.identity.Identity;
import dev.playcall.security.secret.SecretService;
import dev.playcall.web.accounts.AccountForms;
import dev.playcall.web.accounts.AccountRoutes;
import dev.playcall.web.accounts.LoginRoutes;
import dev.playcall.web.accounts.TokenRoutes;
import dev.playcall.web.accounts.UserRoutes;
import dev.playcall.web.audit.AuditRoutes;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.Configured;
import dev.playcall.web.http.Cookies;
import dev.playcall.web.http.Entrance;
import dev.playcall.web.http.Flash;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.ReadinessCheck;
import dev.playcall.web.http.TextConsole;
import dev.playcall.web.http.TrustedProxies;
import dev.playcall.web.inventory.CatalogPageRoutes;
import dev.playcall.web.inventory.EnvironmentRoutes;
import dev.playcall.web.inventory.InventoryRoutes;
import dev.playcall.web.inventory.LockRoutes;
import dev.playcall.web.inventory.PublicPage;
import dev.playcall.web.inventory.RegisteredHostRoutes;
import dev.playcall.web.log.LogFiles;
import dev.playcall.web.log.LogLineRoutes;
import dev.playcall.web.log.LogLines;
import dev.playcall.web.notifications.AlertRoutes;
import dev.playcall.web.notifications.Hooks;
import dev.playcall.web.notifications.NotificationsPage;
import dev.playcall.web.notifications.NotifyRoutes;
import dev.playcall.web.notifications.PostHook;
import dev.playcall.web.openapi.GatewayApiDoc;
import dev.playcall.web.openapi.OpenApiDocument;
import dev.playcall.web.playbooks.EditorRoutes;
import dev.playcall.web.playbooks.PlaybookPages;
import dev.playcall.web.playbooks.PlaybookRoutes;
import dev.playcall.web.queue.QueuePageRoutes;
import dev.playcall.web.queue.QueueRoutes;
import dev.playcall.web.runs.BatchRoutes;
import dev.playcall.web.runs.ContentRoutes;
import dev.playcall.web.runs.RunForms;
import dev.playcall.web.runs.RunRoutes;
import dev.playcall.web.runs.Timelines;
import dev.playcall.web.schedules.ReportRoutes;
import dev.playcall.web.schedules.ScheduleRoutes;
import dev.playcall.web.security.AccountAudit;
import dev.playcall.web.security.LastRuns;
import dev.playcall.web.security.PageContext;
import dev.playcall.web.security.Pages;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.SecurityFilter;
import dev.playcall.web.security.Sidebar;
import dev.playcall.web.settings.GitPage;
import dev.playcall.web.settings.SecretPage;
import dev.playcall.web.settings.SecretRoutes;
import dev.playcall.web.settings.SettingForms;
import dev.playcall.web.settings.SettingsRoutes;
import dev.playcall.web.start.StartRoutes;
import dev.playcall.web.statistics.HistoryRoutes;
import dev.playcall.web.stream.EventStreams;
import dev.playcall.web.stream.LogStreams;
import dev.playcall.web.stream.RunSignals;
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
    private final SecurityFilter securityFilter;
    private final RequestAuth requestAuth;
    private final CommandHandler commands;
    private final SecretService secrets;
    private final AuditLog audit;
    private final Pages pages;
    private final PageContext pageContext;
    private LongFunction<List<Delivery>> told = _ -> List.of();
    private final Flash flash;
    private final Rights rights;
    private final AccountAudit responder;
    private final Departures departures;
    private Optional<ScheduleStore> scheduled = Optional.empty();
    private final Sidebar sidebar;
    private final WaitReasons waitReasons;
    private final Catalogs catalogs;
    private final ZoneId zone;
    private final LastRuns lastRuns;
    private final Metrics metrics;
    private final Hooks hooks = new Hooks();
    private final List<Consumer<RoutesConfig>> more = new ArrayList<>();
    private final Clock clock;

    /**
     * @param anyPort listen on a free port of this machine instead of what is configured
     * @param checks the parts that /readyz asks
     */
    public WebServer(
            Config config,
            boolean anyPort,
            RunServices services,
            SecretService secrets,
            AuditLog audit,
            List<ReadinessCheck> checks,
            Entrance entrance,
            Clock clock) {
        this.clock = clock;
        this.commands = services.commands();
        this.entrance = entrance;
        this.journal = services.journal();
        this.rights = services.rights();
        this.secrets = secrets;
        this.waitReasons = services.waitReasons();
        this.catalogs = services.catalogs();
        this.audit = audit;
        this.zone = config.schedule().timezone();
        this.readiness = new Readiness(checks);
        var cookies = new Cookies(config.server().publicUrl());
        var proxies = new TrustedProxies(config.server().trustedProxies());
        this.securityFilter = new SecurityFilter(config.server().publicUrl(), proxies, entrance, cookies);
        this.requestAuth =
                new RequestAuth(securityFilter, rights, catalogs, journal.read(), new RefusalLog(audit, clock));
        this.lastRuns = new LastRuns(journal);
        this.sidebar = new Sidebar(catalogs, requestAuth, lastRuns);
        this.flash = new Flash(cookies);
        this.pages = new Pages(sidebar, flash);
        this.pageContext = new PageContext(requestAuth, pages, flash, commands, clock);
        this.responder = new AccountAudit(audit);
        this.departures = new Departures(entrance.identity(), () -> scheduled, rights.people(), clock);
        this.metrics = new Metrics(journal.read());
        this.port = new HttpPort(
                config.server(), anyPort, entrance, securityFilter, new ConfirmationFilter(pages), secrets, metrics);
        var logs = new LogFiles(config.paths().logs());
        this.runs = new RunRoutes(journal, commands, requestAuth, logs, secrets, clock);
        show(logs);
        show(entrance.identity(), cookies);
    }

    /** What is there from the beginning. */
    private void show(LogFiles logs) {
        var kept = new StoredSecrets(rights, secrets);
        more.add(runs::register);
        more.add(new HistoryRoutes(journal, requestAuth, clock)::register);
        more.add(new InventoryRoutes(catalogs, commands, requestAuth)::register);
        more.add(new SecretRoutes(commands, kept, requestAuth)::register);
        more.add(new AuditRoutes(audit, requestAuth, pages)::register);
        more.add(new EventStreams(journal, signals, requestAuth, secrets, clock)::register);
        more.add(new LogStreams(journal, signals, logs, requestAuth, secrets, clock)::register);
        more.add(new LogLineRoutes(new LogLines(logs), requestAuth)::register);
        more.add(new CatalogPageRoutes(catalogs, journal, pages, requestAuth, sidebar, clock)::register);
        more.add(new SecretPage(catalogs, commands, kept, requestAuth, pages, clock)::register);
        more.add(new RunForms(commands, requestAuth, flash)::register);
    }

    /** From its start on, it has the pages of runs with what each of them did, and takes commands as text. */
    public void show(Timelines timelines, TextConsole console) {
        more.add(new EnvironmentRoutes(catalogs, journal, console, securityFilter, requestAuth)::register);
        more.add(
                new PageRoutes(catalogs, journal, pages, requestAuth, readiness, timelines, n -> told.apply(n), clock)
                        ::register);
    }

    /** Who comes in and how. */
    private void show(Identity identity, Cookies cookies) {
        more.add(new LoginRoutes(identity, cookies, pages, securityFilter, responder, new SecureRandom())::register);
        more.add(
                new AccountRoutes(identity, cookies, pages, securityFilter, requestAuth, responder, SCOPES, clock)
                        ::register);
        more.add(new TokenRoutes(identity, securityFilter, responder, departures, SCOPES)::register);
        more.add(new UserRoutes(identity, securityFilter, responder, departures)::register);
    }

    /** From its start on, it takes notifications in and shows what became of them. */
    public void show(NotificationEngine notificationEngine, Alerts alerts) {
        told = run -> notificationEngine.ofRun(run, MOST_TOLD);
        more.add(new NotifyRoutes(notificationEngine, requestAuth, clock)::register);
        more.add(new AlertRoutes(alerts, commands, requestAuth)::register);
        more.add(new NotificationsPage(notificationEngine, alerts, commands, requestAuth, pages, clock)::register);
    }

    /** From its start on, it has the pages from which a run is started, which say before what would come of it. */
    public void show(StartPreview startPreview) {
        more.add(new StartRoutes(catalogs, startPreview, waitReasons, runs, zone, pageContext)::register);
    }

    /** From its start on, it shows how the gateway is set up and who may log in. */
    public void show(Configured configured, Checkouts checkouts, Galaxy galaxy) {
        var identity = entrance.identity();
        var kept = new StoredSecrets(rights, secrets);
        var git = new GitPage(checkouts, galaxy, journal, audit, clock);
        more.add(new SettingsRoutes(configured, git, identity, kept, securityFilter, pageContext)::register);
        more.add(new SettingForms(configured, commands, audit, requestAuth, pages, flash, clock)::register);
        more.add(new AccountForms(identity, securityFilter, requestAuth, responder, departures, flash)::register);
    }

    /** From its start on, work can be held back and let go on over HTTP, and be asked for in several environments. */
    public void offerHolds() {
        more.add(new BatchRoutes(journal.read().batches(), commands, requestAuth, runs, clock)::register);
        more.add(new QueueRoutes(commands, requestAuth, runs)::register);
        more.add(new ContentRoutes(commands, requestAuth, runs)::register);
    }

    /** From its start on, it shows what runs by itself and takes in more of it. */
    public void show(ScheduleStore schedules) {
        scheduled = Optional.of(schedules);
        more.add(new ScheduleRoutes(schedules, commands, requestAuth, runs)::register);
        more.add(new ReportRoutes(schedules, journal, commands, requestAuth, runs, clock)::register);
        more.add(new QueuePageRoutes(schedules, catalogs, journal, waitReasons, zone, pageContext)::register);
    }

    /** From its start on, it shows and changes playbooks as files. */
    public void show(PlaybookFiles files) {
        more.add(new PlaybookRoutes(files, commands, requestAuth)::register);
        more.add(new PlaybookPages(catalogs, files, commands, sidebar, requestAuth, pages, flash, clock)::register);
        more.add(new EditorRoutes(files, commands, requestAuth, pages, flash)::register);
    }

    /** From its start on, it shows and changes what is locked. */
    public void show(Catalogs catalogs, CommandHandler commands, LocksAndFreezes locksAndFreezes) {
        more.add(new LockRoutes(catalogs, commands, locksAndFreezes, requestAuth)::register);
        more.add(new RegisteredHostRoutes(catalogs, commands, requestAuth, runs)::register);
    }

    /** From its start on, everybody may see how the servers of chosen environments are. */
    public void showEverybody(Catalogs catalogs, Supplier<Config.PublicStatus> chosen) {
        var page = new PublicPage(chosen, catalogs, journal, pages, clock);
        securityFilter.open(page::isOpen);
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
        securityFilter.leave(hooks::isThere);
        journal.follow(signals);
        metrics.start();
        metrics.add(readiness::measure);
        lastRuns.start();
        journal.follow(metrics);
        port.open(this::register);
    }

    private void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth::admit);
        api.get("/healthz", GatewayApiDoc.HEALTHZ, Api.ANYBODY, ctx -> ctx.result("ok\n"));
        api.get("/metrics", GatewayApiDoc.METRICS, ctx -> {
            requestAuth.admit(ctx);
            metrics.send(ctx);
        });
        api.get("/readyz", GatewayApiDoc.READYZ, Api.ANYBODY, readiness::send);
        api.get(
                "/api/v1/openapi.json",
                GatewayApiDoc.OPENAPI,
                Api.ANYBODY,
                ctx -> JsonBodies.send(ctx, OpenApiDocument.of(port.endpoints())));
        more.forEach(r -> r.accept(routes));
        hooks.register(routes);
        new Problems(pages).register(routes);
    }

    /** Where it listens. */
    public URI address() {
        return port.address();
    }

    /** Method and path of everything, for the test that nothing of it is open to everybody. */
    public Set<String> allRoutes() {
        return port.allRoutes();
    }

    @Override
    public void close() {
        signals.close();
        port.close();
    }
}
