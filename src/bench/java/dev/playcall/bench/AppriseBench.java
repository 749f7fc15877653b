package dev.playcall.bench;

import dev.playcall.boot.settings.RefusedException;
import dev.playcall.config.ReceiverConfig.Connection;
import dev.playcall.notify.dispatch.Sink;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import dev.playcall.notify.sink.Apprise;
import dev.playcall.notify.sink.Sinks;
import dev.playcall.notify.template.NotificationTemplates;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What a message costs through the apprise program, through the process that we keep, and through a sink of our own. */
final class AppriseBench {
    private static final int PROGRAM = 10;
    private static final int KEPT = 300;

    private final PrintWriter out;
    private final NotifyReceiver receiver;

    AppriseBench(PrintWriter out, NotifyReceiver receiver) {
        this.out = out;
        this.receiver = receiver;
    }

    void run(Path home) throws IOException, InterruptedException {
        var url = "json://127.0.0.1:" + receiver.address().getPort() + "/in";
        out.println("| one after another, to a receiver of this machine | messages | processor ms each | ms each |");
        out.println("|---|---|---|---|");
        measure("the apprise program for each", PROGRAM, OptionalLong.empty(), () -> program(url));
        try (var apprise = new Apprise(Files.createDirectories(home.resolve("apprise")), System.getenv())) {
            var kept = Sinks.apprise(url, apprise, NotificationTemplates.USUAL);
            send(kept);
            measure("Playcall through apprise, kept", KEPT, apprise.pid(), () -> send(kept));
        }
        var own = Sinks.webhook(
                URI.create(receiver.address().toString()),
                List.of(),
                Connection.PRIVATE,
                NotificationTemplates.USUAL,
                Clock.systemUTC());
        for (int i = 0; i < KEPT; i++) {
            send(own);
        }
        measure("Playcall's own webhook", KEPT, OptionalLong.empty(), () -> send(own));
        out.flush();
    }

    private interface Step {
        void take() throws IOException, InterruptedException;
    }

    private void measure(String what, int times, OptionalLong other, Step step)
            throws IOException, InterruptedException {
        double before = cpu(other);
        long begun = System.nanoTime();
        for (int i = 0; i < times; i++) {
            step.take();
        }
        out.printf(
                Locale.ROOT,
                "| %s | %d | %.1f | %.1f |%n",
                what,
                times,
                (cpu(other) - before) * 1000 / times,
                (System.nanoTime() - begun) / 1e6 / times);
    }

    private static void program(String url) throws IOException, InterruptedException {
        int code = new ProcessBuilder("apprise", "--title=bench", "--body=the disk of web-1 is full", url)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (code != 0) {
            throw new RefusedException("apprise ended with " + code);
        }
    }

    private static void send(Sink sink) {
        var item = new Notification.Item(
                NotificationEvent.Status.EVENT,
                Severity.ERROR,
                "bench",
                "bench",
                "the disk of web-1 is full",
                "",
                Instant.EPOCH,
                new TreeMap<>());
        var content = new Notification.Content(false, Severity.ERROR, 0, 0, 1, new TreeMap<>(), List.of(item));
        var notification =
                new Notification(1, "out", "bench", Optional.empty(), true, 0, Instant.EPOCH, false, content);
        if (!(sink.deliver(notification) instanceof Sink.Result.Delivered)) {
            throw new RefusedException("a message of the benchmark did not arrive");
        }
    }

    /** Seconds of ours, of every child that has ended, and of this other process. */
    private static double cpu(OptionalLong other) throws IOException {
        long ours = ticks("self", 11, 15);
        return (ours + (other.isPresent() ? ticks(Long.toString(other.getAsLong()), 11, 13) : 0)) / 100.0;
    }

    private static long ticks(String process, int from, int to) throws IOException {
        var stat = Files.readString(Path.of("/proc", process, "stat"));
        var fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        return fields.subList(from, to).stream().mapToLong(Long::parseLong).sum();
    }
}
