package dev.playcall.chat.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.slack.api.model.block.InputBlock;
import com.slack.api.model.block.LayoutBlock;
import dev.playcall.chat.ChatInbox;
import dev.playcall.chat.message.Answer;
import dev.playcall.chat.message.Answer.Form;
import dev.playcall.chat.message.Channel;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.chat.slack.api.SlackJson;
import dev.playcall.chat.slack.bolt.SlackRequest;
import dev.playcall.chat.slack.render.SlackViews;
import dev.playcall.command.Caller;
import java.util.Objects;
import java.util.Optional;

/** Takes forms that were filled in. */
final class SlackForms {
    private final ChatInbox chatInbox;
    private final SlackReplies slackReplies;

    SlackForms(ChatInbox chatInbox, SlackReplies slackReplies) {
        this.chatInbox = chatInbox;
        this.slackReplies = slackReplies;
    }

    void submit(SlackRequest.Submission s, Caller caller, SlackAck slackAck) {
        var memory = SlackReplies.memory(s.window());
        var answer = chatInbox.conversation().submit(caller, memory.request(), SlackViews.values(s.view()));
        if (answer.form().isPresent()) {
            wrong(s, slackAck, answer, missing(answer.form().get(), s));
        } else {
            show(s, answer, slackAck);
        }
    }

    /** What came of a form; when something is still missing, the form that asks for it. */
    void show(SlackRequest.Submission s, Answer answer, SlackAck slackAck) {
        var channel = channel(s);
        if (answer.form().isPresent()) {
            next(s, SlackViews.form(answer.form().get(), channel.toString()), slackAck);
        } else if (asksBack(answer.message())) {
            slackReplies.reply(s, slackAck, answer.message());
        } else if (answer.refused()) {
            wrong(s, slackAck, answer, field(s, answer.message().headline()));
        } else if (slackAck.isLate()) {
            slackReplies.reply(s, slackAck, answer.message());
        } else {
            slackAck.with(SlackJson.object().put("response_action", "clear"));
            slackReplies.alone(channel.place(), s.user(), answer.message());
        }
    }

    /** Another form in the same window. */
    void next(SlackRequest.Submission s, ObjectNode view, SlackAck slackAck) {
        var action = SlackJson.object().put("response_action", "update");
        action.set("view", view);
        if (!slackAck.with(action)) {
            slackReplies.update(s.window(), view);
        }
    }

    /** Where the form was asked for. */
    static Channel channel(SlackRequest.Submission s) {
        return Channel.of(SlackReplies.memory(s.window()).channel()).orElseThrow();
    }

    private static boolean asksBack(Message message) {
        return message.blocks().stream().anyMatch(Block.Buttons.class::isInstance);
    }

    /** Says it at the field it is about, and leaves the form open. */
    private void wrong(SlackRequest.Submission s, SlackAck slackAck, Answer answer, Optional<String> block) {
        if (block.isEmpty()) {
            slackReplies.reply(s, slackAck, answer.message());
            return;
        }
        var errors = SlackJson.object().put("response_action", "errors");
        errors.putObject("errors")
                .put(block.get(), UntrustedText.line(answer.message().headline(), 200));
        if (!slackAck.with(errors)) {
            slackReplies.update(s.window(), answer.message());
        }
    }

    private static Optional<String> missing(Form form, SlackRequest.Submission s) {
        var given = SlackViews.values(s.view());
        return form.fields().stream()
                .filter(f -> f.required() && given.getOrDefault(f.name(), "").isBlank())
                .map(f -> SlackViews.block(f.name()))
                .findFirst();
    }

    /** The field that the text names, else the first one: errors have to stand somewhere. */
    private static Optional<String> field(SlackRequest.Submission s, String text) {
        var inputs = s.view().getBlocks().stream()
                .filter(InputBlock.class::isInstance)
                .map(LayoutBlock::getBlockId)
                .filter(Objects::nonNull)
                .toList();
        return inputs.stream()
                .filter(b -> text.contains(b.substring(b.indexOf('.') + 1)))
                .findFirst()
                .or(() -> inputs.stream().findFirst());
    }

    static ObjectNode waiting(SlackRequest.Window window) {
        var action = SlackJson.object().put("response_action", "update");
        action.set("view", SlackViews.loading(window.title(), SlackReplies.memory(window)));
        return action;
    }
}
