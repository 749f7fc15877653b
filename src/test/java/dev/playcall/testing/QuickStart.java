package dev.playcall.testing;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What a gateway loads until it is ready and in a first run, kept ready-made for every one that the tests start: more than
 * a hundred, and a start costs half with it. The first test that needs it makes it, as {@code ./playcall} does for its users.
 */
public final class QuickStart {
    private static final Path JAR = Path.of("target", "playcall.jar").toAbsolutePath();
    private static final Path CACHE = Path.of("target", "tests.aot").toAbsolutePath();
    private static final Path LOCK = Path.of("target", "tests.aot.lock").toAbsolutePath();
    private static final List<String> OPTIONS = options(prepared());

    private QuickStart() {}

    /** How Java is called for the jar, without what is to be done. */
    static List<String> java() {
        return OPTIONS;
    }

    /** The same for a class of the tests that needs nothing but the product, with options of its own. */
    public static List<String> java(Class<?> main, String... options) {
        var command = new ArrayList<>(java());
        command.addAll(List.of(options));
        var tests = main.getProtectionDomain().getCodeSource().getLocation().getPath();
        // A cache is of use only where the class path begins as it did when it was made.
        command.addAll(List.of("-cp", JAR + File.pathSeparator + tests, main.getName()));
        return command;
    }

    private static List<String> options(boolean prepared) {
        return command(prepared ? "-XX:AOTCache=" + CACHE : "-Xshare:auto");
    }

    private static List<String> command(String start) {
        return List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                start,
                "-Xlog:disable",
                "-Djdk.virtualThreadScheduler.parallelism=16");
    }

    private static boolean prepared() {
        try (var channel = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            return lock.isValid() && (isFresh() || prepare());
        } catch (IOException e) {
            throw new IllegalStateException("no cache for quick starts", e);
        }
    }

    private static boolean isFresh() throws IOException {
        return Files.exists(CACHE) && Files.getLastModifiedTime(CACHE).compareTo(Files.getLastModifiedTime(JAR)) >= 0;
    }

    private static Path project() throws IOException {
        var home = Files.createTempDirectory("quick-start");
        Files.createDirectories(home.resolve("inventory/sample"));
        Files.createDirectories(home.resolve("playbooks"));
        Files.writeString(
                home.resolve("inventory/sample/hosts.yml"), "all: { hosts: { h1: { ansible_connection: local } } }\n");
        Files.writeString(home.resolve("playbooks/ping.yml"), "- hosts: all\n  gather_facts: false\n  tasks: []\n");
        return home;
    }

    /** A run, and what is asked while it works and after it. */
    private static void use(URI gateway) {
        try (var http = HttpClient.newHttpClient()) {
            send(http, gateway, "/api/v1/runs", "{\"operation\": \"ping\", \"environment\": \"sample\"}");
            send(http, gateway, "/api/v1/console", "{\"text\": \"status sample\"}");
            for (var path : List.of("/", "/api/v1/runs", "/api/v1/queue", "/api/v1/environments", "/readyz")) {
                send(http, gateway, path, "");
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !send(http, gateway, "/api/v1/runs/1", "").contains("\"end_time\":null"));
        } catch (ConditionTimeoutException | UncheckedIOException e) {
            // What was loaded until then is in the cache.
        }
    }

    /** @param body empty to get */
    private static String send(HttpClient http, URI gateway, String path, String body) {
        var request = HttpRequest.newBuilder(gateway.resolve(path)).timeout(Duration.ofSeconds(30));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Without it everything works too, only slower; so nothing here is a fault. */
    private static boolean prepare() throws IOException {
        var home = project();
        var made = Path.of(CACHE + ".new");
        var command = new ArrayList<>(command("-XX:AOTCacheOutput=" + made));
        command.addAll(List.of("-Dplaycall.home=" + home, "-jar", JAR.toString(), "serve"));
        var builder = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("PLAYCALL_") || name.matches("(SLACK|DISCORD)_.*"));
        builder.environment().put("PLAYCALL_SERVER_PORT", "0");
        var process = builder.start();
        try (var said = process.inputReader(StandardCharsets.UTF_8)) {
            said.lines()
                    .filter(line -> line.startsWith(Gateway.READY))
                    .findFirst()
                    .ifPresent(line -> use(URI.create(line.substring(Gateway.READY.length()))));
            // Unlike the process itself, its handle leaves open what it says.
            process.toHandle().destroy();
            said.lines().forEach(_ -> {});
            process.waitFor(2, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
        if (Files.exists(made)) {
            Files.move(made, CACHE, StandardCopyOption.REPLACE_EXISTING);
        }
        return Files.exists(CACHE);
    }
}
