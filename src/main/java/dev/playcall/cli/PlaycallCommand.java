package dev.playcall.cli;

import dev.playcall.boot.GatewayMode;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.boot.settings.Settings;
import dev.playcall.chat.command.CommandEntry;
import dev.playcall.cli.client.GatewayClient;
import dev.playcall.cli.client.GatewayOptions;
import dev.playcall.cli.client.HiddenInput;
import dev.playcall.cli.client.OutputOptions;
import dev.playcall.cli.client.Terminal;
import dev.playcall.cli.init.RepositoryInit;
import dev.playcall.cli.move.StoreMigration;
import dev.playcall.cli.reference.CompletionCommand;
import dev.playcall.cli.reference.ManPageCommand;
import dev.playcall.cli.reference.SchemaCommand;
import dev.playcall.cli.words.Beginning;
import dev.playcall.cli.words.Operations;
import dev.playcall.config.Config;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.journal.node.Release;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code ./playcall <command>}: what every command has. */
@Command(
        name = "playcall",
        description = "ChatOps for Ansible: a command starts a run that survives restarts.",
        mixinStandardHelpOptions = true,
        version = "Playcall " + Release.VERSION,
        customSynopsis = "playcall COMMAND [OPTIONS]")
class PlaycallCommand implements Runnable {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "configuration file instead of config/playcall.yml (or PLAYCALL_CONFIG)")
    @Nullable
    Path config;

    @Mixin
    final GatewayOptions gatewayOptions = new GatewayOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    private final Invocation invocation;

    PlaycallCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    Invocation invocation() {
        return invocation;
    }

    /** @throws RefusedException when the command was told to talk to a gateway elsewhere, and is one of this machine */
    Config load() {
        return load(Map.of());
    }

    /** The gateway that this command talks to; to be closed. */
    GatewayClient gateway(GatewayMode mode) {
        return gatewayOptions.open(this::read, mode, invocation.environment(), false);
    }

    /** The same for accounts, files and exports, which are there before a gateway is: without one that takes no runs. */
    GatewayClient gatewayOrFiles() {
        return gatewayOptions.open(this::read, GatewayMode.READING, invocation.environment(), true);
    }

    /** The same for a command that is a gateway while it lasts, when no other is running. */
    GatewayClient gatewayOrOwn() {
        return gatewayOptions.open(this::read, GatewayMode.WORKING, invocation.environment(), true);
    }

    /** The configuration, read anew each time it is asked for. */
    Settings settings() {
        return new Settings(() -> ConfigFile.read(invocation.home(), chosen(), invocation.environment()));
    }

    Optional<Path> chosen() {
        return Optional.ofNullable(config)
                .or(() -> Optional.ofNullable(invocation.environment().get("PLAYCALL_CONFIG"))
                        .filter(f -> !f.isBlank())
                        .map(Path::of));
    }

    /** @param more settings that win over the environment, under the same names */
    Config load(Map<String, String> more) {
        gatewayOptions.given().ifPresent(_ -> {
            throw new RefusedException("this command works on the files of this machine; --server is not for it");
        });
        return read(more);
    }

    /** The commands that the playbooks of this machine make, or the one that a gateway elsewhere may have. */
    List<CommandEntry> operations(Beginning beginning) {
        if (beginning.elsewhere()) {
            return beginning.command().map(Operations::elsewhere).stream().toList();
        }
        config = beginning.config().orElse(null);
        return Operations.here(this::read);
    }

    /** How a playbook of this machine is run: the one of this name, or any. */
    Optional<String> playbook(String name) {
        return gatewayOptions.given().isPresent() ? Optional.empty() : Operations.playbook(this::read, name);
    }

    /** Why there may be no command of this name here; empty when nothing is known. */
    Optional<String> problem(String name) {
        return gatewayOptions.given().isPresent() ? Optional.empty() : Operations.problem(this::read, name);
    }

    private Config read() {
        return read(Map.of());
    }

    private Config read(Map<String, String> more) {
        var settings = new HashMap<>(invocation.environment());
        settings.putAll(more);
        return ConfigFile.load(invocation.home(), chosen(), settings);
    }

    @Override
    public void run() {
        Optional.ofNullable(spec).ifPresent(s -> s.commandLine().usage(out()));
    }

    PrintWriter out() {
        return Optional.ofNullable(spec).map(s -> s.commandLine().getOut()).orElseThrow();
    }

    PrintWriter err() {
        return Optional.ofNullable(spec).map(s -> s.commandLine().getErr()).orElseThrow();
    }

    /**
     * Has the gateway do these words of the chat and prints what it answers.
     *
     * @param record json or yaml, for the record of what is read in place of its text
     */
    int runChatCommand(List<String> words, GatewayMode gatewayMode, Optional<String> record) {
        try (var gatewayClient = gateway(gatewayMode)) {
            var gateway = gatewayClient.gateway();
            out().print(record.map(format -> gateway.record(words, format) + "\n")
                    .orElseGet(() -> gateway.words(words, Terminal.current())));
            out().flush();
            return Main.OK;
        }
    }

    /** Prints what is at this path, in the format that was asked for. */
    int print(GatewayClient client, String path, OutputOptions format) {
        out().println(client.gateway().document(path, format.record().orElseThrow()));
        return Main.OK;
    }

    static String line(String command, @Nullable List<String> words) {
        var text = new StringBuilder(command);
        for (var word : Optional.ofNullable(words).orElse(List.of())) {
            text.append(' ').append(quoted(word));
        }
        return text.toString();
    }

    /** The chat's grammar has quotes and no escapes; a word with both kinds of quotes is written in pieces. */
    private static String quoted(String word) {
        if (!word.isEmpty() && word.chars().noneMatch(c -> Character.isWhitespace(c) || c == '"' || c == '\'')) {
            return word;
        }
        return '"' + word.replace("\"", "\"'\"'\"") + '"';
    }

    /** The same with every command, which take longer to be made than most of them to be done. */
    @Command(
            subcommands = {
                ServeCommand.class,
                DemoCommand.class,
                ConsoleCommand.class,
                RunSubcommand.class,
                RunsCommand.class,
                ExportCommand.class,
                DoctorCommand.class,
                MeasureCommand.class,
                BackupCommand.class,
                RestoreCommand.class,
                AuditCommand.class,
                UserCommand.class,
                TokenCommand.class,
                ManifestCommand.class,
                SecretSubcommand.class,
                PlaybookSubcommand.class,
                EnvironmentSubcommand.class,
                RoutesCommand.class,
                CompletionCommand.class,
                SchemaCommand.class,
                ManPageCommand.class,
                HelpCommand.class
            })
    static final class Whole extends PlaycallCommand {
        Whole(Invocation invocation) {
            super(invocation);
        }

        /** The class of the command of this name; empty for those of the chat and of playbooks. */
        static Optional<Class<?>> command(String name) {
            return Stream.<Class<?>>of(Whole.class.getAnnotation(Command.class).subcommands())
                    .filter(c -> c.getAnnotation(Command.class).name().equals(name))
                    .findFirst();
        }

        /** Whether the command of this name is a method of this class. */
        static boolean hasMethod(String name) {
            return Stream.of(Whole.class.getDeclaredMethods())
                    .anyMatch(m ->
                            m.isAnnotationPresent(Command.class) && m.getName().equals(name));
        }

        @Command(name = "reload", description = "reload the configuration of the running gateway")
        int reload() {
            return runChatCommand(List.of("reload"), GatewayMode.WORKING, Optional.empty());
        }

        @Command(
                name = "migrate",
                header = "copy the database from SQLite to PostgreSQL while no gateway is running",
                description = "All of it or nothing; the file of SQLite stays as it is.",
                footer = {"", "Example:", "  migrate --to jdbc:postgresql://db.example.com/playcall --user playcall"})
        int migrate(
                @Option(
                                names = "--to",
                                required = true,
                                paramLabel = "URL",
                                description = "empty database: jdbc:postgresql://db.example.com/playcall")
                        String to,
                @Option(
                                names = "--user",
                                paramLabel = "NAME",
                                description = "user of PostgreSQL (or PGUSER); its password is read from PGPASSWORD")
                        @Nullable
                        String user) {
            new StoreMigration(load(), invocation().environment(), out()).to(to, Optional.ofNullable(user));
            return Main.OK;
        }

        @Command(
                name = "init",
                header = "write the configuration for an Ansible repository, whose files stay as they are",
                description =
                        "What is written is config/playcall.yml beside playcall, or the file named with --config.")
        int init(
                @Parameters(
                                paramLabel = "DIR",
                                arity = "0..1",
                                description = "its folder or git URL; omitted: the current folder")
                        @Nullable
                        String repository,
                @Option(names = "--yes", description = "ask nothing; tokens come from the environment") boolean yes,
                @Option(names = "--replace", description = "also replace what the configuration says otherwise")
                        boolean replace,
                @Option(names = "--no-ping", description = "do not connect to hosts") boolean noPing) {
            var invocation = invocation();
            var file = chosen().orElse(invocation.home().resolve("config/playcall.yml"))
                    .toAbsolutePath()
                    .normalize();
            var init = new RepositoryInit(invocation.home(), file, invocation.environment(), out());
            var found = init.repository(Optional.ofNullable(repository).orElse(""));
            var options = new RepositoryInit.Options(replace, yes ? _ -> Optional.empty() : HiddenInput::ask);
            var made = init.write(found, options);
            out().println();
            int doctor = Main.execute(invocation, out(), out(), "--config", file.toString(), "doctor");
            return init.end(made, !noPing) ? doctor : Main.FAILED;
        }
    }
}
