package dev.playcall.notify.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** A process that has apprise loaded and takes messages over a pipe, many at a time. It ends when we do. */
final class AppriseWorker {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What came of a message. */
    sealed interface Reply {
        /**
         * @param status of a bad answer, 0 when there was none
         * @param tls what was wrong with a secure connection, empty when that was not it
         */
        record Answer(boolean ok, int status, String tls, boolean unknown) implements Reply {}

        /** The process has ended, and nobody knows how far it was. */
        record Ended() implements Reply {}

        /** Nothing was heard in time. */
        record Timeout() implements Reply {}
    }

    private final Process process;
    private final Writer pipe;
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final Map<Long, CompletableFuture<Reply>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private volatile boolean retired;

    private AppriseWorker(Process process) {
        this.process = process;
        this.pipe = process.outputWriter();
        Thread.ofVirtual().name("apprise").start(this::listen);
    }

    /** @param environment everything that it gets of ours */
    static AppriseWorker start(List<String> command, Map<String, String> environment, Path folder) throws IOException {
        var builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new AppriseWorker(builder.start());
    }

    /** Whether it has found apprise, as soon as it says so. */
    boolean isReady(Duration within) {
        return ready.copy()
                .completeOnTimeout(false, within.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Whether it takes messages. */
    boolean isAtWork() {
        return !retired && process.isAlive();
    }

    Reply send(String url, String title, String body, String type, Duration within) {
        long id = ids.incrementAndGet();
        var answer = new CompletableFuture<Reply>();
        waiting.put(id, answer);
        var message = JSON.createObjectNode()
                .put("id", id)
                .put("url", url)
                .put("title", title)
                .put("body", body)
                .put("type", type);
        // A process that reads no more would hold who writes, so somebody else does.
        Thread.ofVirtual().start(() -> write(message + "\n", answer));
        try {
            return answer.orTimeout(within.toMillis(), TimeUnit.MILLISECONDS).join();
        } catch (CompletionException e) {
            return e.getCause() instanceof TimeoutException ? new Reply.Timeout() : new Reply.Ended();
        } finally {
            waiting.remove(id);
        }
    }

    private void write(String line, CompletableFuture<Reply> answer) {
        try {
            synchronized (pipe) {
                pipe.write(line);
                pipe.flush();
            }
        } catch (IOException e) {
            answer.complete(new Reply.Ended());
        }
    }

    private void listen() {
        try (var lines = new BufferedReader(process.inputReader())) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                parse(JSON.readTree(line));
            }
        } catch (IOException e) {
            // It is treated as one that has ended.
        } finally {
            retired = true;
            ready.complete(false);
            waiting.values().forEach(w -> w.complete(new Reply.Ended()));
            process.destroyForcibly();
        }
    }

    private void parse(JsonNode answer) {
        if (answer.has("ready")) {
            ready.complete(answer.path("ready").asBoolean());
            return;
        }
        var reply = waiting.get(answer.path("id").asLong());
        if (reply != null) {
            reply.complete(new Reply.Answer(
                    answer.path("ok").asBoolean(),
                    answer.path("status").asInt(),
                    answer.path("tls").asText(),
                    answer.path("unknown").asBoolean()));
        }
    }

    /** Takes nothing new, and ends when what it has is done or too late. */
    void retire(Duration within) {
        retired = true;
        var left = waiting.values().toArray(CompletableFuture[]::new);
        var _ = CompletableFuture.allOf(left)
                .completeOnTimeout(null, within.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((_, _) -> stop());
    }

    void stop() {
        retired = true;
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    long pid() {
        return process.pid();
    }
}
