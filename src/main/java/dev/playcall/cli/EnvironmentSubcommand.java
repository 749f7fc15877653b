package dev.playcall.cli;

import dev.playcall.boot.GatewayMode;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.cli.client.HttpGateway;
import dev.playcall.cli.client.OutputOptions;
import dev.playcall.domain.name.EnvironmentName;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code ./playcall env …}: as in chat, and the policy as a file. */
@Command(
        name = "env",
        header = "list, create, rename, archive or restore environments; print or write the policy of one")
final class EnvironmentSubcommand implements Callable<Integer> {
    private static final String ENV = "ENV";

    @ParentCommand
    @Nullable
    PlaycallCommand root;

    @Mixin
    OutputOptions output = new OutputOptions();

    /** Without a subcommand they are listed, as in chat. */
    @Override
    public Integer call() {
        return list(output);
    }

    @Command(name = "list", description = "list environments")
    int list(@Mixin OutputOptions format) {
        return command().runChatCommand(List.of("env", "list"), GatewayMode.READING, format.record());
    }

    @Command(
            name = "create",
            description = "create an environment",
            footer = {"", "Example:", "  env create staging web-1=10.0.0.1 --copy-from production"})
    int create(
            @Parameters(index = "0", arity = "1", paramLabel = ENV) String name,
            @Parameters(index = "1..*", arity = "0..*", paramLabel = "HOST[=ADDRESS]", description = "its first hosts")
                    @Nullable
                    List<String> hosts,
            @Option(
                            names = "--copy-from",
                            paramLabel = ENV,
                            description = "begin with the hosts, variables and policy of this one")
                    @Nullable
                    String from) {
        var words = new ArrayList<>(List.of("create", name));
        words.addAll(Optional.ofNullable(hosts).orElse(List.of()));
        Optional.ofNullable(from).ifPresent(f -> words.addAll(List.of("--copy-from", f)));
        return chat(words.toArray(String[]::new));
    }

    @Command(
            name = "import",
            description = "register the hosts of a table, all of them or none",
            footer = {
                "",
                "CSV, whose first line names the columns: name, address, port, user, key, tags (separated by",
                "spaces); a column of another name is a variable. Or JSON, an array of objects.",
                "",
                "Example:",
                "  env import production servers.csv"
            })
    int importHosts(
            @Parameters(index = "0", arity = "1", paramLabel = ENV) String name,
            @Parameters(index = "1", arity = "1", paramLabel = "FILE", description = "- reads standard input")
                    Path file,
            @Mixin OutputOptions format)
            throws IOException {
        var text = read(file);
        var type = text.stripLeading().startsWith("[") ? "application/json" : "text/csv";
        var path = "/api/v1/inventory/" + checked(name) + "/registered:bulk";
        return ask(gateway -> format.of(gateway.post(path, type, text)));
    }

    @Command(name = "rename", description = "rename an environment")
    int rename(
            @Parameters(index = "0", arity = "1", paramLabel = ENV) String name,
            @Parameters(index = "1", arity = "1", paramLabel = "NEW") String to) {
        return chat("rename", name, to);
    }

    @Command(name = "archive", description = "take an environment out of use; its files, secrets and runs are kept")
    int archive(
            @Parameters(index = "0", arity = "1", paramLabel = ENV) String name,
            @Parameters(index = "1", arity = "0..1", paramLabel = ENV, description = "the same name, to confirm")
                    @Nullable
                    String again) {
        return again == null ? chat("archive", name) : chat("archive", name, again);
    }

    @Command(name = "restore", description = "take an archived environment into use again")
    int restore(@Parameters(arity = "1", paramLabel = ENV) String name) {
        return chat("restore", name);
    }

    @Command(
            name = "policy",
            description = "print the policy of an environment (inventory/<env>/config.yml), or replace it",
            footer = {"", "Example:", "  env policy production --file config.yml"})
    int policy(
            @Parameters(arity = "1", paramLabel = ENV) String name,
            @Option(
                            names = "--file",
                            paramLabel = "FILE",
                            description = "its new text; - reads standard input, an empty file removes it")
                    @Nullable
                    Path file,
            @Option(names = "--etag", description = "print only the tag for --if-match") boolean tag,
            @Option(names = "--if-match", paramLabel = "TAG", description = "refuse if it was changed since (--etag)")
                    @Nullable
                    String seen)
            throws IOException {
        var path = path(name);
        if (file == null) {
            return ask(gateway -> {
                var found = gateway.ask("GET", path, Map.of());
                return found.path(tag ? "etag" : "policy").asText("").stripTrailing();
            });
        }
        var body = Map.of("policy", read(file));
        return ask(gateway -> {
            var match = Optional.ofNullable(seen)
                    .orElseGet(() ->
                            gateway.ask("GET", path, Map.of()).path("etag").asText());
            return gateway.ask("PUT", path, body, Map.of("If-Match", match))
                    .path("message")
                    .asText();
        });
    }

    private String read(Path file) throws IOException {
        if (file.toString().equals("-")) {
            return new String(command().invocation().input().readAllBytes(), StandardCharsets.UTF_8);
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new RefusedException(file + " cannot be read" + (Files.isDirectory(file) ? ": it is a folder" : ""));
        }
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new RefusedException(file + " is not a text in UTF-8");
        }
    }

    private static String path(String name) {
        return "/api/v1/environments/" + checked(name) + "/policy";
    }

    private static String checked(String name) {
        if (!EnvironmentName.isValid(name)) {
            throw new RefusedException("an environment name has letters, digits and . _ -");
        }
        return name;
    }

    private PlaycallCommand command() {
        return Objects.requireNonNull(root);
    }

    private int chat(String... words) {
        var all = new ArrayList<>(List.of("env"));
        all.addAll(List.of(words));
        return command().runChatCommand(all, GatewayMode.READING, Optional.empty());
    }

    private int ask(Function<HttpGateway, String> question) {
        try (var gatewayClient = command().gatewayOrFiles()) {
            command().out().println(question.apply(gatewayClient.gateway()));
            command().out().flush();
            return Main.OK;
        }
    }
}
