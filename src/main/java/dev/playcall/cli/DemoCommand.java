package dev.playcall.cli;

import dev.playcall.boot.Application;
import dev.playcall.boot.GatewayMode;
import dev.playcall.boot.Signals;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.cli.DevelopmentTools.ChatDemo;
import dev.playcall.cli.client.HttpGateway;
import dev.playcall.cli.client.RunFollower;
import dev.playcall.cli.client.Terminal;
import dev.playcall.config.Config;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** A short tour with real Ansible on this machine. What it prints is what a channel would see. */
@Command(name = "demo", description = "take a short tour with real Ansible on this machine, then serve the status page")
final class DemoCommand implements Callable<Integer> {
    /** One of the sample hosts is put into maintenance, which its health check notices. */
    private static final Path PROBLEM = Path.of("demo-hosts", "web-2", "maintenance");

    @ParentCommand
    @Nullable
    PlaycallCommand root;

    @Option(names = "--exit", description = "exit after the tour; exit code 0 only if everything went as expected")
    boolean exit;

    @Option(
            names = "--chat",
            paramLabel = "PLATFORM",
            description = "show the tour as in slack or discord, without tokens, through a local server of that kind")
    @Nullable
    String platform;

    private final Terminal terminal = Terminal.current();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var command = Objects.requireNonNull(root);
        return platform == null
                ? console(command)
                : chat(command, DevelopmentTools.load().chat(platform), platform);
    }

    /** The chat server ends with the gateway: there is nobody else who could speak there. */
    private int chat(PlaycallCommand command, ChatDemo demo, String name) throws IOException {
        try (demo) {
            var config = command.load(demo.settings());
            try (var application = Application.open(config, GatewayMode.WORKING, exit)) {
                start(application);
                try (var gateway = gateway(application)) {
                    var problem = config.paths().data().resolve(PROBLEM);
                    var transcript = config.paths().data().resolve("demo-" + name + ".txt");
                    boolean good = demo.tour(gateway, command.out(), problem, transcript);
                    return ended(good, command.out());
                }
            }
        }
    }

    private static HttpGateway gateway(Application application) {
        return new HttpGateway(application.found());
    }

    private static int ended(boolean good, PrintWriter out) {
        out.println(good ? "End of the tour." : "The tour did not go as expected; please report the output above.");
        return good ? Main.OK : Main.FAILED;
    }

    private int console(PlaycallCommand command) throws IOException, InterruptedException {
        var config = command.load();
        var out = command.out();
        int code;
        try (var application = Application.open(config, GatewayMode.WORKING, exit)) {
            start(application);
            try (var gateway = gateway(application)) {
                out.println("playcall ready on " + application.address());
                code = ended(tour(gateway, config, out), out);
            }
            if (!exit) {
                stay(application, out);
            }
        }
        return code;
    }

    private static void start(Application application) {
        try {
            application.start();
        } catch (IllegalStateException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    private boolean tour(HttpGateway gateway, Config config, PrintWriter out) throws IOException {
        var problem = config.paths().data().resolve(PROBLEM);
        Files.deleteIfExists(problem);
        boolean good = true;
        good &= step(gateway, out, "Check inventory and playbooks.", "validate production", "success");
        good &= step(gateway, out, "Check which servers respond, and how fast.", "ping production", "success");
        good &= step(gateway, out, "Prepare the servers.", "provision production", "success");
        good &= step(gateway, out, "Deploy a release.", "deploy production version=v1.0.0", "success");
        Files.createDirectories(Objects.requireNonNull(problem.getParent()));
        Files.writeString(problem, "the demo put this host into maintenance\n");
        var failed = follow(
                gateway,
                out,
                "Deploy the next release while web-2 is in maintenance.",
                "deploy production version=v1.1.0");
        Files.deleteIfExists(problem);
        good &= failed.status().equals("failed") && failed.run().isPresent();
        if (failed.run().isPresent()) {
            var retry = "retry " + failed.run().getAsLong();
            good &= step(gateway, out, "Maintenance is over: retry only the failed host.", retry, "success");
        }
        for (var question : List.of("status production", "runs")) {
            heading(out, "", question);
            out.print(gateway.run(question, terminal).text());
            out.flush();
        }
        return good;
    }

    private record Ended(String status, OptionalLong run) {}

    private boolean step(HttpGateway gateway, PrintWriter out, String why, String line, String wanted) {
        return follow(gateway, out, why, line).status().equals(wanted);
    }

    private Ended follow(HttpGateway gateway, PrintWriter out, String why, String line) {
        heading(out, why, line);
        var result = gateway.run(line, terminal);
        if (result.refused() || result.run().isEmpty()) {
            out.print(result.text());
            return new Ended("refused", OptionalLong.empty());
        }
        return new Ended(
                new RunFollower(gateway::card, out, terminal)
                        .follow(result.run().getAsLong()),
                result.run());
    }

    private void heading(PrintWriter out, String why, String line) {
        out.println();
        if (!why.isEmpty()) {
            out.println(terminal.colour() ? "\u001b[2m" + why + "\u001b[0m" : why);
        }
        out.println(terminal.colour() ? "\u001b[1m> " + line + "\u001b[0m" : "> " + line);
        out.flush();
    }

    private static void stay(Application application, PrintWriter out) throws InterruptedException {
        out.println(
                "The status page is at " + application.address() + ", ./playcall console talks to it; Ctrl-C ends it.");
        application.invitation().ifPresent(out::println);
        out.flush();
        var terminated = Signals.terminated();
        Runtime.getRuntime().addShutdownHook(new Thread(application::close));
        terminated.await();
    }
}
