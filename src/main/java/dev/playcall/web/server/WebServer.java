package dev.playcall.web.server;

import dev.playcall.agent.AgentReports;
import dev.playcall.catalog.inventory.EnvironmentFiles;
import dev.playcall.catalog.playbook.PlaybookFiles;
import dev.playcall.catalog.vars.InventoryFiles;
import dev.playcall.command.Allowances;
import dev.playcall.command.RefusalLog;
import dev.playcall.command.access.StoredSecrets;
import dev.playcall.command.alert.ReceiverSettings;
import dev.playcall.command.rollout.HostReach;
import dev.playcall.command.run.RunServices;
import dev.playcall.command.run.StartPreview;
import dev.playcall.command.run.WaitReasons;
import dev.playcall.command.schedule.AccountRemoval;
import dev.playcall.config.Config;
import dev.playcall.content.galaxy.Galaxy;
import dev.playcall.content.git.Checkouts;
import dev.playcall.notify.alert.Alerts;
import dev.playcall.notify.dispatch.NotificationEngine;
import dev.playcall.notify.event.Delivery;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.security.approval.LocksAndFreezes;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.secret.SecretService;
import dev.playcall.venv.Venvs;
import dev.playcall.web.accounts.AccountsFeature;
import dev.playcall.web.alerts.AlertsFeature;
import dev.playcall.web.audit.AuditRoutes;
import dev.playcall.web.deployments.DeploymentsFeature;
import dev.playcall.web.environments.EnvironmentsFeature;
import dev.playcall.web.hosts.HostsFeature;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.Configured;
import dev.playcall.web.http.Cookies;
import dev.playcall.web.http.Flash;
import dev.playcall.web.http.ReadinessCheck;
import dev.playcall.web.http.RouteGroup;
import dev.playcall.web.http.TextConsole;
import dev.playcall.web.http.WebAccess;
import dev.playcall.web.ingest.IngestFeature;
import dev.playcall.web.inventory.InventoryFeature;
import dev.playcall.web.log.LogFiles;
import dev.playcall.web.log.LogLineRoutes;
import dev.playcall.web.notifications.NotificationsFeature;
import dev.playcall.web.notifications.PostHook;
import dev.playcall.web.openapi.OpenApiDocument;
import dev.playcall.web.playbooks.PlaybooksFeature;
import dev.playcall.web.queue.QueueFeature;
import dev.playcall.web.runs.RunRoutes;
import dev.playcall.web.runs.RunsFeature;
import dev.playcall.web.runs.RunsFeature.Timelines;
import dev.playcall.web.schedules.SchedulesFeature;
import dev.playcall.web.search.SearchFeature;
import dev.playcall.web.security.Pages;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.SecurityFilter;
import dev.playcall.web.security.Sidebar;
import dev.playcall.web.security.WebContext;
import dev.playcall.web.settings.SettingsFeature;
import dev.playcall.web.start.StartRoutes;
import dev.playcall.web.statistics.StatisticsFeature;
import dev.playcall.web.stream.StreamFeature;
import dev.playcall.web.venvs.VenvsFeature;
import io.javalin.config.RoutesConfig;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** The gateway's web side. Serves this machine only until somebody is admin. */
public final class WebServer implements AutoCloseable {
    private static final int MOST_DELIVERIES = 50;

    private final WebAccess webAccess;
    private final WebContext context;
    private final RunRoutes runs;
    private final LogFiles logs;
    private final Readiness readiness;
    private final HttpPort port;
    private final StreamFeature streams;
    private final AuditLog audit;
    private final StoredSecrets stored;
    private LongFunction<List<Delivery>> deliveries = _ -> List.of();
    private Optional<Alerts> openAlerts = Optional.empty();
    private Optional<ScheduleStore> scheduled = Optional.empty();
    private final Sidebar sidebar;
    private final WaitReasons waitReasons;
    private final ZoneId zone;
    private final Metrics metrics;
    private final Hooks hooks = new Hooks();
    private final List<RouteGroup> features = new ArrayList<>();

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
            WebAccess webAccess,
            Clock clock) {
        this.webAccess = webAccess;
        this.audit = audit;
        this.stored = new StoredSecrets(services.rights(), secrets);
        this.waitReasons = services.waitReasons();
        this.zone = config.schedule().timezone();
        this.readiness = new Readiness(checks);
        var server = config.server();
        var cookies = new Cookies(server.publicUrl());
        var filter = new SecurityFilter(server.publicUrl(), server.trustedProxies(), webAccess, cookies);
        var journal = services.journal();
        var catalogs = services.catalogs();
        var requestAuth =
                new RequestAuth(filter, services.rights(), catalogs, journal.read(), new RefusalLog(audit, clock));
        this.sidebar = new Sidebar(catalogs, requestAuth, journal);
        var flash = new Flash(cookies);
        var pages = new Pages(sidebar, flash, webAccess.names());
        this.context = new WebContext(
                filter,
                requestAuth,
                pages,
                flash,
                services.commands(),
                catalogs,
                journal,
                secrets,
                webAccess.names(),
                clock);
        this.metrics = new Metrics(journal.read());
        this.port = new HttpPort(server, anyPort, webAccess, filter, new ConfirmationFilter(pages), secrets, metrics);
        this.logs = new LogFiles(config.paths().logs(), journal.read().nodes());
        this.runs = new RunRoutes(context, logs);
        this.streams = new StreamFeature(context, logs);
        var accountRemoval = new AccountRemoval(
                webAccess.identity(), () -> scheduled, services.rights().people(), clock);
        features.add(new StatisticsFeature(context));
        features.add(new AuditRoutes(context, audit));
        features.add(new SearchFeature(context));
        features.add(streams);
        features.add(new AccountsFeature(context, webAccess.identity(), cookies, audit, accountRemoval));
    }

    /** From its start on, it has runs and what each of them did. */
    public void showRuns(Timelines timelines) {
        features.add(new RunsFeature(context, runs, timelines, n -> deliveries.apply(n)));
        features.add(new LogLineRoutes(logs, context.requestAuth(), timelines::of));
        features.add(new DeploymentsFeature(context, runs, streams.signals()));
    }

    /** From its start on, it has the hosts, takes commands as text, and shows everybody what is chosen for that. */
    public void show(
            TextConsole console,
            LocksAndFreezes locks,
            Supplier<Config.PublicStatus> publicStatus,
            EnvironmentFiles environments) {
        features.add(streams.cards(console));
        features.add(new InventoryFeature(
                context, runs, console, locks, readiness::problems, publicStatus, environments, () -> openAlerts));
    }

    /**
     * From its start on, environments are made, renamed and archived, and their policies are written.
     *
     * @param elsewhere why files are not changed here at all, as of now; empty where they are
     */
    public void show(EnvironmentFiles environments, Supplier<Optional<String>> elsewhere) {
        features.add(new EnvironmentsFeature(context, environments, elsewhere));
    }

    /** From its start on, it takes notifications in and shows what became of them. */
    public void show(NotificationEngine notificationEngine, Alerts alerts, ReceiverSettings receivers) {
        deliveries = run -> notificationEngine.ofRun(run, MOST_DELIVERIES);
        features.add(new NotificationsFeature(context, notificationEngine, alerts, receivers));
        features.add(new AlertsFeature(context, alerts));
        openAlerts = Optional.of(alerts);
        sidebar.count(visible -> alerts.count(visible::seesAlertsOf));
    }

    /** From its start on, it has the pages from which a run is started, which say before what would come of it. */
    public void show(StartPreview startPreview, HostReach reach) {
        features.add(new StartRoutes(context.catalogs(), startPreview, reach, waitReasons, runs, zone, context));
    }

    /** From its start on, it shows how the gateway is set up. */
    public void show(Configured configured, Checkouts checkouts, Galaxy galaxy, Venvs venvs) {
        features.add(new VenvsFeature(context, runs, venvs));
        features.add(
                new SettingsFeature(context, runs, configured, checkouts, galaxy, webAccess.identity(), stored, audit));
    }

    /**
     * From its start on, it shows what waits, what runs by itself, and takes in more of it.
     *
     * @param receivers of notifications, which can get reports
     */
    public void show(ScheduleStore schedules, Supplier<Set<String>> receivers) {
        scheduled = Optional.of(schedules);
        features.add(new SchedulesFeature(context, runs, schedules));
        features.add(new QueueFeature(context, runs, schedules, waitReasons, zone, receivers));
    }

    /**
     * From its start on, it shows and changes playbooks as files.
     *
     * @param elsewhere why files are not changed here at all, as of now; empty where they are
     */
    public void show(PlaybookFiles files, Supplier<Optional<String>> elsewhere) {
        features.add(new PlaybooksFeature(context, sidebar, files, () -> scheduled, zone, elsewhere));
    }

    /**
     * From its start on, it shows and changes the files of inventories.
     *
     * @param elsewhere why files are not changed here at all, as of now; empty where they are
     */
    public void show(InventoryFiles files, Supplier<Optional<String>> elsewhere) {
        features.add(new HostsFeature(context, files, elsewhere, InventoryFeature::pastedHosts));
    }

    /** From its start on, agents report to it. */
    public void show(AgentReports agents) {
        var ingest = new IngestFeature(context, webAccess, agents);
        features.add(ingest);
        metrics.add(ingest.metrics());
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
        port.refuseUnprotected();
        context.securityFilter().leave(path -> hooks.isThere(path) || path.startsWith(IngestFeature.PATH));
        metrics.start();
        metrics.add(readiness::measure);
        sidebar.start();
        context.journal().follow(metrics);
        port.open(this::register);
    }

    private void register(RoutesConfig routes) {
        var api = new Api(routes, context.requestAuth()::admit);
        api.probe("/healthz", ctx -> ctx.result("ok\n"));
        api.probe("/metrics", ctx -> {
            context.requestAuth().admit(ctx);
            metrics.send(ctx);
        });
        api.probe("/readyz", readiness::send);
        api.get(
                "/api/v1/openapi.json",
                Api.ANYBODY,
                ctx -> ctx.contentType("application/json").result(OpenApiDocument.json()));
        features.forEach(f -> f.register(routes));
        hooks.register(routes);
        new Problems(context.pages(), webAccess.names()).register(routes);
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
        streams.close();
        port.close();
    }
}
