package dev.playcall.boot;

import dev.playcall.config.Config;
import dev.playcall.config.ConfigFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code ./playcall <command>}. */
@Command(
        name = "playcall",
        description = "ChatOps for Ansible: a command becomes a run that nothing can lose.",
        mixinStandardHelpOptions = true,
        version = "Playcall 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServeCommand.class,
            DemoCommand.class,
            ConsoleCommand.class,
            RunCommand.class,
            RunsCommand.class,
            ExportCommand.class,
            DoctorCommand.class,
            BenchCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            AuditCommand.class,
            UserCommand.class,
            TokenCommand.class,
            ManifestCommand.class,
            SecretCommand.class,
            PlaybookCommand.class,
            RoutesCommand.class
        })
final class PlaycallCommand implements Runnable {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "another file than config/playcall.yml (or PLAYCALL_CONFIG)")
    @Nullable
    Path config;

    @Spec
    @Nullable
    CommandSpec spec;

    /** The folder that holds config/, playbooks/ and inventory/: where the launcher is, else where we were started. */
    static Path home() {
        return Path.of(System.getProperty("playcall.home", "")).toAbsolutePath().normalize();
    }

    Config load() {
        return load(Map.of());
    }

    /** The configuration, read anew each time it is asked for. */
    Settings settings() {
        return new Settings(() -> ConfigFile.read(home(), chosen(), System.getenv()));
    }

    private Optional<Path> chosen() {
        return Optional.ofNullable(config)
                .or(() -> Optional.ofNullable(System.getenv("PLAYCALL_CONFIG"))
                        .filter(f -> !f.isBlank())
                        .map(Path::of));
    }

    /** @param more settings that win over the environment, under the same names */
    Config load(Map<String, String> more) {
        var settings = new HashMap<>(System.getenv());
        settings.putAll(more);
        return ConfigFile.load(home(), chosen(), settings);
    }

    @Override
    public void run() {
        Optional.ofNullable(spec).ifPresent(s -> s.commandLine().usage(out()));
    }

    PrintWriter out() {
        return Optional.ofNullable(spec).map(s -> s.commandLine().getOut()).orElseThrow();
    }

    /** The chat's questions and deeds about runs as commands, each a line of chat. */
    @Command(name = "show", description = "one run: show 412; or all of a batch: show batch 3")
    int show(@Parameters(arity = "1..2", paramLabel = "RUN, or batch and its number") List<String> words) {
        return say("show", words, Daemon.READING);
    }

    @Command(name = "logs", description = "the end of a run's log: logs 412 --host web-1 --tail 50")
    int logs(
            @Parameters(arity = "1", paramLabel = "RUN") List<String> words,
            @Option(names = "--host") @Nullable String host,
            @Option(names = "--tail") @Nullable String tail) {
        var all = new java.util.ArrayList<>(words);
        Optional.ofNullable(host).ifPresent(h -> all.addAll(List.of("--host", h)));
        Optional.ofNullable(tail).ifPresent(t -> all.addAll(List.of("--tail", t)));
        return say("logs", all, Daemon.READING);
    }

    @Command(name = "status", description = "what is where: reachable, provisioned, deployed")
    int status(@Parameters(arity = "0..1", paramLabel = "ENV") @Nullable List<String> words) {
        return say("status", words, Daemon.READING);
    }

    @Command(name = "queue", description = "what works and what waits")
    int queue() {
        return say("queue", List.of(), Daemon.READING);
    }

    @Command(
            name = "pause",
            description = "let nothing begin: pause queue|<env>|<playbook> <reason>; hold a run still: pause 412")
    int pause(@Parameters(arity = "0..*", paramLabel = "WORDS as in chat") @Nullable List<String> words) {
        return say("pause", words, Daemon.READING);
    }

    @Command(name = "resume", description = "let it go on again: resume queue|<env>|<playbook>|412")
    int resume(@Parameters(arity = "0..1", paramLabel = "WHAT") @Nullable List<String> words) {
        return say("resume", words, Daemon.READING);
    }

    @Command(name = "drain", description = "take no new runs: drain <reason>; what waits and works goes on")
    int drain(@Parameters(arity = "0..*", paramLabel = "REASON") @Nullable List<String> words) {
        return say("drain", words, Daemon.READING);
    }

    @Command(name = "playbooks", description = "playbooks and their variables")
    int playbooks() {
        return say("playbooks", List.of(), Daemon.READING);
    }

    @Command(name = "reload", description = "have the running gateway read its configuration anew")
    int reload() {
        var config = load();
        if (!GatewayFile.isTaken(config.paths().data())) {
            throw new UnreachableException("no gateway is running; the next start reads the configuration");
        }
        return say("reload", List.of(), Daemon.READING);
    }

    @Command(name = "compare", description = "what is different between two runs: compare 410 412")
    int compare(@Parameters(arity = "2", paramLabel = "RUN") List<String> words) {
        return say("compare", words, Daemon.READING);
    }

    @Command(name = "stats", description = "how it went: stats 30d production")
    int stats(@Parameters(arity = "0..2", paramLabel = "PERIOD, ENV") @Nullable List<String> words) {
        return say("stats", words, Daemon.READING);
    }

    @Command(name = "host", description = "host add|remove|tag|untag production web-9 group=web ansible_host=10.0.0.9")
    int host(@Parameters(arity = "3..*", paramLabel = "ACTION ENV HOST") List<String> words) {
        return say("host", words, Daemon.READING);
    }

    @Command(name = "group", description = "group add|remove production canary, group rename production canary first")
    int group(@Parameters(arity = "3..4", paramLabel = "ACTION ENV GROUP") List<String> words) {
        return say("group", words, Daemon.READING);
    }

    @Command(name = "pin", description = "keep a run whatever its age: pin 412 evidence for the incident report")
    int pin(@Parameters(arity = "2..*", paramLabel = "RUN and why") List<String> words) {
        return say("pin", words, Daemon.READING);
    }

    @Command(name = "unpin", description = "keep a run no longer than any other")
    int unpin(@Parameters(arity = "1", paramLabel = "RUN") List<String> words) {
        return say("unpin", words, Daemon.READING);
    }

    @Command(
            name = "batch",
            description = "the same in several environments: batch deploy staging,production version=v1.2.3")
    int batch(@Parameters(arity = "1..*", paramLabel = "WORDS as in chat") List<String> words) {
        return follow("batch", words);
    }

    @Command(
            name = "cancel",
            description =
                    "stop a run, waiting or working: cancel 412; cancel queue; cancel batch 3; cancel batch 3 rest")
    int cancel(@Parameters(arity = "1..3", paramLabel = "RUN, queue, or batch and its number") List<String> words) {
        return say("cancel", words, Daemon.WORKING);
    }

    @Command(
            name = "retry",
            description = "only the hosts of a run that did not end well, and follow; or: retry batch 3")
    int retry(
            @Parameters(arity = "1..2", paramLabel = "RUN, or batch and its number") List<String> words,
            @Option(names = "--reason", description = "why it is done again") @Nullable String reason,
            @Option(names = "--override", description = "why it is done in spite of a lock or a freeze") @Nullable
                    String override) {
        return follow("retry", again(words, reason, override));
    }

    @Command(name = "rerun", description = "the same request again, and follow")
    int rerun(
            @Parameters(arity = "1", paramLabel = "RUN") List<String> words,
            @Option(names = "--reason", description = "why it is done again") @Nullable String reason,
            @Option(names = "--override", description = "why it is done in spite of a lock or a freeze") @Nullable
                    String override) {
        return follow("rerun", again(words, reason, override));
    }

    private static List<String> again(List<String> words, @Nullable String reason, @Nullable String override) {
        var all = new java.util.ArrayList<>(words);
        Optional.ofNullable(reason).ifPresent(r -> all.addAll(List.of("--reason", r)));
        Optional.ofNullable(override).ifPresent(o -> all.addAll(List.of("--override", o)));
        return all;
    }

    @Command(
            name = "schedule",
            description = "run something by itself: schedule add \"30 2 * * *\" update staging; list")
    int schedule(@Parameters(arity = "0..*", paramLabel = "WORDS as in chat") @Nullable List<String> words) {
        return say("schedule", words, Daemon.READING);
    }

    int say(String command, @Nullable List<String> words, Daemon daemon) {
        try (var session = Session.open(load(), daemon)) {
            var said = session.gateway().say(line(command, words), Screen.current());
            out().print(said.text());
            out().flush();
            return said.refused() ? Main.USAGE : Main.OK;
        }
    }

    private int follow(String command, @Nullable List<String> words) {
        return new Deed(this).run(line(command, words), false);
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
}
