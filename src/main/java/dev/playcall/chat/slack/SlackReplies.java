package dev.playcall.chat.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.chat.message.Action;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.chat.slack.api.SlackApi;
import dev.playcall.chat.slack.api.SlackApi.SlackResponse;
import dev.playcall.chat.slack.api.SlackJson;
import dev.playcall.chat.slack.bolt.SlackRequest;
import dev.playcall.chat.slack.render.SlackRenderer;
import dev.playcall.chat.slack.render.SlackStartForm;
import dev.playcall.chat.slack.render.SlackViews;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the one who wanted something what came of it, alone where Slack can. */
final class SlackReplies {
    private static final Logger log = LoggerFactory.getLogger(SlackReplies.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final SlackApi api;

    public SlackReplies(SlackApi api) {
        this.api = api;
    }

    /** What concerns the whole channel is told to all of it. */
    void answer(SlackRequest request, SlackAck slackAck, Answer answer) {
        if (answer.ephemeral()) {
            reply(request, slackAck, answer.message());
            return;
        }
        switch (request) {
            case SlackRequest.Command c -> inChannel(c, slackAck, answer.message());
            case SlackRequest.Line l -> {
                slackAck.empty();
                post(l.channel(), l.thread(), answer.message());
            }
            case SlackRequest.Press _,
                    SlackRequest.Submission _,
                    SlackRequest.Choosing _,
                    SlackRequest.Suggestion _,
                    SlackRequest.Shortcut _,
                    SlackRequest.Home _,
                    SlackRequest.Links _,
                    SlackRequest.Ignored _ -> reply(request, slackAck, answer.message());
        }
    }

    private void inChannel(SlackRequest.Command c, SlackAck slackAck, Message message) {
        var payload = SlackRenderer.payload(message).put("response_type", "in_channel");
        if (!slackAck.with(payload)) {
            c.response()
                    .ifPresentOrElse(url -> respond(url, payload), () -> post(c.channel(), Optional.empty(), message));
        }
    }

    void reply(SlackRequest request, SlackAck slackAck, Message message) {
        switch (request) {
            case SlackRequest.Command c -> command(c, slackAck, message);
            case SlackRequest.Press p -> press(p, slackAck, message);
            case SlackRequest.Submission s -> submission(s, slackAck, message);
            case SlackRequest.Line l -> line(l, slackAck, message);
            case SlackRequest.Home h -> home(h, slackAck, message);
            case SlackRequest.Suggestion _ -> slackAck.with(SlackStartForm.options(List.of()));
            case SlackRequest.Shortcut s -> shortcut(s, slackAck, message);
            case SlackRequest.Choosing _, SlackRequest.Links _, SlackRequest.Ignored _ -> slackAck.empty();
        }
    }

    private void command(SlackRequest.Command c, SlackAck slackAck, Message message) {
        var payload = ephemeral(message);
        if (!slackAck.with(payload)) {
            c.response().ifPresentOrElse(url -> respond(url, payload), () -> alone(c.channel(), c.user(), message));
        }
    }

    private static ObjectNode ephemeral(Message message) {
        return SlackRenderer.payload(message).put("response_type", "ephemeral");
    }

    private void press(SlackRequest.Press p, SlackAck slackAck, Message message) {
        slackAck.empty();
        if (p.window().filter(SlackRequest.Window::modal).isPresent()) {
            update(p.window().get(), message);
            return;
        }
        var payload = ephemeral(message).put("replace_original", isAnswered(p));
        p.thread().ifPresent(t -> payload.put("thread_ts", t));
        p.response()
                .ifPresentOrElse(
                        url -> respond(url, payload),
                        () -> p.channel()
                                .ifPresentOrElse(c -> alone(c, p.user(), message), () -> direct(p.user(), message)));
    }

    /** A question that was asked of one person goes away when it is answered. */
    private static boolean isAnswered(SlackRequest.Press p) {
        return p.ephemeral()
                && Action.of(p.value())
                        .filter(a -> a.kind() == Action.Kind.YES || a.kind() == Action.Kind.NO)
                        .isPresent();
    }

    private void submission(SlackRequest.Submission s, SlackAck slackAck, Message message) {
        var view = SlackJson.object().put("response_action", "update");
        view.set("view", SlackViews.text(s.window().title(), message, memory(s.window())));
        if (!slackAck.with(view)) {
            update(s.window(), message);
        }
    }

    private void line(SlackRequest.Line l, SlackAck slackAck, Message message) {
        slackAck.empty();
        if (l.direct()) {
            post(l.channel(), l.thread(), message);
        } else if (!ephemeral(l.channel(), l.user(), l.thread(), message)) {
            post(l.channel(), Optional.of(l.thread().orElse(l.ts())), message);
        }
    }

    private void home(SlackRequest.Home h, SlackAck slackAck, Message message) {
        slackAck.empty();
        insist(
                "the home tab",
                () -> api.call("views.publish", Map.of("user_id", h.user(), "view", SlackViews.home(message))));
    }

    /** Shows what these links are about below the message they stand in. */
    void unfurl(SlackRequest.Links links, ObjectNode previews) {
        insist(
                "a link preview",
                () -> api.call(
                        "chat.unfurl", Map.of("channel", links.channel(), "ts", links.ts(), "unfurls", previews)));
    }

    private void shortcut(SlackRequest.Shortcut s, SlackAck slackAck, Message message) {
        slackAck.empty();
        s.channel().ifPresentOrElse(c -> alone(c, s.user(), message), () -> direct(s.user(), message));
    }

    static SlackViews.Metadata memory(SlackRequest.Window window) {
        return SlackViews.Metadata.of(window.memory()).orElse(new SlackViews.Metadata("slack:unknown", 0));
    }

    /** Shows something else in a window. */
    void update(SlackRequest.Window window, Message message) {
        update(window, SlackViews.text(window.title(), message, memory(window)));
    }

    void update(SlackRequest.Window window, ObjectNode view) {
        insist("a window", () -> api.call("views.update", Map.of("view_id", window.id(), "view", view)));
    }

    /** Opens a window; its name, when it could be opened. A trigger works once and for three seconds. */
    Optional<SlackRequest.Window> open(String trigger, ObjectNode view, boolean above) {
        var slackResponse = api.call(above ? "views.push" : "views.open", Map.of("trigger_id", trigger, "view", view));
        if (slackResponse instanceof SlackResponse.Yes(var body, var _)) {
            return Optional.of(new SlackRequest.Window(
                    body.at("/view/id").asText(),
                    true,
                    view.path("private_metadata").asText(),
                    view.at("/title/text").asText()));
        }
        log.warn("No window could be opened: {}", slackResponse);
        return Optional.empty();
    }

    /** To one person in a channel; in their own messages when the channel cannot show it. */
    void alone(String channel, String user, Message message) {
        if (!ephemeral(channel, user, Optional.empty(), message)) {
            direct(user, message);
        }
    }

    private boolean ephemeral(String channel, String user, Optional<String> thread, Message message) {
        var parameters = parameters(channel, thread, message);
        parameters.put("user", user);
        return insist("an answer", () -> api.call("chat.postEphemeral", parameters)) instanceof SlackResponse.Yes;
    }

    private void direct(String user, Message message) {
        // Slack takes the name of a person for the conversation with them.
        post(user, Optional.empty(), message);
    }

    private void post(String channel, Optional<String> thread, Message message) {
        var parameters = parameters(channel, thread, message);
        insist("an answer", () -> api.call("chat.postMessage", parameters));
    }

    private static Map<String, Object> parameters(String channel, Optional<String> thread, Message message) {
        var payload = SlackRenderer.payload(message);
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put("channel", channel);
        parameters.put("text", payload.path("text").asText());
        parameters.put("blocks", payload.path("blocks"));
        thread.ifPresent(t -> parameters.put("thread_ts", t));
        return parameters;
    }

    private static Optional<URI> url(String address) {
        try {
            return Optional.of(URI.create(address));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void respond(String address, ObjectNode payload) {
        var url = url(address).filter(api::trusts);
        if (url.isPresent()) {
            insist("an answer", () -> api.respond(url.get(), payload));
        } else {
            log.warn(
                    "An answer was to be sent to {}, which is not Slack; it was not sent",
                    UntrustedText.line(address, 80));
        }
    }

    /** Once more when nobody knows: an answer said twice does less harm than none. */
    private static SlackResponse insist(String what, Supplier<SlackResponse> call) {
        var slackResponse = call.get();
        if (slackResponse instanceof SlackResponse.Busy
                || slackResponse instanceof SlackResponse.NotSent
                || slackResponse instanceof SlackResponse.Lost) {
            LockSupport.parkNanos(PAUSE.toNanos());
            slackResponse = call.get();
        }
        if (!(slackResponse instanceof SlackResponse.Yes)) {
            log.warn("Slack rejected {}: {}", what, slackResponse);
        }
        return slackResponse;
    }
}
