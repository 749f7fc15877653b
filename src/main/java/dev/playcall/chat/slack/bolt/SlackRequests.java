package dev.playcall.chat.slack.bolt;

import com.slack.api.app_backend.events.payload.EventsApiPayload;
import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.app_backend.interactive_components.payload.BlockSuggestionPayload;
import com.slack.api.app_backend.interactive_components.payload.GlobalShortcutPayload;
import com.slack.api.app_backend.interactive_components.payload.MessageShortcutPayload;
import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import com.slack.api.app_backend.views.payload.ViewSubmissionPayload;
import com.slack.api.bolt.request.Request;
import com.slack.api.bolt.request.builtin.BlockActionRequest;
import com.slack.api.bolt.request.builtin.EventRequest;
import com.slack.api.bolt.request.builtin.GlobalShortcutRequest;
import com.slack.api.bolt.request.builtin.MessageShortcutRequest;
import com.slack.api.bolt.request.builtin.SlashCommandRequest;
import com.slack.api.bolt.request.builtin.ViewSubmissionRequest;
import com.slack.api.model.event.AppHomeOpenedEvent;
import com.slack.api.model.event.AppMentionEvent;
import com.slack.api.model.event.LinkSharedEvent;
import com.slack.api.model.event.MessageEvent;
import com.slack.api.model.event.MessageFileShareEvent;
import com.slack.api.model.event.MessageThreadBroadcastEvent;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewTitle;
import dev.playcall.chat.slack.api.SlackJson;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What somebody wants, out of Slack's payloads, in which anything may be missing. */
final class SlackRequests {
    private static final SlackRequest IGNORED = new SlackRequest.Ignored();

    private SlackRequests() {}

    /** The same when Slack delivers it again; empty for a request that has nothing of its own. */
    static Optional<String> key(Request<?> request) {
        return switch (request) {
            case EventRequest e ->
                SlackJson.read(e.getRequestBodyAsString()).flatMap(b -> SlackJson.text(b, "/event_id"));
            case SlashCommandRequest c -> text(c.getPayload().getTriggerId()).map(t -> "command:" + t);
            case BlockActionRequest p ->
                text(p.getPayload().getTriggerId()).map(t -> BlockActionPayload.TYPE + ":" + t);
            case ViewSubmissionRequest s ->
                text(s.getPayload().getTriggerId()).map(t -> ViewSubmissionPayload.TYPE + ":" + t);
            case GlobalShortcutRequest s ->
                text(s.getPayload().getTriggerId()).map(t -> GlobalShortcutPayload.TYPE + ":" + t);
            case MessageShortcutRequest s ->
                text(s.getPayload().getTriggerId()).map(t -> MessageShortcutPayload.TYPE + ":" + t);
            default -> Optional.<String>empty();
        };
    }

    /** Whether it comes from a place that Slack could have named. */
    static boolean isPlaced(SlackRequest request) {
        return switch (request) {
            case SlackRequest.Command c -> isName(c.channel());
            case SlackRequest.Press p ->
                p.channel().filter(c -> !isName(c)).isEmpty()
                        && p.thread().filter(t -> !isTime(t)).isEmpty();
            case SlackRequest.Line l ->
                isName(l.channel()) && l.thread().filter(t -> !isTime(t)).isEmpty();
            case SlackRequest.Shortcut s ->
                s.channel().filter(c -> !isName(c)).isEmpty()
                        && s.thread().filter(t -> !isTime(t)).isEmpty();
            case SlackRequest.Links l -> isName(l.channel()) && isTime(l.ts());
            case SlackRequest.Submission _,
                    SlackRequest.Choosing _,
                    SlackRequest.Suggestion _,
                    SlackRequest.Home _,
                    SlackRequest.Ignored _ -> true;
        };
    }

    private static boolean isName(String text) {
        return text.matches("[A-Z0-9]{1,40}");
    }

    private static boolean isTime(String text) {
        return text.matches("[0-9]{1,20}(\\.[0-9]{1,20})?");
    }

    private static Optional<String> text(@Nullable String text) {
        return Optional.ofNullable(text).filter(t -> !t.isEmpty());
    }

    private static String written(@Nullable String text) {
        return text == null ? "" : text;
    }

    static SlackRequest command(SlashCommandPayload p) {
        return new SlackRequest.Command(
                written(p.getUserId()),
                written(p.getChannelId()),
                written(p.getCommand()),
                written(p.getText()),
                written(p.getTriggerId()),
                text(p.getResponseUrl()));
    }

    static SlackRequest submission(ViewSubmissionPayload p) {
        return new SlackRequest.Submission(written(p.getUser().getId()), window(p.getView()), p.getView());
    }

    static SlackRequest suggestion(BlockSuggestionPayload p) {
        return p.getView() == null
                ? IGNORED
                : new SlackRequest.Suggestion(
                        written(p.getUser().getId()), p.getView(), written(p.getActionId()), written(p.getValue()));
    }

    static SlackRequest shortcut(GlobalShortcutPayload p) {
        return new SlackRequest.Shortcut(
                written(p.getUser().getId()), Optional.empty(), Optional.empty(), "", written(p.getTriggerId()));
    }

    static SlackRequest shortcut(MessageShortcutPayload p) {
        var message = Optional.ofNullable(p.getMessage());
        return new SlackRequest.Shortcut(
                written(p.getUser().getId()),
                Optional.ofNullable(p.getChannel()).flatMap(c -> text(c.getId())),
                message.flatMap(m -> text(m.getThreadTs())).or(() -> text(p.getMessageTs())),
                message.flatMap(m -> text(m.getText())).orElse(""),
                written(p.getTriggerId()));
    }

    static SlackRequest.Window window(View view) {
        return new SlackRequest.Window(
                written(view.getId()),
                "modal".equals(view.getType()),
                written(view.getPrivateMetadata()),
                Optional.ofNullable(view.getTitle()).map(ViewTitle::getText).orElse("Playcall"));
    }

    static SlackRequest press(BlockActionPayload p) {
        var action = p.getActions().getFirst();
        if (!"button".equals(action.getType())) {
            return choosing(p, action);
        }
        var container = Optional.ofNullable(p.getContainer());
        return new SlackRequest.Press(
                written(p.getUser().getId()),
                Optional.ofNullable(p.getChannel())
                        .flatMap(c -> text(c.getId()))
                        .or(() -> container.flatMap(c -> text(c.getChannelId()))),
                thread(p),
                Optional.ofNullable(p.getView()).map(SlackRequests::window),
                container.filter(BlockActionPayload.Container::isEphemeral).isPresent(),
                written(action.getValue()),
                written(p.getTriggerId()),
                text(p.getResponseUrl()));
    }

    private static SlackRequest choosing(BlockActionPayload p, BlockActionPayload.Action action) {
        return p.getView() == null
                ? IGNORED
                : new SlackRequest.Choosing(
                        written(p.getUser().getId()),
                        window(p.getView()),
                        p.getView(),
                        written(action.getActionId()),
                        Optional.ofNullable(action.getSelectedOption())
                                .flatMap(o -> text(o.getValue()))
                                .orElse(""));
    }

    /**
     * The thread that the message lives in, as a place of its own. An alert hangs in the thread of its card too, but
     * whatever is started by its buttons is for the whole channel; only cards and questions stay where they are.
     */
    private static Optional<String> thread(BlockActionPayload p) {
        var container = Optional.ofNullable(p.getContainer());
        var message = Optional.ofNullable(p.getMessage());
        boolean stays =
                container.filter(BlockActionPayload.Container::isEphemeral).isPresent()
                        || message.map(m -> m.getMetadata())
                                .map(m -> m.getEventPayload())
                                .map(m -> m.get("key"))
                                .filter(k -> k.toString().contains(".card"))
                                .isPresent();
        var own = container
                .flatMap(c -> text(c.getMessageTs()))
                .or(() -> message.flatMap(m -> text(m.getTs())))
                .orElse("");
        return container
                .flatMap(c -> text(c.getThreadTs()))
                .or(() -> message.flatMap(m -> text(m.getThreadTs())))
                .filter(t -> stays && !t.equals(own));
    }

    static SlackRequest home(AppHomeOpenedEvent e) {
        return "home".equals(text(e.getTab()).orElse("home")) ? new SlackRequest.Home(written(e.getUser())) : IGNORED;
    }

    /** While a message is still being written, nobody knows who will read it. */
    static SlackRequest links(LinkSharedEvent e) {
        return "composer".equals(e.getSource()) || e.getLinks() == null
                ? IGNORED
                : new SlackRequest.Links(
                        written(e.getUser()),
                        written(e.getChannel()),
                        written(e.getMessageTs()),
                        e.getLinks().stream()
                                .map(LinkSharedEvent.Link::getUrl)
                                .filter(Objects::nonNull)
                                .toList());
    }

    /** Of a bot that calls us we tell why not. */
    static SlackRequest mention(EventsApiPayload<AppMentionEvent> p) {
        var e = p.getEvent();
        boolean typed = e.getSubtype() == null
                || e.getSubtype().equals(MessageFileShareEvent.SUBTYPE_NAME)
                || e.getSubtype().equals(MessageThreadBroadcastEvent.SUBTYPE_NAME);
        boolean meant = (typed || isOfBot(e)) && e.getEdited() == null;
        return meant
                ? line(p, new Said(e.getUser(), e.getChannel(), e.getThreadTs(), e.getTs(), e.getText()), false)
                : IGNORED;
    }

    private static boolean isOfBot(AppMentionEvent e) {
        return e.getBotId() != null || "bot_message".equals(e.getSubtype());
    }

    /** Nothing is an order that nobody typed just now: edits, what bots say, what we said. */
    static SlackRequest message(EventsApiPayload<MessageEvent> p) {
        var e = p.getEvent();
        return isDirect(e.getChannelType()) && e.getBotId() == null && e.getEdited() == null
                ? line(p, new Said(e.getUser(), e.getChannel(), e.getThreadTs(), e.getTs(), e.getText()), true)
                : IGNORED;
    }

    static SlackRequest file(EventsApiPayload<MessageFileShareEvent> p) {
        var e = p.getEvent();
        return isDirect(e.getChannelType())
                ? line(p, new Said(e.getUser(), e.getChannel(), e.getThreadTs(), e.getTs(), e.getText()), true)
                : IGNORED;
    }

    static SlackRequest broadcast(EventsApiPayload<MessageThreadBroadcastEvent> p) {
        var e = p.getEvent();
        return isDirect(e.getChannelType())
                ? line(p, new Said(e.getUser(), e.getChannel(), e.getThreadTs(), e.getTs(), e.getText()), true)
                : IGNORED;
    }

    private static boolean isDirect(@Nullable String channelType) {
        return "im".equals(channelType);
    }

    private record Said(
            @Nullable String user,
            @Nullable String channel,
            @Nullable String thread,
            @Nullable String ts,
            @Nullable String text) {}

    private static SlackRequest line(EventsApiPayload<?> p, Said said, boolean direct) {
        if (text(said.user()).isEmpty()) {
            return IGNORED;
        }
        var ts = written(said.ts());
        return new SlackRequest.Line(
                written(said.user()),
                written(said.channel()),
                text(said.thread()),
                ts,
                written(said.text()),
                direct,
                text(p.getEventId()).orElse(ts));
    }
}
