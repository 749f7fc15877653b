package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The methods that read: conversations, users, groups. */
final class ReadMethods {
    private final Workspace workspace;
    private volatile boolean metadataHidden;

    ReadMethods(Workspace workspace) {
        this.workspace = workspace;
    }

    Map<String, Function<Params, ObjectNode>> methods() {
        return Map.of(
                "auth.test", _ -> identity(),
                "conversations.history", this::history,
                "conversations.replies", this::replies,
                "conversations.info", this::info,
                "conversations.open", this::open,
                "users.info", this::user,
                "users.list", _ -> users(),
                "usergroups.list", this::groups,
                "usergroups.users.list", this::groupMembers);
    }

    void hideMetadata() {
        metadataHidden = true;
    }

    private static ObjectNode identity() {
        return Json.ok()
                .put("url", "https://" + Workspace.DOMAIN + ".slack.com/")
                .put("team", "Rehearsal")
                .put("user", "playcall")
                .put("team_id", Workspace.TEAM)
                .put("user_id", Workspace.BOT_USER)
                .put("bot_id", Workspace.BOT)
                .put("is_enterprise_install", false);
    }

    private static boolean inRange(Posted post, Params params) {
        var at = new BigDecimal(post.ts);
        int least = params.flag("inclusive") ? 0 : 1;
        return params.text("oldest")
                        .filter(o -> at.compareTo(new BigDecimal(o)) < least)
                        .isEmpty()
                && params.text("latest")
                        .filter(l -> new BigDecimal(l).compareTo(at) < least)
                        .isEmpty();
    }

    private ObjectNode page(Channel channel, Params params, List<Posted> posts) {
        int from = params.number("cursor", 0);
        int to = Math.min(posts.size(), from + params.number("limit", 100));
        var answer = Json.ok().put("has_more", to < posts.size());
        var messages = answer.putArray("messages");
        posts.subList(Math.min(from, to), to)
                .forEach(p -> messages.add(channel.json(p, params.flag("include_all_metadata") && !metadataHidden)));
        answer.putObject("response_metadata").put("next_cursor", to < posts.size() ? Integer.toString(to) : "");
        return answer;
    }

    private ObjectNode history(Params params) {
        return workspace.named(params.need("channel", "channel_not_found"), c -> {
            c.admit(true);
            var posts = c.front().filter(p -> inRange(p, params)).toList().reversed();
            return page(c, params, posts);
        });
    }

    private ObjectNode replies(Params params) {
        var ts = params.need("ts", "thread_not_found");
        return workspace.named(params.need("channel", "channel_not_found"), c -> {
            c.admit(true);
            var parent = c.find(ts).orElseThrow(() -> new Refusal("thread_not_found"));
            var answers = c.replies(ts).filter(p -> inRange(p, params));
            return page(c, params, Stream.concat(Stream.of(parent), answers).toList());
        });
    }

    private ObjectNode info(Params params) {
        return workspace.named(params.need("channel", "channel_not_found"), c -> {
            var answer = Json.ok();
            answer.set("channel", c.json());
            return answer;
        });
    }

    private ObjectNode open(Params params) {
        var user = Optional.of(params.need("users", "users_not_found"))
                .flatMap(workspace::find)
                .orElseThrow(() -> new Refusal("user_not_found"));
        return workspace.at(user.im(), c -> {
            var answer = Json.ok();
            answer.putObject("channel").put("id", c.id);
            return answer;
        });
    }

    private ObjectNode user(Params params) {
        var user = Optional.of(params.need("user", "user_not_found"))
                .flatMap(workspace::find)
                .orElseThrow(() -> new Refusal("user_not_found"));
        var answer = Json.ok();
        answer.set("user", user.json());
        return answer;
    }

    private ObjectNode users() {
        var answer = Json.ok();
        var members = answer.putArray("members");
        workspace.people().forEach(m -> members.add(m.json()));
        answer.putObject("response_metadata").put("next_cursor", "");
        return answer;
    }

    private ObjectNode groups(Params params) {
        var answer = Json.ok();
        var list = answer.putArray("usergroups");
        workspace.groups().forEach((id, members) -> {
            var group = list.addObject()
                    .put("id", id)
                    .put("team_id", Workspace.TEAM)
                    .put("is_usergroup", true)
                    .put("name", id)
                    .put("handle", id.toLowerCase(java.util.Locale.ROOT))
                    .put("user_count", members.size());
            if (params.flag("include_users")) {
                members.forEach(group.putArray("users")::add);
            }
        });
        return answer;
    }

    private ObjectNode groupMembers(Params params) {
        var members = workspace.groups().get(params.need("usergroup"));
        if (members == null) {
            throw new Refusal("no_such_subteam");
        }
        var answer = Json.ok();
        members.forEach(answer.putArray("users")::add);
        return answer;
    }
}
