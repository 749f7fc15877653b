package dev.playcall.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.ansible.ProgramPaths;
import dev.playcall.ansible.PythonFiles;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.layout.InventoryLayout;
import dev.playcall.chat.PlatformFinding;
import dev.playcall.config.Config;
import dev.playcall.config.file.FileTrees;
import dev.playcall.domain.format.TextFormat;
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

/** Whether runs can have the user and the limits that are configured, and how limits are held on this machine. */
public final class IsolationFindings {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern KEY_FILE =
            Pattern.compile("ansible_ssh_private_key_file\\s*[:=]\\s*[\"']?(/[^\\s\"'{},#]+)");

    private final Config config;
    private final ProgramPaths programPaths;

    public IsolationFindings(Config config, ProgramPaths programPaths) {
        this.config = config;
        this.programPaths = programPaths;
    }

    /** Nothing where neither is configured. */
    public List<PlatformFinding> all() {
        var isolation = config.ansible().isolation();
        var limits = isolation.limits().byName();
        if (isolation.runAs().isEmpty() && limits.isEmpty()) {
            return List.of();
        }
        try {
            var scratch = Files.createTempDirectory("playcall-doctor");
            try {
                var python = PythonFiles.unpack(scratch);
                var found = new ArrayList<PlatformFinding>();
                if (isolation.runAs().isPresent()) {
                    found.addAll(user(isolation.runAs().get(), python));
                }
                if (!limits.isEmpty()) {
                    found.addAll(limits(
                            limits, JSON.readTree(said(List.of(python.limits().toString())))));
                }
                return found;
            } finally {
                FileTrees.delete(scratch);
            }
        } catch (IOException | UncheckedIOException e) {
            return List.of(PlatformFinding.warning(
                    "ansible.run_as and ansible.limits could not be checked: " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private List<PlatformFinding> user(String name, PythonFiles python) throws IOException, InterruptedException {
        var asked = Map.of(
                "needs",
                needs(),
                "closed",
                List.of(config.home().resolve("config/playcall.yml").toString()));
        var lines = said(List.of(python.runAs().toString(), "check", name, JSON.writeValueAsString(asked)))
                .lines()
                .map(line -> line.replaceFirst("^ERROR! ", ""))
                .toList();
        return lines.isEmpty()
                ? List.of(PlatformFinding.ok("ansible.run_as: Ansible runs as " + name))
                : lines.stream()
                        .map(line -> line.contains(" cannot ") || line.contains(" may not ") || line.contains("no user")
                                ? PlatformFinding.error(line)
                                : PlatformFinding.warning(line))
                        .toList();
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

    private static List<PlatformFinding> limits(Map<String, Long> limits, JsonNode means) {
        return limits.entrySet().stream()
                .map(e -> limit(e.getKey(), e.getValue(), means))
                .toList();
    }

    private static PlatformFinding limit(String name, long value, JsonNode means) {
        var shown = "ansible.limits." + name + ": "
                + switch (name) {
                    case "memory" -> TextFormat.size(value);
                    case "cpu" -> value + "% of a processor";
                    default -> Long.toString(value);
                };
        if (name.equals("open_files")) {
            return PlatformFinding.ok(shown + " for each process of a run");
        }
        if (means.path(name).asText().equals("cgroup")) {
            return PlatformFinding.ok(shown + " for all processes of a run together (control group)");
        }
        var instead = switch (name) {
            case "memory" -> "it holds for each process of a run by itself";
            case "cpu" -> "only the CPU time of each process is limited, to this share of the run's time limit";
            default -> "it holds for all processes of the user that runs Ansible, and not for root";
        };
        return PlatformFinding.warning(shown + ": without control groups " + instead + " ("
                + means.path("why").asText("") + "; docs/systemd.md)");
    }

    private String said(List<String> arguments) throws IOException, InterruptedException {
        var python = programPaths.python().orElseThrow(() -> new IOException("python3 is missing"));
        var command = new ArrayList<>(List.of(python.toString(), "-I", "-B"));
        command.addAll(arguments);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("no answer in 30 seconds");
        }
        return text.strip();
    }
}
