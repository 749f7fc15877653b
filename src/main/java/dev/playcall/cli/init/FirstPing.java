package dev.playcall.cli.init;

import dev.playcall.catalog.inventory.Environment;
import dev.playcall.content.ContentException;
import dev.playcall.content.ExternalProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks each host of an environment for an answer, with Ansible's {@code ping} and the repository's own settings. */
final class FirstPing {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Set<String> PASSED_ON = Set.of("TZ", "LANG");

    private final Path repository;
    private final ExternalProgram program;

    FirstPing(Path repository, Map<String, String> environment) {
        this.repository = repository;
        this.program = new ExternalProgram(environment, PASSED_ON::contains);
    }

    /** One line: how many answered. */
    String of(Environment environment) {
        var argv = new ArrayList<>(List.of("ansible", "all", "--module-name=ping", "--one-line", "--timeout=5"));
        environment.inventories().forEach(i -> argv.add("--inventory=" + i));
        try {
            // Nothing of an inventory is executed, here as in a run, and nothing is written into the repository.
            var ended = program.run(
                    argv,
                    repository,
                    Map.of(
                            "ANSIBLE_INVENTORY_ENABLED", "yaml,ini",
                            "ANSIBLE_NOCOLOR", "1",
                            "ANSIBLE_LOG_PATH", "/dev/null",
                            "PYTHONDONTWRITEBYTECODE", "1"),
                    ExternalProgram.Limit.of(TIMEOUT));
            long answered =
                    ended.out().lines().filter(l -> l.contains("| SUCCESS")).count();
            return "ping " + environment.name() + ": " + answered + " of "
                    + environment.hosts().size() + " hosts answered";
        } catch (IOException | ContentException e) {
            return "ping " + environment.name() + ": " + e.getMessage();
        }
    }
}
