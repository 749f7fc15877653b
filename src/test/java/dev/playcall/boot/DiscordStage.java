package dev.playcall.boot;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.rehearsal.discord.DiscordServer;
import dev.playcall.rehearsal.discord.Fault;
import dev.playcall.rehearsal.discord.Person;
import dev.playcall.rehearsal.discord.Role;
import dev.playcall.rehearsal.discord.Shown;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Discord, over its REST interface and its gateway. */
final class DiscordStage implements ChatStage {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration LOGIN = Duration.ofSeconds(90);

    private static final Duration SILENCE = Duration.ofSeconds(40);
    private static final String POST = "POST /channels/{channel}/messages";
    /** How long Discord waits for an acknowledgement. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final String EDIT = "PATCH /channels/{channel}/messages/{message}";
    private static final String CALLBACK = "POST /interactions/{interaction}/{token}/callback";
    private static final Fault UNKNOWN_INTERACTION = Fault.refused(404, 10062, "Unknown interaction");

    private final DiscordServer server = DiscordServer.start();
    private final Map<String, Person> people = new HashMap<>();
    private final Role operators = server.role("operators");
    private final String ops = server.channel("operations");
    private final ChatFixture fixture;

    DiscordStage(Path home, Optional<Path> records) {
        records.ifPresent(server::recordTo);
        server.patience(LOGIN);
        people.put("alice", server.person("300000000000000001", "alice", operators));
        people.put("bob", server.person("300000000000000002", "bob"));
        people.put("stranger", server.stranger("300000000000000003", "stranger"));
        fixture = new ChatFixture(home, settings(server));
        up();
    }

    static Map<String, String> settings(DiscordServer server) {
        return Map.of(
                "PLAYCALL_CHAT_DISCORD_API_BASE", server.apiBase().toString(),
                "PLAYCALL_CHAT_DISCORD_GATEWAY", server.gateway().toString(),
                "PLAYCALL_CHAT_DISCORD_TOKEN", DiscordServer.TOKEN,
                "PLAYCALL_CHAT_DISCORD_GUILDS", DiscordServer.GUILD,
                "PLAYCALL_CHAT_DISCORD_DEFAULT_CHANNEL", server.channel("operations"));
    }

    private void up() {
        await("a login").atMost(LOGIN).until(server::usable);
    }

    private Person person(String name) {
        return Optional.ofNullable(people.get(name)).orElseThrow();
    }

    @Override
    public String platform() {
        return "discord";
    }

    @Override
    public String group() {
        return "discord:" + operators.id();
    }

    @Override
    public ChatFixture house() {
        return fixture;
    }

    /** The answer to what this person did: a new reply, a reply that says something else now, or a form. */
    private Said heard(String name, Runnable act) {
        var person = person(name);
        var before = seen(person);
        var form = server.modal(person);
        up();
        act.run();
        await("an answer for " + name)
                .atMost(SOON)
                .until(() -> fresh(person, before).isPresent()
                        || (server.modal(person).isPresent()
                                && !server.modal(person).equals(form)));
        return fresh(person, before)
                .map(reply -> new Said(text(reply), reply.ephemeral()))
                .orElseGet(() ->
                        new Said(server.modal(person).map(JsonNode::toString).orElse(""), true));
    }

    private Map<String, String> seen(Person person) {
        var texts = new HashMap<String, String>();
        server.replies(person).forEach(r -> texts.put(r.id(), r.text()));
        return texts;
    }

    private Optional<Shown> fresh(Person person, Map<String, String> before) {
        return server.replies(person).reversed().stream()
                .filter(r -> !r.loading() && !r.text().equals(before.get(r.id())))
                .findFirst();
    }

    /** As it is seen: marks that keep a character from being a command to the renderer are not shown. */
    private static String text(Shown shown) {
        return shown.text().replaceAll("\\\\(\\p{Punct})", "$1")
                + shown.attachments().stream().map(a -> a.text()).reduce("", String::concat);
    }

    /** A line that Discord's forms cannot say is written to the bot alone. */
    @Override
    public Said say(String person, String line) {
        return SlashLine.of(line, server.commands())
                .map(slash -> heard(person, () -> server.slash(person(person), ops, slash.command(), slash.options())))
                .orElseGet(() -> direct(person, line));
    }

    private Said waitFor(String person, String channel, Runnable act) {
        int before = mine(channel).size();
        act.run();
        await("an answer for " + person).atMost(SOON).until(() -> mine(channel).size() > before);
        return new Said(text(mine(channel).getLast()), true);
    }

    private List<Shown> mine(String channel) {
        return server.messages(channel).stream()
                .filter(m -> m.author().equals("Playcall"))
                .toList();
    }

    @Override
    public Said mention(String person, String line) {
        return waitFor(person, ops, () -> server.mention(person(person), ops, line));
    }

    @Override
    public Said direct(String person, String line) {
        return waitFor(person, server.direct(person(person)), () -> server.directMessage(person(person), line));
    }

    @Override
    public Said press(String person, String label) {
        var said = press(person, label, ops, mine(ops));
        if (!label.equals("Cancel")) {
            return said;
        }
        var reply = server.replies(person(person)).getLast();
        return reply.buttons().isEmpty()
                ? said
                : press(person, reply.buttons().getFirst().label(), ops, List.of(reply));
    }

    private Said press(String person, String label, String channel, List<Shown> messages) {
        for (var message : messages.reversed()) {
            if (message.buttons().stream().anyMatch(b -> b.label().equals(label))) {
                return heard(person, () -> server.press(person(person), channel, message.id(), label));
            }
        }
        throw new AssertionError("no button " + label + " on " + messages);
    }

    @Override
    public Said answer(String person, String label) {
        return press(person, label, ops, server.replies(person(person)));
    }

    @Override
    public Said submit(String person, Map<String, String> values) {
        var form = server.modal(person(person)).orElseThrow();
        return heard(
                person,
                () -> server.submit(person(person), form.path("custom_id").asText(), values));
    }

    @Override
    public List<String> complete(String command, String option, String typed) {
        var ack = server.complete(person("alice"), ops, command, Map.of(option, typed), option);
        return ack.data()
                .path("choices")
                .valueStream()
                .map(c -> c.path("value").asText())
                .toList();
    }

    @Override
    public String home(String person) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> channel() {
        return mine(ops).stream().map(DiscordStage::text).toList();
    }

    @Override
    public List<String> buttons() {
        return mine(ops).getLast().buttons().stream().map(b -> b.label()).toList();
    }

    @Override
    public List<String> thread() {
        return server.thread(mine(ops).getFirst().id()).stream()
                .map(DiscordStage::text)
                .toList();
    }

    @Override
    public List<String> files() {
        return server.thread(mine(ops).getFirst().id()).stream()
                .flatMap(m -> m.attachments().stream())
                .map(a -> a.name())
                .toList();
    }

    @Override
    public int pings() {
        return server.pings().size();
    }

    @Override
    public void loseNextAnswer() {
        server.fault(POST, Fault.status(500).afterApplying());
    }

    @Override
    public void slowDown() {
        var wait = Duration.ofSeconds(2);
        server.fault(EDIT, Fault.tooMany(wait));
        server.fault(EDIT, Fault.tooManyGlobally(wait));
    }

    @Override
    public void away(boolean away) {
        server.refuse(away);
    }

    @Override
    public void trouble(ConnectionFault problem) {
        switch (problem) {
            case TOO_MANY -> calls(Fault.tooMany(Duration.ofSeconds(1)));
            case TOO_MANY_SILENT -> calls(Fault.tooManyWithoutHeader(Duration.ofSeconds(1)));
            case TOO_MANY_GLOBAL -> calls(Fault.tooManyGlobally(Duration.ofSeconds(1)));
            case ERROR_BEFORE -> calls(Fault.status(500));
            case ERROR_AFTER -> calls(Fault.status(500).afterApplying());
            case BAD_GATEWAY_BEFORE -> calls(Fault.status(502));
            case BAD_GATEWAY_AFTER -> calls(Fault.status(502).afterApplying());
            case HANG -> server.fault(EDIT, Fault.hang(SILENCE));
            case CUT_BEFORE -> calls(Fault.cut());
            case CUT_AFTER -> calls(Fault.cut().afterApplying());
            case HTML -> calls(Fault.html(503));
            case REFRESH -> server.askToReconnect();
            case TWICE -> server.redeliverLast();
            case LATE -> server.fault(CALLBACK, UNKNOWN_INTERACTION);
            case DEAD -> away(true);
        }
    }

    private void calls(Fault fault) {
        server.fault(POST, fault);
        server.fault(EDIT, fault);
    }

    @Override
    public void shout(String person, String line) {
        var slash = SlashLine.of(line, server.commands()).orElseThrow();
        server.patience(PATIENCE);
        server.slash(person(person), ops, slash.command(), slash.options());
        server.patience(LOGIN);
    }

    @Override
    public void deliverAgain() {
        server.redeliverLast();
    }

    @Override
    public Said stranger(String line) {
        return direct("stranger", line);
    }

    @Override
    public void close() {
        fixture.close();
        server.close();
    }
}
