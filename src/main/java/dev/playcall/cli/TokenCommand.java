package dev.playcall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.cli.client.OutputOptions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Tokens with which programs use the API. */
@Command(
        name = "token",
        description = "manage API tokens",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class TokenCommand implements Runnable {
    @ParentCommand
    @Nullable
    PlaycallCommand root;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public void run() {
        Optional.ofNullable(spec).ifPresent(s -> s.commandLine().usage(root().out()));
    }

    private PlaycallCommand root() {
        return Objects.requireNonNull(root);
    }

    @Command(
            name = "create",
            header = "create a token and print it once",
            footer = {"", "Example:", "  token create ci --scope view,start --days 30"})
    int create(
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--scope",
                            required = true,
                            split = ",",
                            paramLabel = "PERMISSION",
                            description = "permissions of the token, comma-separated: view, start, cancel, …")
                    List<String> scopes,
            @Option(names = "--days", defaultValue = "90", description = "days until it expires (default 90)")
                    int days) {
        var request = Map.of("name", name, "scopes", scopes, "days", days);
        try (var gatewayClient = root().gatewayOrFiles()) {
            var made = gatewayClient.gateway().ask("POST", "/api/v1/tokens", request);
            root().out().println(made.path("token").asText());
            return Main.OK;
        }
    }

    @Command(name = "list", description = "list tokens without their secrets")
    int list(@Mixin OutputOptions format) {
        try (var gatewayClient = root().gatewayOrFiles()) {
            if (format.record().isPresent()) {
                return root().print(gatewayClient, "/api/v1/tokens", format);
            }
            var tokens = gatewayClient.list("/api/v1/tokens");
            if (tokens.isEmpty()) {
                root().out().println("no tokens yet: token create ci --scope view,start");
            }
            for (var token : tokens) {
                root().out()
                        .printf(
                                "%-20s %-20s until %s  %s%n",
                                token.path("name").asText(),
                                token.path("owner_name").asText(),
                                token.path("expires_at").asText().substring(0, 10),
                                words(token.path("scopes")));
            }
            return Main.OK;
        }
    }

    private static String words(JsonNode texts) {
        return StreamSupport.stream(texts.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(","));
    }

    @Command(name = "revoke", description = "revoke a token and pause its schedules")
    int revoke(@Parameters(paramLabel = "NAME") String name) {
        try (var gatewayClient = root().gatewayOrFiles()) {
            var answer = gatewayClient.gateway().ask("DELETE", "/api/v1/tokens/" + UserCommand.path(name), Map.of());
            root().out().println(UserCommand.describe("token " + name + " is revoked", answer));
            return Main.OK;
        }
    }
}
