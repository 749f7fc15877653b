package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The people, the channels and everything posted. */
final class Workspace {
    static final String TEAM = "T0REHEARSE";
    static final String DOMAIN = "rehearsal";
    static final String APP = "A0PLAYCALL";
    static final String BOT = "B0PLAYCALL";
    static final String BOT_USER = "U0PLAYCALL";

    private final Clock clock;
    private final Map<String, Member> people = new LinkedHashMap<>();
    private final Map<String, Channel> channels = new LinkedHashMap<>();
    private final Map<String, List<Posted>> ephemerals = new LinkedHashMap<>();
    private final Map<String, List<String>> groups = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private long lastMicros;

    Workspace(Clock clock) {
        this.clock = clock;
        people.put(BOT_USER, new Member(BOT_USER, "playcall", Set.of(Trait.BOT)));
        channels.put("C0OPS", new Channel("C0OPS", "ops"));
        channels.put("C0GENERAL", new Channel("C0GENERAL", "general"));
    }

    /** Message ids are times, and no two are the same. */
    synchronized String ts() {
        lastMicros = Math.max(lastMicros + 1, clock.millis() * 1000);
        return String.format(Locale.ROOT, "%d.%06d", lastMicros / 1_000_000, lastMicros % 1_000_000);
    }

    synchronized void person(Member member) {
        people.put(member.id(), member);
    }

    synchronized Member member(String id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("no person " + id + ", declare it first"));
    }

    synchronized Optional<Member> find(String id) {
        return Optional.ofNullable(people.get(id));
    }

    synchronized Collection<Member> people() {
        return List.copyOf(people.values());
    }

    synchronized void group(String id, List<String> members) {
        groups.put(id, List.copyOf(members));
    }

    synchronized Map<String, List<String>> groups() {
        return new LinkedHashMap<>(groups);
    }

    synchronized void channel(String id, String name) {
        channels.put(id, new Channel(id, name));
    }

    /** A channel a person is in; direct conversations and unknown channels come to be. */
    synchronized <T> T at(String id, Function<Channel, T> work) {
        return work.apply(channels.computeIfAbsent(id, i -> new Channel(i, i.toLowerCase(Locale.ROOT))));
    }

    /** A channel the application names: an id, a #name, or a user for the direct conversation. */
    synchronized <T> T named(String name, Function<Channel, T> work) {
        if (people.containsKey(name)) {
            return at(people.get(name).im(), work);
        }
        var bare = name.startsWith("#") ? name.substring(1) : name;
        return work.apply(Optional.ofNullable(channels.get(name))
                .or(() -> channels.values().stream()
                        .filter(c -> c.name.equals(bare))
                        .findFirst())
                .orElseThrow(() -> new Refusal("channel_not_found")));
    }

    Posted post(String channel, String author, Content content, Optional<String> threadTs, boolean broadcast) {
        return at(channel, c -> {
            var post = new Posted(ts(), author, content, threadTs, broadcast);
            c.posts.add(post);
            return post;
        });
    }

    synchronized Posted whisper(String user, Content content, Optional<String> threadTs) {
        var post = new Posted(ts(), BOT_USER, content, threadTs, false);
        ephemerals.computeIfAbsent(user, _ -> new ArrayList<>()).add(post);
        return post;
    }

    synchronized Optional<Posted> whispered(String user, String ts) {
        return ephemerals.getOrDefault(user, List.of()).stream()
                .filter(p -> p.ts.equals(ts))
                .findFirst();
    }

    synchronized void forget(String user, Posted whisper) {
        ephemerals.getOrDefault(user, new ArrayList<>()).remove(whisper);
    }

    synchronized List<Shown> ephemerals(String user) {
        return ephemerals.getOrDefault(user, List.of()).stream()
                .map(Posted::shown)
                .toList();
    }

    synchronized void warn(String warning) {
        warnings.add(warning);
    }

    synchronized List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Text and blocks as Slack takes them. */
    Content content(String method, Optional<String> text, Optional<ArrayNode> blocks, int longest) {
        if (text.isEmpty() && blocks.isEmpty()) {
            throw new Refusal("no_text");
        }
        text.filter(t -> t.length() > longest).ifPresent(_ -> {
            throw new Refusal("msg_too_long");
        });
        blocks.ifPresent(b -> {
            var problems = BlockCheck.problems(b, BlockCheck.MESSAGE);
            if (!problems.isEmpty()) {
                throw new Refusal("invalid_blocks", problems);
            }
            if (BlockCheck.sum(b) > BlockCheck.LONGEST_SUM) {
                throw new Refusal("msg_blocks_too_long");
            }
            if (text.isEmpty()) {
                warn(method + ": blocks without a text for notifications and screen readers");
            }
        });
        return new Content(text.orElse(""), blocks.map(BlockCheck::complete).orElseGet(Json::array), Optional.empty());
    }

    static Optional<ArrayNode> blocks(JsonNode message) {
        return message.path("blocks") instanceof ArrayNode b ? Optional.of(b) : Optional.empty();
    }
}
