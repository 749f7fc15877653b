package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small Discord on the loopback address: an app logs in as to the real one, people act, and everything can go wrong. */
public final class DiscordServer implements AutoCloseable {
    public static final String TOKEN = "MTA.rehearsal.discord-bot-token";
    public static final String BOT = "100000000000000001";
    public static final String OWNER = "100000000000000002";
    public static final String GUILD = "200000000000000001";
    public static final String OTHER_GUILD = "200000000000000002";

    private final DiscordState world = new DiscordState();
    private final Payloads payloads = new Payloads(world);
    private final Gateway gateway = new Gateway(world, payloads);
    private final MessageEndpoint messages = new MessageEndpoint(world, payloads, gateway);
    private final CommandEndpoint commands = new CommandEndpoint(world);
    private final InteractionEndpoint interactions = new InteractionEndpoint(world, payloads, messages);
    private final People people = new People(world, payloads, gateway, commands, interactions, messages);
    private final Views views = new Views(world);
    private final Limits limits = new Limits();
    private final Recorder recorder = new Recorder();
    private final RestEndpoint front = new RestEndpoint(world, routes(), recorder, limits);
    private final Port port = new Port(front, gateway);

    private DiscordServer() {}

    public static DiscordServer start() {
        var server = new DiscordServer();
        server.open();
        return server;
    }

    /**
     * How long an interaction may go without an acknowledgement: three seconds at Discord. A test that is not about this
     * allows more, for a busy machine.
     */
    public void patience(Duration timeout) {
        world.patience = timeout;
    }

    private void open() {
        port.open();
        gateway.address(gateway().toString());
    }

    private List<Route> routes() {
        var all = new ArrayList<Route>();
        all.addAll(Routes.gateway(this::gateway));
        all.addAll(Routes.channels(new ChannelEndpoint(world, payloads, gateway)));
        all.addAll(Routes.messages(messages));
        all.addAll(Routes.commands(commands));
        all.addAll(Routes.interactions(interactions));
        return all;
    }

    public URI apiBase() {
        return URI.create("http://127.0.0.1:" + port.number() + RestEndpoint.ROOT + "/");
    }

    public URI gateway() {
        return URI.create("ws://127.0.0.1:" + port.number() + "/");
    }

    // ---- who and where

    public Person person(String id, String name, Role... roles) {
        return world.add(new Person(
                id, name, false, GUILD, List.of(roles).stream().map(Role::id).toList()));
    }

    public Person bot(String id, String name) {
        return world.add(new Person(id, name, true, GUILD, List.of()));
    }

    /** A member of the other guild only. */
    public Person stranger(String id, String name) {
        return world.add(new Person(id, name, false, OTHER_GUILD, List.of()));
    }

    public Role role(String name) {
        return world.add(new Role(world.pulse.id(), name, GUILD));
    }

    /** The id of a text channel: deployments, operations, general; lobby is in the other guild. */
    public String channel(String name) {
        return world.named(name).id();
    }

    /** The id of the direct conversation between this person and the app. */
    public String direct(Person with) {
        return world.direct(with).id();
    }

    // ---- what people do

    public Ack slash(Person by, String channel, String command, Map<String, ?> options) {
        return people.slash(by, channel, command, options, "");
    }

    /** The choices offered while the focused option is typed; what is typed so far is its value. */
    public Ack complete(Person by, String channel, String command, Map<String, ?> options, String focused) {
        return people.slash(by, channel, command, options, focused);
    }

    public Ack press(Person by, String channel, String messageId, String customIdOrLabel) {
        return people.press(by, channel, messageId, customIdOrLabel);
    }

    public Ack choose(Person by, String channel, String messageId, String customId, List<String> values) {
        return people.choose(by, channel, messageId, customId, values);
    }

    public Ack submit(Person by, String modalCustomId, Map<String, String> values) {
        return people.submit(by, modalCustomId, values);
    }

    /** A message that names the app, so that its text is delivered; returns its id. */
    public String mention(Person by, String channel, String text) {
        return people.say(by, channel, DiscordState.APP.mention() + " " + text);
    }

    public String say(Person by, String channel, String text) {
        return people.say(by, channel, text);
    }

    public String directMessage(Person by, String text) {
        return people.say(by, direct(by), text);
    }

    /** An interaction as a test wrote it, which nothing here has looked at; nobody waits for its answer. */
    public void deliver(JsonNode interaction) {
        gateway.interaction(interaction.deepCopy());
    }

    // ---- what is seen

    public List<Shown> messages(String channel) {
        synchronized (world) {
            return views.in(channel);
        }
    }

    /** What is in the thread hanging on this message; nothing when there is none. */
    public List<Shown> thread(String messageId) {
        return messages(messageId);
    }

    public Optional<String> threadName(String messageId) {
        synchronized (world) {
            return world.hasPlace(messageId)
                    ? Optional.of(world.place(messageId).name())
                    : Optional.empty();
        }
    }

    /** The answers to what this person did, in order, each as it looks now. */
    public List<Shown> replies(Person to) {
        synchronized (world) {
            return interactions.replies(to).stream().map(Views::shown).toList();
        }
    }

    /** The form this person has open. */
    public Optional<JsonNode> modal(Person of) {
        synchronized (world) {
            return interactions.modal(of);
        }
    }

    public String transcript(String channel) {
        synchronized (world) {
            return views.transcript(channel);
        }
    }

    public List<Ping> pings() {
        return world.pings();
    }

    public List<JsonNode> commands() {
        synchronized (world) {
            return List.copyOf(commands.everything());
        }
    }

    public List<Call> calls() {
        return front.calls();
    }

    /** The app is logged in and its connection is up. */
    public boolean connected() {
        return gateway.connected();
    }

    /** How many programs are logged in with the token of the app now. */
    public int connections() {
        return gateway.connections();
    }

    /** How many were at the same time, at most. */
    public int mostConnections() {
        return gateway.mostConnections();
    }

    /** The app is logged in, and the people of {@link #GUILD} find its commands. */
    public boolean usable() {
        return connected()
                && commands().stream().anyMatch(c -> c.path("guild_id").asText().equals(GUILD));
    }

    // ---- time, limits and records

    /** Makes a message older than it is. */
    public void age(String messageId, Duration by) {
        synchronized (world) {
            var message = world.find(messageId).orElseThrow();
            message.created = message.created.minus(by);
        }
    }

    public void forward(Duration by) {
        world.pulse.forward(by);
    }

    public void limits(boolean strict) {
        limits.strict(strict);
    }

    public void recordTo(Path folder) {
        recorder.to(folder);
    }

    // ---- what goes wrong

    /** The next call of this route, as `POST /channels/{channel}/messages`, meets this fault; faults queue up. */
    public void fault(String route, Fault fault) {
        front.fault(route, fault);
    }

    public void dropGateway() {
        gateway.links().forEach(GatewayLink::cut);
    }

    public void closeGateway(int code) {
        gateway.links().forEach(l -> l.close(code, "rehearsed"));
    }

    public void askToReconnect() {
        gateway.links().forEach(GatewayLink::reconnect);
    }

    public void invalidateSession(boolean resumable) {
        if (!resumable) {
            gateway.forgetSessions();
        }
        gateway.links().forEach(l -> l.invalid(resumable));
    }

    /** How often new connections are told to send a heartbeat, and whether these are answered. */
    public void heartbeat(Duration every, boolean acknowledged) {
        port.heartbeat(every, acknowledged);
    }

    /** Nobody answers any more on this port, or somebody does again. */
    public void refuse(boolean away) {
        if (away) {
            dropGateway();
        }
        port.away(away);
    }

    public void redeliverLast() {
        people.redeliverLast();
    }

    /** The token counts no longer. */
    public void revoke() {
        front.revoke();
        gateway.revoke();
        closeGateway(4004);
    }

    @Override
    public void close() {
        front.close();
        dropGateway();
        port.close();
    }
}
