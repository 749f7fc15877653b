package dev.playcall.web.security;

import dev.playcall.config.IpNetwork;
import dev.playcall.domain.name.Person;
import dev.playcall.security.access.Authorizer.Decision;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Principal;
import dev.playcall.security.access.Target;
import dev.playcall.web.http.Addresses;
import dev.playcall.web.http.Cookies;
import dev.playcall.web.http.Forms;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.WebAccess;
import dev.playcall.web.http.WebCaller;
import io.javalin.http.Context;
import io.javalin.websocket.WsContext;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Every request comes by here. A foreign Host (a name that was bound to our address) and a request that another site
 * sends are refused; whoever has to say who they are, says it here.
 */
public final class SecurityFilter {
    /** A form sends its proof under this name; a script sends it as {@link #PROOF_HEADER}. */
    public static final String PROOF = "csrf";

    static final String PROOF_HEADER = "X-CSRF-Token";

    private static final String CALLER = "visitor";
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> PROBES = Set.of("/healthz", "/readyz");
    private static final Set<String> OPEN_PATHS = Set.of("/login", "/setup");

    private final Optional<String> publicHost;
    private final TrustedProxies proxies;
    private final WebAccess webAccess;
    private final Authentication authentication;
    private final Cookies cookies;
    private Predicate<String> crossSite = _ -> false;
    private Predicate<String> open = _ -> false;

    /** @param trustedProxies addresses and networks whose word about the client counts */
    public SecurityFilter(String publicUrl, List<IpNetwork> trustedProxies, WebAccess entrance, Cookies cookies) {
        this.publicHost = publicUrl.isBlank()
                ? Optional.empty()
                : Optional.ofNullable(URI.create(publicUrl).getHost());
        this.proxies = new TrustedProxies(trustedProxies);
        this.webAccess = entrance;
        this.cookies = cookies;
        this.authentication = new Authentication(entrance, cookies);
    }

    /** What is posted to these paths is checked by whom it is for. */
    public void leave(Predicate<String> paths) {
        crossSite = paths;
    }

    /** These paths may be read by everybody; what is there is the same for all of them. */
    public void open(Predicate<String> paths) {
        open = paths;
    }

    public void check(Context ctx) {
        headers(ctx);
        Addresses.remember(ctx, proxies.client(ctx));
        if (PROBES.contains(ctx.path())) {
            return;
        }
        refuseOtherHost(ctx);
        if (crossSite.test(ctx.path())) {
            return;
        }
        boolean changes = !READING.contains(ctx.method().name());
        if (changes) {
            refuseCrossSite(ctx);
        }
        if (OPEN_PATHS.contains(ctx.path()) || ctx.path().startsWith("/static/")) {
            return;
        }
        if (!changes && open.test(ctx.path())) {
            return;
        }
        var webCaller = authentication.of(ctx);
        webCaller.ifPresent(v -> {
            refuseAgents(v);
            welcome(ctx, v, changes);
        });
        if (webCaller.isEmpty()) {
            turnAway(ctx);
        }
    }

    /** A WebSocket may be opened by any page a browser shows, so it is no reading as others are. */
    public void checkUpgrade(Context ctx) {
        refuseOtherHost(ctx);
        refuseCrossSite(ctx);
        var webCaller = authentication.of(ctx).orElseThrow(SecurityFilter::unknown);
        refuseAgents(webCaller);
        welcome(ctx, webCaller, false);
    }

    private static void refuseAgents(WebCaller webCaller) {
        if (webCaller instanceof WebCaller.Program(var token)
                && token.agentsOf().isPresent()) {
            throw new ProblemException(
                    403, "the token " + token.name() + " is for reports of agents only (/ingest/)", Optional.empty());
        }
    }

    private void welcome(Context ctx, WebCaller webCaller, boolean changes) {
        if (webCaller instanceof WebCaller.Anyone && isFromElsewhere(ctx)) {
            throw new ProblemException(
                    403,
                    "until there is an account, only requests from this machine are served (open the link printed at"
                            + " startup)",
                    Optional.empty());
        }
        if (changes && webCaller instanceof WebCaller.Member(var _, var credential)) {
            var proof = Optional.ofNullable(ctx.header(PROOF_HEADER)).or(() -> Forms.text(ctx, PROOF));
            if (proof.filter(credential.proof()::equals).isEmpty()) {
                throw new ProblemException(403, "this page has expired; reload it", Optional.empty());
            }
        }
        ctx.attribute(CALLER, webCaller);
    }

    private boolean isFromElsewhere(Context ctx) {
        return !Addresses.isLoopback(ctx.ip()) || Addresses.isForwarded(ctx) || !HERE.contains(Addresses.host(ctx));
    }

    private static ProblemException unknown() {
        return new ProblemException(401, "authentication required: log in, or send a bearer token", Optional.empty());
    }

    /** People are shown where to log in and come back to where they wanted to go. */
    private static void turnAway(Context ctx) {
        if (!ctx.method().name().equals("GET") || !Pages.wanted(ctx)) {
            ctx.header("WWW-Authenticate", "Bearer");
            throw unknown();
        }
        var query = ctx.queryString();
        var request = ctx.path() + (query == null ? "" : "?" + query);
        ctx.redirect(
                "/login" + (request.equals("/") ? "" : "?next=" + URLEncoder.encode(request, StandardCharsets.UTF_8)));
        ctx.skipRemainingHandlers();
    }

    private void refuseOtherHost(Context ctx) {
        var host = Addresses.host(ctx);
        if (!HERE.contains(host) && publicHost.filter(host::equalsIgnoreCase).isEmpty()) {
            throw new ProblemException(
                    421, "this gateway is not \"" + host + "\" (set server.public_url)", Optional.empty());
        }
    }

    private void headers(Context ctx) {
        ctx.header(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                        + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("Referrer-Policy", "same-origin");
        ctx.header("X-Frame-Options", "DENY");
        ctx.header("Cross-Origin-Opener-Policy", "same-origin");
        ctx.header("Cross-Origin-Resource-Policy", "same-origin");
        ctx.header("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
        ctx.header("Cache-Control", "no-store");
        if (cookies.isSecure(ctx)) {
            ctx.header("Strict-Transport-Security", "max-age=31536000");
        }
    }

    /** Another port of this machine is another site: what is served there need not be ours. */
    private void refuseCrossSite(Context ctx) {
        var pages = ctx.header("Sec-Fetch-Site");
        var origin = ctx.header("Origin");
        boolean foreignSite = pages != null && !pages.equals("same-origin") && !pages.equals("none");
        boolean foreignOrigin = origin != null && !isOurs(origin, ctx);
        if (foreignSite || foreignOrigin) {
            throw new ProblemException(403, "cross-site request refused", Optional.empty());
        }
    }

    private boolean isOurs(String origin, Context ctx) {
        try {
            var from = Optional.ofNullable(URI.create(origin).getAuthority()).orElse("");
            return from.equals(ctx.header("Host"))
                    || publicHost.filter(Addresses.name(from)::equalsIgnoreCase).isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Who came in, if anybody did. */
    public static Optional<WebCaller> callerOf(Context ctx) {
        return Optional.ofNullable(ctx.<WebCaller>attribute(CALLER));
    }

    public static Optional<WebCaller> callerOf(WsContext ctx) {
        return Optional.ofNullable(ctx.<WebCaller>attribute(CALLER));
    }

    public WebCaller webCaller(Context ctx) {
        return Objects.requireNonNull(ctx.<WebCaller>attribute(CALLER), "the request did not pass the security filter");
    }

    public Person person(Context ctx) {
        return webCaller(ctx).person();
    }

    /** Whether this user may still be here: for what goes on long after it was asked for. */
    boolean isWelcome(WebCaller webCaller) {
        return authentication.isWelcome(webCaller);
    }

    /** Whether this user has this right everywhere; somebody who did not say who they are has none. */
    public boolean mayEverywhere(Context ctx, Permission what) {
        var webCaller = webCaller(ctx);
        var who = new Principal(webCaller.person(), Set.of(), "api");
        return !(webCaller instanceof WebCaller.Anyone)
                && webAccess.authorizer().decide(who, what, Target.EVERYTHING) instanceof Decision.Allowed;
    }

    public boolean hasNoAdmin() {
        return webAccess.authorizer().isOpen();
    }
}
