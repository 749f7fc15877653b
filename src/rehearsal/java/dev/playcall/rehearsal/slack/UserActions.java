package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What people do, as the application gets to know it. */
final class UserActions {
    /** A bracket that does not begin or end a mention, a channel or a link. */
    private static final Pattern OPEN = Pattern.compile("<(?![@#!][A-Za-z0-9]|https?:)");

    private static final Pattern CLOSE = Pattern.compile("(?<!<[@#!][\\w|.^-]{1,80}|<https?:[^<> ]{1,500})>");

    private final Workspace workspace;
    private final Views views;
    private final Triggers triggers;
    private final Responses responses;
    private final Envelopes envelopes;

    UserActions(Workspace workspace, Views views, Triggers triggers, Responses responses, Envelopes envelopes) {
        this.workspace = workspace;
        this.views = views;
        this.triggers = triggers;
        this.responses = responses;
        this.envelopes = envelopes;
    }

    static String escaped(String text) {
        var open = OPEN.matcher(text.replace("&", "&amp;")).replaceAll("&lt;");
        return CLOSE.matcher(open).replaceAll("&gt;");
    }

    Ack command(String user, String channel, String command, String text) {
        var member = workspace.member(user);
        var name = workspace.at(channel, c -> c.isDirect() ? "directmessage" : c.name);
        var payload = Json.object()
                .put("token", "rehearsal")
                .put("team_id", member.team())
                .put("team_domain", Workspace.DOMAIN)
                .put("channel_id", channel)
                .put("channel_name", name)
                .put("user_id", user)
                .put("user_name", member.name())
                .put("command", command)
                .put("text", escaped(text))
                .put("api_app_id", Workspace.APP)
                .put("is_enterprise_install", "false")
                .put("response_url", responses.issue(user, channel, Optional.empty()))
                .put("trigger_id", triggers.issue(user));
        var ack = envelopes.send("slash_commands", payload);
        return ack.acked() ? ack.with(responses.inline(user, channel, ack.payload())) : ack;
    }

    private ObjectNode interaction(String type, Member member) {
        var payload =
                Json.object().put("type", type).put("api_app_id", Workspace.APP).put("token", "rehearsal");
        payload.putObject("user")
                .put("id", member.id())
                .put("username", member.name())
                .put("name", member.name())
                .put("team_id", member.team());
        payload.putObject("team").put("id", Workspace.TEAM).put("domain", Workspace.DOMAIN);
        return payload.putNull("enterprise")
                .put("is_enterprise_install", false)
                .put("trigger_id", triggers.issue(member.id()));
    }

    /** Uses a control of a message; a value chooses, none presses. */
    Ack use(String user, String channel, String ts, Predicate<JsonNode> which, Optional<String> value) {
        var member = workspace.member(user);
        var post = workspace.at(channel, c -> c.find(ts));
        var seen = post.or(() -> workspace.whispered(user, ts))
                .orElseThrow(() -> new IllegalArgumentException("no message " + ts + " in " + channel));
        var placed = placed(seen.blocks(), which, "message " + ts);
        var payload = interaction("block_actions", member);
        var container = payload.putObject("container")
                .put("type", "message")
                .put("message_ts", ts)
                .put("channel_id", channel)
                .put("is_ephemeral", post.isEmpty());
        seen.threadTs.ifPresent(t -> container.put("thread_ts", t));
        workspace.at(channel, c -> {
            payload.putObject("channel").put("id", c.id).put("name", c.isDirect() ? "directmessage" : c.name);
            post.ifPresent(p -> payload.set("message", c.json(p, false)));
            return c;
        });
        payload.putObject("state").putObject("values");
        payload.put("response_url", responses.issue(user, channel, Optional.of(ts)));
        return act(payload, placed, value);
    }

    private static BlockView.Placed placed(JsonNode blocks, Predicate<JsonNode> which, String where) {
        var face = new BlockView(blocks);
        return face.elements().stream()
                .filter(p -> which.test(p.element()))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("no such control in " + where + ", it shows " + face.elements()));
    }

    private Ack act(ObjectNode payload, BlockView.Placed placed, Optional<String> value) {
        var element = placed.element();
        var action = payload.putArray("actions")
                .addObject()
                .put("action_id", element.path("action_id").asText())
                .put("block_id", placed.blockId())
                .put("action_ts", workspace.ts());
        if (element.path("type").asText().equals("button")) {
            for (var name : new String[] {"text", "value", "style", "url"}) {
                if (element.has(name)) {
                    action.set(name, element.get(name));
                }
            }
            action.put("type", "button");
        } else {
            action.setAll(Filled.value(element, value));
        }
        return envelopes.send("interactive", payload);
    }

    /** Uses a control of the open modal, or of the home tab when none is open. */
    Ack useInView(String user, String actionId, Optional<String> value) {
        var member = workspace.member(user);
        var view = views.open(user)
                .or(() -> views.home(user))
                .orElseThrow(() -> new IllegalArgumentException(user + " has no view open"));
        var placed =
                placed(view.path("blocks"), e -> e.path("action_id").asText().equals(actionId), "the view");
        var payload = interaction("block_actions", member);
        payload.putObject("container")
                .put("type", "view")
                .put("view_id", view.path("id").asText());
        payload.set(
                "view", isInput(view, placed) ? new Filled(view, Map.of(actionId, value.orElse(""))).choosing() : view);
        return act(payload, placed, value);
    }

    /** An input says at once what was chosen only where it was asked to. */
    private static boolean isInput(JsonNode view, BlockView.Placed placed) {
        var block = view.path("blocks")
                .valueStream()
                .filter(b -> b.path("block_id").asText().equals(placed.blockId()))
                .filter(b -> b.path("type").asText().equals("input"))
                .findFirst();
        if (block.filter(b -> !b.path("dispatch_action").asBoolean()).isPresent()) {
            throw new IllegalArgumentException(placed.blockId() + " does not dispatch its action");
        }
        return block.isPresent();
    }

    Ack submit(String user, String viewId, Map<String, String> values) {
        var view = modal(viewId);
        var filled = new Filled(view, values).state();
        view.set("state", filled);
        var payload = interaction("view_submission", workspace.member(user));
        payload.set("view", view);
        payload.putArray("response_urls");
        var ack = envelopes.send("interactive", payload);
        return ack.acked() ? ack.with(views.answered(user, viewId, ack.payload())) : ack;
    }

    private ObjectNode modal(String viewId) {
        return views.find(viewId)
                .orElseThrow(() -> new IllegalArgumentException("no modal " + viewId))
                .deepCopy();
    }

    /** Closes the modal; the application hears of it only when it asked to. */
    Optional<Ack> close(String user, String viewId) {
        var view = modal(viewId);
        views.close(user);
        if (!view.path("notify_on_close").asBoolean()) {
            return Optional.empty();
        }
        var payload = interaction("view_closed", workspace.member(user)).put("is_cleared", false);
        payload.remove("trigger_id");
        payload.set("view", view);
        return Optional.of(envelopes.send("interactive", payload));
    }

    /** Types into a menu that asks the application for its options. */
    Ack suggest(String user, String viewId, String actionId, String typed) {
        var view = modal(viewId);
        var placed =
                placed(view.path("blocks"), e -> e.path("action_id").asText().equals(actionId), "the view");
        var payload = interaction("block_suggestion", workspace.member(user))
                .put("action_id", actionId)
                .put("block_id", placed.blockId())
                .put("value", typed);
        payload.remove("trigger_id");
        payload.putObject("container").put("type", "view").put("view_id", viewId);
        payload.set("view", view);
        var ack = envelopes.send("interactive", payload);
        var found = new Findings();
        if (ack.payload().has("options")) {
            new ElementCheck(found).options(ack.payload().path("options"), "/options", 100);
        }
        return ack.with(found.messages());
    }

    /** Chooses a shortcut of the application; of a message, or from the menu that is everywhere. */
    Ack shortcut(String user, String callbackId, Optional<String> channel, Optional<String> ts) {
        var payload = interaction(ts.isPresent() ? "message_action" : "shortcut", workspace.member(user))
                .put("callback_id", callbackId)
                .put("action_ts", workspace.ts());
        channel.ifPresent(name -> workspace.at(name, c -> {
            payload.putObject("channel").put("id", c.id).put("name", c.name);
            ts.flatMap(c::find).ifPresent(p -> payload.set("message", c.json(p, false)));
            return c;
        }));
        ts.ifPresent(t -> payload.put("message_ts", t)
                .put("response_url", responses.issue(user, channel.orElseThrow(), Optional.empty())));
        return envelopes.send("interactive", payload);
    }

    private ObjectNode said(String type, Member member, String channel, String text, Optional<String> threadTs) {
        var escaped = escaped(text);
        var post = workspace.post(channel, member.id(), Content.plain(escaped), threadTs, false);
        var event = Json.object()
                .put("type", type)
                .put("user", member.id())
                .put("text", escaped)
                .put("ts", post.ts)
                .put("event_ts", post.ts)
                .put("channel", channel)
                .put("team", member.team())
                .put("client_msg_id", UUID.randomUUID().toString());
        threadTs.ifPresent(t -> event.put("thread_ts", t));
        if (member.is(Trait.BOT)) {
            event.put("subtype", "bot_message").put("bot_id", "B" + member.id().substring(1));
        }
        if (member.is(Trait.FOREIGN)) {
            event.put("user_team", member.team()).put("source_team", member.team());
        }
        return event;
    }

    Ack mention(String user, String channel, String text, Optional<String> threadTs) {
        var name = "<@" + Workspace.BOT_USER + ">";
        var full = text.contains(name) ? text : name + " " + text;
        return envelopes.event(said("app_mention", workspace.member(user), channel, full, threadTs));
    }

    Ack directMessage(String user, String text) {
        var member = workspace.member(user);
        return envelopes.event(
                said("message", member, member.im(), text, Optional.empty()).put("channel_type", "im"));
    }

    /** Posts links; Slack reports those whose domain the application has named. */
    Ack share(String user, String channel, List<String> urls) {
        var text = urls.stream().map(u -> "<" + u + ">").collect(Collectors.joining(" "));
        var post = workspace.post(channel, user, Content.plain(text), Optional.empty(), false);
        var event = Json.object()
                .put("type", "link_shared")
                .put("user", user)
                .put("channel", channel)
                .put("message_ts", post.ts)
                .put("is_bot_user_member", true)
                .put("unfurl_id", channel + "." + post.ts)
                .put("source", "conversations_history")
                .put("event_ts", workspace.ts());
        var links = event.putArray("links");
        urls.forEach(u -> links.addObject()
                .put("url", u)
                .put("domain", java.net.URI.create(u).getHost()));
        return envelopes.event(event);
    }

    Ack openHome(String user) {
        var member = workspace.member(user);
        var event = Json.object()
                .put("type", "app_home_opened")
                .put("user", user)
                .put("channel", member.im())
                .put("tab", "home")
                .put("event_ts", workspace.ts());
        views.home(user).ifPresent(v -> event.set("view", v));
        return envelopes.event(event);
    }
}
