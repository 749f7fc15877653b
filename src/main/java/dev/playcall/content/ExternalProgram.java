package dev.playcall.content;

import dev.playcall.background.ChildProcess;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.format.TextFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs programs of others to their end: without our tokens, with nobody to ask, and no longer than they may. */
public final class ExternalProgram {
    /** What they need to find their user's keys, settings and proxies. */
    private static final Set<String> PASSED_ON = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "SSH_AUTH_SOCK",
            "SSL_CERT_FILE",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY");

    /** Whatever a program starts carries this on, even when the program itself has ended. */
    private static final String MARK = "PLAYCALL_WORKS_IN";

    /** How a shell ends that has not found the program. */
    public static final int MISSING = 127;

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final int LARGEST = 8 << 20;
    private static final int LONGEST_LINE = 300;

    private final Map<String, String> own;
    private final Predicate<String> also;
    private final List<String> before;
    private final boolean isQuick;

    /**
     * @param own environment of the gateway
     * @param also which names of it are passed on beside those that every program needs
     */
    public ExternalProgram(Map<String, String> own, Predicate<String> also) {
        this(own, also, List.of(), false);
    }

    private ExternalProgram(Map<String, String> own, Predicate<String> also, List<String> before, boolean isQuick) {
        this.own = Map.copyOf(own);
        this.also = also;
        this.before = before;
        this.isQuick = isQuick;
    }

    /** One whose files are no secret: our own umask keeps them from everybody else. A missing program is {@link #MISSING}. */
    public static ExternalProgram ordinary(Map<String, String> own, Predicate<String> also) {
        return new ExternalProgram(own, also, List.of("/bin/sh", "-c", "umask 022; exec \"$@\"", "sh"), false);
    }

    /** The same for what ends at once by itself: nothing watches over it in case that the gateway dies meanwhile. */
    public ExternalProgram quick() {
        return new ExternalProgram(own, also, before, true);
    }

    /** What came of it. */
    public record Ended(int code, String out, String err) {}

    /**
     * How long it may take.
     *
     * @param stop whether nobody wants it any more
     */
    public record Limit(Duration timeout, BooleanSupplier stop) {
        public static Limit of(Duration timeout) {
            return new Limit(timeout, () -> false);
        }
    }

    public Optional<String> own(String name) {
        return Optional.ofNullable(own.get(name));
    }

    /**
     * Runs it.
     *
     * @param environment what it gets beside what is passed on
     * @throws RefusedException when it takes too long, or nobody waits for it any more
     */
    public Ended run(List<String> command, Path folder, Map<String, String> environment, Limit limit)
            throws IOException, ContentException {
        // Into files: what it leaves working in the background would hold a pipe open.
        Path out = null;
        Path err = null;
        try {
            out = Files.createTempFile("playcall-said", ".out");
            err = Files.createTempFile("playcall-said", ".err");
            var builder = new ProcessBuilder(
                            Stream.concat(before.stream(), command.stream()).toList())
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            var mark = folder + "#" + UUID.randomUUID();
            builder.environment().clear();
            builder.environment().putAll(passedOn());
            builder.environment().putAll(environment);
            builder.environment().put("LC_ALL", "C.UTF-8");
            builder.environment().put(MARK, mark);
            int code = await(start(builder), mark, Path.of(command.getFirst()), limit);
            return new Ended(code, read(out), read(err));
        } finally {
            remove(out);
            remove(err);
        }
    }

    private ChildProcess start(ProcessBuilder builder) throws IOException {
        return isQuick ? ChildProcess.direct(builder) : ChildProcess.start(builder, ChildProcess.Rest.LEAVE);
    }

    private Map<String, String> passedOn() {
        var environment = new HashMap<String, String>();
        own.forEach((name, value) -> {
            if (PASSED_ON.contains(name) || also.test(name)) {
                environment.put(name, value);
            }
        });
        return environment;
    }

    private static int await(ChildProcess process, String mark, Path program, Limit limit) throws ContentException {
        long until = System.nanoTime() + limit.timeout().toNanos();
        try {
            while (!process.waitFor(LOOK)) {
                if (limit.stop().getAsBoolean()) {
                    end(process, mark);
                    throw new ContentException(program.getFileName() + " was stopped");
                }
                if (System.nanoTime() > until) {
                    end(process, mark);
                    throw new ContentException(
                            program.getFileName() + " did not end within " + TextFormat.duration(limit.timeout()));
                }
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            end(process, mark);
            Thread.currentThread().interrupt();
            throw new ContentException("the gateway is stopping");
        }
    }

    /** First in peace: git takes its locks away then. */
    private static void end(ChildProcess process, String mark) {
        working(mark).forEach(ProcessHandle::destroy);
        process.end();
        working(mark).forEach(ProcessHandle::destroyForcibly);
    }

    /** Whether something that was started in this folder, by us or a gateway before us, is still at it. */
    public static boolean isAtWork(Path folder) {
        return !working(folder + "#").isEmpty();
    }

    private static List<ProcessHandle> working(String mark) {
        var begin = "\0" + MARK + "=" + mark;
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(p ->
                            Character.isDigit(String.valueOf(p.getFileName()).charAt(0)))
                    .filter(p -> ("\0" + environment(p)).contains(begin))
                    .flatMap(p -> ProcessHandle.of(Long.parseLong(String.valueOf(p.getFileName()))).stream())
                    .filter(ProcessHandle::isAlive)
                    .toList();
        } catch (IOException e) {
            return List.of(); // no such folder on this system
        }
    }

    private static String environment(Path process) {
        try {
            return new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // it ended meanwhile, or is not ours
        }
    }

    private static String read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
        }
    }

    private static void remove(@Nullable Path file) {
        if (file != null) {
            file.toFile().delete();
        }
    }

    /** One line for people: without passwords, and no longer than they read. */
    public static String line(String text) {
        var hidden = text.replaceAll("//[^/@\\s]*@", "//");
        return Truncate.of(hidden, LONGEST_LINE);
    }
}
