package dev.playcall.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What there is for other programs, on standard output. */
@Command(
        name = "export",
        header = "export the run history",
        footer = {"", "Example:", "  export runs --format csv --since 30d"})
final class ExportCommand implements Runnable {
    @ParentCommand
    @Nullable
    PlaycallCommand root;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public void run() {
        var command = Objects.requireNonNull(spec).commandLine();
        command.usage(command.getOut());
    }

    @Command(name = "runs", description = "export all matching runs, newest first, to standard output")
    int runs(
            @Option(
                            names = "--format",
                            defaultValue = "csv",
                            description = "csv, or json: one array, a run on each line")
                    String format,
            @Mixin RunsCommand.Filters filters)
            throws IOException {
        var query = filters.given();
        query.put("format", format);
        var path = "/api/v1/runs/export?"
                + query.entrySet().stream()
                        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        try (var gatewayClient = Objects.requireNonNull(root).gatewayOrFiles()) {
            gatewayClient.gateway().copy(path, System.out);
        }
        return Main.OK;
    }
}
