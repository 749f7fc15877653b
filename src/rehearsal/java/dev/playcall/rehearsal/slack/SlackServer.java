package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/** A Slack workspace on this machine: Web API and Socket Mode for the application, and the people in front of it. */
public final class SlackServer implements AutoCloseable {
    public static final String BOT_TOKEN = "xoxb-rehearsal";
    public static final String APP_TOKEN = "xapp-rehearsal";
    public static final String SIGNING_SECRET = "rehearsal-signing-secret";
    /** The application's own user. */
    public static final String BOT_USER = Workspace.BOT_USER;

    public static final String TEAM = Workspace.TEAM;

    private static final Duration OVERLAP = Duration.ofSeconds(10);

    private volatile URI base = URI.create("http://127.0.0.1");
    private final AtomicBoolean deaf = new AtomicBoolean();
    private final Clock clock = Clock.systemUTC();
    private final Recorder recorder = new Recorder();
    private final Limits limits = new Limits(clock);
    private final Workspace workspace = new Workspace(clock);
    private final Triggers triggers = new Triggers(clock);
    private final ReadMethods reading = new ReadMethods(workspace);
    private final Views views = new Views(workspace, triggers);
    private final Files files = new Files(workspace, this::base);
    private final Responses responses = new Responses(workspace, recorder, clock, this::base);
    private final Sockets sockets = new Sockets(this::base, deaf);
    private final Envelopes envelopes = new Envelopes(sockets, recorder, clock);
    private final UserActions acts = new UserActions(workspace, views, triggers, responses, envelopes);
    private final WebApi api = new WebApi(methods(), limits, recorder, clock);
    private Optional<RequestUrl> requestUrl = Optional.empty();
    private final Javalin http = Javalin.create(this::configure);

    private SlackServer() {}

    /** Opens a free port of this machine. */
    public static SlackServer start() {
        var server = new SlackServer();
        server.http.start();
        return server;
    }

    /**
     * How long a command or a click may go without an acknowledgement and open a window: three seconds at Slack. A test
     * that is not about this allows more, for a busy machine.
     */
    public void patience(Duration timeout) {
        envelopes.patience(timeout);
        triggers.life(timeout);
    }

    private Map<String, Function<Params, ObjectNode>> methods() {
        var all = new HashMap<String, Function<Params, ObjectNode>>();
        all.putAll(new ChatMethods(workspace).methods());
        all.putAll(reading.methods());
        all.putAll(views.methods());
        all.putAll(files.methods());
        all.put("apps.connections.open", sockets::issue);
        return all;
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.concurrency.useVirtualThreads = true;
        config.http.maxRequestSize = 64 << 20;
        config.jetty.addConnector((server, settings) -> {
            var line = new Line(server, settings, deaf);
            line.addEventListener(new org.eclipse.jetty.util.component.LifeCycle.Listener() {
                @Override
                public void lifeCycleStarted(org.eclipse.jetty.util.component.LifeCycle event) {
                    base = URI.create("http://127.0.0.1:" + line.getLocalPort());
                }
            });
            return line;
        });
        config.jetty.modifyServer(jetty -> jetty.setStopTimeout(0));
        config.jetty.modifyWebSocketServletFactory(ws -> ws.setMaxTextMessageSize(8 << 20));
        config.routes.post("/api/{method}", ctx -> {
            if (sockets.isRefusing() && ctx.pathParam("method").equals("apps.connections.open")) {
                api.fail("apps.connections.open", Fault.status(503));
            }
            api.handle(ctx);
        });
        config.routes.get("/api/{method}", api::handle);
        config.routes.post("/upload/{id}", files::upload);
        config.routes.post("/response/{id}", responses::handle);
        config.routes.ws("/link/", sockets::register);
    }

    /** From now on the application has this Request URL instead of Socket Mode. */
    public void deliverTo(Supplier<URI> address) {
        var url = new RequestUrl(address, SIGNING_SECRET, clock);
        requestUrl = Optional.of(url);
        envelopes.by(url);
    }

    /** What the application takes for {@code https://slack.com/api/}. */
    public URI apiBase() {
        return base.resolve("/api/");
    }

    private URI base() {
        return base;
    }

    // ---- the workspace ----

    public void person(String id, String name, Trait... traits) {
        workspace.person(new Member(id, name, Set.of(traits)));
    }

    /** C0OPS (#ops) and C0GENERAL (#general) are there from the start. */
    public void channel(String id, String name) {
        workspace.channel(id, name);
    }

    /** The bot is no longer in the channel: it may still post, but not read or share files. */
    public void removeBot(String channel) {
        workspace.at(channel, c -> {
            c.leave();
            return c;
        });
    }

    public void archive(String channel) {
        workspace.at(channel, c -> {
            c.archive();
            return c;
        });
    }

    /** A user group with its members. */
    public void group(String id, String... members) {
        workspace.group(id, List.of(members));
    }

    // ---- what people do ----

    public Ack command(String user, String channel, String command, String text) {
        return acts.command(user, channel, command, text);
    }

    /**
     * Presses a button of a message in the channel, or of one that only this person sees.
     *
     * @throws IllegalArgumentException when no such button is on show
     */
    public Ack press(String user, String channel, String ts, String actionId) {
        return acts.use(user, channel, ts, e -> isButton(e, actionId), Optional.empty());
    }

    /** Of several buttons with the same action id the one with this value. */
    public Ack press(String user, String channel, String ts, String actionId, String value) {
        return acts.use(
                user,
                channel,
                ts,
                e -> isButton(e, actionId) && e.path("value").asText().equals(value),
                Optional.empty());
    }

    private static boolean isButton(JsonNode element, String actionId) {
        return element.path("type").asText().equals("button")
                && element.path("action_id").asText().equals(actionId);
    }

    /** Chooses from a menu of a message. */
    public Ack choose(String user, String channel, String ts, String actionId, String value) {
        return acts.use(user, channel, ts, e -> e.path("action_id").asText().equals(actionId), Optional.of(value));
    }

    /** Presses a button in the open modal, or in the home tab when none is open. */
    public Ack pressInView(String user, String actionId) {
        return acts.useInView(user, actionId, Optional.empty());
    }

    /** Chooses from a menu in the open modal, or in the home tab when none is open. */
    public Ack chooseInView(String user, String actionId, String value) {
        return acts.useInView(user, actionId, Optional.of(value));
    }

    /**
     * Fills the modal by block or action id and sends it.
     *
     * @throws IllegalArgumentException when the form would not let it pass
     */
    public Ack submit(String user, String viewId, Map<String, String> values) {
        return acts.submit(user, viewId, values);
    }

    /** Closes the modal; there is an acknowledgement only when the application asked to hear of it. */
    public Optional<Ack> closeView(String user, String viewId) {
        return acts.close(user, viewId);
    }

    /** Types into a menu whose options come from the application; they are in the acknowledgement. */
    public Ack suggest(String user, String viewId, String actionId, String typed) {
        return acts.suggest(user, viewId, actionId, typed);
    }

    public Ack shortcut(String user, String callbackId) {
        return acts.shortcut(user, callbackId, Optional.empty(), Optional.empty());
    }

    public Ack messageShortcut(String user, String channel, String ts, String callbackId) {
        return acts.shortcut(user, callbackId, Optional.of(channel), Optional.of(ts));
    }

    public Ack mention(String user, String channel, String text, Optional<String> threadTs) {
        return acts.mention(user, channel, text, threadTs);
    }

    public Ack directMessage(String user, String text) {
        return acts.directMessage(user, text);
    }

    /** Posts a message with these links, which are of a domain that the application previews. */
    public Ack share(String user, String channel, List<String> urls) {
        return acts.share(user, channel, urls);
    }

    public Ack openHome(String user) {
        return acts.openHome(user);
    }

    // ---- what is seen and what goes wrong ----

    public WorkspaceView sights() {
        return new WorkspaceView(workspace, views);
    }

    public Faults faults() {
        return new Faults(api, sockets, envelopes, deaf);
    }

    /** From now on nobody is shown what messages carry as metadata. */
    public void hideMetadata() {
        reading.hideMetadata();
    }

    /** Slack's rate limits, off at first. */
    public void limits(boolean on) {
        limits.on(on);
    }

    /** How many calls came too fast. */
    public int overruns() {
        return limits.overruns();
    }

    public List<Call> calls() {
        return api.calls();
    }

    public int openSockets() {
        return sockets.count();
    }

    /** Keeps one example of every shape of payload in this folder. */
    public void recordTo(Path folder) {
        recorder.to(folder);
    }

    /** The usual refresh: connections end ten seconds after they are told. */
    public void refreshSockets() {
        faults().refreshSockets(OVERLAP);
    }

    @Override
    public void close() {
        api.close();
        envelopes.close();
        sockets.drop();
        requestUrl.ifPresent(RequestUrl::close);
        http.stop();
    }
}
