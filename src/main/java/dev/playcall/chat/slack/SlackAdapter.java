package dev.playcall.chat.slack;

import dev.playcall.chat.Channel;
import dev.playcall.chat.ChatAdapter;
import dev.playcall.chat.Finding;
import dev.playcall.chat.Inbox;
import dev.playcall.chat.Message;
import dev.playcall.chat.Webhook;
import dev.playcall.config.Config;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Person;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** Slack: listens on two connections of Socket Mode, or over HTTP, and speaks through the Web API. */
public final class SlackAdapter implements ChatAdapter {
    /** Where Slack knocks when it comes by HTTP; the manifest names it. */
    public static final String PATH = "/slack/events";

    private static final Duration POST_GAP = Duration.ofMillis(1_100);
    /** Slack bears about fifty a minute for the whole app. */
    private static final int EDITS_PER_MINUTE = 45;

    private static final Duration WATCHDOG = Duration.ofMillis(1200);

    private final Config.Slack config;
    private final Clock clock;
    private final BooleanSupplier groups;
    private final HttpClient http;
    private final SlackApi api;
    private final Gate gate;
    private final Connections connections;
    private final Uploads uploads;
    private final Search search;
    private final SlackHttp door;
    private final Map<String, String> conversations = new ConcurrentHashMap<>();

    /** @param groups whether rights hang on user groups, which Slack then has to be asked for */
    public SlackAdapter(Config.Slack config, Clock clock, BooleanSupplier groups) {
        this(config, clock, groups, SocketLink.Timing.USUAL, WATCHDOG);
    }

    SlackAdapter(
            Config.Slack config, Clock clock, BooleanSupplier groups, SocketLink.Timing timing, Duration watchdog) {
        this.config = config;
        this.clock = clock;
        this.groups = groups;
        this.http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        this.api = new SlackApi(http, config);
        this.gate = new Gate(watchdog);
        this.connections = new Connections(api, http, gate, timing, isSocketMode());
        this.uploads = new Uploads(api);
        this.search = new Search(api);
        this.door = new SlackHttp(gate, config.signingSecret(), clock);
    }

    private boolean isSocketMode() {
        return !config.mode().equals("http");
    }

    @Override
    public String platform() {
        return "slack";
    }

    @Override
    public Traits traits() {
        return new Traits(true, POST_GAP, EDITS_PER_MINUTE, Optional.empty(), SlackAdapter::pace);
    }

    private static Duration pace(Duration age, int live) {
        return Duration.ofMillis(Math.max(3_000L, live * 1_400L));
    }

    @Override
    public void start(Inbox inbox) {
        var people = new People(api, connections, inbox, new Groups(api, clock, groups), clock);
        gate.open(inbox, new Talk(inbox, people, new Replies(api), this::hand, connections));
        Thread.ofVirtual().name("slack-start").start(() -> {
            warm(inbox);
            connections.start();
        });
    }

    /** The first answer of a fresh JVM takes seconds on a busy machine, and Slack waits for three. */
    private static void warm(Inbox inbox) {
        var nobody = new dev.playcall.command.Caller(new Person("slack:nobody"), Origin.of("slack:nowhere"));
        SlackRenderer.payload(inbox.conversation().say(nobody, "help").message());
    }

    /** Where Slack knocks when it is configured to come by HTTP. */
    public Optional<Webhook> webhook() {
        return isSocketMode() ? Optional.empty() : Optional.of(door);
    }

    @Override
    public long reconnects() {
        return connections.losses();
    }

    @Override
    public Health health() {
        return connections.health();
    }

    /** Looks at the configuration and asks Slack; says what is well and what has to be done. */
    public List<Finding> check() {
        return new SlackCheck(api, config, groups.getAsBoolean()).findings();
    }

    @Override
    public Sent post(Post post) {
        var thread = thread(post);
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put("channel", post.channel().place());
        parameters.put("metadata", Search.metadata(post.key()));
        parameters.put("unfurl_links", false);
        parameters.put("unfurl_media", false);
        thread.ifPresent(t -> parameters.put("thread_ts", t));
        if (thread.isPresent() && post.broadcast()) {
            parameters.put("reply_broadcast", true);
        }
        return say("chat.postMessage", parameters, post.message());
    }

    /** Slack has no threads in threads: what belongs under a card in a thread goes beside it. */
    private static Optional<String> thread(Post post) {
        return post.channel().thread().or(post::under);
    }

    @Override
    public Sent edit(Channel channel, String ref, Message message) {
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put("channel", channel.place());
        parameters.put("ts", ref);
        return say("chat.update", parameters, message);
    }

    private Sent say(String method, Map<String, Object> parameters, Message message) {
        parameters.put("text", SlackRenderer.fallback(message));
        parameters.put("blocks", SlackRenderer.blocks(message));
        var heard = api.call(method, parameters);
        if (Verdicts.isMismade(heard)) {
            parameters.put("blocks", SlackRenderer.plainest(message));
            heard = api.call(method, parameters);
        }
        return noted(Verdicts.of(heard, "/ts"));
    }

    /** A token that is refused for one thing is refused for everything. */
    private Sent noted(Sent sent) {
        if (sent instanceof Sent.Stopped(var why)) {
            connections.stop(why);
        }
        return sent;
    }

    @Override
    public Sent upload(Upload upload) {
        var self = connections.self();
        var thread = upload.channel().thread().orElse(upload.under());
        var place = upload.channel().place();
        // An upload whose end is unknown comes again, perhaps after a restart.
        if (self.isPresent() && search.file(place, thread, upload.name(), self.get()) instanceof Sent.Done there) {
            return there;
        }
        return noted(uploads.upload(place, Optional.of(thread), upload.name(), upload.file(), upload.note()));
    }

    private boolean hand(String user, Path file) {
        var name = String.valueOf(file.getFileName());
        return direct(People.person(user))
                .map(c -> uploads.upload(c.place(), Optional.empty(), name, file, ""))
                .filter(Sent.Done.class::isInstance)
                .isPresent();
    }

    @Override
    public Sent find(Post post) {
        return connections
                .self()
                .map(s -> noted(search.message(post.channel().place(), thread(post), post.key(), s)))
                .orElseGet(() -> new Sent.Unknown("Slack is not connected"));
    }

    @Override
    public Optional<Channel> direct(Person person) {
        return Optional.ofNullable(conversations.get(person.id()))
                .or(() -> conversation(person.id()))
                .map(c -> new Channel("slack", c));
    }

    /** Public channels may be written to by whoever is not in them. */
    @Override
    public Optional<String> refusal(Channel channel) {
        return switch (api.call("conversations.info", Map.of("channel", channel.place()))) {
            case Heard.Yes(var body, var _)
            when body.at("/channel/is_archived").asBoolean() -> Optional.of(Verdicts.remedy("is_archived", body));
            case Heard.Yes(var body, var _)
            when body.at("/channel/is_private").asBoolean()
                    && !body.at("/channel/is_member").asBoolean(true) ->
                Optional.of(Verdicts.remedy("not_in_channel", body));
            case Heard.No(var error, var body)
            when error.equals("channel_not_found") ->
                Optional.of(Verdicts.remedy(error, body) + "; a channel is written by its id, slack:C0123");
            default -> Optional.empty();
        };
    }

    private Optional<String> conversation(String user) {
        if (!(api.call("conversations.open", Map.of("users", user)) instanceof Heard.Yes(var body, var _))) {
            return Optional.empty();
        }
        var found = Json.text(body, "/channel/id");
        found.ifPresent(c -> conversations.put(user, c));
        return found;
    }

    /** The connections first, so that Slack delivers to nobody who has left; then what is left of the receipts. */
    @Override
    public void close() {
        connections.close();
        gate.close();
        http.shutdownNow();
    }
}
