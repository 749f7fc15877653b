package dev.playcall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.boot.GatewayMode;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.cli.client.HttpGateway;
import dev.playcall.cli.client.RunFollower;
import dev.playcall.cli.client.Terminal;
import dev.playcall.domain.format.TextFormat;
import java.util.Optional;

/** A line of chat that starts a run, followed to its end. */
final class FollowedCommand {
    private final PlaycallCommand root;

    FollowedCommand(PlaycallCommand root) {
        this.root = root;
    }

    /** Returns the exit code: what became of the run. */
    int run(String line, Optional<String> record) {
        var out = root.out();
        var terminal = Terminal.current();
        try (var gatewayClient = root.gateway(GatewayMode.WORKING)) {
            var result = gatewayClient.gateway().run(line, terminal);
            if (result.refused()) {
                throw new RefusedException(line(result.text()));
            }
            if (result.run().isEmpty()) {
                out.print(result.text());
                out.flush();
                return Main.USAGE;
            }
            return follow(gatewayClient.gateway(), result.run().getAsLong(), record);
        }
    }

    /** Without colours, and without the sign in front that is for those who look at a channel. */
    private static String line(String refusal) {
        return refusal.replaceAll("\u001b\\[[0-9;]*m", "").strip().replaceFirst("^✗ ", "");
    }

    /** Returns the exit code: what became of the run. */
    int follow(HttpGateway gateway, long run, Optional<String> record) {
        var terminal = Terminal.current();
        if (record.isEmpty()) {
            hint(terminal, gateway.run(run));
            return code(new RunFollower(gateway::card, root.out(), terminal).follow(run));
        }
        var status = await(gateway, run, terminal);
        root.out().println(gateway.document("/api/v1/runs/" + run, record.get()));
        root.out().flush();
        return code(status);
    }

    /** Without a terminal nobody presses a key, but who has to agree first may take hours. */
    private void hint(Terminal terminal, JsonNode run) {
        var id = run.path("id").asLong();
        var text = "Following #" + id + "; Ctrl-C stops following, not the run. To see it again: ./playcall show " + id;
        if (terminal.live()) {
            root.out().println(text);
        } else if (isAwaited(run)) {
            root.err().println("playcall: " + text);
            root.err().flush();
        }
    }

    private static boolean isAwaited(JsonNode run) {
        return run.path("status").asText().equals("awaiting_approval");
    }

    private String await(HttpGateway gateway, long run, Terminal terminal) {
        waits(gateway.run(run));
        var nothing = new java.io.PrintWriter(java.io.Writer.nullWriter());
        return new RunFollower(gateway::card, nothing, new Terminal(terminal.width(), false, false)).follow(run);
    }

    /** Whoever waits for JSON is told at once that people have to agree first. */
    private void waits(JsonNode run) {
        if (isAwaited(run)) {
            var approval = run.path("approval");
            root.err()
                    .println("playcall: " + run.path("id").asLong() + " awaits "
                            + TextFormat.count(approval.path("missing").asInt(), "approval") + " until "
                            + approval.path("expires_at").asText() + ": ./playcall approve "
                            + run.path("id").asLong());
        }
    }

    static int code(String status) {
        return switch (status) {
            case "success" -> Main.OK;
            case "cancelled" -> Main.CANCELLED;
            case "rejected", "expired" -> Main.USAGE;
            default -> Main.FAILED;
        };
    }
}
