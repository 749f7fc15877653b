package dev.playcall.content;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How git is to call ssh: it asks nobody, whichever ssh its user has configured, and tries the keys that are kept before those
 * of its user. Whether a host key is believed is left to known_hosts; where ssh would ask, it refuses.
 *
 * @param configured as {@code core.sshCommand} says it, or empty
 */
public record Ssh(ExternalProgram program, String configured) {
    private static final String COMMAND = "GIT_SSH_COMMAND";
    private static final String PLAIN = "GIT_SSH";

    /** What git has to find in its environment. */
    public Map<String, String> environment(List<Path> keys) {
        var environment = new HashMap<String, String>();
        var other = program.own(PLAIN).filter(p -> !p.endsWith("/ssh") && !p.equals("ssh"));
        if (program.own(COMMAND).isEmpty() && other.isPresent()) {
            // Some other program, which takes other options.
            return environment;
        }
        var ssh = program.own(COMMAND)
                .or(() -> program.own(PLAIN).map(Ssh::quoted))
                .orElse(configured.isEmpty() ? "ssh" : configured);
        var command = new StringBuilder(ssh).append(" -o BatchMode=yes -o ConnectTimeout=15");
        keys.forEach(k -> command.append(" -i ").append(quoted(k.toString())));
        if (!keys.isEmpty()) {
            // An agent with many keys would use up the attempts a server allows.
            command.append(" -o IdentitiesOnly=yes");
        }
        environment.put(COMMAND, command.toString());
        return environment;
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
