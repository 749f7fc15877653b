package dev.playcall.cli;

import dev.playcall.boot.GatewayMode;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.cli.client.HttpGateway;
import dev.playcall.cli.client.OutputOptions;
import dev.playcall.security.secret.SecretRef;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code ./playcall secret …}: a value is read without showing it or from standard input, never from an argument. */
@Command(name = "secret", description = "manage secrets for playbooks")
final class SecretSubcommand {
    private static final String PATH = "/api/v1/secrets";

    @ParentCommand
    @Nullable
    PlaycallCommand root;

    @Command(
            name = "set",
            header = "set a secret",
            description = "The value is typed without echo, or read from standard input.",
            footer = {"", "Example:", "  secret set db_password --env production < file"})
    int set(
            @Parameters(arity = "1", paramLabel = "NAME") String name,
            @Option(names = "--env", paramLabel = "ENV", description = "its environment (default: all environments)")
                    @Nullable
                    String environment,
            @Option(
                            names = "--kind",
                            defaultValue = "text",
                            description =
                                    "text (default), ssh_key, git_key, vault_password, become_password or ssh_password")
                    String kind)
            throws IOException {
        var path = path(environment, name);
        var body = Map.of("value", value(name), "kind", kind);
        return call(gateway -> gateway.ask("PUT", path, body).path("message").asText());
    }

    @Command(name = "list", description = "list the names of secrets")
    int list(@Mixin OutputOptions format) {
        return call(gateway -> {
            if (format.record().isPresent()) {
                return gateway.document(PATH, format.record().get());
            }
            var lines = new StringBuilder();
            gateway.ask("GET", PATH, Map.of())
                    .path("secrets")
                    .forEach(s -> lines.append("%-40s %-15s %s  %s%n"
                            .formatted(
                                    s.path("scope").asText() + "/"
                                            + s.path("name").asText(),
                                    s.path("kind").asText(),
                                    s.path("set_at").asText(),
                                    s.path("set_by_name").asText())));
            return lines.isEmpty() ? "no secrets yet" : lines.toString().strip();
        });
    }

    @Command(name = "remove", description = "remove a secret")
    int remove(
            @Parameters(arity = "1", paramLabel = "NAME") String name,
            @Option(names = "--env", paramLabel = "ENV") @Nullable String environment) {
        var path = path(environment, name);
        return call(
                gateway -> gateway.ask("DELETE", path, Map.of()).path("message").asText());
    }

    @Command(
            name = "rotate-key",
            description = "give the hosts of an ssh key a new one and follow the run; a host that fails undoes it")
    int rotateKey(
            @Parameters(arity = "1", paramLabel = "NAME") String name,
            @Option(names = "--env", paramLabel = "ENV") @Nullable String environment,
            @Option(names = "--limit", paramLabel = "HOSTS", description = "only these hosts") @Nullable String limit) {
        var path = path(environment, name) + "/rotate-key";
        var body = Map.of("limit", Optional.ofNullable(limit).orElse(""));
        var command = Objects.requireNonNull(root);
        try (var gatewayClient = command.gateway(GatewayMode.WORKING)) {
            var gateway = gatewayClient.gateway();
            long run = gateway.ask("POST", path, body).path("run").asLong();
            return new FollowedCommand(command).follow(gateway, run, Optional.empty());
        }
    }

    @Command(name = "rotate", description = "rotate the encryption key and re-encrypt all secrets")
    int rotate() {
        return call(gateway ->
                gateway.ask("POST", PATH + "/rotate", Map.of()).path("message").asText());
    }

    private static String path(@Nullable String environment, String name) {
        var scope = Optional.ofNullable(environment).orElse(SecretRef.EVERYWHERE);
        return SecretRef.parse(scope + "/" + name)
                .map(ref -> PATH + "/" + ref)
                .orElseThrow(() -> new RefusedException("\"" + name
                        + "\" is not a name for a secret (letters, digits and _ . -, beginning with a letter)"));
    }

    private interface Talk {
        String with(HttpGateway gateway);
    }

    private int call(Talk handler) {
        var command = Objects.requireNonNull(root);
        try (var gatewayClient = command.gatewayOrFiles()) {
            var answer = handler.with(gatewayClient.gateway());
            PrintWriter out = command.out();
            out.println(answer);
            out.flush();
            return Main.OK;
        }
    }

    /** Of what comes through a pipe the last line break is not meant: echo adds it. */
    private String value(String name) throws IOException {
        var console = Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal);
        if (console.isEmpty()) {
            var text = new String(
                    Objects.requireNonNull(root).invocation().input().readAllBytes(), StandardCharsets.UTF_8);
            return text.endsWith("\n") ? text.substring(0, text.length() - 1).replaceAll("\r$", "") : text;
        }
        var typed = console.get().readPassword("Value of %s: ", name);
        if (typed != null) {
            return new String(typed);
        }
        throw new RefusedException("no value given; nothing was saved");
    }
}
