package dev.playcall.web;

import dev.playcall.catalog.Catalogs;
import dev.playcall.command.Desk;
import dev.playcall.command.Rights;
import dev.playcall.config.Config;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.AuditLog;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway's web side. Serves this machine only until there is access control. */
public final class WebServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WebServer.class);
    static final long LARGEST_REQUEST = 1 << 20;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

    private final Config.Server settings;
    private final int port;
    private final RunJournal journal;
    private final RunSignals signals = new RunSignals();
    private final Readiness readiness;
    private final Gate gate;
    private final Visitors visitors;
    private final RunRoutes runs;
    private final ReadRoutes reading;
    private final AuditRoutes audits;
    private final EventStreams events;
    private final LogStreams logStreams;
    private final PageRoutes pageRoutes;
    private final Problems problems;
    private final Metrics metrics;
    private final Map<String, PostHook> hooks = new LinkedHashMap<>();
    private @Nullable Javalin server;

    /**
     * @param anyPort listen on a free port instead of the configured one
     * @param checks the parts that /readyz asks
     */
    public WebServer(
            Config config,
            boolean anyPort,
            Catalogs catalogs,
            RunJournal journal,
            Desk desk,
            Rights rights,
            TextConsole console,
            AuditLog audit,
            List<Check> checks,
            Optional<String> adminToken,
            Clock clock) {
        this.settings = config.server();
        this.port = anyPort ? 0 : settings.port();
        this.journal = journal;
        this.readiness = new Readiness(checks);
        this.gate = new Gate(settings.publicUrl(), adminToken);
        this.visitors = new Visitors(gate, rights, catalogs, journal.read());
        var logs = new LogFiles(config.paths().logs());
        this.runs = new RunRoutes(journal, desk, visitors, logs, clock);
        this.reading = new ReadRoutes(catalogs, journal, console, gate, visitors);
        this.audits = new AuditRoutes(audit, visitors);
        this.events = new EventStreams(journal, signals, visitors, clock);
        this.logStreams = new LogStreams(journal, signals, logs, visitors, clock);
        var pages = new Pages();
        this.pageRoutes = new PageRoutes(catalogs, journal, pages, visitors, clock);
        this.problems = new Problems(pages);
        this.metrics = new Metrics(journal.read());
    }

    /** From its start on, what is posted to this path is for a chat platform, which checks itself who sent it. */
    public void receive(String path, PostHook hook) {
        hooks.put(path, hook);
    }

    /**
     * Opens the port.
     *
     * @throws IllegalStateException with one line for the operator when that is not possible
     */
    public void start() {
        if (!LOOPBACK.contains(settings.host())) {
            throw new IllegalStateException("server.host: " + settings.host()
                    + " would let everybody in reach run Ansible, there is no login yet (use 127.0.0.1)");
        }
        journal.follow(signals);
        metrics.start();
        journal.follow(metrics);
        var javalin = Javalin.create(this::configure);
        try {
            javalin.start(settings.host(), port);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "server.port: " + settings.host() + ":" + port + " cannot be opened: " + reason(e)
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
        config.routes.before(gate::check);
        config.routes.wsBeforeUpgrade(gate::checkUpgrade);
        config.routes.get("/healthz", ctx -> ctx.result("ok\n"));
        config.routes.get("/metrics", ctx -> {
            visitors.admit(ctx);
            metrics.send(ctx);
        });
        config.routes.get("/readyz", readiness::send);
        runs.register(config.routes);
        reading.register(config.routes);
        audits.register(config.routes);
        events.register(config.routes);
        logStreams.register(config.routes);
        pageRoutes.register(config.routes);
        hooks.forEach((path, hook) -> config.routes.post(path, ctx -> {
            var reply = hook.handle(ctx.headerMap(), ctx.bodyAsBytes());
            ctx.status(reply.status()).contentType(reply.contentType()).result(reply.body());
        }));
        problems.register(config.routes);
    }

    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** Where it listens. */
    public URI address() {
        var running = server;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return URI.create("http://" + settings.host() + ":" + running.port());
    }

    /** Method and path of everything below /api, for the test that holds it against its description. */
    Set<String> routes() {
        var running = server;
        return running == null
                ? Set.of()
                : running.unsafe.internalRouter.allHttpHandlers().stream()
                        .map(h -> h.endpoint.method.name() + " " + h.endpoint.path)
                        .filter(r -> r.matches("(GET|POST|PUT|DELETE) /(api/|healthz|readyz|metrics).*"))
                        .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        var running = server;
        if (running != null) {
            signals.close();
            running.stop();
        }
    }
}
