package dev.playcall.chat.slack;

import com.slack.api.model.view.View;
import dev.playcall.chat.ChatInbox;
import dev.playcall.chat.command.CommandEntry;
import dev.playcall.chat.command.CommandOption;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.Choice;
import dev.playcall.chat.slack.api.SlackJson;
import dev.playcall.chat.slack.bolt.SlackRequest;
import dev.playcall.chat.slack.render.SlackStartForm;
import dev.playcall.chat.slack.render.SlackStartInput;
import dev.playcall.chat.slack.render.SlackText;
import dev.playcall.command.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Starts runs from a form: a command without words, a shortcut, and what their menus offer. */
final class SlackStarts {
    private final ChatInbox chatInbox;
    private final SlackReplies slackReplies;
    private final SlackForms slackForms;

    SlackStarts(ChatInbox chatInbox, SlackReplies slackReplies, SlackForms slackForms) {
        this.chatInbox = chatInbox;
        this.slackReplies = slackReplies;
        this.slackForms = slackForms;
    }

    /** Opens the form of a command that was typed alone; false when it has none, or no window opens. */
    boolean open(String words, String trigger, Channel channel) {
        var memory = SlackStartForm.Memory.at(channel.toString());
        return entry(words.strip())
                .flatMap(e -> slackReplies.open(trigger, SlackStartForm.of(e, memory), false))
                .isPresent();
    }

    private Optional<CommandEntry> entry(String name) {
        return starting().stream().filter(e -> e.name().equals(name)).findFirst();
    }

    /** The commands that start a run in one environment. */
    private List<CommandEntry> starting() {
        return chatInbox.conversation().commands().stream()
                .filter(e -> e.kind() == CommandEntry.Kind.RUN)
                .toList();
    }

    void shortcut(SlackRequest.Shortcut s, SlackAck slackAck) {
        var channel = s.channel()
                .map(c -> new Channel("slack", c, s.thread()))
                .orElseGet(() -> new Channel("slack", s.user()));
        var reason = SlackText.typed(s.about()).lines().findFirst().orElse("").strip();
        var memory = SlackStartForm.Memory.at(channel.toString()).because(reason.isEmpty() ? "" : "about: " + reason);
        slackReplies.open(s.trigger(), SlackStartForm.choice(memory), false);
        slackAck.empty();
    }

    /** Opens the form that asks what to run. */
    void choose(String trigger, Channel channel) {
        slackReplies.open(trigger, SlackStartForm.choice(SlackStartForm.Memory.at(channel.toString())), false);
    }

    /** What the other menus offer depends on the environment, and Slack does not tell them what is chosen. */
    void chosen(SlackRequest.Choosing c, SlackAck slackAck) {
        slackAck.empty();
        var memory = SlackStartForm.Memory.of(c.view()).in(c.value());
        SlackStartInput.command(c.view())
                .filter(_ -> c.option().equals(SlackStartForm.ENVIRONMENT))
                .flatMap(this::entry)
                .ifPresent(e -> slackReplies.update(c.window(), SlackStartForm.of(e, memory)));
    }

    void suggest(SlackRequest.Suggestion s, Caller caller, SlackAck slackAck) {
        slackAck.with(SlackStartForm.options(choices(s.view(), s.option(), s.typed(), caller)));
    }

    private List<Choice> choices(View view, String option, String typed, Caller caller) {
        if (option.equals(SlackStartForm.COMMAND)) {
            return commands(typed);
        }
        var entry = SlackStartInput.command(view).flatMap(this::entry);
        var values = SlackStartInput.known(view);
        var choices = new ArrayList<>(
                entry.map(e -> chatInbox.conversation().complete(caller, e.name(), option, values, typed))
                        .orElse(List.of()));
        boolean isNew = choices.stream().noneMatch(c -> c.value().equals(typed));
        if (isNew && !typed.isBlank() && isVersion(entry, option)) {
            choices.add(new Choice(typed + " (as typed)", typed));
        }
        return choices;
    }

    private static boolean isVersion(Optional<CommandEntry> entry, String option) {
        return entry.flatMap(e -> e.option(option))
                .filter(o -> o.type() == CommandOption.Type.VERSION)
                .isPresent();
    }

    private List<Choice> commands(String typed) {
        var part = typed.strip().toLowerCase(Locale.ROOT);
        return starting().stream()
                .map(e -> new Choice(e.name() + " – " + e.summary(), e.name()))
                .filter(c -> c.label().toLowerCase(Locale.ROOT).contains(part))
                .toList();
    }

    /** The command was chosen, or its form is filled in. */
    void submit(SlackRequest.Submission s, Caller caller, SlackAck slackAck) {
        var values = SlackStartInput.values(s.view());
        var filled = SlackStartInput.command(s.view()).flatMap(this::entry);
        var chosen = entry(values.getOrDefault(SlackStartForm.COMMAND, ""));
        if (filled.isPresent()) {
            var words = SlackStartInput.words(filled.get(), values);
            slackForms.show(s, chatInbox.conversation().answerText(caller, words), slackAck);
        } else if (chosen.isPresent()) {
            var next = SlackStartForm.of(chosen.get(), SlackStartForm.Memory.of(s.view()));
            slackForms.next(s, next, slackAck);
        } else {
            slackAck.with(SlackJson.object().put("response_action", "clear"));
        }
    }
}
