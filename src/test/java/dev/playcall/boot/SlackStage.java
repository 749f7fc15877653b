package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.rehearsal.slack.Ack;
import dev.playcall.rehearsal.slack.Fault;
import dev.playcall.rehearsal.slack.Shown;
import dev.playcall.rehearsal.slack.SlackServer;
import dev.playcall.rehearsal.slack.Trait;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Slack, over its Web API and Socket Mode. */
final class SlackStage implements ChatStage {
    private static final String OPS = "C0OPS";
    private static final Set<String> OWN = Set.of("validate", "ping", "provision", "deploy", "rollback", "update");
    private static final Duration SOON = Duration.ofSeconds(20);
    /** How long Slack waits for an acknowledgement. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration SILENCE = Duration.ofSeconds(40);
    private static final Pattern CALL = Pattern.compile("<[!@#]");

    private final SlackServer server = SlackServer.start();
    private final ChatFixture fixture;

    private final boolean http;

    SlackStage(Path home, Optional<Path> records) {
        this(home, records, false);
    }

    private SlackStage(Path home, Optional<Path> records, boolean http) {
        this.http = http;
        records.ifPresent(server::recordTo);
        server.patience(SOON);
        server.person(user("alice"), "alice");
        server.person(user("bob"), "bob");
        server.group("S0OPS", user("alice"));
        server.person(user("guest"), "guest", Trait.GUEST);
        fixture = new ChatFixture(home, http ? overHttp(server) : settings(server));
        if (http) {
            server.deliverTo(() -> fixture.address().resolve("/slack/events"));
        }
        up();
    }

    /** Without a socket: Slack sends requests to the gateway. */
    static SlackStage overHttp(Path home, Optional<Path> records) {
        return new SlackStage(home, records, true);
    }

    private static Map<String, String> overHttp(SlackServer server) {
        var settings = new HashMap<>(settings(server));
        settings.remove("PLAYCALL_CHAT_SLACK_APP_TOKEN");
        settings.put("PLAYCALL_CHAT_SLACK_MODE", "http");
        settings.put("PLAYCALL_CHAT_SLACK_SIGNING_SECRET", SlackServer.SIGNING_SECRET);
        return settings;
    }

    static Map<String, String> settings(SlackServer server) {
        return Map.of(
                "PLAYCALL_CHAT_SLACK_API_BASE",
                server.apiBase().toString(),
                "PLAYCALL_CHAT_SLACK_BOT_TOKEN",
                SlackServer.BOT_TOKEN,
                "PLAYCALL_CHAT_SLACK_APP_TOKEN",
                SlackServer.APP_TOKEN,
                "PLAYCALL_CHAT_SLACK_DEFAULT_CHANNEL",
                OPS);
    }

    private void up() {
        await("a connection")
                .atMost(Duration.ofSeconds(60))
                .until(() -> http ? fixture.isConnected() : server.openSockets() > 0);
    }

    private static String user(String person) {
        return "U0" + person.toUpperCase(java.util.Locale.ROOT);
    }

    @Override
    public String platform() {
        return "slack";
    }

    @Override
    public String group() {
        return "slack:S0OPS";
    }

    @Override
    public ChatFixture house() {
        return fixture;
    }

    /** What this person sees after they did something: an answer for them alone, or a window. */
    private Said heard(String person, Supplier<Ack> act) {
        var user = user(person);
        var before = alone(user);
        var window = server.sights().view(user).map(JsonNode::toString);
        up();
        var ack = act.get();
        if (!ack.acked() || !ack.problems().isEmpty()) {
            throw new AssertionError("Slack would show a failure: " + ack);
        }
        await("an answer for " + person).atMost(SOON).until(() -> {
            var now = server.sights().view(user).map(JsonNode::toString);
            boolean shows = now.isPresent() && !now.equals(window) && !now.get().contains("One moment");
            return shows || !alone(user).equals(before);
        });
        var answers = new java.util.ArrayList<>(alone(user));
        answers.removeAll(before);
        return new Said(
                answers.isEmpty()
                        ? server.sights().view(user).map(SlackStage::texts).orElse("")
                        : answers.getLast().split(" ", 2)[1],
                true);
    }

    /** What this person alone sees in the channel; a question may be replaced by its answer. */
    private List<String> alone(String user) {
        return server.sights().ephemerals(user).stream()
                .map(m -> m.ts() + " " + m.plain())
                .toList();
    }

    /** Everything a window says. */
    private static String texts(JsonNode view) {
        return String.join(
                "\n",
                Stream.concat(said(view), view.findValuesAsText("block_id").stream())
                        .toList());
    }

    /** The text of a button stands in an object of the same name. */
    private static Stream<String> said(JsonNode node) {
        var own = node.path("text").isTextual() ? Stream.of(node.path("text").asText()) : Stream.<String>of();
        return Stream.concat(own, node.valueStream().flatMap(SlackStage::said));
    }

    @Override
    public Said say(String person, String line) {
        var words = line.split(" ", 2);
        return words[0].endsWith("subscribe") ? subscribed(person, line) : answered(person, line, words);
    }

    /** A subscription is told to the whole channel, a refusal to the one who asked. */
    private Said subscribed(String person, String line) {
        var user = user(person);
        var before = alone(user);
        var channel = channel();
        up();
        server.command(user, OPS, "/playcall", line);
        await("an answer for " + person)
                .atMost(SOON)
                .until(() -> !alone(user).equals(before) || !channel().equals(channel));
        var answers = new java.util.ArrayList<>(alone(user));
        answers.removeAll(before);
        return answers.isEmpty()
                ? new Said(channel().getLast(), false)
                : new Said(answers.getLast().split(" ", 2)[1], true);
    }

    private Said answered(String person, String line, String[] words) {
        return OWN.contains(words[0])
                ? heard(
                        person,
                        () -> server.command(user(person), OPS, "/" + words[0], words.length > 1 ? words[1] : ""))
                : heard(person, () -> server.command(user(person), OPS, "/playcall", line));
    }

    @Override
    public Said mention(String person, String line) {
        return heard(
                person,
                () -> server.mention(user(person), OPS, "<@" + SlackServer.BOT_USER + "> " + line, Optional.empty()));
    }

    @Override
    public Said direct(String person, String line) {
        int before = server.sights().direct(user(person)).size();
        server.directMessage(user(person), line);
        await("an answer")
                .atMost(SOON)
                .until(() -> server.sights().direct(user(person)).stream()
                        .skip(before)
                        .anyMatch(m -> m.author().equals(SlackServer.BOT_USER)));
        return new Said(server.sights().direct(user(person)).getLast().plain(), true);
    }

    private List<Shown> messages(String channel) {
        return server.sights().messages(channel).stream()
                .filter(m -> m.author().equals(SlackServer.BOT_USER))
                .toList();
    }

    @Override
    public Said press(String person, String label) {
        return press(person, label, messages(OPS));
    }

    private Said press(String person, String label, List<Shown> messages) {
        for (var message : messages.reversed()) {
            for (var button : message.buttons()) {
                if (button.label().equals(label)) {
                    return heard(
                            person,
                            () -> server.press(user(person), OPS, message.ts(), button.actionId(), button.value()));
                }
            }
        }
        throw new AssertionError("no button " + label + " on " + messages);
    }

    @Override
    public Said answer(String person, String label) {
        return press(person, label, server.sights().ephemerals(user(person)));
    }

    @Override
    public Said submit(String person, Map<String, String> values) {
        var view = server.sights().view(user(person)).orElseThrow();
        var fields = new HashMap<String, String>();
        values.forEach((name, value) -> fields.put("field." + name, value));
        try {
            return heard(
                    person, () -> server.submit(user(person), view.path("id").asText(), fields));
        } catch (IllegalArgumentException e) {
            return new Said("the form does not let it pass: " + e.getMessage(), true);
        }
    }

    @Override
    public List<String> complete(String command, String option, String typed) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String home(String person) {
        server.openHome(user(person));
        return server.sights().home(user(person)).map(SlackStage::texts).orElse("");
    }

    @Override
    public void pressHome(String person, String label, String... shown) {
        var user = user(person);
        var home = server.sights().home(user).orElseThrow();
        var button = home.findParents("action_id").stream()
                .filter(e -> e.at("/text/text").asText().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button " + label + " on " + texts(home)));
        var before = server.sights().view(user);
        var ack = server.pressInView(user, button.path("action_id").asText());
        if (!ack.acked() || !ack.problems().isEmpty()) {
            throw new AssertionError("Slack would show a failure: " + ack);
        }
        await("an answer for " + person).atMost(SOON).untilAsserted(() -> {
            // The page also changes by itself, for instance with the time that an alert has been open.
            var window = server.sights().view(user).filter(w -> !Optional.of(w).equals(before));
            var seen = texts(window.or(() -> server.sights().home(user)).orElseThrow());
            Stream.of(shown).forEach(text -> assertThat(seen).contains(text));
        });
    }

    @Override
    public List<String> channel() {
        return messages(OPS).stream().map(Shown::plain).toList();
    }

    @Override
    public List<String> buttons() {
        return messages(OPS).getLast().buttons().stream().map(b -> b.label()).toList();
    }

    @Override
    public List<String> thread() {
        return server.sights().thread(OPS, messages(OPS).getFirst().ts()).stream()
                .map(Shown::plain)
                .toList();
    }

    @Override
    public List<String> files() {
        return server.sights().files(OPS).stream().map(f -> f.name()).toList();
    }

    @Override
    public int pings() {
        return (int) Stream.concat(
                        messages(OPS).stream(),
                        server.sights().thread(OPS, messages(OPS).getFirst().ts()).stream())
                .flatMap(m -> Stream.concat(Stream.of(m.text()), mrkdwn(m.blocks())))
                .filter(t -> CALL.matcher(t).find())
                .count();
    }

    /** The texts in which Slack looks for people to call. */
    private static Stream<String> mrkdwn(JsonNode node) {
        var own = node.path("type").asText().equals("mrkdwn")
                ? Stream.of(node.path("text").asText())
                : Stream.<String>of();
        return Stream.concat(own, node.valueStream().flatMap(SlackStage::mrkdwn));
    }

    @Override
    public void loseNextAnswer() {
        server.faults().next("chat.postMessage", Fault.status(502).after());
    }

    @Override
    public void slowDown() {
        server.faults().next("chat.update", Fault.rateLimited(Optional.of(2)), Fault.rateLimited(Optional.empty()));
    }

    @Override
    public void away(boolean away) {
        server.faults().refuse(away);
        if (away) {
            server.faults().dropSockets();
        } else {
            up();
        }
    }

    @Override
    public void trouble(ConnectionFault problem) {
        switch (problem) {
            case TOO_MANY -> calls(Fault.rateLimited(Optional.of(1)));
            case TOO_MANY_SILENT, TOO_MANY_GLOBAL -> calls(Fault.rateLimited(Optional.empty()));
            case ERROR_BEFORE -> calls(Fault.status(500));
            case ERROR_AFTER -> calls(Fault.status(500).after());
            case BAD_GATEWAY_BEFORE -> calls(Fault.status(502));
            case BAD_GATEWAY_AFTER -> calls(Fault.status(502).after());
            case HANG -> server.faults().next("chat.update", Fault.hang(SILENCE));
            case CUT_BEFORE -> calls(Fault.cut());
            case CUT_AFTER -> calls(Fault.cut().after());
            case HTML -> calls(Fault.html());
            case REFRESH -> server.refreshSockets();
            case TWICE -> server.faults().redeliverLast();
            case LATE -> {
                server.patience(PATIENCE);
                server.faults().lateAcks(true);
            }
            case DEAD -> away(true);
        }
    }

    private void calls(Fault fault) {
        server.faults().next("chat.postMessage", fault);
        server.faults().next("chat.update", fault);
    }

    @Override
    public void shout(String person, String line) {
        var words = line.split(" ", 2);
        var ack = server.command(user(person), OPS, "/" + words[0], words[1]);
        server.faults().lateAcks(false);
        server.patience(SOON);
        if (ack.acked()) {
            throw new AssertionError("the receipt came in time: " + ack);
        }
    }

    @Override
    public void deliverAgain() {
        server.faults().redeliverLast();
    }

    @Override
    public Said stranger(String line) {
        return heard("guest", () -> server.command(user("guest"), OPS, "/playcall", line));
    }

    @Override
    public void close() {
        fixture.close();
        server.close();
    }
}
