package dev.playcall.cli.reference;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Prints the JSON Schema of a file that people write, for editors that complete and check YAML
 * ({@code # yaml-language-server: $schema=…} in its first line).
 */
@Command(
        name = "schema",
        description = "print the JSON Schema of a configuration file",
        footer = {"", "Example:", "  schema playcall"})
public final class SchemaCommand implements Callable<Integer> {
    private enum Kind {
        playcall,
        meta,
        environment
    }

    @Parameters(
            paramLabel = "FILE",
            description = "playcall (config/playcall.yml), meta (playbooks/<name>.meta.yml) or environment"
                    + " (inventory/<env>/config.yml)")
    @Nullable
    private Kind kind;

    @Spec
    @Nullable
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var name = "/dev/playcall/config/schema/" + Objects.requireNonNull(kind).name() + ".schema.json";
        try (var in = Objects.requireNonNull(SchemaCommand.class.getResourceAsStream(name), name)) {
            var out = Objects.requireNonNull(spec).commandLine().getOut();
            out.print(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            out.flush();
        }
        return 0;
    }
}
