package dev.playcall.library;

import dev.playcall.config.Config;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The program {@code ansible-galaxy}, in an environment without our tokens, and asked so that it never asks back. */
final class GalaxyProgram {
    private static final long LOOK = 200;
    private static final int LONGEST = 300;
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

    private final Map<String, String> own;

    /** @param environment of the gateway; what begins with {@code ANSIBLE_GALAXY_} (servers, tokens) is passed on */
    GalaxyProgram(Map<String, String> environment) {
        this.own = Map.copyOf(environment);
    }

    boolean isThere() {
        return program().isPresent();
    }

    private Optional<Path> program() {
        var path = own.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        return Arrays.stream(path.split(":", -1))
                .filter(p -> p.startsWith("/"))
                .map(p -> Path.of(p, "ansible-galaxy"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Installs what a file wants into a folder.
     *
     * @param kind {@code collection} or {@code role}
     * @param stop whether nobody wants it any more
     */
    void install(
            String kind, Requirements.Part part, Path into, Path project, Config.Galaxy settings, BooleanSupplier stop)
            throws RefusedException {
        var command = new ArrayList<>(List.of(
                program()
                        .map(Path::toString)
                        .orElseThrow(() -> new RefusedException(part.shown() + " cannot be installed: ansible-galaxy is"
                                + " not there (apt-get install --no-install-recommends ansible-core)")),
                kind,
                "install",
                "-r",
                part.file().toString(),
                "-p",
                into.resolve(kind + "s").toString()));
        if (kind.equals("collection") && settings.offline()) {
            command.add("--offline");
        }
        try {
            var said = into.resolve(".said");
            var process = start(command, part.base(), into, project, said);
            wait(process, settings.timeout(), part, stop);
            if (process.exitValue() != 0) {
                throw new RefusedException(part.shown() + " cannot be installed: "
                        + complaint(Files.readString(said, StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw new RefusedException(part.shown() + " cannot be installed: " + e.getMessage());
        }
    }

    private Process start(List<String> command, Path from, Path into, Path project, Path said) throws IOException {
        var builder = new ProcessBuilder(command)
                .directory(from.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment(into, project));
        return builder.start();
    }

    private static void wait(Process process, Duration patience, Requirements.Part part, BooleanSupplier stop)
            throws RefusedException {
        long until = System.nanoTime() + patience.toNanos();
        try {
            while (!process.waitFor(LOOK, TimeUnit.MILLISECONDS)) {
                if (stop.getAsBoolean()) {
                    throw new RefusedException("the installation of " + part.shown() + " was stopped");
                }
                if (System.nanoTime() > until) {
                    throw new RefusedException(
                            part.shown() + " was not installed within " + patience.toSeconds() + " s (galaxy.timeout)");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException("the gateway stops");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Map<String, String> environment(Path into, Path project) throws IOException {
        var environment = new HashMap<String, String>();
        own.forEach((name, value) -> {
            if (PASSED_ON.contains(name) || name.startsWith("ANSIBLE_GALAXY_")) {
                environment.put(name, value);
            }
        });
        var config = project.resolve("ansible.cfg");
        var none = into.resolve(".ansible.cfg");
        if (!Files.exists(none)) {
            Files.writeString(none, "[defaults]\n");
        }
        environment.put("ANSIBLE_CONFIG", (Files.isRegularFile(config) ? config : none).toString());
        // What is installed elsewhere on this machine must not count: the set is to be whole.
        environment.put("ANSIBLE_COLLECTIONS_PATH", into.resolve("collections").toString());
        environment.put("ANSIBLE_ROLES_PATH", into.resolve("roles").toString());
        environment.put("ANSIBLE_LOCAL_TEMP", into.resolve(".tmp").toString());
        environment.put("ANSIBLE_NOCOLOR", "1");
        environment.put("ANSIBLE_NOCOWS", "1");
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_ASKPASS", "");
        environment.put("GIT_SSH_COMMAND", own.getOrDefault("GIT_SSH_COMMAND", "ssh") + " -o BatchMode=yes");
        return environment;
    }

    /** The first role that failed, or the error; Ansible breaks its lines. */
    private static String complaint(String said) {
        var lines = said.lines().map(String::strip).toList();
        var found = new StringBuilder();
        for (var line : lines) {
            boolean begins = line.contains("was NOT installed successfully")
                    || line.startsWith("ERROR! ")
                    || line.startsWith("[ERROR]: ");
            if (found.isEmpty() && begins) {
                found.append(line.replaceFirst("^(ERROR! |\\[ERROR]: |\\[WARNING]: )(- )?", ""));
            } else if (!found.isEmpty()) {
                if (begins || line.isEmpty() || line.startsWith("to see the full traceback")) {
                    break;
                }
                found.append(' ').append(line);
            }
        }
        var text = (found.isEmpty() ? "ansible-galaxy ended with an error" : found.toString())
                .replaceFirst("Unexpected Exception, this is probably a bug: ", "")
                .replaceAll("//[^/@\\s]*@", "//");
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
