package dev.playcall.cli.client;

import dev.playcall.boot.GatewayFile;
import dev.playcall.boot.GatewayMode;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.cli.client.GatewayClient.UnreachableException;
import dev.playcall.config.Config;
import dev.playcall.security.identity.Credential;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Which gateway a command talks to: the one of this data folder, or one elsewhere. */
public final class GatewayOptions {
    @Option(
            names = "--server",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "a gateway elsewhere (or PLAYCALL_URL), with the API token in PLAYCALL_TOKEN")
    @Nullable
    String server;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "the file with that API token")
    @Nullable
    Path tokenFile;

    @Option(
            names = "--embedded",
            scope = ScopeType.INHERIT,
            description = "when no gateway is running: start one for this command only")
    boolean embedded;

    /** The address that was given as an option. */
    public Optional<String> given() {
        return Optional.ofNullable(server);
    }

    /**
     * Opens the gateway.
     *
     * @param config asked for only when the gateway is on this machine
     * @param alone whether the command does without one that is running, as if {@code --embedded} had been given
     * @throws UnreachableException when none is running and the command has not been told to be one
     */
    public GatewayClient open(
            Supplier<Config> config, GatewayMode mode, Map<String, String> environment, boolean alone) {
        var elsewhere = given().or(() -> variable(environment, "PLAYCALL_URL"));
        if (elsewhere.isPresent()) {
            return GatewayClient.at(new GatewayFile.Found(address(elsewhere.get()), token(environment)));
        }
        var read = config.get();
        return GatewayClient.running(read)
                .or(() -> embedded || alone ? Optional.of(GatewayClient.open(read, mode)) : Optional.empty())
                .orElseThrow(() -> new UnreachableException("no gateway is running on "
                        + read.paths().data() + ": start one with ./playcall serve, or add --embedded to"
                        + " start one for this command only"));
    }

    private static URI address(String text) {
        return GatewayFile.address(text)
                .orElseThrow(
                        () -> new RefusedException("\"" + text + "\" is not the address of a gateway; it looks like"
                                + " https://playcall.example.com or http://127.0.0.1:8080"));
    }

    /** A gateway without accounts asks for none, so an empty one is sent when there is none. */
    private Credential token(Map<String, String> environment) {
        var file = tokenFile;
        if (file != null) {
            return new Credential(read(file));
        }
        return new Credential(variable(environment, "PLAYCALL_TOKEN")
                .or(() -> variable(environment, "PLAYCALL_TOKEN_FILE").map(f -> read(Path.of(f))))
                .or(() -> HiddenInput.ask("API token (empty for none): "))
                .orElse(""));
    }

    private static String read(Path file) {
        try {
            var token = Files.readString(file).strip();
            if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw new RefusedException("the token file " + file + " must contain one line with the token alone");
            }
            return token;
        } catch (IOException e) {
            throw new RefusedException("the token file " + file + " cannot be read");
        }
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
    }
}
