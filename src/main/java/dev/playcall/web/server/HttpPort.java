package dev.playcall.web.server;

import dev.playcall.command.Allowances;
import dev.playcall.config.Config;
import dev.playcall.security.secret.SecretService;
import dev.playcall.web.http.NamedTexts;
import dev.playcall.web.http.WebAccess;
import dev.playcall.web.http.YamlText;
import dev.playcall.web.security.SecurityFilter;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.config.SizeUnit;
import io.javalin.http.Context;
import io.javalin.http.staticfiles.Location;
import io.javalin.util.JavalinException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port that is listened on, and what every request comes by on its way in and out. */
final class HttpPort implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HttpPort.class);
    /** So long an answer may take when the gateway stops. */
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);

    static final long LARGEST_REQUEST = 1 << 20;

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

    private final Config.Server settings;
    private final String host;
    private final int port;
    private final WebAccess webAccess;
    private final SecurityFilter securityFilter;
    private final ConfirmationFilter confirmationFilter;
    private final SecretService secrets;
    private final Metrics metrics;
    private final CachingHeaders cachingHeaders = new CachingHeaders();
    private @Nullable Javalin server;

    /** @param anyPort a free port of this machine instead of what is configured */
    HttpPort(
            Config.Server settings,
            boolean anyPort,
            WebAccess webAccess,
            SecurityFilter securityFilter,
            ConfirmationFilter confirmationFilter,
            SecretService secrets,
            Metrics metrics) {
        this.settings = settings;
        this.host = anyPort ? "127.0.0.1" : settings.host();
        this.port = anyPort ? 0 : settings.port();
        this.webAccess = webAccess;
        this.securityFilter = securityFilter;
        this.confirmationFilter = confirmationFilter;
        this.secrets = secrets;
        this.metrics = metrics;
    }

    /** From now on every answer says how much more may be asked for. */
    void count(Allowances allowances) {
        cachingHeaders.count(allowances);
    }

    /**
     * Opens it.
     *
     * @throws IllegalStateException with one line for the operator when that is not possible
     */
    void open(Consumer<RoutesConfig> routes) {
        var javalin = Javalin.create(config -> {
            configure(config);
            config.routes.before(ctx -> NamedTexts.use(ctx, webAccess.names()));
            config.routes.before(securityFilter::check);
            config.routes.before(confirmationFilter::check);
            config.routes.wsBeforeUpgrade(securityFilter::checkUpgrade);
            routes.accept(config.routes);
            config.routes.after(this::clean);
        });
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
        // In memory as every other body: nothing that is sent is written to a folder that others may read.
        config.jetty.multipartConfig.maxTotalRequestSize(LARGEST_REQUEST, SizeUnit.BYTES);
        config.jetty.multipartConfig.maxInMemoryFileSize((int) LARGEST_REQUEST, SizeUnit.BYTES);
        config.jetty.modifyServer(jetty -> {
            // What is being answered at a stop is answered to its end, what comes then is refused with 503.
            jetty.insertHandler(new GracefulHandler());
            jetty.setErrorHandler(new UnreadableRequests());
            jetty.setStopTimeout(LAST_ANSWERS.toMillis());
        });
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
    }

    /** Whatever a page or a document was made of, it shows no secret. */
    private void clean(Context ctx) {
        var type = Optional.ofNullable(ctx.res().getContentType()).orElse("");
        if (type.startsWith("text/html") || type.startsWith("application/")) {
            var text = Optional.ofNullable(ctx.result()).orElse("");
            var clean = secrets.redact(text);
            if (!clean.equals(text)) {
                ctx.result(clean);
            }
        }
        YamlText.answer(ctx);
        cachingHeaders.add(ctx);
    }

    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** Refuses to serve others while nobody is admin. */
    void refuseUnprotected() {
        if (LOOPBACK.contains(host)) {
            return;
        }
        if (!webAccess.isGuarded() && webAccess.adminToken().isEmpty()) {
            throw new IllegalStateException("server.host: " + host
                    + " would let anyone who can reach it run Ansible: no admin is configured (create one with"
                    + " ./playcall user add <name> --admin or PLAYCALL_ADMIN_USER and PLAYCALL_ADMIN_PASSWORD, or use"
                    + " 127.0.0.1)");
        }
        if (settings.publicUrl().isBlank()) {
            throw new IllegalStateException("server.public_url: must be the address under which people reach " + host
                    + ":" + port + "; other hosts are refused");
        }
        if (!settings.publicUrl().startsWith("https:")) {
            log.warn("server.public_url is not https: passwords and tokens are sent in clear text");
        }
    }

    /** Commands of this machine talk to the loopback, whatever else is listened on. */
    private String reachable() {
        return LOOPBACK.contains(host) || !Set.of("0.0.0.0", "::", "[::]").contains(host) ? host : "127.0.0.1";
    }

    /** Where it listens. */
    URI address() {
        var running = server;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return URI.create("http://" + reachable() + ":" + running.port());
    }

    /** Method and path of everything, for the test that nothing of it is open to everybody. */
    Set<String> allRoutes() {
        var running = server;
        return running == null
                ? Set.of()
                : running.unsafe.internalRouter.allHttpHandlers().stream()
                        .map(h -> h.endpoint.method.name() + " " + h.endpoint.path)
                        .filter(r -> r.matches("(GET|POST|PUT|PATCH|DELETE) .*"))
                        .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        var running = server;
        if (running != null) {
            try {
                running.stop();
            } catch (JavalinException e) {
                log.warn("Requests in progress were interrupted: {}", String.valueOf(e.getMessage()));
            }
        }
    }
}
