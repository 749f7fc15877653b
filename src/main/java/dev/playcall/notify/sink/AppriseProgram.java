package dev.playcall.notify.sink;

import dev.playcall.domain.format.TextFormat;
import dev.playcall.notify.dispatch.Sink.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The {@code apprise} program, started for one message. The address of the service, which holds its secrets, and the words
 * go to the program in files that only we can read; of what it says only the status of an answer is kept.
 */
final class AppriseProgram {
    static final Result UNKNOWN =
            new Result.Refused("apprise does not understand its address; apprise --details names every form");

    private static final Duration OPERATOR = Duration.ofMinutes(10);
    private static final int MOST_READ = 64 * 1024;
    private static final Pattern STATUS = Pattern.compile("error[=: ]+([1-5][0-9]{2})\\b");

    private final AppriseFiles files;
    private final Map<String, String> environment;
    private final Duration timeout;

    /** @param environment everything that it gets of ours */
    AppriseProgram(Path folder, Map<String, String> environment, Duration timeout) {
        this.files = new AppriseFiles(folder);
        this.environment = environment;
        this.timeout = timeout;
    }

    Result send(String url, String title, String body, String type) {
        try (var call = files.open(url, title, body)) {
            return run(call, type);
        } catch (IOException e) {
            return new Result.Retry(
                    "a file for apprise cannot be written: " + e.getClass().getSimpleName(), Optional.empty());
        }
    }

    /** The shell puts the title in, as Java would write it in the letters of our locale. */
    private Result run(AppriseFiles.Call call, String type) {
        var builder = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "exec apprise -v --config=\"$1\" --title=\"$(cat \"$2\")\" --notification-type=\"$3\" <\"$4\"",
                        "apprise",
                        call.config().toString(),
                        call.title().toString(),
                        type,
                        call.body().toString())
                .redirectErrorStream(true)
                .directory(call.folder().toFile());
        var given = builder.environment();
        given.clear();
        given.putAll(environment);
        given.put("HOME", call.folder().toString());
        try {
            return ended(builder.start());
        } catch (IOException e) {
            return new Result.Retry(
                    "apprise cannot be started: " + e.getClass().getSimpleName(), Optional.of(OPERATOR));
        }
    }

    private Result ended(Process process) {
        var output = CompletableFuture.supplyAsync(
                () -> read(process.getInputStream()), r -> Thread.ofVirtual().start(r));
        try {
            process.getOutputStream().close();
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Result.Retry("apprise did not end within " + TextFormat.duration(timeout), Optional.empty());
            }
            return judge(
                    process.exitValue(),
                    output.completeOnTimeout("", 2, TimeUnit.SECONDS).join());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result.Retry("Playcall stopped during delivery with apprise", Optional.empty());
        } catch (IOException e) {
            return new Result.Retry("apprise ended at once", Optional.empty());
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String read(InputStream stream) {
        try (stream) {
            var bytes = stream.readNBytes(MOST_READ);
            stream.transferTo(java.io.OutputStream.nullOutputStream());
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    static Result judge(int code, String output) {
        if (code == 0) {
            return new Result.Delivered("");
        }
        if (code == 127) {
            return new Result.Retry("apprise is not installed (apt-get install apprise)", Optional.of(OPERATOR));
        }
        if (output.contains("Unparseable URL") || output.contains("Unsupported URL")) {
            return UNKNOWN;
        }
        var status = STATUS.matcher(output);
        return status.find()
                ? SinkHttp.judge(Integer.parseInt(status.group(1)), Optional.empty())
                : new Result.Retry("apprise could not deliver it (exit code " + code + ")", Optional.empty());
    }
}
