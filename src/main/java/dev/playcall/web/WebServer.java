package dev.playcall.web;

import dev.playcall.catalog.Catalogs;
import dev.playcall.catalog.PlaybookFiles;
import dev.playcall.command.Allowances;
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
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.staticfiles.Location;
import io.javalin.router.Endpoint;
import io.javalin.util.JavalinException;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway's web side. Serves this machine only until somebody is admin. */
public final class WebServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WebServer.class);
    static final long LARGEST_REQUEST = 1 << 20;
    /** More than any hook takes: each knows its own limit, and a storm of Alertmanager is one post. */
    private static final int LARGEST_POST = 9 << 20;

    private static final int MOST_TOLD = 50;

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");
    private static final List<String> SCOPES =
            Arrays.stream(Permission.values()).map(Permission::word).toList();

    private final Config.Server settings;
    private final String host;
    private final int port;
    private final Entrance entrance;
    private final RunJournal journal;
    private final RunSignals signals = new RunSignals();
    private final Readiness readiness;
    private final Gate gate;
    private final Visitors visitors;
    private final Desk desk;
    private final Vault vault;
    private final RunRoutes runs;
    private final HistoryRoutes history;
    private final InventoryRoutes inventory;
    private final SecretRoutes secrets;
    private final ReadRoutes reading;
    private final AuditLog audit;
    private final AuditRoutes audits;
    private final EventStreams events;
    private final LogStreams logStreams;
    private final PageRoutes pageRoutes;
    private final WorkRoutes workRoutes;
    private final LogLineRoutes logLines;
    private final Pages pages;
    private LongFunction<List<Delivery>> told = _ -> List.of();
    private final Flash flash;
    private final Rights rights;
    private final Deeds deeds;
    private final Sidebar sidebar;
    private final Outlook outlook;
    private final Catalogs catalogs;
    private final ZoneId zone;
    private final LastRuns lastRuns;
    private final List<Consumer<RoutesConfig>> identityRoutes;
    private final Problems problems;
    private final Metrics metrics;
    private static final String SOURCES = "/hooks/";
    private final Courtesies courtesies = new Courtesies();
    private final Map<String, PostHook> hooks = new LinkedHashMap<>();
    private Function<String, Optional<PostHook>> sources = _ -> Optional.empty();
    private final List<Consumer<RoutesConfig>> more = new ArrayList<>();
    private final Clock clock;
    private @Nullable Javalin server;

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
        this.settings = config.server();
        this.host = anyPort ? "127.0.0.1" : settings.host();
        this.port = anyPort ? 0 : settings.port();
        this.entrance = entrance;
        this.journal = journal;
        this.readiness = new Readiness(checks);
        var cookies = new Cookies(settings.publicUrl());
        this.gate = new Gate(settings.publicUrl(), entrance, cookies);
        this.visitors = new Visitors(gate, rights, catalogs, journal.read(), new Refusals(audit, clock));
        var logs = new LogFiles(config.paths().logs());
        this.runs = new RunRoutes(journal, desk, visitors, logs, vault, clock);
        this.inventory = new InventoryRoutes(catalogs, desk, visitors);
        this.history = new HistoryRoutes(journal, visitors, clock);
        this.logLines = new LogLineRoutes(new LogLines(logs), visitors);
        this.vault = vault;
        var kept = new KeptSecrets(rights, vault);
        this.secrets = new SecretRoutes(desk, kept, visitors);
        this.reading = new ReadRoutes(catalogs, journal, console, gate, visitors);
        this.lastRuns = new LastRuns(journal);
        this.sidebar = new Sidebar(catalogs, visitors, lastRuns);
        this.flash = new Flash(cookies);
        this.outlook = outlook;
        this.catalogs = catalogs;
        this.zone = config.schedule().timezone();
        this.pages = new Pages(sidebar, flash);
        this.audit = audit;
        this.audits = new AuditRoutes(audit, visitors, pages);
        more.add(new SecretPage(catalogs, desk, kept, visitors, pages, clock)::register);
        this.events = new EventStreams(journal, signals, visitors, vault, clock);
        this.logStreams = new LogStreams(journal, signals, logs, visitors, vault, clock);
        this.pageRoutes =
                new PageRoutes(catalogs, journal, pages, visitors, readiness, timelines, n -> told.apply(n), clock);
        this.workRoutes = new WorkRoutes(catalogs, journal, pages, visitors, sidebar, clock);
        more.add(new RunForms(desk, visitors, flash)::register);
        this.rights = rights;
        this.deeds = new Deeds(audit);
        this.identityRoutes = identityRoutes(entrance.identity(), cookies, pages, deeds, clock);
        this.problems = new Problems(pages);
        this.metrics = new Metrics(journal.read());
    }

    private List<Consumer<RoutesConfig>> identityRoutes(
            Identity identity, Cookies cookies, Pages pages, Deeds deeds, Clock clock) {
        return List.of(
                new DoorRoutes(identity, cookies, pages, gate, deeds, new SecureRandom())::register,
                new AccountRoutes(identity, pages, gate, visitors, deeds, SCOPES, clock)::register,
                new TokenRoutes(identity, gate, deeds, SCOPES)::register,
                new UserRoutes(identity, gate, deeds)::register);
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
        more.add(new PeopleForms(identity, gate, visitors, deeds, flash)::register);
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
        courtesies.count(allowances);
    }

    /** From its start on, what is posted to this path is for a chat platform, which checks itself who sent it. */
    public void receive(String path, PostHook hook) {
        hooks.put(path, hook);
    }

    /** From its start on, what is posted below {@code /hooks/} is for the source of that name, while there is one. */
    public void receive(Function<String, Optional<PostHook>> found) {
        sources = found;
    }

    /**
     * Opens the port.
     *
     * @throws IllegalStateException with one line for the operator when that is not possible
     */
    public void start() {
        refuseOpenHouse();
        gate.leave(path -> hooks.containsKey(path) || source(path).isPresent());
        journal.follow(signals);
        metrics.start();
        metrics.add(readiness::measure);
        lastRuns.start();
        journal.follow(metrics);
        var javalin = Javalin.create(this::configure);
        try {
            javalin.start(host, port);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "server.port: " + host + ":" + port + " cannot be opened: " + reason(e)
                            + " (PLAYCALL_SERVER_PORT=0 takes a free one)",
                    e);
        }
        server = javalin;
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        // Each watcher of a stream keeps the thread of its request.
        config.concurrency.useVirtualThreads = true;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = LARGEST_REQUEST;
        config.jetty.modifyServer(jetty -> jetty.setStopTimeout(2000));
        config.requestLogger.http((ctx, millis) -> {
            log.debug("{} {} {} {} ms", ctx.method(), ctx.path(), ctx.statusCode(), millis);
            metrics.answered(ctx, millis);
        });
        config.staticFiles.add(files -> {
            files.hostedPath = "/static";
            files.directory = "/dev/playcall/web/static";
            files.location = Location.CLASSPATH;
            files.headers = Map.of("Cache-Control", "no-cache", "X-Content-Type-Options", "nosniff");
        });
        Webjars.serve(config, "codemirror");
        var api = new Api(config.routes);
        config.routes.before(gate::check);
        config.routes.before(new Sure(pages)::check);
        config.routes.wsBeforeUpgrade(gate::checkUpgrade);
        api.get("/healthz", GatewaySaid.HEALTHZ, ctx -> ctx.result("ok\n"));
        api.get("/metrics", GatewaySaid.METRICS, ctx -> {
            visitors.admit(ctx);
            metrics.send(ctx);
        });
        api.get("/readyz", GatewaySaid.READYZ, readiness::send);
        api.get("/api/v1/openapi.json", GatewaySaid.OPENAPI, ctx -> Json.send(ctx, Document.of(endpoints())));
        runs.register(config.routes);
        history.register(config.routes);
        inventory.register(config.routes);
        secrets.register(config.routes);
        reading.register(config.routes);
        audits.register(config.routes);
        events.register(config.routes);
        logStreams.register(config.routes);
        logLines.register(config.routes);
        pageRoutes.register(config.routes);
        workRoutes.register(config.routes);
        identityRoutes.forEach(r -> r.accept(config.routes));
        more.forEach(r -> r.accept(config.routes));
        hooks.forEach((path, hook) -> config.routes.post(path, ctx -> hand(hook, ctx)));
        api.post(
                SOURCES + "{source}",
                GatewaySaid.HOOKS,
                ctx -> hand(
                        source(ctx.path())
                                .orElseThrow(() -> ProblemException.notFound(
                                        "there is no such source" + " (notify.sources in config/playcall.yml)")),
                        ctx));
        problems.register(config.routes);
        config.routes.after(this::clean);
    }

    /** Whatever a page or a document was made of, it shows no secret. */
    private void clean(Context ctx) {
        var type = Optional.ofNullable(ctx.res().getContentType()).orElse("");
        if (type.startsWith("text/html") || type.startsWith("application/")) {
            var text = Optional.ofNullable(ctx.result()).orElse("");
            var clean = vault.redact(text);
            if (!clean.equals(text)) {
                ctx.result(clean);
            }
        }
        courtesies.add(ctx);
    }

    private Optional<PostHook> source(String path) {
        return path.startsWith(SOURCES) ? sources.apply(path.substring(SOURCES.length())) : Optional.empty();
    }

    private static void hand(PostHook hook, Context ctx) throws IOException {
        var reply = hook.handle(ctx.headerMap(), ctx.bodyInputStream().readNBytes(LARGEST_POST));
        var type = reply.status() >= 400 && reply.contentType().equals("application/json")
                ? "application/problem+json"
                : reply.contentType();
        ctx.status(reply.status()).contentType(type).result(reply.body());
    }

    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    private void refuseOpenHouse() {
        if (LOOPBACK.contains(host)) {
            return;
        }
        if (!entrance.isGuarded() && entrance.adminToken().isEmpty()) {
            throw new IllegalStateException("server.host: " + host
                    + " would let everybody in reach run Ansible: nobody is admin yet (./playcall user add <name> --admin"
                    + " makes somebody, or use 127.0.0.1)");
        }
        if (settings.publicUrl().isBlank()) {
            throw new IllegalStateException("server.public_url: has to say under which address people reach " + host
                    + ":" + port + ", others are refused");
        }
        if (!settings.publicUrl().startsWith("https:")) {
            log.warn("server.public_url is not https: passwords and tokens cross the network readable");
        }
    }

    /** Commands of this machine talk to the loopback, whatever else is listened on. */
    private String reachable() {
        return LOOPBACK.contains(host) || !Set.of("0.0.0.0", "::", "[::]").contains(host) ? host : "127.0.0.1";
    }

    /** Where it listens. */
    public URI address() {
        var running = server;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return URI.create("http://" + reachable() + ":" + running.port());
    }

    private List<Endpoint> endpoints() {
        var running = server;
        return running == null
                ? List.of()
                : running.unsafe.internalRouter.allHttpHandlers().stream()
                        .map(h -> h.endpoint)
                        .toList();
    }

    /** Method and path of everything, for the test that nothing of it is open to everybody. */
    Set<String> allRoutes() {
        return endpoints().stream()
                .map(e -> e.method.name() + " " + e.path)
                .filter(r -> r.matches("(GET|POST|PUT|PATCH|DELETE) .*"))
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        var running = server;
        if (running != null) {
            signals.close();
            try {
                running.stop();
            } catch (JavalinException e) {
                log.warn("Requests that were being answered were cut off: {}", String.valueOf(e.getMessage()));
            }
        }
    }
}
