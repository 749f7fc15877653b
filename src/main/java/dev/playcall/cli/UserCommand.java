package dev.playcall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.cli.client.OutputOptions;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Accounts of the page. A password is asked for or read from standard input; as an argument others could see it. */
@Command(
        name = "user",
        description = "manage web user accounts",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class UserCommand implements Runnable {
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
            name = "add",
            header = "create an account",
            description = "The password is prompted for, or read from the first line of standard input.")
    int add(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--admin", description = "full access") boolean admin)
            throws IOException {
        return ask(
                "POST",
                "/api/v1/users",
                Map.of("name", name, "password", password(), "admin", admin),
                name + " can log in" + (admin ? " and do everything" : ""));
    }

    @Command(name = "password", description = "set a new password and log the account out everywhere")
    int password(@Parameters(paramLabel = "NAME") String name) throws IOException {
        return ask(
                "PUT",
                "/api/v1/users/" + path(name) + "/password",
                Map.of("password", password()),
                name + " has a new password");
    }

    @Command(
            name = "remove",
            description = "remove an account and its tokens, pause its schedules and log it out everywhere")
    int remove(@Parameters(paramLabel = "NAME") String name) {
        return ask("DELETE", "/api/v1/users/" + path(name), Map.of(), name + " is removed");
    }

    @Command(name = "list", description = "list accounts")
    int list(@Mixin OutputOptions format) {
        try (var gatewayClient = root().gatewayOrFiles()) {
            if (format.record().isPresent()) {
                return root().print(gatewayClient, "/api/v1/users", format);
            }
            var users = gatewayClient.list("/api/v1/users");
            if (users.isEmpty()) {
                root().out().println("no accounts yet: user add <name> --admin");
            }
            for (var user : users) {
                int sessions = user.path("sessions").asInt();
                root().out()
                        .printf(
                                "%-24s %-6s %s%n",
                                user.path("name").asText(),
                                user.path("admin").asBoolean() ? "admin" : "",
                                sessions == 0 ? "" : "logged in" + (sessions == 1 ? "" : " " + sessions + " times"));
            }
            return Main.OK;
        }
    }

    private int ask(String method, String path, Map<String, ?> body, String done) {
        try (var gatewayClient = root().gatewayOrFiles()) {
            var answer = gatewayClient.gateway().ask(method, path, body);
            root().out().println(describe(done, answer));
            return Main.OK;
        }
    }

    /** With what the answer says besides. */
    static String describe(String done, JsonNode answer) {
        var more = answer.path("message").asText();
        return more.isEmpty() ? done : done + ". " + more;
    }

    /** One segment of an address; what is not in a name does not come there. */
    static String path(String name) {
        if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new RefusedException("\"" + name + "\" is not a name");
        }
        return name;
    }

    private String password() throws IOException {
        var terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (terminal.isPresent()) {
            return password(terminal.get());
        }
        var line = new BufferedReader(new InputStreamReader(
                        Objects.requireNonNull(root).invocation().input(), StandardCharsets.UTF_8))
                .readLine();
        if (line == null) {
            throw new RefusedException("the password must be on standard input");
        }
        return line;
    }

    private static String password(Console terminal) {
        var first = new String(Objects.requireNonNullElse(terminal.readPassword("Password: "), new char[0]));
        var again = new String(Objects.requireNonNullElse(terminal.readPassword("Repeat: "), new char[0]));
        if (!first.equals(again)) {
            throw new RefusedException("the passwords do not match");
        }
        return first;
    }
}
