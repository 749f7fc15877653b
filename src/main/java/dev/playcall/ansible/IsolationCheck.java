package dev.playcall.ansible;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.layout.InventoryLayout;
import dev.playcall.config.Config;
import dev.playcall.config.file.FileTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Asks this machine whether runs can have the user ({@code ansible.run_as}) and the limits that are configured. */
public final class IsolationCheck {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WARNING = "warning: ";
    private static final Pattern KEY_FILE =
            Pattern.compile("ansible_ssh_private_key_file\\s*[:=]\\s*[\"']?(/[^\\s\"'{},#]+)");

    private final Config config;
    private final ProgramPaths programPaths;

    public IsolationCheck(Config config, ProgramPaths programPaths) {
        this.config = config;
        this.programPaths = programPaths;
    }

    /**
     * What is wrong with the user of runs.
     *
     * @param text in one line, with its remedy
     * @param keepsRunsOut whether runs fail because of it
     */
    public record Problem(String text, boolean keepsRunsOut) {
        private static Problem of(String line) {
            return line.startsWith(WARNING)
                    ? new Problem(line.substring(WARNING.length()), false)
                    : new Problem(line.replaceFirst("^ERROR! ", ""), true);
        }
    }

    /**
     * Empty where no user is configured, and where all is well.
     *
     * @throws IOException when it cannot be found out
     */
    public List<Problem> user() throws IOException, InterruptedException {
        var name = config.ansible().isolation().runAs();
        if (name.isEmpty()) {
            return List.of();
        }
        var asked = Map.of(
                "needs",
                needs(),
                "closed",
                List.of(config.home().resolve("config/playcall.yml").toString()));
        var json = JSON.writeValueAsString(asked);
        return said(python -> List.of(python.runAs().toString(), "check", name.get(), json))
                .lines()
                .map(Problem::of)
                .toList();
    }

    /** The same for a log or an answer: what keeps runs from starting, and why that is not known. */
    public List<String> unusableUser() {
        try {
            return user().stream()
                    .filter(Problem::keepsRunsOut)
                    .map(Problem::text)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of("ansible.run_as could not be checked: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /**
     * How each limit is held: its name with {@code cgroup} or {@code rlimit}, and {@code why} where control groups cannot.
     *
     * @throws IOException when it cannot be found out
     */
    public JsonNode limits() throws IOException, InterruptedException {
        return JSON.readTree(said(python -> List.of(python.limits().toString())));
    }

    /** Playbooks and what belongs to them, inventories, and the private keys that these name. */
    private List<String> needs() throws IOException {
        var playbooks = config.paths().playbooks();
        var inventories = inventories();
        var found = new ArrayList<String>();
        for (var top : List.of(playbooks, playbooks.resolveSibling("roles"), playbooks.resolveSibling("collections"))) {
            below(top).forEach(p -> found.add(p.toString()));
        }
        for (var file : inventories) {
            found.add(file.toString());
            if (Files.isRegularFile(file)) {
                KEY_FILE.matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .results()
                        .forEach(m -> found.add(m.group(1)));
            }
        }
        return found;
    }

    /** What a run reads of the environments; the rest of their folders is the gateway's own. */
    private List<Path> inventories() throws IOException {
        var found = new ArrayList<Path>();
        for (var environment : new DiskCatalogs(config, Clock.systemUTC())
                .current()
                .environments()
                .values()) {
            for (var file : environment.inventories()) {
                found.add(file);
                for (var name : InventoryLayout.VARIABLES) {
                    found.addAll(below(file.resolveSibling(name)));
                }
            }
        }
        return found.stream().distinct().toList();
    }

    /** Everything in a folder but what is the gateway's own, which no run may read. */
    private List<Path> below(Path top) throws IOException {
        var paths = config.paths();
        var own = List.of(paths.data(), paths.logs(), config.home().resolve("config"));
        if (!Files.isDirectory(top)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(top)) {
            return all.filter(p -> !p.toString().contains("/.git"))
                    .filter(p -> own.stream().noneMatch(p::startsWith))
                    .toList();
        }
    }

    /** The command line of one of our programs. */
    private interface Arguments {
        List<String> of(PythonFiles python);
    }

    private String said(Arguments arguments) throws IOException, InterruptedException {
        var scratch = Files.createTempDirectory("playcall-isolation");
        try {
            return said(arguments.of(PythonFiles.unpack(scratch)));
        } finally {
            FileTrees.delete(scratch);
        }
    }

    private String said(List<String> arguments) throws IOException, InterruptedException {
        var python = programPaths.python().orElseThrow(() -> new IOException("python3 is missing"));
        var command = new ArrayList<>(List.of(python.toString(), "-I", "-B"));
        command.addAll(arguments);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("no answer in 30 seconds");
        }
        return text.strip();
    }
}
