package dev.playcall.chat.slack.bolt;

import com.slack.api.Slack;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.request.Request;
import com.slack.api.bolt.request.RequestHeaders;
import com.slack.api.bolt.request.builtin.UrlVerificationRequest;
import com.slack.api.bolt.request.builtin.ViewSubmissionRequest;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.socket_mode.request.SocketModeRequestParser;
import com.slack.api.bolt.util.SlackRequestParser;
import com.slack.api.model.event.AppHomeOpenedEvent;
import com.slack.api.model.event.AppMentionEvent;
import com.slack.api.model.event.LinkSharedEvent;
import com.slack.api.model.event.MessageEvent;
import com.slack.api.model.event.MessageFileShareEvent;
import com.slack.api.model.event.MessageThreadBroadcastEvent;
import dev.playcall.chat.slack.render.SlackStartForm;
import dev.playcall.chat.slack.render.SlackViews;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bolt's {@link App}: reads what Slack delivers and calls the listener it is for. It is fed by our own Socket Mode
 * connections and by our own webhook, which has checked the signature before.
 */
public final class SlackApp {
    private static final Logger log = LoggerFactory.getLogger(SlackApp.class);
    /** The shortcuts of the manifest. */
    public static final String SHORTCUT = "run";

    public static final String MESSAGE_SHORTCUT = "run_about";
    private static final Pattern FORMS =
            Pattern.compile(SlackViews.FORM + "|" + SlackStartForm.CALLBACK + ".*", Pattern.DOTALL);
    private static final Pattern ANY = Pattern.compile(".*", Pattern.DOTALL);
    /** Who the request that is being run is for; Bolt's context takes only text. */
    private static final ScopedValue<Consumer<SlackRequest>> RECEIVER = ScopedValue.newInstance();

    private static final String COMMAND = """
        {"type": "slash_commands", "envelope_id": "0", "payload": {"command": "/playcall", "text": "help",
         "user_id": "U0", "channel_id": "C0", "trigger_id": "0"}}\
        """;

    private static final String PRESS = """
        {"type": "interactive", "envelope_id": "0", "payload": {"type": "block_actions", "trigger_id": "0",
         "user": {"id": "U0"}, "channel": {"id": "C0"}, "container": {"message_ts": "1.0", "channel_id": "C0"},
         "message": {"ts": "1.0", "blocks": [{"type": "rich_text", "elements": [{"type": "rich_text_section",
          "elements": [{"type": "text", "text": "–"}]}]}]},
         "actions": [{"type": "button", "action_id": "0", "value": "0"}]}}\
        """;

    private static final String SUBMISSION = """
        {"type": "interactive", "envelope_id": "0", "payload": {"type": "view_submission", "trigger_id": "0",
         "user": {"id": "U0"}, "view": {"type": "modal", "id": "V0", "callback_id": "form",
          "title": {"type": "plain_text", "text": "–"}, "blocks": [{"type": "input", "block_id": "field.x",
           "element": {"type": "plain_text_input", "action_id": "value"}}],
          "state": {"values": {"field.x": {"value": {"type": "plain_text_input", "value": "x"}}}}}}}\
        """;

    private static final String MENTION = """
        {"type": "events_api", "envelope_id": "0", "payload": {"type": "event_callback", "event_id": "Ev0",
         "event": {"type": "app_mention", "user": "U0", "channel": "C0", "ts": "1.0", "text": "help"}}}\
        """;

    private final App app;
    private final SocketModeRequestParser frames;
    private final SlackRequestParser bodies;

    public SlackApp(Slack slack) {
        // Without middleware: the signature, the workspace and who may do what are checked by us.
        this.app = new App(config(slack), List.of());
        this.frames = new SocketModeRequestParser(app.config());
        this.bodies = new SlackRequestParser(app.config());
        commands();
        events();
    }

    /** What is null here would be read from environment variables of Bolt's own. */
    private static AppConfig config(Slack slack) {
        return AppConfig.builder()
                .slack(slack)
                .singleTeamBotToken(null)
                .signingSecret(null)
                .clientId(null)
                .clientSecret(null)
                .allEventsApiAutoAckEnabled(true)
                .build();
    }

    private void commands() {
        app.command(ANY, (r, context) -> receive(SlackRequests.command(r.getPayload()), context.ack()));
        app.blockAction(ANY, (r, context) -> receive(SlackRequests.press(r.getPayload()), context.ack()));
        app.blockSuggestion(ANY, (r, context) -> receive(SlackRequests.suggestion(r.getPayload()), context.ack()));
        app.globalShortcut(SHORTCUT, (r, context) -> receive(SlackRequests.shortcut(r.getPayload()), context.ack()));
        app.messageShortcut(
                MESSAGE_SHORTCUT, (r, context) -> receive(SlackRequests.shortcut(r.getPayload()), context.ack()));
        app.viewSubmission(FORMS, (r, context) -> receive(SlackRequests.submission(r.getPayload()), context.ack()));
    }

    private void events() {
        app.event(AppMentionEvent.class, (e, context) -> receive(SlackRequests.mention(e), context.ack()));
        app.event(MessageEvent.class, (e, context) -> receive(SlackRequests.message(e), context.ack()));
        app.event(MessageFileShareEvent.class, (e, context) -> receive(SlackRequests.file(e), context.ack()));
        app.event(
                MessageThreadBroadcastEvent.class, (e, context) -> receive(SlackRequests.broadcast(e), context.ack()));
        app.event(LinkSharedEvent.class, (e, context) -> receive(SlackRequests.links(e.getEvent()), context.ack()));
        app.event(AppHomeOpenedEvent.class, (e, context) -> receive(SlackRequests.home(e.getEvent()), context.ack()));
    }

    private static Response receive(SlackRequest request, Response response) {
        if (!(request instanceof SlackRequest.Ignored) && SlackRequests.isPlaced(request)) {
            RECEIVER.get().accept(request);
        }
        return response;
    }

    /** The request in an envelope of Socket Mode; empty when it is none that Bolt knows. */
    public Optional<SlackDelivery> frame(String text) {
        try {
            var parsed = frames.parse(text);
            return parsed == null ? Optional.empty() : delivery(parsed.getBoltRequest());
        } catch (RuntimeException e) {
            log.warn("A Slack envelope could not be read: {}", e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    /** The request in the body of an HTTP request; empty when it is none that Bolt knows. */
    public Optional<SlackDelivery> body(String text) {
        try {
            return delivery(bodies.parse(SlackRequestParser.HttpRequest.builder()
                    .requestUri("")
                    .remoteAddress("")
                    .queryString(Map.of())
                    .requestBody(text)
                    .headers(new RequestHeaders(Map.of()))
                    .build()));
        } catch (RuntimeException e) {
            log.warn("A Slack request could not be read: {}", e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private static Optional<SlackDelivery> delivery(@Nullable Request<?> request) {
        return Optional.ofNullable(request).map(SlackDelivery::of);
    }

    /** Reads the request to its end and hands it over, unless it concerns nobody. Returns when it has been dealt with. */
    public void run(SlackDelivery delivery, Consumer<SlackRequest> receiver) {
        try {
            ScopedValue.where(RECEIVER, receiver).call(() -> app.run(delivery.request()));
        } catch (Exception e) {
            log.warn("A Slack request could not be read: {}", e.getClass().getSimpleName());
        }
    }

    /** One request of each kind, because the first one costs hundreds of times as much as those that follow. */
    public void warmUp() {
        for (var sample : List.of(COMMAND, PRESS, SUBMISSION, MENTION)) {
            frame(sample).ifPresent(r -> run(r, _ -> {}));
        }
    }

    /**
     * A request that Bolt could read.
     *
     * @param key the same when Slack delivers it again; empty when it has nothing that names it
     * @param form the form that was sent, which shows that it is being worked on
     */
    public record SlackDelivery(Request<?> request, Optional<String> key, Optional<SlackRequest.Window> form) {

        static SlackDelivery of(Request<?> request) {
            return new SlackDelivery(
                    request,
                    SlackRequests.key(request),
                    request instanceof ViewSubmissionRequest s
                            ? Optional.of(SlackRequests.window(s.getPayload().getView()))
                            : Optional.empty());
        }

        /** What Slack wants to hear when it asks whether this address is ours. */
        public Optional<String> challenge() {
            return request instanceof UrlVerificationRequest u ? Optional.of(u.getChallenge()) : Optional.empty();
        }
    }
}
