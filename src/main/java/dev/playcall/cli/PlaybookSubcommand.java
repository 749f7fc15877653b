package dev.playcall.cli;

import dev.playcall.boot.GatewayMode;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.cli.client.HttpGateway;
import dev.playcall.cli.client.OutputOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Playbooks as files: read, written after Ansible has looked at them, and had back. */
@Command(name = "playbook", description = "show, create, write, delete and restore playbooks")
final class PlaybookSubcommand {
    private static final String PATH = "/api/v1/playbooks";

    @ParentCommand
    @Nullable
    PlaycallCommand root;

    @Command(name = "list", description = "list playbooks and their variables")
    int list(@Mixin OutputOptions format) {
        return Objects.requireNonNull(root).runChatCommand(List.of("playbooks"), GatewayMode.READING, format.record());
    }

    @Command(name = "show", description = "print a playbook or its description")
    int show(
            @Parameters(arity = "1", paramLabel = "NAME") String name,
            @Option(names = "--meta", description = "its .meta.yml") boolean meta,
            @Option(names = "--etag", description = "print only the tag for write --if-match") boolean tag,
            @Mixin OutputOptions format) {
        return call(gateway -> {
            if (format.record().isPresent()) {
                return gateway.document(path(name), format.record().get());
            }
            var found = gateway.ask("GET", path(name), Map.of());
            return found.path(tag ? "etag" : meta ? "meta" : "playbook")
                    .asText("")
                    .stripTrailing();
        });
    }

    @Command(name = "create", description = "create a playbook from a file or from standard input")
    int create(
            @Parameters(arity = "1", paramLabel = "NAME") String name,
            @Option(names = "--file", paramLabel = "FILE", description = "default: standard input") @Nullable Path file,
            @Option(names = "--meta", paramLabel = "FILE", description = "its description") @Nullable Path meta)
            throws IOException {
        var body = body(file, meta);
        body.put("name", name);
        return call(gateway -> gateway.ask("POST", PATH, body).path("message").asText());
    }

    @Command(name = "write", description = "replace a playbook; the previous version is kept")
    int write(
            @Parameters(arity = "1", paramLabel = "NAME") String name,
            @Option(names = "--file", paramLabel = "FILE", description = "default: standard input") @Nullable Path file,
            @Option(names = "--meta", paramLabel = "FILE", description = "its description; an empty file removes it")
                    @Nullable
                    Path meta,
            @Option(
                            names = "--if-match",
                            paramLabel = "TAG",
                            description = "refuse if it was changed since (show --etag)")
                    @Nullable
                    String seen)
            throws IOException {
        var body = body(file, meta);
        return call(gateway -> gateway.ask("PUT", path(name), body, Map.of("If-Match", seen(gateway, name, seen)))
                .path("message")
                .asText());
    }

    @Command(name = "delete", description = "delete a playbook; it can be restored")
    int delete(
            @Parameters(arity = "1", paramLabel = "NAME") String name,
            @Option(names = "--if-match", paramLabel = "TAG") @Nullable String seen) {
        return call(gateway -> gateway.ask(
                        "DELETE", path(name), Map.of(), Map.of("If-Match", seen(gateway, name, seen)))
                .path("message")
                .asText());
    }

    @Command(name = "versions", description = "list earlier versions of a playbook")
    int versions(@Parameters(arity = "1", paramLabel = "NAME") String name) {
        return call(gateway -> {
            var lines = new StringBuilder();
            gateway.ask("GET", path(name) + "/versions", Map.of())
                    .path("versions")
                    .forEach(v -> lines.append("%s  until %s%n"
                            .formatted(v.path("id").asText(), v.path("until").asText())));
            return lines.isEmpty() ? "no earlier versions" : lines.toString().strip();
        });
    }

    @Command(name = "restore", description = "restore the newest earlier version, or the named one")
    int restore(
            @Parameters(arity = "1", paramLabel = "NAME") String name,
            @Parameters(arity = "0..1", paramLabel = "VERSION") @Nullable String version) {
        var body = Map.of("version", Optional.ofNullable(version).orElse(""));
        return call(gateway -> gateway.ask("POST", path(name) + "/restore", body)
                .path("message")
                .asText());
    }

    private static String seen(HttpGateway gateway, String name, @Nullable String given) {
        return Optional.ofNullable(given)
                .orElseGet(() ->
                        gateway.ask("GET", path(name), Map.of()).path("etag").asText());
    }

    private static String path(String name) {
        if (!dev.playcall.domain.name.PlaybookName.isValid(name)) {
            throw new RefusedException("a playbook name has letters, digits and . _ -");
        }
        return PATH + "/" + name;
    }

    private Map<String, String> body(@Nullable Path file, @Nullable Path meta) throws IOException {
        var body = new HashMap<String, String>();
        body.put(
                "playbook",
                file == null
                        ? new String(
                                Objects.requireNonNull(root)
                                        .invocation()
                                        .input()
                                        .readAllBytes(),
                                StandardCharsets.UTF_8)
                        : read(file));
        if (meta != null) {
            body.put("meta", read(meta));
        }
        return body;
    }

    private static String read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new RefusedException(file + " cannot be read");
        }
        return Files.readString(file);
    }

    private interface Talk {
        String with(HttpGateway gateway);
    }

    private int call(Talk handler) {
        var command = Objects.requireNonNull(root);
        try (var gatewayClient = command.gatewayOrFiles()) {
            command.out().println(handler.with(gatewayClient.gateway()));
            command.out().flush();
            return Main.OK;
        }
    }
}
