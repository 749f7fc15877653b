package dev.playcall.chat.slack;

import dev.playcall.chat.ChatAdapter;
import dev.playcall.chat.ChatInbox;
import dev.playcall.chat.ChatWebhook;
import dev.playcall.chat.PlatformFinding;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.slack.api.SlackApi;
import dev.playcall.chat.slack.api.SlackSdk;
import dev.playcall.chat.slack.bolt.SlackApp;
import dev.playcall.chat.slack.render.SlackRenderer;
import dev.playcall.config.Config;
import dev.playcall.domain.Origin;
import dev.playcall.domain.name.Person;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final String page;
    private final HttpClient http;
    private final SlackApi api;
    private final SlackApp slackApp;
    private final EventAcknowledger eventAcknowledger;
    private final SlackConnections slackConnections;
    private final SlackUploads slackUploads;
    private final SlackHistorySearch slackHistorySearch;
    private final SlackHttp door;
    private final SlackConversations slackConversations;

    /**
     * @param groups whether rights hang on user groups, which Slack then has to be asked for
     * @param page the address of our pages, whose links are previewed; empty when it is not known
     */
    public SlackAdapter(Config.Slack config, Clock clock, BooleanSupplier groups, String page) {
        this(config, clock, groups, page, SocketLink.Timing.USUAL, WATCHDOG);
    }

    public SlackAdapter(
            Config.Slack config,
            Clock clock,
            BooleanSupplier groups,
            String page,
            SocketLink.Timing timing,
            Duration watchdog) {
        this.config = config;
        this.page = page;
        this.clock = clock;
        this.groups = groups;
        this.http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        var slack = SlackSdk.create(config.apiBase());
        this.api = new SlackApi(slack, config);
        this.slackApp = new SlackApp(slack);
        this.eventAcknowledger = new EventAcknowledger(slackApp, watchdog);
        this.slackConnections = new SlackConnections(api, http, eventAcknowledger, timing, isSocketMode());
        this.slackUploads = new SlackUploads(api);
        this.slackConversations = new SlackConversations(api);
        this.slackHistorySearch = new SlackHistorySearch(api);
        this.door = new SlackHttp(slackApp, eventAcknowledger, config.signingSecret(), clock);
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
    public void start(ChatInbox chatInbox) {
        var slackUsers =
                new SlackUsers(api, slackConnections, chatInbox, new SlackUserGroups(api, clock, groups), clock);
        var slackReplies = new SlackReplies(api);
        var slackLinks = new SlackLinks(chatInbox, slackReplies, page, config.defaultChannel());
        eventAcknowledger.open(
                chatInbox,
                new SlackEventHandler(chatInbox, slackUsers, slackReplies, slackLinks, this::hand, slackConnections));
        Thread.ofVirtual().name("slack-start").start(() -> {
            warm(chatInbox);
            slackConnections.start();
        });
    }

    /** The first answer of a fresh JVM takes seconds on a busy machine, and Slack waits for three. */
    private void warm(ChatInbox chatInbox) {
        slackApp.warmUp();
        var nobody = new dev.playcall.command.Caller(new Person("slack:nobody"), Origin.of("slack:nowhere"));
        SlackRenderer.payload(
                chatInbox.conversation().answerText(nobody, "help").message());
    }

    /** Where Slack knocks when it is configured to come by HTTP. */
    public Optional<ChatWebhook> webhook() {
        return isSocketMode() ? Optional.empty() : Optional.of(door);
    }

    @Override
    public long reconnects() {
        return slackConnections.losses();
    }

    @Override
    public Health health() {
        return slackConnections.health();
    }

    /** Looks at the configuration and asks Slack; says what is well and what has to be done. */
    public List<PlatformFinding> check() {
        return new SlackCheck(api, config, groups.getAsBoolean(), SlackManifest.domain(page)).findings();
    }

    @Override
    public Sent post(Post post) {
        var thread = thread(post);
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put("channel", post.channel().place());
        parameters.put("metadata", SlackHistorySearch.metadata(post.key()));
        parameters.put("unfurl_links", false);
        parameters.put("unfurl_media", false);
        thread.ifPresent(t -> parameters.put("thread_ts", t));
        if (thread.isPresent() && post.broadcast()) {
            parameters.put("reply_broadcast", true);
        }
        return post("chat.postMessage", parameters, post.message(), post.key());
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
        return post("chat.update", parameters, message, "");
    }

    private Sent post(String method, Map<String, Object> parameters, Message message, String key) {
        parameters.put("text", SlackRenderer.fallback(message));
        parameters.put("blocks", SlackRenderer.blocks(message, key));
        var slackResponse = api.call(method, parameters);
        if (SlackErrors.isMismade(slackResponse)) {
            parameters.put("blocks", SlackRenderer.plainest(message));
            slackResponse = api.call(method, parameters);
        }
        return noted(SlackErrors.of(slackResponse, "/ts"));
    }

    /** A token that is refused for one thing is refused for everything. */
    private Sent noted(Sent sent) {
        if (sent instanceof Sent.Stopped(var why)) {
            slackConnections.stop(why);
        }
        return sent;
    }

    @Override
    public Sent upload(Upload upload) {
        var self = slackConnections.self();
        var thread = upload.channel().thread().orElse(upload.under());
        var place = upload.channel().place();
        // An upload whose end is unknown comes again, perhaps after a restart.
        if (self.isPresent()
                && slackHistorySearch.file(place, thread, upload.name(), self.get()) instanceof Sent.Done there) {
            return there;
        }
        return noted(slackUploads.upload(place, Optional.of(thread), upload.name(), upload.file(), upload.note()));
    }

    private boolean hand(String user, Path file) {
        var name = String.valueOf(file.getFileName());
        return direct(SlackUsers.person(user))
                .map(c -> slackUploads.upload(c.place(), Optional.empty(), name, file, ""))
                .filter(Sent.Done.class::isInstance)
                .isPresent();
    }

    @Override
    public Sent find(Post post) {
        return slackConnections
                .self()
                .map(s -> noted(slackHistorySearch.message(post.channel().place(), thread(post), post.key(), s)))
                .orElseGet(() -> new Sent.Unknown("Slack is not connected"));
    }

    @Override
    public Optional<Channel> direct(Person person) {
        return slackConversations.direct(person);
    }

    @Override
    public Optional<String> refusal(Channel channel) {
        return slackConversations.refusal(channel);
    }

    /** The connections first, so that Slack delivers to nobody who has left; then what is left of the receipts. */
    @Override
    public void close() {
        slackConnections.close();
        eventAcknowledger.close();
        http.shutdownNow();
        api.close();
    }
}
