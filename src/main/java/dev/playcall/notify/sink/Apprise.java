package dev.playcall.notify.sink;

import dev.playcall.domain.format.TextFormat;
import dev.playcall.notify.dispatch.Sink.Result;
import dev.playcall.notify.dispatch.TlsFailure;
import dev.playcall.notify.sink.AppriseWorker.Reply;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The apprise that is installed here, for all receivers. It is loaded once and kept: starting the program costs a second of
 * processor time for each message. Where that does not work, the program is started for each message after all.
 */
public final class Apprise implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LOADING = Duration.ofSeconds(30);
    private static final Duration TRY_AGAIN = Duration.ofMinutes(10);
    private static final int LONGEST_PROGRAM = 4096;
    /** What it needs of our environment; the rest, with our own secrets, is not its business. */
    private static final List<String> KEPT = List.of(
            "PATH",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "REQUESTS_CA_BUNDLE");

    private final Path folder;
    private final Map<String, String> environment;
    private final AppriseProgram program;
    private final Duration timeout;
    private Optional<AppriseWorker> worker = Optional.empty();
    private long notBefore = System.nanoTime();

    /**
     * @param folder of our own, for files that live as long as a call
     * @param environment of this process
     */
    public Apprise(Path folder, Map<String, String> environment) {
        this(folder, environment, TIMEOUT);
    }

    Apprise(Path folder, Map<String, String> environment, Duration timeout) {
        this.folder = folder;
        this.environment = kept(environment);
        this.program = new AppriseProgram(folder, this.environment, timeout);
        this.timeout = timeout;
    }

    private static Map<String, String> kept(Map<String, String> all) {
        var kept = new HashMap<String, String>();
        KEPT.forEach(k -> Optional.ofNullable(all.get(k)).ifPresent(v -> kept.put(k, v)));
        kept.putAll(Map.of("LC_ALL", "C.UTF-8", "PYTHONUTF8", "1"));
        return Map.copyOf(kept);
    }

    Result send(String url, String title, String body, String type) {
        var kept = worker();
        if (kept.isEmpty()) {
            return program.send(url, title, body, type);
        }
        return switch (kept.get().send(url, title, body, type, timeout)) {
            case Reply.Answer answer -> judge(answer);
            case Reply.Ended() -> new Result.Retry("apprise ended during delivery", Optional.empty());
            case Reply.Timeout() -> {
                kept.get().retire(timeout);
                yield new Result.Retry("apprise did not end within " + TextFormat.duration(timeout), Optional.empty());
            }
        };
    }

    private static Result judge(Reply.Answer answer) {
        if (answer.ok()) {
            return new Result.Delivered("");
        }
        if (answer.unknown()) {
            return AppriseProgram.UNKNOWN;
        }
        if (answer.status() > 0) {
            return SinkHttp.judge(answer.status(), Optional.empty());
        }
        return new Result.Retry(
                answer.tls().isEmpty()
                        ? "apprise could not deliver it"
                        : "no secure connection: " + TlsFailure.ofApprise(answer.tls()),
                Optional.empty());
    }

    /** The process that is kept; a new one where there is none, and none for a while where that failed. */
    private synchronized Optional<AppriseWorker> worker() {
        if (worker.filter(AppriseWorker::isAtWork).isPresent()) {
            return worker;
        }
        if (System.nanoTime() - notBefore < 0) {
            return Optional.empty();
        }
        worker = started();
        if (worker.isEmpty()) {
            notBefore = System.nanoTime() + TRY_AGAIN.toNanos();
        }
        return worker;
    }

    private Optional<AppriseWorker> started() {
        var python = python();
        if (python.isEmpty()) {
            return Optional.empty();
        }
        var command = new ArrayList<>(python.get());
        command.addAll(List.of("-c", source()));
        try {
            Files.createDirectories(folder, AppriseFiles.owner("rwx------"));
            var own = new HashMap<>(environment);
            own.put("HOME", folder.toString());
            var made = AppriseWorker.start(command, own, folder);
            if (made.isReady(LOADING)) {
                return Optional.of(made);
            }
            made.stop();
        } catch (IOException e) {
            // The program says what is wrong, when it is started for the message.
        }
        return Optional.empty();
    }

    /** The Python that runs the program: only that one is sure to know apprise. */
    private Optional<List<String>> python() {
        return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(p -> Path.of(p, "apprise"))
                .filter(Files::isExecutable)
                .findFirst()
                .flatMap(Apprise::firstLine)
                .filter(l -> l.startsWith("#!") && l.contains("python"))
                .map(l -> List.of(l.substring(2).strip().split("\\s+")));
    }

    private static Optional<String> firstLine(Path program) {
        try (InputStream in = Files.newInputStream(program)) {
            return new String(in.readNBytes(LONGEST_PROGRAM), StandardCharsets.ISO_8859_1)
                    .lines()
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String source() {
        try (InputStream in = Objects.requireNonNull(Apprise.class.getResourceAsStream("apprise_worker.py"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The process that is kept, while there is one. */
    public synchronized OptionalLong pid() {
        return worker.filter(AppriseWorker::isAtWork)
                .map(w -> OptionalLong.of(w.pid()))
                .orElse(OptionalLong.empty());
    }

    @Override
    public synchronized void close() {
        worker.ifPresent(AppriseWorker::stop);
        worker = Optional.empty();
    }
}
