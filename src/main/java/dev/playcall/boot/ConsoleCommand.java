package dev.playcall.boot;

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
@Command(name = "console", description = "the chat commands in a terminal")
final class ConsoleCommand implements Callable<Integer> {
    private static final Set<String> LEAVING = Set.of("exit", "quit", "bye");

    @ParentCommand
    @Nullable
    PlaycallCommand root;

    @Override
    public Integer call() throws IOException {
        var command = Objects.requireNonNull(root);
        var screen = Screen.current();
        var out = command.out();
        int last = Main.OK;
        try (var session = Session.open(command.load(), Daemon.WORKING)) {
            if (screen.live()) {
                out.println("Connected to " + session.gateway().address() + ". Type help, or exit to leave"
                        + (session.isOwn() ? "; runs go on when you leave, the next start follows them." : "."));
            }
            var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (true) {
                prompt(screen, out);
                var line = in.readLine();
                if (line == null || LEAVING.contains(line.strip())) {
                    return last;
                }
                if (!line.isBlank()) {
                    last = say(session.gateway(), line, screen, out);
                }
            }
        }
    }

    private static void prompt(Screen screen, java.io.PrintWriter out) {
        if (screen.live()) {
            out.print("playcall> ");
            out.flush();
        }
    }

    private static int say(HttpGateway gateway, String line, Screen screen, java.io.PrintWriter out) {
        try {
            var said = gateway.say(line, screen);
            var word = line.strip().split("\\s+", 2)[0].replaceFirst("^/", "");
            boolean started = !said.refused()
                    && said.run().isPresent()
                    && !Set.of("show", "cancel", "logs").contains(word);
            if (started) {
                return Deed.code(new Follower(gateway::card, out, screen)
                        .follow(said.run().getAsLong()));
            }
            out.print(said.text());
            out.flush();
            return said.refused() ? Main.USAGE : Main.OK;
        } catch (RefusedException e) {
            out.println(e.getMessage());
            return Main.USAGE;
        }
    }
}
