package dev.playcall.chat.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.chat.Action;
import dev.playcall.chat.ForeignText;
import dev.playcall.chat.Message;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the one who wanted something what came of it, alone where Slack can. */
final class Replies {
    private static final Logger log = LoggerFactory.getLogger(Replies.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final SlackApi api;

    Replies(SlackApi api) {
        this.api = api;
    }

    void tell(Wish wish, Ack ack, Message message) {
        switch (wish) {
            case Wish.Command c -> command(c, ack, message);
            case Wish.Press p -> press(p, ack, message);
            case Wish.Submission s -> submission(s, ack, message);
            case Wish.Line l -> line(l, ack, message);
            case Wish.Home h -> home(h, ack, message);
            case Wish.Nothing() -> ack.empty();
        }
    }

    private void command(Wish.Command c, Ack ack, Message message) {
        var payload = ephemeral(message);
        if (!ack.with(payload)) {
            c.response().ifPresentOrElse(url -> respond(url, payload), () -> alone(c.channel(), c.user(), message));
        }
    }

    private static ObjectNode ephemeral(Message message) {
        return SlackRenderer.payload(message).put("response_type", "ephemeral");
    }

    private void press(Wish.Press p, Ack ack, Message message) {
        ack.empty();
        if (p.window().filter(Wish.Window::modal).isPresent()) {
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
    private static boolean isAnswered(Wish.Press p) {
        return p.ephemeral()
                && Action.of(p.value())
                        .filter(a -> a.kind() == Action.Kind.YES || a.kind() == Action.Kind.NO)
                        .isPresent();
    }

    private void submission(Wish.Submission s, Ack ack, Message message) {
        var view = Json.object().put("response_action", "update");
        view.set("view", Views.text(s.window().title(), message, memory(s.window())));
        if (!ack.with(view)) {
            update(s.window(), message);
        }
    }

    private void line(Wish.Line l, Ack ack, Message message) {
        ack.empty();
        if (l.direct()) {
            post(l.channel(), l.thread(), message);
        } else if (!ephemeral(l.channel(), l.user(), l.thread(), message)) {
            post(l.channel(), Optional.of(l.thread().orElse(l.ts())), message);
        }
    }

    private void home(Wish.Home h, Ack ack, Message message) {
        ack.empty();
        insist(
                "the home tab",
                () -> api.call("views.publish", Map.of("user_id", h.user(), "view", Views.home(message))));
    }

    static Views.Memory memory(Wish.Window window) {
        return Views.Memory.of(window.memory()).orElse(new Views.Memory("slack:unknown", 0));
    }

    /** Shows something else in a window. */
    void update(Wish.Window window, Message message) {
        var view = Views.text(window.title(), message, memory(window));
        insist("a window", () -> api.call("views.update", Map.of("view_id", window.id(), "view", view)));
    }

    /** Opens a window; its name, when it could be opened. A trigger works once and for three seconds. */
    Optional<Wish.Window> open(String trigger, ObjectNode view, boolean above) {
        var heard = api.call(above ? "views.push" : "views.open", Map.of("trigger_id", trigger, "view", view));
        if (heard instanceof Heard.Yes(var body, var _)) {
            return Optional.of(new Wish.Window(
                    body.at("/view/id").asText(),
                    true,
                    view.path("private_metadata").asText(),
                    view.at("/title/text").asText()));
        }
        log.warn("No window could be opened: {}", heard);
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
        return insist("an answer", () -> api.call("chat.postEphemeral", parameters)) instanceof Heard.Yes;
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
                    ForeignText.line(address, 80));
        }
    }

    /** Once more when nobody knows: an answer said twice does less harm than none. */
    private static Heard insist(String what, Supplier<Heard> call) {
        var heard = call.get();
        if (heard instanceof Heard.Busy || heard instanceof Heard.NotSent || heard instanceof Heard.Lost) {
            LockSupport.parkNanos(PAUSE.toNanos());
            heard = call.get();
        }
        if (!(heard instanceof Heard.Yes)) {
            log.warn("Slack did not take {}: {}", what, heard);
        }
        return heard;
    }
}
