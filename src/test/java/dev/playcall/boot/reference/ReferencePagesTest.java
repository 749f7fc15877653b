package dev.playcall.boot.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.cli.CommandInProcess;
import dev.playcall.cli.reference.EnvironmentVariable;
import dev.playcall.cli.reference.ExitCode;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages of {@code docs/reference}, made from what is there. {@code -Dgolden.write=true} writes them anew. */
class ReferencePagesTest {
    private static final Path FOLDER = Path.of("docs", "reference");
    private static final Pattern READ = Pattern.compile(
            "(?:getenv|environment\\(\\)\\.get|environment\\.get|env\\.get)(?:OrDefault)?\\(\"([A-Z_]+)\"");
    private static final Pattern OURS = Pattern.compile("\"(PLAYCALL_[A-Z_]+)[=\"]");
    private static final Pattern OF_LAUNCHER = Pattern.compile("\\$\\{?([A-Z][A-Z_]{3,})");
    private static final Pattern LISTED = Pattern.compile("PASSED_ON = (?:List|Set)\\.of\\((.*?)\\);", Pattern.DOTALL);
    private static final Pattern KIND =
            Pattern.compile("\"((?:git|alert|playcall)\\.[a-z_]+)\"|ReceiverHealth\\.KINDS \\+ \"([a-z_]+)\"");

    /** Set by Playcall for the programs that it starts, and read there. */
    private static final Set<String> OF_RUNS =
            Set.of("PLAYCALL_EVENTS", "PLAYCALL_RUN_DIR", "PLAYCALL_RUN_ID", "PLAYCALL_OVER_SSH", "PLAYCALL_WORKS_IN");

    private static void isUpToDate(String name, String text) throws IOException {
        var file = FOLDER.resolve(name);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(file, text);
        }
        assertThat(file).hasContent(text);
    }

    private static Stream<String> sources() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(f -> f.toString().endsWith(".java")).map(SchemaFile::read).toList().stream();
        }
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(m -> m.group(1));
    }

    private static String modeline(SchemaFile file) {
        return "Made from its JSON Schema, which the code is tested against. `playcall schema " + file.word() + " > "
                + file.word()
                + ".schema.json` prints the schema; with\n"
                + "`# yaml-language-server: $schema=` and its path in the first line of the file, editors complete"
                + " keys and show mistakes\n"
                + "(VS Code with the YAML extension, IntelliJ, Neovim, Helix).\n";
    }

    @Test
    void everyKeyOfTheConfigurationIsWrittenDown() throws IOException {
        isUpToDate(
                "playcall-yml.md",
                SchemaPage.of(
                        SchemaFile.PLAYCALL.document(), "config/playcall.yml", modeline(SchemaFile.PLAYCALL) + """

                            Every key has a default. `${NAME}` is replaced by the environment variable NAME, `${NAME:-text}` by text where it is
                            not set or empty; `PLAYCALL_<SECTION>_<KEY>` in the environment overrides a key ([environment
                            variables](environment-variables.md)). Durations: `10s`, `5m`, `1h30m`, `90d`. Sizes count in 1024: `500MB`, `5GB`.
                            """));
    }

    @Test
    void everyKeyOfADescriptionIsWrittenDown() throws IOException {
        isUpToDate(
                "meta-yml.md",
                SchemaPage.of(
                        SchemaFile.META.document(),
                        "playbooks/<name>.meta.yml".replace("<", "\\<"),
                        modeline(SchemaFile.META)));
    }

    @Test
    void everyKeyOfAnEnvironmentIsWrittenDown() throws IOException {
        isUpToDate(
                "environment-config-yml.md",
                SchemaPage.of(
                        SchemaFile.ENVIRONMENT.document(),
                        "inventory/\\<env>/config.yml",
                        modeline(SchemaFile.ENVIRONMENT)));
    }

    @Test
    void everyCommandIsWrittenDown() throws IOException {
        var help = CommandInProcess.run(Path.of("").toAbsolutePath(), Map.of(), "", "--help");
        assertThat(help.code()).isZero();
        isUpToDate("command-line.md", """
            # Command line

            What `./playcall --help` prints in the sample project; `./playcall <command> --help` explains one. The words are those
            of [the chat](../commands.md); operations come from the playbooks.

            ```
            """ + help.out() + """
            ```

            What only reads takes `-o json` or `-o yaml` (`--json` is `-o json`): the record that [the API](../api.md) has of it. `logs <run> -f`
            prints a log while it is written and ends with the [exit code](exit-codes.md) of the run; `runs --watch` shows the list again
            whenever it changes. What is wrong or refused is one line on standard error, with `-o` as `{"error": "…"}`. Colours and redrawn lines are for terminals
            only; `NO_COLOR` turns colours off, `COLUMNS` is the width of what is not one.
            """);
    }

    @Test
    void everyExitCodeIsWrittenDown() throws IOException {
        isUpToDate(
                "exit-codes.md",
                Arrays.stream(ExitCode.values())
                        .map(c -> "| " + c.code() + " | " + c.meaning() + " |\n")
                        .collect(Collectors.joining("", """
                            # Exit codes

                            Made from the command line. What `./playcall` ends with:

                            | code | meaning |
                            |---|---|
                            """, """

                            A command that is interrupted ends with 130 (Ctrl+C) or 143 (SIGTERM); `serve` ends with 0 after SIGTERM.
                            """)));
    }

    @Test
    void everyEnvironmentVariableIsWrittenDown() throws IOException {
        var passed = sources()
                .flatMap(t -> found(LISTED, t))
                .flatMap(l -> found(Pattern.compile("\"(\\w+)\""), l))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(passed).contains("SSH_AUTH_SOCK", "https_proxy");
        isUpToDate(
                "environment-variables.md",
                Arrays.stream(EnvironmentVariable.values())
                        .map(v -> "| `" + v.written() + "` | "
                                + v.meaning().replaceAll("(PLAYCALL_\\w+=\\w+|--\\w+)", "`$1`") + " |\n")
                        .collect(Collectors.joining("", """
                            # Environment variables

                            Made from the list in the code; a test finds variables that are read and not listed. The configuration may name any
                            others as `${NAME}`.

                            | variable | meaning |
                            |---|---|
                            """, """

                                Programs do not get the environment of the gateway, since it may hold tokens. Ansible, git and `ansible-galaxy` get these
                                of it where they are set: %s; `ansible-galaxy` also gets `ANSIBLE_GALAXY_…`.

                                Playcall sets these for a run, for its own use: %s.
                                """.formatted(
                                        passed.stream().map(v -> "`" + v + "`").collect(Collectors.joining(", ")),
                                        OF_RUNS.stream()
                                                .sorted()
                                                .map(v -> "`" + v + "`")
                                                .collect(Collectors.joining(", "))))));
    }

    @Test
    void noOtherEnvironmentVariableIsRead() throws IOException {
        var read = new TreeSet<String>();
        sources()
                .filter(t -> !t.contains("enum EnvironmentVariable"))
                .forEach(t -> Stream.of(READ, OURS).flatMap(p -> found(p, t)).forEach(read::add));
        found(OF_LAUNCHER, Files.readString(Path.of("playcall"))).forEach(read::add);
        var listed = Arrays.stream(EnvironmentVariable.values()).map(Enum::name).collect(Collectors.toSet());
        read.removeAll(OF_RUNS);
        assertThat(read).hasSizeGreaterThan(6).isSubsetOf(listed);
        assertThat(listed).filteredOn(v -> !v.equals("PLAYCALL_SECTION_KEY")).isSubsetOf(read);
    }

    private static String snake(String name) {
        return name.replaceAll("(?<=[a-z])([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    @Test
    void everyEventIsWrittenDown() throws IOException {
        var ofRuns = Stream.of(RunEvent.class.getPermittedSubclasses())
                .map(c -> snake(c.getSimpleName()))
                .toList();
        assertThat(ofRuns).containsExactlyInAnyOrderElementsOf(EventMeanings.OF_RUNS.keySet());
        var kinds = Arrays.stream(RunState.values())
                .filter(RunState::isFinal)
                .map(s -> "run." + s.word())
                .collect(Collectors.toCollection(TreeSet::new));
        kinds.addAll(List.of("run.awaiting_approval", "run.queued", "run.started"));
        for (var folder : List.of("notify", "boot")) {
            try (var files = Files.walk(Path.of("src/main/java/dev/playcall", folder))) {
                files.filter(f -> f.toString().endsWith(".java"))
                        .map(SchemaFile::read)
                        .filter(t -> t.contains("NotificationEvent") || t.contains("BY_HAND"))
                        .flatMap(t -> KIND.matcher(t).results())
                        .map(m -> m.group(1) == null ? "receiver." + m.group(2) : m.group(1))
                        .filter(k -> !k.equals("playcall.remark"))
                        .forEach(kinds::add);
            }
        }
        assertThat(kinds).containsExactlyInAnyOrderElementsOf(EventMeanings.NOTIFIED.keySet());
        isUpToDate("events.md", """
            # Events

            Made from the types in the code.

            ## Events of a run

            The names of the server-sent events of `GET /api/v1/runs/{id}/events`, where `end` follows as the last one.

            | event | meaning |
            |---|---|
            %s
            ## Events that are routed to receivers

            The label `event` of a [notification](../notifications.md). Alerts of other systems have the `event` that their source sets.

            | event | meaning |
            |---|---|
            %s\
            """.formatted(rows(EventMeanings.OF_RUNS), rows(EventMeanings.NOTIFIED)));
    }

    private static String rows(Map<String, String> meanings) {
        return new TreeMap<>(meanings)
                .entrySet().stream()
                        .map(e -> "| `" + e.getKey() + "` | " + e.getValue() + " |\n")
                        .collect(Collectors.joining());
    }
}
