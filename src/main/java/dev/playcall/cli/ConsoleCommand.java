package dev.playcall.cli;

import dev.playcall.boot.GatewayMode;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.cli.client.GatewayClient;
import dev.playcall.cli.client.HttpGateway;
import dev.playcall.cli.client.NextWord;
import dev.playcall.cli.client.RunFollower;
import dev.playcall.cli.client.Terminal;
import dev.playcall.cli.client.UnreachableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** The chat in a terminal. */
@Command(
        name = "console",
        description = {"type chat commands in a terminal", "help lists them; deploy ? lists what can follow deploy."})
final class ConsoleCommand implements Callable<Integer> {
    private static final Set<String> LEAVING = Set.of("exit", "quit", "bye");
    /** The question mark is a word of its own; one at the end of a reason is part of it. */
    private static final Pattern QUESTION = Pattern.compile("(|.*\\s)\\?");

    @ParentCommand
    @Nullable
    PlaycallCommand root;

    @Override
    public Integer call() throws IOException {
        var command = Objects.requireNonNull(root);
        var terminal = Terminal.current();
        var out = command.out();
        try (var gatewayClient = GatewayClient.open(command.load(), GatewayMode.WORKING)) {
            var lines = new Lines(gatewayClient.gateway());
            if (terminal.live()) {
                out.println("Connected to " + gatewayClient.gateway().address() + ". Type help or ?, or exit to leave"
                        + (gatewayClient.isOwn()
                                ? "; runs continue when you leave, and the next start follows them."
                                : "."));
            }
            var in = new BufferedReader(
                    new InputStreamReader(command.invocation().input(), StandardCharsets.UTF_8));
            prompt(terminal, out);
            for (var line = in.readLine(); line != null && !LEAVING.contains(line.strip()); line = in.readLine()) {
                read(line, lines, terminal, out);
                prompt(terminal, out);
            }
            return lines.code();
        }
    }

    private static void read(String line, Lines lines, Terminal terminal, PrintWriter out) {
        var question = QUESTION.matcher(line);
        if (terminal.live() && (question.matches() || line.strip().equals("help"))) {
            var before = question.matches() ? question.group(1) : "";
            out.println(NextWord.list(lines.suggestions(before), terminal.width()));
        } else if (!line.isBlank()) {
            lines.run(line, terminal, out);
        }
    }

    private static void prompt(Terminal terminal, PrintWriter out) {
        if (terminal.live()) {
            out.print("playcall> ");
            out.flush();
        }
    }

    /** What the lines of a console do: each is run by the gateway, and the run that it starts is followed. */
    private static final class Lines {
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

        /** Runs a line and prints its answer. */
        void run(String line, Terminal terminal, PrintWriter out) {
            try {
                code = answer(line, gateway.run(line, terminal), terminal, out);
            } catch (RefusedException e) {
                out.println(e.getMessage());
                code = Main.USAGE;
            }
        }

        private int answer(String line, HttpGateway.Result result, Terminal terminal, PrintWriter out) {
            var word = line.strip().split("\\s+", 2)[0].replaceFirst("^/", "");
            if (result.refused() || result.run().isEmpty() || NOT_FOLLOWED.contains(word)) {
                out.print(result.text());
                out.flush();
                return result.refused() ? Main.USAGE : Main.OK;
            }
            long run = result.run().getAsLong();
            return FollowedCommand.code(new RunFollower(gateway::card, out, terminal).follow(run));
        }

        /** What may follow; none while the gateway does not answer, so that nobody is disturbed while they type. */
        List<NextWord> suggestions(String line) {
            try {
                return gateway.suggestions(line);
            } catch (RefusedException | UnreachableException e) {
                return List.of();
            }
        }
    }
}
