package dev.playcall.notify.sink;

import dev.playcall.notify.Parcel;
import dev.playcall.notify.Severity;
import dev.playcall.notify.Sink;
import dev.playcall.notify.wording.Wording;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A service that the {@code apprise} program speaks to. The address of the service, which holds its secrets, and the words
 * go to the program in files that only we can read; of what it says only the status of an answer is kept.
 */
public final class AppriseSink implements Sink {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration OPERATOR = Duration.ofMinutes(10);
    private static final int TEXT = 10_000;
    private static final int MOST_READ = 64 * 1024;
    private static final Pattern STATUS = Pattern.compile("error[=: ]+([1-5][0-9]{2})\\b");
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

    private final String url;
    private final AppriseFiles files;
    private final Map<String, String> environment;
    private final Wording wording;
    private final Duration patience;

    /**
     * @param folder of our own, for files that live as long as a call
     * @param environment of this process
     */
    public AppriseSink(String url, Path folder, Map<String, String> environment, Wording wording) {
        this(url, folder, environment, wording, PATIENCE);
    }

    AppriseSink(String url, Path folder, Map<String, String> environment, Wording wording, Duration patience) {
        this.url = url;
        this.files = new AppriseFiles(folder);
        this.environment = Map.copyOf(environment);
        this.wording = wording;
        this.patience = patience;
    }

    @Override
    public Result deliver(Parcel parcel) {
        var c = parcel.content();
        var words = wording.of(c);
        try (var call = files.open(url, words.title(), words.body(c, TEXT))) {
            return Noted.of(run(call, type(c)), words);
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
        KEPT.forEach(k -> Optional.ofNullable(environment.get(k)).ifPresent(v -> given.put(k, v)));
        given.putAll(Map.of("HOME", call.folder().toString(), "LC_ALL", "C.UTF-8", "PYTHONUTF8", "1"));
        try {
            return ended(builder.start());
        } catch (IOException e) {
            return new Result.Retry(
                    "apprise cannot be started: " + e.getClass().getSimpleName(), Optional.of(OPERATOR));
        }
    }

    private Result ended(Process process) {
        var said = CompletableFuture.supplyAsync(
                () -> read(process.getInputStream()), r -> Thread.ofVirtual().start(r));
        try {
            process.getOutputStream().close();
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Result.Retry("apprise did not end within " + patience.toSeconds() + " s", Optional.empty());
            }
            return judge(
                    process.exitValue(),
                    said.completeOnTimeout("", 2, TimeUnit.SECONDS).join());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result.Retry("Playcall stopped while apprise was at work", Optional.empty());
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

    static Result judge(int code, String said) {
        if (code == 0) {
            return new Result.Delivered("");
        }
        if (code == 127) {
            return new Result.Retry("apprise is not installed (apt-get install apprise)", Optional.of(OPERATOR));
        }
        if (said.contains("Unparseable URL") || said.contains("Unsupported URL")) {
            return new Result.Refused("apprise does not understand its address; apprise --details names every form");
        }
        var status = STATUS.matcher(said);
        return status.find()
                ? Http.judge(Integer.parseInt(status.group(1)), Optional.empty())
                : new Result.Retry("apprise could not deliver it (exit code " + code + ")", Optional.empty());
    }

    /** How bad it is, in the words of Apprise. */
    static String type(Parcel.Content c) {
        if (c.open() + c.events() == 0) {
            return "success";
        }
        return c.severity().compareTo(Severity.ERROR) >= 0
                ? "failure"
                : c.severity() == Severity.WARNING ? "warning" : "info";
    }
}
