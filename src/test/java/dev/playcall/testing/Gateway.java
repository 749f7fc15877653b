package dev.playcall.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.cli.CommandInProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A gateway in a process of its own, started from the built jar in a project folder that a test made: as an operator has
 * it, and as only a process can be killed.
 */
public final class Gateway implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final String READY = "playcall ready on ";

    private final Path home;
    private final Map<String, String> environment;
    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable Process process;
    private URI address = URI.create("http://unknown");

    public Gateway(Path home) {
        this(home, Map.of());
    }

    /**
     * One whose runs start from an imported Ansible, from the second one on, for half of the processor time: where runs are looked
     * at for what becomes of them.
     */
    public static Gateway warm(Path home) {
        return new Gateway(home, Map.of("PLAYCALL_ANSIBLE_WARM", "auto"));
    }

    public Gateway(Path home, Map<String, String> environment) {
        this.home = home;
        this.environment = Map.copyOf(environment);
    }

    /** Writes a file of the project. */
    public void file(String name, String text) {
        try {
            var path = home.resolve(name);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies files, or all files of folders, of another project to the same place here. */
    public void takeAlong(Path from, String... names) throws IOException {
        for (var name : names) {
            try (var files = Files.walk(from.resolve(name))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    var copy = home.resolve(from.relativize(file).toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** An environment of local hosts. */
    public void environment(String name, List<String> hosts) {
        var text = new StringBuilder("all:\n  vars:\n    ansible_connection: local\n"
                + "    ansible_python_interpreter: \"{{ ansible_playbook_python }}\"\n  hosts:\n");
        hosts.forEach(h -> text.append("    ").append(h).append(":\n"));
        file("inventory/" + name + "/hosts.yml", text.toString());
    }

    private static List<String> command(Path home, String heap, String... arguments) {
        // Whoever runs the tests with nohup hands down that SIGHUP is ignored, and Java keeps to that.
        var command = new ArrayList<>(List.of("env", "--default-signal=HUP"));
        command.addAll(QuickStart.java());
        command.addAll(List.of(
                "-Xmx" + heap,
                "-Dplaycall.home=" + home,
                "-jar",
                Path.of("target", "playcall.jar").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts it and waits until it says that it is ready. */
    public Gateway start() throws IOException {
        var command = new ArrayList<>(List.of(
                "sh", "-c", "umask " + environment.getOrDefault("GATEWAY_UMASK", "022") + "; exec \"$@\"", "sh"));
        command.addAll(command(home, environment.getOrDefault("GATEWAY_HEAP", "128m"), "serve"));
        var builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        home.resolve("gateway.err").toFile()));
        builder.environment().put("PLAYCALL_SERVER_PORT", "0");
        builder.environment().put("PLAYCALL_ACCESS_LIMITS_RUNS", "0");
        builder.environment().putAll(environment);
        var started = builder.start();
        process = started;
        var out = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                address = URI.create(line.substring(READY.length()));
                return this;
            }
        }
        throw new IOException("the gateway did not start: " + Files.readString(home.resolve("gateway.err")));
    }

    /**
     * The same as {@link #command} without a process of its own, where what is looked at is neither the process nor what
     * it reads of its environment elsewhere than in the configuration.
     */
    public Told inProcess(Map<String, String> more, String... arguments) {
        return inProcess("", more, arguments);
    }

    public Told inProcess(String input, Map<String, String> more, String... arguments) {
        var variables = new java.util.HashMap<>(System.getenv());
        variables.putAll(environment);
        variables.putAll(more);
        var result = CommandInProcess.run(home, variables, input, arguments);
        return new Told(result.code(), result.out(), result.err());
    }

    /** What a command said and how it ended. */
    public record Told(int code, String out, String err) {}

    /** Starts another command on the same project, with these variables in its environment besides the usual ones. */
    public CompletableFuture<Told> command(Map<String, String> more, String... arguments) {
        return command("", more, arguments);
    }

    /** The same with something on its standard input. */
    public CompletableFuture<Told> command(String input, String... arguments) {
        return command(input, Map.of(), arguments);
    }

    public CompletableFuture<Told> command(String input, Map<String, String> more, String... arguments) {
        try {
            var out = Files.createTempFile(home, "command", ".out");
            var err = Files.createTempFile(home, "command", ".err");
            var builder = new ProcessBuilder(command(home, "128m", arguments))
                    .directory(home.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            builder.environment().putAll(more);
            var child = builder.start();
            if (!input.isEmpty()) {
                child.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
                child.getOutputStream().close();
            }
            return child.onExit()
                    .orTimeout(90, TimeUnit.SECONDS)
                    .whenComplete((_, _) -> child.destroyForcibly())
                    .thenApply(p -> told(p.exitValue(), out, err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Told told(int code, Path out, Path err) {
        try {
            return new Told(code, Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI address() {
        return address;
    }

    public Process process() {
        var running = process;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running;
    }

    /** kill −9. */
    public void kill() throws InterruptedException {
        process().destroyForcibly();
        process().waitFor();
    }

    /** SIGTERM, as a service manager stops it. */
    public void stop() throws InterruptedException {
        process().destroy();
        process().waitFor(20, TimeUnit.SECONDS);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path));
    }

    public HttpResponse<String> post(String path, Object body, String... headers) {
        var request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.valueToTree(body).toString()));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    public JsonNode get(String path) {
        return json(send(request(path)));
    }

    public static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts an operation and returns the number of its run. */
    public long run(String operation, String environmentName, Map<String, ?> more) {
        var body = new java.util.HashMap<String, Object>(more);
        body.put("operation", operation);
        body.put("environment", environmentName);
        var response = post("/api/v1/runs", body);
        if (response.statusCode() != 201) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return json(response).path("id").asLong();
    }

    public String status(long run) {
        return get("/api/v1/runs/" + run).path("status").asText();
    }

    public boolean isOver(long run) {
        return !List.of("queued", "running", "awaiting_approval").contains(status(run));
    }

    @Override
    public void close() {
        var running = process;
        if (running != null) {
            running.destroy();
            running.onExit()
                    .orTimeout(15, TimeUnit.SECONDS)
                    .exceptionally(_ -> running.destroyForcibly())
                    .join();
        }
        http.close();
    }
}
