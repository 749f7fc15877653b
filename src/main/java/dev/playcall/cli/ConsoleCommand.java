package dev.playcall.cli;

import dev.playcall.boot.GatewayMode;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.cli.client.GatewayClient;
import dev.playcall.cli.client.HttpGateway;
import dev.playcall.cli.client.RunFollower;
import dev.playcall.cli.client.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** The chat in a terminal. */
@Command(name = "console", description = "type chat commands in a terminal")
final class ConsoleCommand implements Callable<Integer> {
    private static final Set<String> LEAVING = Set.of("exit", "quit", "bye");

    @ParentCommand
    @Nullable
    PlaycallCommand root;

    @Override
    public Integer call() throws IOException {
        var command = Objects.requireNonNull(root);
        var terminal = Terminal.current();
        var out = command.out();
        int last = Main.OK;
        try (var gatewayClient = GatewayClient.open(command.load(), GatewayMode.WORKING)) {
            if (terminal.live()) {
                out.println("Connected to " + gatewayClient.gateway().address() + ". Type help, or exit to leave"
                        + (gatewayClient.isOwn()
                                ? "; runs continue when you leave, and the next start follows them."
                                : "."));
            }
            var in = new BufferedReader(
                    new InputStreamReader(command.invocation().input(), StandardCharsets.UTF_8));
            while (true) {
                prompt(terminal, out);
                var line = in.readLine();
                if (line == null || LEAVING.contains(line.strip())) {
                    return last;
                }
                if (!line.isBlank()) {
                    last = run(gatewayClient.gateway(), line, terminal, out);
                }
            }
        }
    }

    private static void prompt(Terminal terminal, java.io.PrintWriter out) {
        if (terminal.live()) {
            out.print("playcall> ");
            out.flush();
        }
    }

    private static int run(HttpGateway gateway, String line, Terminal terminal, java.io.PrintWriter out) {
        try {
            var result = gateway.run(line, terminal);
            var word = line.strip().split("\\s+", 2)[0].replaceFirst("^/", "");
            boolean started = !result.refused()
                    && result.run().isPresent()
                    && !Set.of("show", "cancel", "logs").contains(word);
            if (started) {
                return FollowedCommand.code(new RunFollower(gateway::card, out, terminal)
                        .follow(result.run().getAsLong()));
            }
            out.print(result.text());
            out.flush();
            return result.refused() ? Main.USAGE : Main.OK;
        } catch (RefusedException e) {
            out.println(e.getMessage());
            return Main.USAGE;
        }
    }
}
