package dev.playcall.bench;

import dev.playcall.rehearsal.slack.SlackServer;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.StringJoiner;

/** Alice in #ops of a Slack workspace on this machine. */
final class SlackRehearsal implements ChatRehearsal {
    private static final String ALICE = "U0ALICE";
    private static final String OPS = "C0OPS";

    private final SlackServer server = SlackServer.start();

    SlackRehearsal() {
        server.person(ALICE, "alice");
    }

    @Override
    public Map<String, String> settings() {
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

    @Override
    public boolean isConnected() {
        return server.openSockets() > 0;
    }

    @Override
    public void command(String name, SequencedMap<String, String> options) {
        var text = new StringJoiner(" ");
        options.forEach((option, value) -> text.add(option.equals("env") ? value : option + "=" + value));
        boolean own = !name.equals("status");
        var _ = server.command(ALICE, OPS, own ? "/" + name : "/playcall", own ? text.toString() : name + " " + text);
    }

    @Override
    public boolean press(String label) {
        for (var message : server.sights().messages(OPS).reversed()) {
            for (var button : message.buttons()) {
                if (button.label().equals(label)) {
                    var _ = server.press(ALICE, OPS, message.ts(), button.actionId(), button.value());
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public String channel() {
        return OPS;
    }

    @Override
    public ChatBench.Answered ask() {
        var ack = server.command(ALICE, OPS, "/playcall", "queue");
        return new ChatBench.Answered(ack.acked() ? Optional.of(ack.latency()) : Optional.empty());
    }

    @Override
    public void limits() {
        server.limits(true);
    }

    @Override
    public long edits() {
        return server.calls().stream()
                .filter(c -> c.method().equals("chat.update"))
                .count();
    }

    @Override
    public long slowedDown() {
        return server.overruns();
    }

    @Override
    public String transcript() {
        var text = new StringBuilder("#ops\n").append(server.sights().transcript(OPS));
        text.append("\nonly alice sees\n");
        server.sights()
                .ephemerals(ALICE)
                .forEach(m -> text.append("  ")
                        .append(m.plain().replace("\n", "\n  "))
                        .append('\n'));
        return text.toString();
    }

    @Override
    public void close() {
        server.close();
    }
}
