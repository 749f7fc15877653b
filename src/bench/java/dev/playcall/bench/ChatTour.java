package dev.playcall.bench;

import dev.playcall.cli.client.HttpGateway;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The tour as a person of a chat platform takes it: slash commands and buttons, and a transcript of what is shown. */
final class ChatTour {
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final Set<String> WORKING = Set.of("awaiting_approval", "queued", "running");

    private final ChatRehearsal chat;
    private final HttpGateway gateway;
    private final PrintWriter out;
    private final Path problem;
    private long last;

    /** @param problem the file that puts one of the sample hosts into maintenance */
    ChatTour(ChatRehearsal chat, HttpGateway gateway, PrintWriter out, Path problem) {
        this.chat = chat;
        this.gateway = gateway;
        this.out = out;
        this.problem = problem;
    }

    /** Returns whether all went as told, and writes down what the channel shows in any case. */
    boolean take(Path transcript) throws IOException {
        boolean good = await(chat::isConnected) && steps();
        var text = chat.transcript();
        Files.writeString(transcript, text);
        out.println();
        out.println(text.stripTrailing());
        out.println();
        out.println("What the channel shows is written to " + transcript + ".");
        out.flush();
        return good;
    }

    private boolean steps() throws IOException {
        last = gateway.newest();
        Files.deleteIfExists(problem);
        boolean good = deed("validate", options(""), "success")
                && deed("ping", options(""), "success")
                && deed("provision", options(""), "success")
                && deed("deploy", options("v1.0.0"), "success");
        Files.createDirectories(Objects.requireNonNull(problem.getParent()));
        Files.writeString(problem, "the demo put this host into maintenance\n");
        good = good && deed("deploy", options("v1.1.0"), "failed");
        Files.deleteIfExists(problem);
        say("[Retry failed hosts]");
        good = good && await(() -> chat.press("Retry failed hosts")) && ended("success");
        say("/status production");
        chat.command("status", options(""));
        return good && await(() -> chat.transcript().contains("3 servers"));
    }

    private static SequencedMap<String, String> options(String version) {
        var options = new LinkedHashMap<String, String>();
        options.put("env", "production");
        if (!version.isEmpty()) {
            options.put("version", version);
        }
        return options;
    }

    private boolean deed(String command, SequencedMap<String, String> options, String wanted) {
        say("/" + command + " " + String.join(" ", options.sequencedValues()));
        chat.command(command, options);
        return ended(wanted);
    }

    private void say(String what) {
        out.println("> " + what);
        out.flush();
    }

    /** Waits until the next run has ended and the channel has been told all of it. */
    private boolean ended(String wanted) {
        if (!await(() -> gateway.newest() > last)) {
            return false;
        }
        last = gateway.newest();
        boolean over =
                await(() -> !WORKING.contains(gateway.run(last).path("status").asText()));
        var status = gateway.run(last).path("status").asText();
        out.println("  #" + last + " " + status);
        out.flush();
        return over && status.equals(wanted) && await(() -> chat.transcript().contains("run-" + last + ".log"));
    }

    private static boolean await(BooleanSupplier condition) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return true;
    }
}
