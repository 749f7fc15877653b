package dev.playcall.ansible;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.ansible.warm.WarmRuns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A run directory and the real supervisor on it. Closing it kills whatever a failed test left running. */
public final class SupervisedRun implements AutoCloseable {
    public static final Path PROGRAMS =
            Path.of("src/main/resources/dev/playcall/ansible").toAbsolutePath();
    static final Path FIXTURES = Path.of("src/test/resources/ansible").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofMinutes(4);

    private final Path directory;
    private final Path control;
    private final ObjectNode spec = JSON.createObjectNode();
    private final ObjectNode environment;

    /** @param directory does not exist yet */
    SupervisedRun(Path directory, String... argv) {
        this.directory = directory;
        this.control = directory.resolve("cp");
        create(directory);
        spec.put("run", 412);
        var words = spec.putArray("argv");
        for (var word : argv) {
            words.add(word);
        }
        environment = spec.putObject("env");
        environment.put("PATH", "/usr/bin:/bin").put("LC_ALL", "C.UTF-8");
        spec.put("cwd", directory.toString()).put("timeout", 200.0).put("grace", 4.0);
        spec.put("control_path", control.toString());
        spec.putArray("sweep");
    }

    /** Real Ansible with our callback plugin, as the gateway would start it. */
    public static SupervisedRun ansible(Path directory, String... argv) {
        argv[0] = WarmRuns.program(argv[0]);
        var run = new SupervisedRun(directory, argv);
        run.write("ansible.cfg", "");
        var temporary = directory.resolve("tmp");
        create(temporary);
        run.environment
                // The Ansible that whoever runs the tests has, as the gateways of other tests have it.
                .put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"))
                // Not another one: async tasks on the local connection look for their job in the home of the account.
                .put("HOME", System.getProperty("user.home"))
                .put("PYTHONUNBUFFERED", "1")
                .put("PYTHONDONTWRITEBYTECODE", "1")
                .put("PLAYCALL_EVENTS", directory.resolve("events").toString())
                .put("ANSIBLE_CALLBACK_PLUGINS", PROGRAMS.resolve("callback").toString())
                .put("ANSIBLE_LIBRARY", FIXTURES.resolve("library").toString())
                .put("ANSIBLE_CONFIG", directory.resolve("ansible.cfg").toString())
                .put("ANSIBLE_LOCAL_TEMP", temporary.toString())
                .put("ANSIBLE_SSH_CONTROL_PATH_DIR", run.control.toString())
                .put("ANSIBLE_HOST_KEY_CHECKING", "False")
                .put("ANSIBLE_MODULE_STRICT_UTF8_RESPONSE", "0")
                .put("ANSIBLE_WORKER_SESSION_ISOLATION", "0")
                .put("ANSIBLE_NOCOLOR", "1");
        run.set("cwd", FIXTURES.toString());
        run.sweep(temporary);
        return run;
    }

    /** The same in several Ansible processes. */
    public static SupervisedRun sliced(int count, Path directory, String... argv) {
        var run = ansible(directory, argv);
        var words = run.spec.putArray("argv");
        for (var word :
                List.of("/usr/bin/python3", "-I", PROGRAMS.resolve("slices.py").toString(), "" + count)) {
            words.add(word);
        }
        for (var word : argv) {
            words.add(word);
        }
        return run;
    }

    SupervisedRun env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    SupervisedRun withoutEnv(String name) {
        environment.remove(name);
        return this;
    }

    public SupervisedRun set(String key, String value) {
        spec.put(key, value);
        return this;
    }

    public SupervisedRun set(String key, double value) {
        spec.put(key, value);
        return this;
    }

    /** @param needs what the user must be able to read */
    SupervisedRun user(String name, String needs) {
        var user = spec.putObject("user").put("name", name);
        List.of("way", "read", "own").forEach(user::putArray);
        user.putArray("needs").add(needs);
        return this;
    }

    SupervisedRun limit(String name, long value) {
        spec.withObject("/limits").put(name, value);
        return this;
    }

    SupervisedRun sweep(Path path) {
        spec.withArray("sweep").add(path.toString());
        return this;
    }

    JsonNode spec() {
        return spec;
    }

    Path directory() {
        return directory;
    }

    Path control() {
        return control;
    }

    static List<String> command(Path directory) {
        return List.of(
                "/usr/bin/python3", "-I", PROGRAMS.resolve("supervisor.py").toString(), directory.toString());
    }

    SupervisedRun writeSpec() {
        write("spec.json", spec.toString());
        return this;
    }

    public void start() {
        writeSpec();
        if (!WarmRuns.wanted() || !warmly(WarmRuns.ofAllTests())) {
            supervisor();
        }
    }

    /** The same from an imported Ansible, which says and does the same ({@link WarmRunIT}) for half of the processor time. */
    public void startImported() {
        writeSpec();
        if (!warmly(WarmRuns.ofAllTests())) {
            supervisor();
        }
    }

    /** Hands the run, whose spec is written, to an imported Ansible; false when it is of a kind that cannot have one. */
    boolean warmly(WarmRuns warm) {
        return warm.start(spec, directory);
    }

    /** One more supervisor on this directory. */
    Process supervisor() {
        try {
            return new ProcessBuilder(command(directory))
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it and waits for its end. */
    JsonNode toEnd() {
        start();
        return exit();
    }

    /** The exit record, waited for. */
    JsonNode exit() {
        return exit(TIMEOUT);
    }

    public JsonNode exit(Duration most) {
        await().atMost(most)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Files.exists(directory.resolve("exit.json")));
        return json("exit.json");
    }

    void cancel() {
        write("cancel", "");
    }

    /** Waits until the program has said this. */
    void awaitOutput(String word) {
        await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(20)).until(() -> output().contains(word));
    }

    JsonNode json(String name) {
        try {
            return JSON.readTree(read(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String output() {
        return read("output");
    }

    String read(String name) {
        try {
            var file = directory.resolve(name);
            return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String name, String content) {
        try {
            Files.writeString(directory.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<JsonNode> events() {
        return read("events")
                .lines()
                .map(line -> {
                    try {
                        return JSON.readTree(line);
                    } catch (IOException e) {
                        throw new UncheckedIOException(line, e);
                    }
                })
                .toList();
    }

    /** Processes that carry a mark of this run, the supervisor apart. */
    List<ProcessHandle> processes() {
        var mark = "PLAYCALL_RUN_DIR=" + directory + "\0";
        var found = new ArrayList<ProcessHandle>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            all.filter(p -> Character.isDigit(p.getFileName().toString().charAt(0)))
                    .filter(p -> (bytes(p.resolve("environ")) + "\0").contains(mark)
                            || bytes(p.resolve("cmdline")).contains(control + "/"))
                    .flatMap(
                            p -> ProcessHandle.of(Long.parseLong(p.getFileName().toString())).stream())
                    .forEach(found::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static String bytes(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // ended meanwhile
        }
    }

    private static void create(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (!read("run.json").isEmpty() && read("exit.json").isEmpty()) {
            ProcessHandle.of(json("run.json").path("pid").asLong()).ifPresent(ProcessHandle::destroyForcibly);
        }
        processes().forEach(ProcessHandle::destroyForcibly);
    }
}
