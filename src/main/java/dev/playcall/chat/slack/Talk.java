package dev.playcall.chat.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.chat.Action;
import dev.playcall.chat.Answer;
import dev.playcall.chat.Channel;
import dev.playcall.chat.ForeignText;
import dev.playcall.chat.Form;
import dev.playcall.chat.Inbox;
import dev.playcall.chat.Message;
import dev.playcall.chat.Message.Block;
import dev.playcall.chat.Message.Tone;
import dev.playcall.command.Caller;
import dev.playcall.domain.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;

/** Hands to the conversation what people want, and shows them its answers. */
final class Talk {
    private final Inbox inbox;
    private final People people;
    private final Replies replies;
    private final Files files;
    private final Connections connections;

    Talk(Inbox inbox, People people, Replies replies, Files files, Connections connections) {
        this.inbox = inbox;
        this.people = people;
        this.replies = replies;
        this.files = files;
        this.connections = connections;
    }

    /** Gives a whole file to one person; false when that cannot be done. */
    @FunctionalInterface
    interface Files {
        boolean hand(String user, Path file);
    }

    void tell(Wish wish, Ack ack, Message message) {
        replies.tell(wish, ack, message);
    }

    void hear(Wish wish, Ack ack) {
        var refusal = people.refusal(wish.user());
        if (refusal.isPresent()) {
            tell(wish, ack, Message.line(Tone.BAD, refusal.get()));
            return;
        }
        switch (wish) {
            case Wish.Command c -> command(c, ack);
            case Wish.Press p -> press(p, ack);
            case Wish.Submission s -> submission(s, ack);
            case Wish.Line l -> line(l, ack);
            case Wish.Home h ->
                tell(h, ack, inbox.conversation().home(people.caller(h.user(), Origin.of("slack:home"))));
            case Wish.Nothing() -> ack.empty();
        }
    }

    private Caller caller(String user, Channel channel, String id) {
        return people.caller(user, new Origin(channel.toString(), Optional.of(id)));
    }

    private void command(Wish.Command c, Ack ack) {
        var channel = new Channel("slack", c.channel());
        var answer = inbox.conversation().say(caller(c.user(), channel, c.trigger()), words(c));
        if (!asks(answer, c.trigger(), channel, false)) {
            tell(c, ack, answer.message());
        }
    }

    /** The name of the command is the first word, unless it is the name of the app. */
    private String words(Wish.Command c) {
        var name = c.name().replaceFirst("^/", "");
        var text = SlackText.typed(c.text()).strip();
        boolean known =
                inbox.conversation().commands().stream().anyMatch(e -> e.name().equals(name));
        if (known) {
            return name + " " + text;
        }
        return text.isEmpty() ? "help" : text;
    }

    /** Asks for what is missing in a window; false when nothing is, or no window opens. */
    private boolean asks(Answer answer, String trigger, Channel channel, boolean above) {
        return answer.form()
                .flatMap(f -> replies.open(trigger, Views.form(f, channel.toString()), above))
                .isPresent();
    }

    private void line(Wish.Line l, Ack ack) {
        var self = connections.self().map(Self::userId).orElse("");
        var text = SlackText.typedTo(self, l.text());
        var channel = new Channel("slack", l.channel(), l.thread());
        var answer = inbox.conversation().say(caller(l.user(), channel, l.id()), text.isEmpty() ? "help" : text);
        tell(l, ack, answer.message());
    }

    private void press(Wish.Press p, Ack ack) {
        var action = Action.of(p.value());
        if (action.isEmpty()) {
            tell(
                    p,
                    ack,
                    Message.line(
                            Tone.BAD, "this button is from another version of Playcall; type the command instead"));
            return;
        }
        var caller = caller(p.user(), channel(p), "press:" + p.trigger());
        boolean shows = switch (action.get().kind()) {
            case LOG, FULL_LOG, DETAILS -> true;
            case CANCEL,
                    RETRY,
                    PAUSE,
                    RESUME,
                    RERUN,
                    APPROVE,
                    REJECT,
                    TELL_ME,
                    BATCH_REST,
                    BATCH_CANCEL,
                    BATCH_RETRY,
                    ACK,
                    ACK_ALL,
                    ACT,
                    YES,
                    NO,
                    FILL -> false;
        };
        if (shows && p.window().filter(Wish.Window::modal).isEmpty()) {
            window(p, action.get(), caller, ack);
        } else {
            done(p, action.get(), caller, ack);
        }
    }

    private void done(Wish.Press p, Action action, Caller caller, Ack ack) {
        var answer = inbox.conversation().press(caller, action);
        if (!asks(answer, p.trigger(), channel(p), p.window().isPresent())) {
            tell(p, ack, withFile(answer, p.user()));
        }
    }

    /** The trigger of a press lives for three seconds, so the window is opened before anything is looked up. */
    private void window(Wish.Press p, Action action, Caller caller, Ack ack) {
        var memory = new Views.Memory(channel(p).toString(), 0);
        var opened = replies.open(p.trigger(), Views.loading("Run " + action.subject(), memory), false);
        ack.empty();
        var message = withFile(inbox.conversation().press(caller, action), p.user());
        opened.ifPresentOrElse(w -> replies.update(w, message), () -> tell(p, ack, message));
    }

    private Message withFile(Answer answer, String user) {
        if (answer.file().isEmpty()) {
            return answer.message();
        }
        boolean handed = files.hand(user, answer.file().get());
        var blocks = new ArrayList<>(answer.message().blocks());
        blocks.addFirst(new Block.Line(
                handed
                        ? "The whole log is in your messages with Playcall; this is its end."
                        : "Slack did not take the whole log; this is its end."));
        return new Message(blocks);
    }

    /** Where a button stands. In a window it is the place that the window was opened from. */
    private static Channel channel(Wish.Press p) {
        return p.window()
                .flatMap(w -> Channel.of(Replies.memory(w).channel()))
                .or(() -> p.channel().map(c -> new Channel("slack", c, p.thread())))
                .orElseGet(() -> new Channel("slack", p.user()));
    }

    private void submission(Wish.Submission s, Ack ack) {
        var memory = Replies.memory(s.window());
        var channel = Channel.of(memory.channel()).orElseThrow();
        var answer = inbox.conversation()
                .submit(caller(s.user(), channel, "form:" + s.window().id()), memory.wish(), Views.values(s.view()));
        if (answer.form().isPresent()) {
            wrong(s, ack, answer, missing(answer.form().get(), s));
        } else if (asksBack(answer.message())) {
            tell(s, ack, answer.message());
        } else if (answer.refused()) {
            wrong(s, ack, answer, field(s, answer.message().headline()));
        } else if (ack.isLate()) {
            tell(s, ack, answer.message());
        } else {
            ack.with(Json.object().put("response_action", "clear"));
            replies.alone(channel.place(), s.user(), answer.message());
        }
    }

    private static boolean asksBack(Message message) {
        return message.blocks().stream().anyMatch(Block.Buttons.class::isInstance);
    }

    /** Says it at the field it is about, and leaves the form open. */
    private void wrong(Wish.Submission s, Ack ack, Answer answer, Optional<String> block) {
        if (block.isEmpty()) {
            tell(s, ack, answer.message());
            return;
        }
        var errors = Json.object().put("response_action", "errors");
        errors.putObject("errors")
                .put(block.get(), ForeignText.line(answer.message().headline(), 200));
        if (!ack.with(errors)) {
            replies.update(s.window(), answer.message());
        }
    }

    private static Optional<String> missing(Form form, Wish.Submission s) {
        var given = Views.values(s.view());
        return form.fields().stream()
                .filter(f -> f.required() && given.getOrDefault(f.name(), "").isBlank())
                .map(f -> Views.block(f.name()))
                .findFirst();
    }

    /** The field that the text names, else the first one: errors have to stand somewhere. */
    private static Optional<String> field(Wish.Submission s, String text) {
        var inputs = s.view()
                .path("blocks")
                .valueStream()
                .filter(b -> b.path("type").asText().equals("input"))
                .map(b -> b.path("block_id").asText())
                .toList();
        return inputs.stream()
                .filter(b -> text.contains(b.substring(b.indexOf('.') + 1)))
                .findFirst()
                .or(() -> inputs.stream().findFirst());
    }

    static ObjectNode waiting(Wish.Window window) {
        var action = Json.object().put("response_action", "update");
        action.set("view", Views.loading(window.title(), Replies.memory(window)));
        return action;
    }
}
