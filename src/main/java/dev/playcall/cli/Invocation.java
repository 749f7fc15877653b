package dev.playcall.cli;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command is given besides its words.
 *
 * @param home the folder that holds config/, playbooks/ and inventory/
 * @param environment the environment variables that configure it
 * @param input its standard input
 */
record Invocation(Path home, Map<String, String> environment, InputStream input) {
    Invocation {
        home = home.toAbsolutePath().normalize();
        environment = Map.copyOf(environment);
    }

    /** As this process was started: the home is where the launcher is, else the working directory. */
    static Invocation ofThisProcess() {
        return new Invocation(Path.of(System.getProperty("playcall.home", "")), System.getenv(), System.in);
    }
}
