package dev.playcall.cli;

import dev.playcall.boot.GatewayMode;
import dev.playcall.cli.client.GatewayClient;
import dev.playcall.cli.client.HttpGateway;
import dev.playcall.cli.client.RunFollower;
import dev.playcall.cli.client.Terminal;

/** A line of chat that starts a run, followed to its end. */
final class FollowedCommand {
    private final PlaycallCommand root;

    FollowedCommand(PlaycallCommand root) {
        this.root = root;
    }

    /** Returns the exit code: what became of the run. */
    int run(String line, boolean json) {
        var out = root.out();
        var terminal = Terminal.current();
        try (var gatewayClient = GatewayClient.open(root.load(), GatewayMode.WORKING)) {
            var result = gatewayClient.gateway().run(line, terminal);
            if (result.refused() || result.run().isEmpty()) {
                out.print(result.text());
                out.flush();
                return Main.USAGE;
            }
            long run = result.run().getAsLong();
            var status = json
                    ? await(gatewayClient.gateway(), run, terminal)
                    : new RunFollower(gatewayClient.gateway()::card, out, terminal).follow(run);
            if (json) {
                out.println(gatewayClient.gateway().run(run));
                out.flush();
            }
            return code(status);
        }
    }

    private static String await(HttpGateway gateway, long run, Terminal terminal) {
        var nothing = new java.io.PrintWriter(java.io.Writer.nullWriter());
        return new RunFollower(gateway::card, nothing, new Terminal(terminal.width(), false, false)).follow(run);
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
