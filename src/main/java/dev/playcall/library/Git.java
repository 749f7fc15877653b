package dev.playcall.library;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The program {@code git}, asked so that it never waits for somebody to type something. */
final class Git {
    private static final Duration QUICK = Duration.ofSeconds(30);
    private static final int LARGEST = 8 << 20;
    private static final int LONGEST_LINE = 300;
    /** What it needs to find its user's keys, settings and proxies; our own tokens are not among them. */
    private static final Set<String> PASSED_ON = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "XDG_CONFIG_HOME",
            "XDG_RUNTIME_DIR",
            "SSH_AUTH_SOCK",
            "GNUPGHOME",
            "GIT_SSH",
            "GIT_CONFIG_GLOBAL",
            "GIT_SSL_CAINFO",
            "SSL_CERT_FILE",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY");

    private static final String SSH = "GIT_SSH_COMMAND";
    /** Said after every failure to reach a remote; the line before it says why. */
    private static final Set<String> EMPTY_WORDS = Set.of(
            "fatal: Could not read from remote repository.",
            "Please make sure you have the correct access rights",
            "and the repository exists.",
            "Aborting");

    private final Map<String, String> own;

    /** @param environment of the gateway */
    Git(Map<String, String> environment) {
        this.own = Map.copyOf(environment);
    }

    /** What it answered. */
    record Said(int code, String out, String err) {
        boolean isGood() {
            return code == 0;
        }

        /** Without the end of its last line. */
        String line() {
            return out.strip();
        }

        /** Parts that are ended by a zero byte. */
        List<String> parts() {
            return List.of(out.split("\0", -1)).stream()
                    .filter(p -> !p.isEmpty())
                    .toList();
        }

        /** What it complains of, one line without passwords. */
        String complaint() {
            var lines = err.lines()
                    .map(String::strip)
                    .filter(l -> !l.isEmpty() && !EMPTY_WORDS.contains(l) && !l.startsWith("hint:"))
                    .map(l -> l.replaceFirst("^(fatal|error): ", "").replaceAll("//[^/@\\s]*@", "//"))
                    .limit(2)
                    .collect(Collectors.joining("; "));
            var text = lines.isEmpty() ? "git ended with " + code : lines;
            return text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) + "…" : text;
        }
    }

    /** Asks for something that it knows without anybody else. */
    Said ask(Path folder, String... words) throws RefusedException {
        return ask(folder, QUICK, words);
    }

    Said ask(Path folder, Duration patience, String... words) throws RefusedException {
        var command = new ArrayList<>(List.of("git", "-C", folder.toString(), "-c", "core.quotePath=false"));
        command.addAll(List.of(words));
        Path out = null;
        Path err = null;
        try {
            out = Files.createTempFile("playcall-git", ".out");
            err = Files.createTempFile("playcall-git", ".err");
            return ask(command, patience, out, err);
        } catch (IOException e) {
            throw new RefusedException(
                    String.valueOf(e.getMessage()).contains("error=2")
                            ? "git is not installed (apt-get install git)"
                            : "git cannot be asked: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException("the gateway stops");
        } finally {
            remove(out);
            remove(err);
        }
    }

    /** Into files: what git leaves working in the background would hold a pipe open. */
    private Said ask(List<String> command, Duration patience, Path out, Path err)
            throws IOException, InterruptedException, RefusedException {
        var builder = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment());
        var process = builder.start();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new RefusedException("git did not end within " + patience.toSeconds() + " s");
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Said(process.exitValue(), read(out), read(err));
    }

    private static String read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
        }
    }

    private Map<String, String> environment() {
        var environment = new HashMap<String, String>();
        own.forEach((name, value) -> {
            if (PASSED_ON.contains(name)) {
                environment.put(name, value);
            }
        });
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        // Empty stands for no program at all; left out, git would look for the one of its configuration.
        environment.put("GIT_ASKPASS", "");
        environment.put("SSH_ASKPASS_REQUIRE", "never");
        environment.put("GCM_INTERACTIVE", "never");
        environment.put("GIT_EDITOR", "true");
        if (own.containsKey(SSH)) {
            environment.put(SSH, quiet(own.getOrDefault(SSH, "ssh")));
        }
        return environment;
    }

    /** The words for git that make ssh ask nobody, whichever ssh its user has configured for this checkout. */
    List<String> quietly(Path folder) throws RefusedException {
        if (own.containsKey(SSH) || own.containsKey("GIT_SSH")) {
            return List.of();
        }
        var configured = ask(folder, "config", "core.sshCommand").line();
        return List.of("-c", "core.sshCommand=" + quiet(configured.isEmpty() ? "ssh" : configured));
    }

    private static String quiet(String ssh) {
        return ssh + " -o BatchMode=yes -o ConnectTimeout=15";
    }

    private static void remove(@org.jspecify.annotations.Nullable Path file) {
        if (file != null) {
            file.toFile().delete();
        }
    }
}
