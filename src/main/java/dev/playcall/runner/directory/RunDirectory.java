package dev.playcall.runner.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.config.file.FileTrees;
import dev.playcall.domain.name.RunId;
import dev.playcall.runner.directory.ExitRecord.ExceededLimit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The folder through which gateway and supervisor talk; its files are described in docs/run-directory.md. */
public final class RunDirectory {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What is of use after the end; everything else was input or is in the log. */
    private static final Set<String> KEPT =
            Set.of("events", "exit.json", "run.json", "playbook.yml", "ansible.settings");

    private final RunId run;
    private final Path path;

    public RunDirectory(Path runs, RunId run) {
        this.run = run;
        this.path = runs.resolve(Long.toString(run.value()));
    }

    public Path path() {
        return path;
    }

    public Path output() {
        return path.resolve("output");
    }

    public Path events() {
        return path.resolve("events");
    }

    public Path supervisorLog() {
        return path.resolve("supervisor.log");
    }

    /** Empties the folder, or makes it. Only for a run that was never handed to a supervisor. */
    public void create() {
        io(() -> {
            var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(path.getParent());
            FileTrees.delete(path);
            Files.createDirectory(path, mine);
        });
    }

    /** Makes the folder unless it is there: for what is kept of a run that another gateway executes. */
    public void keep() {
        if (!Files.isDirectory(path)) {
            create();
        }
    }

    public boolean hasSpec() {
        return Files.exists(path.resolve("spec.json"));
    }

    /**
     * Links the folder that the runs of a batch have together into that of one of them.
     *
     * @param all the folders of all batches
     */
    public static void linkBatch(Path run, Path all, long batch) throws IOException {
        BatchFolder.link(run, all, batch);
    }

    /** Whether another host executes the run: {@code carrier.py} keeps this folder then, and may be started again at any time. */
    public boolean isCarried() {
        return Files.exists(path.resolve("carry.json"));
    }

    /** What stands in the way of hearing from the host that executes it; empty when nothing does. */
    public Optional<String> contact() {
        try {
            return Optional.of(Files.readString(path.resolve("contact"))).filter(t -> !t.isBlank());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Complete or absent: a gateway that dies while writing leaves no half of it.
     *
     * @param lease what the supervisor looks at: when it is over, the run is stopped
     */
    public void writeSpec(Launch launch, Optional<Path> lease) {
        var spec = new LinkedHashMap<String, Object>();
        spec.put("run", run.value());
        spec.put("argv", launch.argv());
        spec.put("env", launch.environment());
        spec.put("env_file", launch.environmentFile().map(Path::toString).orElse(""));
        spec.put("cwd", launch.directory().toString());
        spec.put("timeout", launch.timeout().toMillis() / 1000.0);
        spec.put("grace", launch.grace().toMillis() / 1000.0);
        spec.put("control_path", launch.controlPath().toString());
        spec.put("sweep", launch.sweep().stream().map(Path::toString).toList());
        launch.user().ifPresent(user -> spec.put("user", user.asSpec()));
        spec.put("limits", launch.limits());
        lease.ifPresent(file -> spec.put("lease", file.toString()));
        io(() -> {
            var draft = path.resolve("spec.json.new");
            PrivateFiles.write(draft, JSON.writeValueAsBytes(spec));
            Files.move(draft, path.resolve("spec.json"), StandardCopyOption.ATOMIC_MOVE);
        });
    }

    /** The first line of its output; what it executes appends to that. */
    public void preface(String line) {
        if (!line.isEmpty()) {
            io(() -> PrivateFiles.write(output(), (line + "\n").getBytes(StandardCharsets.UTF_8)));
        }
    }

    public void requestCancel() {
        io(() -> {
            try {
                Files.createFile(path.resolve("cancel"));
            } catch (FileAlreadyExistsException e) {
                // somebody asked before, which is as good
            }
        });
    }

    /** Whether the run is to stand still; the supervisor looks. */
    public void hold(boolean paused) {
        io(() -> {
            if (!paused) {
                Files.deleteIfExists(path.resolve("pause"));
            } else if (!Files.exists(path.resolve("pause"))) {
                Files.createFile(path.resolve("pause"));
            }
        });
    }

    public Optional<ProcessIdentity> supervisor() {
        return read("run.json")
                .map(n -> new ProcessIdentity(
                        n.path("pid").asLong(),
                        n.path("ticks").asLong(),
                        n.path("boot").asText()));
    }

    /** The control groups that limit it; none where limits are held in other ways. */
    public List<Path> controlGroups() {
        return read("run.json")
                .map(n -> StreamSupport.stream(n.path("groups").spliterator(), false)
                        .map(g -> Path.of(g.asText()))
                        .toList())
                .orElse(List.of());
    }

    public Optional<ExitRecord> exit() {
        return read("exit.json")
                .map(n -> new ExitRecord(
                        optionalInt(n.path("rc")),
                        optionalInt(n.path("signal")),
                        ExitRecord.Why.valueOf(n.path("why").asText("exited").toUpperCase(Locale.ROOT)),
                        n.hasNonNull("error") ? Optional.of(n.path("error").asText()) : Optional.empty(),
                        n.path("full").asBoolean(),
                        n.path("remote").asInt(),
                        n.path("cpu").isNumber()
                                ? Optional.of(Duration.ofMillis(
                                        Math.round(n.path("cpu").asDouble() * 1000)))
                                : Optional.empty(),
                        positive(n.path("max_rss")),
                        positive(n.path("ended")).map(Instant::ofEpochMilli),
                        limit(n.path("limit"))));
    }

    private static Optional<ExceededLimit> limit(JsonNode n) {
        return n.isObject()
                ? Optional.of(new ExceededLimit(
                        n.path("name").asText(),
                        n.path("value").asLong(),
                        n.path("each").asBoolean()))
                : Optional.empty();
    }

    private static Optional<Long> positive(JsonNode number) {
        return Optional.of(number.asLong()).filter(n -> n > 0);
    }

    /** When something of the run was last written; empty when nothing ever was. */
    public Optional<Instant> lastWritten() {
        return Stream.of("run.json", "output", "events")
                .map(name -> path.resolve(name).toFile().lastModified())
                .filter(millis -> millis > 0)
                .max(Long::compare)
                .map(Instant::ofEpochMilli);
    }

    /** What the launch wanted to be gone at the end, for the case that the supervisor cannot do it any more. */
    public Optional<JsonNode> spec() {
        return read("spec.json");
    }

    /** Removes the inputs and the raw output of a run that has ended. */
    public void tidy() {
        if (!Files.isDirectory(path)) {
            return;
        }
        io(() -> {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            try (Stream<Path> files = Files.list(path)) {
                for (var file : files.toList()) {
                    if (!KEPT.contains(file.getFileName().toString())) {
                        FileTrees.delete(file);
                    }
                }
            }
        });
    }

    private Optional<JsonNode> read(String name) {
        try {
            return Optional.of(JSON.readTree(Files.readAllBytes(path.resolve(name))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OptionalInt optionalInt(JsonNode node) {
        return node.isNumber() ? OptionalInt.of(node.intValue()) : OptionalInt.empty();
    }

    private static void io(Io work) {
        try {
            work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Io {
        void run() throws IOException;
    }

    /**
     * What the supervisor is to execute: a list of arguments, never a shell line, and the whole environment.
     *
     * @param environmentFile more of the environment, as a JSON object: what nobody may read for longer than it takes to start
     * @param controlPath folder of this run's ssh sockets, short because a socket's path may have 104 bytes
     * @param sweep removed when the process is gone, however it went
     * @param user whom the program becomes, when that is another one than the gateway's
     * @param limits of what it may use, by their names in the configuration
     */
    public record Launch(
            List<String> argv,
            Map<String, String> environment,
            Optional<Path> environmentFile,
            Path directory,
            Duration timeout,
            Duration grace,
            Path controlPath,
            List<Path> sweep,
            Optional<RunUser> user,
            Map<String, Long> limits) {
        public Launch {
            argv = List.copyOf(argv);
            environment = Map.copyOf(environment);
            sweep = List.copyOf(sweep);
            limits = Map.copyOf(limits);
        }
    }
}
