package dev.playcall.runner.directory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the supervisor is to execute: a list of arguments, never a shell line, and the whole environment.
 *
 * @param environmentFile more of the environment, as a JSON object: what nobody may read for longer than it takes to start
 * @param controlPath folder of this run's ssh sockets, short because a socket's path may have 104 bytes
 * @param sweep removed when the process is gone, however it went
 */
public record Launch(
        List<String> argv,
        Map<String, String> environment,
        Optional<Path> environmentFile,
        Path directory,
        Duration timeout,
        Duration grace,
        Path controlPath,
        List<Path> sweep) {
    public Launch {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        sweep = List.copyOf(sweep);
    }
}
