package dev.playcall.library;

import dev.playcall.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The program {@code ansible-galaxy}, in an environment without our tokens, and asked so that it never asks back. */
final class GalaxyProgram {
    private final Program program;
    private final Keys keys;

    /**
     * @param environment of the gateway; what begins with {@code ANSIBLE_GALAXY_} (servers, tokens) is passed on
     * @param keys for roles and collections that lie in git
     */
    GalaxyProgram(Map<String, String> environment, Keys keys) {
        this.program = new Program(environment, name -> name.startsWith("ANSIBLE_GALAXY_"));
        this.keys = keys;
    }

    boolean isThere() {
        return path().isPresent();
    }

    private Optional<Path> path() {
        var path = program.own("PATH").orElse("/usr/local/bin:/usr/bin:/bin");
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
                path().map(Path::toString)
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
        try (var opened = keys.open()) {
            var environment = environment(into, project);
            environment.putAll(new Ssh(program, "").environment(opened.files()));
            var limit = new Program.Limit(settings.timeout(), stop);
            var ended = program.run(command, part.base(), environment, limit);
            if (ended.code() != 0) {
                throw new RefusedException(complaint(ended.err() + "\n" + ended.out()));
            }
        } catch (RefusedException e) {
            throw new RefusedException(part.shown() + " cannot be installed: " + e.why()
                    + (e.why().contains("did not end within") ? " (galaxy.timeout)" : ""));
        } catch (IOException e) {
            throw new RefusedException(part.shown() + " cannot be installed: " + e.getMessage());
        }
    }

    private Map<String, String> environment(Path into, Path project) throws IOException {
        var environment = new HashMap<String, String>();
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
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_ASKPASS", "");
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
        return Program.line((found.isEmpty() ? "ansible-galaxy ended with an error" : found.toString())
                .replaceFirst("Unexpected Exception, this is probably a bug: ", ""));
    }
}
