package dev.playcall.bench;

import dev.playcall.rehearsal.discord.DiscordServer;
import dev.playcall.rehearsal.discord.Person;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Alice in #operations of a Discord server on this machine. */
final class DiscordRehearsal implements ChatRehearsal {
    private final DiscordServer server = DiscordServer.start();
    private final Person alice = server.person("300000000000000001", "alice");
    private final String operations = server.channel("operations");

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "PLAYCALL_CHAT_DISCORD_API_BASE",
                server.apiBase().toString(),
                "PLAYCALL_CHAT_DISCORD_GATEWAY",
                server.gateway().toString(),
                "PLAYCALL_CHAT_DISCORD_TOKEN",
                DiscordServer.TOKEN,
                "PLAYCALL_CHAT_DISCORD_DEFAULT_CHANNEL",
                operations);
    }

    @Override
    public boolean isConnected() {
        return server.connected() && !server.commands().isEmpty() && isRegistered("playcall");
    }

    @Override
    public void command(String name, SequencedMap<String, String> options) {
        boolean own = isRegistered(name);
        var _ = server.slash(alice, operations, own ? name : "playcall " + name, options);
    }

    private boolean isRegistered(String command) {
        return server.commands().stream().anyMatch(c -> c.path("name").asText().equals(command));
    }

    @Override
    public boolean press(String label) {
        for (var message : server.messages(operations).reversed()) {
            if (message.buttons().stream().anyMatch(b -> b.label().equals(label))) {
                var _ = server.press(alice, operations, message.id(), label);
                return true;
            }
        }
        return false;
    }

    @Override
    public String channel() {
        return operations;
    }

    @Override
    public ChatBench.Answered ask() {
        var ack = server.slash(alice, operations, "playcall queue", Map.of());
        return new ChatBench.Answered(ack.acknowledged() ? Optional.of(ack.latency()) : Optional.empty());
    }

    @Override
    public void limits() {
        server.limits(true);
    }

    @Override
    public long edits() {
        return server.calls().stream()
                .filter(c -> c.route().equals("PATCH /channels/{channel}/messages/{message}"))
                .count();
    }

    @Override
    public long slowedDown() {
        return server.calls().stream().filter(c -> c.status() == 429).count();
    }

    @Override
    public String transcript() {
        var text = new StringBuilder("#operations\n").append(server.transcript(operations));
        text.append("\nonly alice sees\n");
        server.replies(alice)
                .forEach(m ->
                        text.append("  ").append(m.text().replace("\n", "\n  ")).append('\n'));
        return text.toString();
    }

    @Override
    public void close() {
        server.close();
    }
}
