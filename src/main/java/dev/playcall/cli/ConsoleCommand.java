package dev.playcall.cli;

import dev.playcall.boot.settings.RefusedException;
import dev.playcall.cli.client.GatewayClient;
import dev.playcall.cli.client.GatewayClient.UnreachableException;
import dev.playcall.cli.client.HttpGateway;
import dev.playcall.cli.client.NextWord;
import dev.playcall.cli.client.RunFollower;
import dev.playcall.cli.client.Terminal;
import dev.playcall.cli.shell.Shell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** The chat in a terminal, or from a pipe. */
@Command(
        name = "console",
        description = {
            "type chat commands in a terminal",
            "Tab completes, ? lists what can follow, Ctrl-R searches what was typed before, Ctrl-C clears the line.",
        })
final class ConsoleCommand implements Callable<Integer> {
    @ParentCommand
    @Nullable
    PlaycallCommand root;

    @Override
    public Integer call() throws IOException {
        var command = Objects.requireNonNull(root);
        var terminal = Terminal.current();
        try (var gatewayClient = command.gatewayOrOwn()) {
            var lines = new Lines(gatewayClient.gateway());
            if (terminal.live()) {
                shell(gatewayClient, terminal, lines);
            } else {
                read(command.invocation().input(), command.out(), terminal, lines);
            }
            return lines.code();
        }
    }

    private static void shell(GatewayClient gatewayClient, Terminal terminal, Lines lines) throws IOException {
        var history = Shell.history(
                Path.of(System.getProperty("user.home")), Optional.ofNullable(System.getenv("XDG_STATE_HOME")));
        try (var screen = TerminalBuilder.builder().system(true).dumb(false).build()) {
            screen.writer()
                    .println((gatewayClient.isOwn()
                                    ? "No gateway was running, so this console is one until you leave; its runs go on,"
                                            + " and the next start follows them."
                                    : "Connected to " + gatewayClient.gateway().address() + ".")
                            + " Type help or ?, or exit to leave.");
            new Shell(screen, terminal.colour(), history, lines).run();
        }
    }

    /** Lines of a pipe, without a prompt. */
    private static void read(InputStream input, PrintWriter out, Terminal terminal, Lines lines) throws IOException {
        var in = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            if (Shell.LEAVING.contains(line.strip())) {
                return;
            }
            if (!line.isBlank()) {
                lines.run(line, terminal, out, () -> false);
            }
        }
    }

    /** What the lines of a console do: each is run by the gateway, and the run that it starts is followed. */
    private static final class Lines implements Shell.Lines {
        /** They are about a run that is there and do not wait for it. */
        private static final Set<String> NOT_FOLLOWED = Set.of("show", "cancel", "logs");

        private final HttpGateway gateway;
        private int code = Main.OK;

        Lines(HttpGateway gateway) {
            this.gateway = gateway;
        }

        /** The exit code that the last line stands for. */
        int code() {
            return code;
        }

        @Override
        public boolean run(String line, Terminal terminal, PrintWriter out, BooleanSupplier left) {
            boolean kept = false;
            try {
                var result = gateway.run(line, terminal);
                kept = !result.sensitive();
                code = answer(line, result, terminal, out, left);
            } catch (RefusedException e) {
                out.println(e.getMessage());
                code = Main.USAGE;
            }
            return kept;
        }

        private int answer(
                String line, HttpGateway.Result result, Terminal terminal, PrintWriter out, BooleanSupplier left) {
            var word = line.strip().split("\\s+", 2)[0].replaceFirst("^/", "");
            if (result.refused() || result.run().isEmpty() || NOT_FOLLOWED.contains(word)) {
                out.print(result.text());
                out.flush();
                return result.refused() ? Main.USAGE : Main.OK;
            }
            long run = result.run().getAsLong();
            var status = new RunFollower(gateway::card, out, terminal).follow(run, left);
            if (left.getAsBoolean()) {
                out.println("Run " + run + " continues without this console. To see it: show " + run);
                return Main.OK;
            }
            return FollowedCommand.code(status);
        }

        /** None while the gateway does not answer: whoever types is not disturbed by it. */
        @Override
        public List<NextWord> suggestions(String line) {
            try {
                return gateway.suggestions(line);
            } catch (RefusedException | UnreachableException e) {
                return List.of();
            }
        }
    }
}
