package dev.playcall.content.git;

import dev.playcall.content.ContentException;
import dev.playcall.content.DeployKeys;
import dev.playcall.content.ExternalProgram;
import dev.playcall.content.Ssh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The program {@code git}, asked so that it never waits for somebody to type something. */
final class Git {
    private static final Duration QUICK = Duration.ofSeconds(30);
    private static final Set<String> PASSED_ON =
            Set.of("XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "GNUPGHOME", "GIT_SSH", "GIT_CONFIG_GLOBAL", "GIT_SSL_CAINFO");
    /** Said after every failure to reach a remote; the line before it says why. */
    private static final Set<String> EMPTY_WORDS = Set.of(
            "fatal: Could not read from remote repository.",
            "Please make sure you have the correct access rights",
            "and the repository exists.",
            "Aborting");

    private final ExternalProgram externalProgram;
    private final ExternalProgram quick;
    private final DeployKeys deployKeys;

    /** @param environment of the gateway */
    Git(Map<String, String> environment, DeployKeys deployKeys) {
        this.externalProgram = ExternalProgram.ordinary(environment, PASSED_ON::contains);
        this.quick = externalProgram.quick();
        this.deployKeys = deployKeys;
    }

    /** What it answered. */
    record Output(int code, String out, String err) {
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
        String errorMessage() {
            var lines = err.lines()
                    .map(String::strip)
                    .filter(l -> !l.isEmpty() && !EMPTY_WORDS.contains(l) && !l.startsWith("hint:"))
                    .map(l -> l.replaceFirst("^(fatal|error): ", ""))
                    .limit(2)
                    .collect(Collectors.joining("; "));
            return ExternalProgram.line(lines.isEmpty() ? "git ended with " + code : lines);
        }
    }

    /** Asks for something that it knows without anybody else. */
    Output ask(Path folder, String... words) throws ContentException {
        return run(quick, folder, QUICK, Map.of(), List.of(words));
    }

    /** The same of a repository whose files are elsewhere, or nowhere yet. */
    Output askBare(Path gitDir, String... words) throws ContentException {
        return run(quick, gitDir, QUICK, Map.of(), bare(gitDir, words));
    }

    static List<String> bare(Path gitDir, String... words) {
        var all = new ArrayList<>(List.of("--git-dir=" + gitDir, "--work-tree=" + gitDir));
        all.addAll(List.of(words));
        return all;
    }

    /** Does what may need other machines, with the keys that are kept for that. */
    Output reach(Path folder, Duration timeout, List<String> words) throws ContentException {
        return reach(folder, timeout, Map.of(), words);
    }

    /** The same for an address that stands in what was fetched: nothing that would start a program here, or read our disk. */
    Output reachFetched(Path folder, Duration timeout, List<String> words) throws ContentException {
        return reach(folder, timeout, Map.of("GIT_PROTOCOL_FROM_USER", "0"), words);
    }

    private Output reach(Path folder, Duration timeout, Map<String, String> more, List<String> words)
            throws ContentException {
        try (var opened = deployKeys.open()) {
            var configured = ask(folder, "config", "core.sshCommand").line();
            var environment = new HashMap<>(new Ssh(externalProgram, configured).environment(opened.files()));
            environment.putAll(more);
            return run(externalProgram, folder, timeout, environment, words);
        } catch (IOException e) {
            throw new ContentException("the keys for git cannot be written: " + e.getMessage());
        }
    }

    private static Output run(
            ExternalProgram program, Path folder, Duration timeout, Map<String, String> more, List<String> words)
            throws ContentException {
        if (!Files.isDirectory(folder)) {
            throw new ContentException(folder + " is not there");
        }
        var command = new ArrayList<>(List.of("git", "-C", folder.toString(), "-c", "core.quotePath=false"));
        command.addAll(words);
        var environment = new HashMap<>(more);
        environment.put("GIT_TERMINAL_PROMPT", "0");
        // Empty stands for no program at all; left out, git would look for the one of its configuration.
        environment.put("GIT_ASKPASS", "");
        environment.put("SSH_ASKPASS_REQUIRE", "never");
        environment.put("GCM_INTERACTIVE", "never");
        environment.put("GIT_EDITOR", "true");
        try {
            var ended = program.run(command, folder, environment, ExternalProgram.Limit.of(timeout));
            if (ended.code() == ExternalProgram.MISSING) {
                throw new ContentException("git is not installed (apt-get install git)");
            }
            return new Output(ended.code(), ended.out(), ended.err());
        } catch (IOException e) {
            throw new ContentException("Git could not be run: " + e.getMessage());
        }
    }
}
