package dev.playcall.runner.retention;

import java.nio.file.Path;
import java.util.List;

/**
 * Settings of the runner of this gateway.
 *
 * @param node name of this gateway, which its runs record
 * @param runs folder of the run directories
 * @param logs folder of the logs
 * @param maxRunning runs at the same time
 * @param supervisor program and arguments that start a supervisor
 */
public record RunnerSettings(String node, Path runs, Path logs, int maxRunning, List<String> supervisor) {
    public RunnerSettings {
        supervisor = List.copyOf(supervisor);
    }
}
