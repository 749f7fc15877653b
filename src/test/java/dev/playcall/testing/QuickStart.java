package dev.playcall.testing;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a gateway loads until it is ready, kept ready-made for every one that the tests start: more than a hundred, and a
 * start costs half with it. The first test that needs it makes it, as {@code ./playcall} does for its users.
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

    /** Without it everything works too, only slower; so nothing here is a fault. */
    private static boolean prepare() throws IOException {
        var home = Files.createTempDirectory("quick-start");
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
            said.lines().takeWhile(line -> !line.startsWith(Gateway.READY)).forEach(_ -> {});
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
