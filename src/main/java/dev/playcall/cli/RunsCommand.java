package dev.playcall.cli;

import dev.playcall.boot.GatewayMode;
import dev.playcall.cli.client.OutputOptions;
import dev.playcall.cli.client.Terminal;
import dev.playcall.cli.client.Watch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code runs production failed --host web-1 --since 7d --text "connection refused"}. */
@Command(
        name = "runs",
        header = "list runs, newest first",
        footer = {
            "",
            "Examples:",
            "  runs production failed --host web-1 --since 7d",
            "  runs production by=alice text=refused"
        })
final class RunsCommand implements Callable<Integer> {
    @ParentCommand
    @Nullable
    PlaycallCommand root;

    @Parameters(
            arity = "0..*",
            paramLabel = "WORDS",
            description = "environment, status, or filters as in chat: by=alice")
    @Nullable
    List<String> words;

    @Mixin
    Filters filters = new Filters();

    @Option(names = "--before", paramLabel = "RUN", description = "before this run: the next page")
    @Nullable
    String before;

    @Option(names = "--watch", description = "show the list again whenever it changes, until Ctrl+C")
    boolean watch;

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        var playcall = Objects.requireNonNull(root);
        var all = words();
        if (!watch) {
            return playcall.runChatCommand(all, GatewayMode.READING, output.record());
        }
        var terminal = Terminal.current();
        try (var client = playcall.gateway(GatewayMode.READING)) {
            var gateway = client.gateway();
            new Watch(playcall.out(), terminal)
                    .show(
                            () -> output.record()
                                    .map(format -> gateway.record(all, format))
                                    .orElseGet(() -> gateway.words(all, terminal)),
                            () -> false);
        }
        return Main.OK;
    }

    private List<String> words() {
        var all = new ArrayList<>(List.of("runs"));
        all.addAll(Objects.requireNonNullElse(words, List.<String>of()));
        filters.given().forEach((name, value) -> all.add(name + "=" + value));
        if (before != null) {
            all.add("before=" + before);
        }
        return all;
    }

    /** Which runs; the same for the list and for the export. */
    static final class Filters {
        @Option(names = "--status", paramLabel = "STATE,…", description = "failed, succeeded, running, …")
        @Nullable
        String status;

        @Option(names = "--operation")
        @Nullable
        String operation;

        @Option(names = "--playbook")
        @Nullable
        String playbook;

        @Option(names = {"--env", "--environment"})
        @Nullable
        String environment;

        @Option(names = "--host", description = "runs on this host")
        @Nullable
        String host;

        @Option(
                names = {"--person", "--by"},
                description = "requested by: slack:U0123, or a name")
        @Nullable
        String person;

        @Option(
                names = {"--from", "--since"},
                paramLabel = "TIME",
                description = "2h, 7d, 2026-01-31, 2026-01-31T09:30 (UTC)")
        @Nullable
        String from;

        @Option(
                names = {"--to", "--until"},
                paramLabel = "TIME",
                description = "same formats as --since")
        @Nullable
        String to;

        @Option(
                names = {"--text", "-q"},
                paramLabel = "WORDS",
                description = "full-text search in names, errors and log lines")
        @Nullable
        String text;

        /** By the names the API has for them. */
        Map<String, String> given() {
            Map<String, String> given = new LinkedHashMap<>();
            put(given, "status", status);
            put(given, "operation", operation);
            put(given, "playbook", playbook);
            put(given, "environment", environment);
            put(given, "host", host);
            put(given, "requested_by", person);
            put(given, "from", from);
            put(given, "to", to);
            put(given, "q", text);
            return given;
        }

        private static void put(Map<String, String> given, String name, @Nullable String value) {
            if (value != null) {
                given.put(name, value);
            }
        }
    }
}
