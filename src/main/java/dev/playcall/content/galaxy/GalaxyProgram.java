package dev.playcall.content.galaxy;

import dev.playcall.config.Config;
import dev.playcall.content.ContentException;
import dev.playcall.content.DeployKeys;
import dev.playcall.content.ExternalProgram;
import dev.playcall.content.Ssh;
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
    private final ExternalProgram externalProgram;
    private final DeployKeys deployKeys;

    /**
     * @param environment of the gateway; what begins with {@code ANSIBLE_GALAXY_} (servers, tokens) is passed on
     * @param deployKeys for roles and collections that lie in git
     */
    GalaxyProgram(Map<String, String> environment, DeployKeys deployKeys) {
        this.externalProgram = new ExternalProgram(environment, name -> name.startsWith("ANSIBLE_GALAXY_"));
        this.deployKeys = deployKeys;
    }

    boolean isThere() {
        return path().isPresent();
    }

    private Optional<Path> path() {
        var path = externalProgram.own("PATH").orElse("/usr/local/bin:/usr/bin:/bin");
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
            throws ContentException {
        var command = new ArrayList<>(List.of(
                path().map(Path::toString)
                        .orElseThrow(() -> new ContentException(part.shown() + " cannot be installed: ansible-galaxy is"
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
        try (var opened = deployKeys.open()) {
            var environment = environment(into, project);
            environment.putAll(new Ssh(externalProgram, "").environment(opened.files()));
            var limit = new ExternalProgram.Limit(settings.timeout(), stop);
            var ended = externalProgram.run(command, part.base(), environment, limit);
            if (ended.code() != 0) {
                throw new ContentException(errorMessage(ended.err() + "\n" + ended.out()));
            }
        } catch (ContentException e) {
            throw new ContentException(part.shown() + " cannot be installed: " + e.why()
                    + (e.why().contains("did not end within") ? " (galaxy.timeout)" : ""));
        } catch (IOException e) {
            throw new ContentException(part.shown() + " cannot be installed: " + e.getMessage());
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
    private static String errorMessage(String output) {
        var lines = output.lines().map(String::strip).toList();
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
        return ExternalProgram.line((found.isEmpty() ? "ansible-galaxy ended with an error" : found.toString())
                .replaceFirst("Unexpected Exception, this is probably a bug: ", ""));
    }
}
