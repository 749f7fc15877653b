package dev.playcall.chat.slack;

import dev.playcall.chat.ChatInbox;
import dev.playcall.chat.message.Action;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.slack.bolt.SlackRequest;
import dev.playcall.chat.slack.render.SlackStartInput;
import dev.playcall.chat.slack.render.SlackText;
import dev.playcall.chat.slack.render.SlackViews;
import dev.playcall.command.Caller;
import dev.playcall.domain.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hands to the conversation what people want, and shows them its answers. */
final class SlackEventHandler {
    private final ChatInbox chatInbox;
    private final SlackUsers slackUsers;
    private final SlackReplies slackReplies;
    private final SlackForms slackForms;
    private final SlackStarts slackStarts;
    private final SlackLinks slackLinks;
    private final Files files;
    private final SlackConnections slackConnections;

    public SlackEventHandler(
            ChatInbox chatInbox,
            SlackUsers slackUsers,
            SlackReplies slackReplies,
            SlackLinks slackLinks,
            Files files,
            SlackConnections slackConnections) {
        this.slackLinks = slackLinks;
        this.chatInbox = chatInbox;
        this.slackUsers = slackUsers;
        this.slackReplies = slackReplies;
        this.slackForms = new SlackForms(chatInbox, slackReplies);
        this.slackStarts = new SlackStarts(chatInbox, slackReplies, slackForms);
        this.files = files;
        this.slackConnections = slackConnections;
    }

    /** Gives a whole file to one person; false when that cannot be done. */
    @FunctionalInterface
    public interface Files {
        boolean hand(String user, Path file);
    }

    void reply(SlackRequest request, SlackAck slackAck, Message message) {
        slackReplies.reply(request, slackAck, message);
    }

    void handle(SlackRequest request, SlackAck slackAck) {
        if (isSelf(request.user())) {
            slackAck.empty();
            return;
        }
        var refusal = slackUsers.refusal(request.user());
        if (refusal.isPresent()) {
            reply(request, slackAck, Message.line(Tone.BAD, refusal.get()));
            return;
        }
        switch (request) {
            case SlackRequest.Command c -> command(c, slackAck);
            case SlackRequest.Press p -> press(p, slackAck);
            case SlackRequest.Submission s -> submission(s, slackAck);
            case SlackRequest.Choosing c -> slackStarts.chosen(c, slackAck);
            case SlackRequest.Suggestion s ->
                slackStarts.suggest(s, slackUsers.caller(s.user(), Origin.of("slack:menu")), slackAck);
            case SlackRequest.Shortcut s -> slackStarts.shortcut(s, slackAck);
            case SlackRequest.Line l -> line(l, slackAck);
            case SlackRequest.Links l -> {
                slackAck.empty();
                slackLinks.show(l, slackUsers.caller(l.user(), Origin.of("slack:" + l.channel())));
            }
            case SlackRequest.Home h -> home(h.user(), slackAck, new Message(List.of()));
            case SlackRequest.Ignored() -> slackAck.empty();
        }
    }

    /** The home tab as it is now, below what came of what was pressed in it. */
    private void home(String user, SlackAck slackAck, Message answer) {
        var board = chatInbox.conversation().home(slackUsers.caller(user, Origin.of("slack:home")));
        var blocks = new ArrayList<>(answer.blocks());
        blocks.addAll(board.blocks());
        reply(new SlackRequest.Home(user), slackAck, new Message(blocks));
    }

    /** Slack delivers the files that we send to people as messages. */
    private boolean isSelf(String user) {
        return slackConnections
                .self()
                .map(SlackIdentity::userId)
                .filter(user::equals)
                .isPresent();
    }

    private Caller caller(String user, Channel channel, String id) {
        return slackUsers.caller(user, new Origin(channel.toString(), Optional.of(id)));
    }

    private void submission(SlackRequest.Submission s, SlackAck slackAck) {
        var caller =
                caller(s.user(), SlackForms.channel(s), "form:" + s.window().id());
        if (SlackStartInput.isOne(s.view())) {
            slackStarts.submit(s, caller, slackAck);
        } else {
            slackForms.submit(s, caller, slackAck);
        }
    }

    private void command(SlackRequest.Command c, SlackAck slackAck) {
        var channel = new Channel("slack", c.channel());
        var words = words(c);
        if (slackStarts.open(words, c.trigger(), channel)) {
            return;
        }
        var answer = chatInbox.conversation().answerText(caller(c.user(), channel, c.trigger()), words);
        if (!asks(answer, c.trigger(), channel, false)) {
            slackReplies.answer(c, slackAck, answer);
        }
    }

    /** The name of the command is the first word, unless it is the name of the app. */
    private String words(SlackRequest.Command c) {
        var name = c.name().replaceFirst("^/", "");
        var text = SlackText.typed(c.text()).strip();
        boolean known = chatInbox.conversation().commands().stream()
                .anyMatch(e -> e.name().equals(name));
        if (known) {
            return name + " " + text;
        }
        return text.isEmpty() ? "help" : text;
    }

    /** Asks for what is missing in a window; false when nothing is, or no window opens. */
    private boolean asks(Answer answer, String trigger, Channel channel, boolean above) {
        return answer.form()
                .flatMap(f -> slackReplies.open(trigger, SlackViews.form(f, channel.toString()), above))
                .isPresent();
    }

    private void line(SlackRequest.Line l, SlackAck slackAck) {
        var self = slackConnections.self().map(SlackIdentity::userId).orElse("");
        var text = SlackText.typedTo(self, l.text());
        var channel = new Channel("slack", l.channel(), l.thread());
        var answer =
                chatInbox.conversation().answerText(caller(l.user(), channel, l.id()), text.isEmpty() ? "help" : text);
        slackReplies.answer(l, slackAck, answer);
    }

    private void press(SlackRequest.Press p, SlackAck slackAck) {
        var action = Action.of(p.value());
        if (action.isEmpty()) {
            reply(
                    p,
                    slackAck,
                    Message.line(
                            Tone.BAD, "this button is from another version of Playcall; type the command instead"));
            return;
        }
        var caller = caller(p.user(), channel(p), "press:" + p.trigger());
        boolean isModal = p.window().filter(SlackRequest.Window::modal).isPresent();
        if (action.get().kind() == Action.Kind.START) {
            slackStarts.choose(p.trigger(), channel(p));
            slackAck.empty();
        } else if (action.get().kind().isView() && !isModal) {
            window(p, action.get(), caller, slackAck);
        } else {
            done(p, action.get(), caller, slackAck);
        }
    }

    private void done(SlackRequest.Press p, Action action, Caller caller, SlackAck slackAck) {
        var answer = chatInbox.conversation().press(caller, action);
        boolean isModal = p.window().filter(SlackRequest.Window::modal).isPresent();
        if (asks(answer, p.trigger(), channel(p), isModal)) {
            slackAck.empty();
        } else if (p.window().isPresent() && !isModal) {
            home(p.user(), slackAck, answer.message());
        } else {
            reply(p, slackAck, withFile(answer, p.user()));
        }
    }

    /** The trigger of a press lives for three seconds, so the window is opened before anything is looked up. */
    private void window(SlackRequest.Press p, Action action, Caller caller, SlackAck slackAck) {
        var memory = new SlackViews.Metadata(channel(p).toString(), 0);
        var opened = slackReplies.open(p.trigger(), SlackViews.loading(title(action), memory), false);
        slackAck.empty();
        var message = withFile(chatInbox.conversation().press(caller, action), p.user());
        opened.ifPresentOrElse(w -> slackReplies.update(w, message), () -> reply(p, slackAck, message));
    }

    private static String title(Action action) {
        var kind = action.kind();
        return kind == Action.Kind.SHOW_STATUS
                ? "Status"
                : kind == Action.Kind.SHOW_QUEUE
                        ? "Queue"
                        : kind == Action.Kind.SHOW_ALERTS ? "Open alerts" : "Run " + action.subject();
    }

    private Message withFile(Answer answer, String user) {
        if (answer.file().isEmpty()) {
            return answer.message();
        }
        boolean handed = files.hand(user, answer.file().get());
        var blocks = new ArrayList<>(answer.message().blocks());
        blocks.addFirst(new Block.Line(
                handed
                        ? "The whole log is in your direct messages with Playcall; this is its end."
                        : "Slack rejected the full log; this is its end."));
        return new Message(blocks);
    }

    /** Where a button stands. In a window it is the place that the window was opened from. */
    private static Channel channel(SlackRequest.Press p) {
        return p.window()
                .flatMap(w -> Channel.of(SlackReplies.memory(w).channel()))
                .or(() -> p.channel().map(c -> new Channel("slack", c, p.thread())))
                .orElseGet(() -> new Channel("slack", p.user()));
    }
}
