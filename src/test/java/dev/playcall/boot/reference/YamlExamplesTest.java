package dev.playcall.boot.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is shipped and shown as configuration is right by the schemas, and what is wrong is refused by schema and code. */
class YamlExamplesTest {
    private static final Pattern BLOCK = Pattern.compile("(?m)^( *)```yaml\n(.*?)^ *```", Pattern.DOTALL);
    private static final Pattern SAMPLE = Pattern.compile("(?m)^# ([a-z]+:)\n((?:# .*\n)+)");

    @TempDir
    Path folder;

    private static List<Path> pages() throws IOException {
        try (var pages = Files.walk(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of(Path.of("README.md")),
                            pages.filter(p -> p.toString().endsWith(".md")))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> faults(SchemaFile file, String yaml) throws IOException {
        return SchemaFile.faults(file.validator(), SchemaFile.json(yaml));
    }

    /** Which file an example is of, by its keys; a piece of {@code notify:} is put where it belongs. */
    private static Optional<Map.Entry<SchemaFile, String>> file(String block) throws IOException {
        var json = SchemaFile.json(block);
        var keys = SchemaWalk.names(json);
        // Of a playbook's description too, where it says what it needs.
        if (json.at("/venv/python_packages").isArray()) {
            return Optional.of(Map.entry(SchemaFile.META, block));
        }
        for (var file : SchemaFile.values()) {
            if (!keys.isEmpty() && file.keys().containsAll(keys)) {
                return Optional.of(Map.entry(file, block));
            }
        }
        var notify = SchemaWalk.names(SchemaFile.PLAYCALL.document().at("/properties/notify/properties"));
        if (!keys.isEmpty() && notify.containsAll(keys)) {
            return Optional.of(Map.entry(SchemaFile.PLAYCALL, "notify:\n" + block.indent(2)));
        }
        return keys.contains("ops")
                ? Optional.of(Map.entry(SchemaFile.PLAYCALL, "notify:\n  receivers:\n" + block.indent(4)))
                : Optional.empty();
    }

    @Test
    void whatIsShippedIsRight() throws IOException {
        assertThat(faults(SchemaFile.PLAYCALL, Files.readString(Path.of("config/playcall.yml"))))
                .isEmpty();
        try (var described = Files.newDirectoryStream(Path.of("playbooks"), "*.meta.yml")) {
            for (var file : described) {
                assertThat(faults(SchemaFile.META, Files.readString(file)))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void theSampleNamesItsSchema() throws IOException {
        var first = Files.readAllLines(Path.of("config/playcall.yml")).getFirst();
        assertThat(first).startsWith("# yaml-language-server: $schema=");
        assertThat(Path.of("config", first.substring(first.indexOf('=') + 1))).exists();
    }

    @Test
    void whatIsCommentedOutInTheSampleIsRight() throws IOException {
        var blocks = SAMPLE.matcher(Files.readString(Path.of("config/playcall.yml")))
                .results()
                .map(m -> m.group(1) + "\n" + m.group(2).replaceAll("(?m)^# ", ""))
                .toList();
        assertThat(blocks).hasSize(3);
        for (var block : blocks) {
            assertThat(faults(SchemaFile.PLAYCALL, block)).as(block).isEmpty();
        }
    }

    @Test
    void everyExampleOfTheManualIsRight() throws IOException {
        var counted = new ArrayList<SchemaFile>();
        var foreign = new ArrayList<String>();
        for (var page : pages()) {
            for (var found : BLOCK.matcher(Files.readString(page)).results().toList()) {
                var block = found.group(2).stripIndent();
                var file = file(block);
                if (file.isPresent()) {
                    counted.add(file.get().getKey());
                    assertThat(faults(file.get().getKey(), file.get().getValue()))
                            .as(page + ":\n" + block)
                            .isEmpty();
                } else {
                    foreign.add(block.strip());
                }
            }
        }
        assertThat(counted.stream().collect(Collectors.groupingBy(f -> f, Collectors.counting())))
                .hasEntrySatisfying(SchemaFile.PLAYCALL, n -> assertThat(n).isGreaterThan(14))
                .hasEntrySatisfying(SchemaFile.ENVIRONMENT, n -> assertThat(n).isPositive());
        assertThat(foreign)
                .as("examples that belong to no file of Playcall")
                .allMatch(l -> l.startsWith("- ") || l.startsWith("#"));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", quoteCharacter = '\0', textBlock = """
        PLAYCALL | server: { port: 99999 }
        PLAYCALL | server: { hots: 127.0.0.1 }
        PLAYCALL | server: { public_url: "ftp://x" }
        PLAYCALL | sever: {}
        PLAYCALL | ansible: { timeout: 5 minutes }
        PLAYCALL | ansible: { timeout: 0s }
        PLAYCALL | ansible: { forks: many }
        PLAYCALL | ansible: { host_key_checking: perhaps }
        PLAYCALL | operations: { deploy: { time_out: 5m } }
        PLAYCALL | operations: { deploy: { retry: { attempts: 1 } } }
        PLAYCALL | chat: { slack: { mode: sockets } }
        PLAYCALL | access: { roles: { admin: { permissions: [view] } } }
        PLAYCALL | access: { roles: { releaser: { permissions: [strat] } } }
        PLAYCALL | access: { bindings: [{ role: admin }] }
        PLAYCALL | access: { bindings: [{ role: admin, people: [] }] }
        PLAYCALL | access: { people: [[slack:U0123]] }
        PLAYCALL | access: { policies: [{ environment: production }] }
        PLAYCALL | access: { freezes: [{ reason: weekend, cron: "0 18 * * FRI" }] }
        PLAYCALL | access: { freezes: [{ cron: "0 18 * * FRI", for: 60h }] }
        PLAYCALL | notify: { receivers: { ops: { slack: "#ops" } } }
        PLAYCALL | notify: { receivers: { ops: { slack: C0123, discord: "1" } } }
        PLAYCALL | notify: { receivers: { ops: { slack: C0123, token: abc } } }
        PLAYCALL | notify: { receivers: { Ops: { slack: C0123 } } }
        PLAYCALL | notify: { receivers: { ops: { email: { host: mail.example.org } } } }
        PLAYCALL | notify: { receivers: { ops: { slack: C0123 } }, route: { match: ["a=b"] } }
        PLAYCALL | notify: { sources: { ci: { kind: github } } }
        PLAYCALL | notify: { sources: { ci: { kind: json, token: abc, map: { text: /a } } } }
        PLAYCALL | git: { interval: 5s }
        PLAYCALL | schedule: { missed: "run_all:1" }
        PLAYCALL | retention: { logs: { max_size: 5 parsecs } }
        META | titel: Deploy
        META | danger: hihg
        META | timeout: soon
        META | variables: { version: { type: txt } }
        META | variables: { colour: { type: choice } }
        META | variables: { count: { type: integer, pattern: "[0-9]+" } }
        META | variables: { ansible_user: {} }
        META | variables: { password: { secret: { name: "a b" } } }
        ENVIRONMENT | protceted: true
        ENVIRONMENT | locks: { longest: for ever }
        ENVIRONMENT | policies: [{ environments: [production] }]
        ENVIRONMENT | bindings: [{ role: operator, people: [slack:U0123], environments: [staging] }]
        ENVIRONMENT | retention: { logs: { max_count: -1 } }\
        """)
    void whatIsWrongIsRefusedBySchemaAndCode(SchemaFile file, String yaml) throws IOException {
        assertThat(faults(file, yaml)).as("schema").isNotEmpty();
        assertThat(file.refusals(SchemaFile.home(folder), yaml)).as("code").isNotEmpty();
    }

    /** Not merely because nothing is ever right. */
    @Test
    void nothingIsRightAsWell() throws IOException {
        for (var file : SchemaFile.values()) {
            assertThat(SchemaFile.faults(file.validator(), JsonNodeFactory.instance.nullNode()))
                    .isEmpty();
            assertThat(file.refusals(SchemaFile.home(Files.createDirectory(folder.resolve(file.word()))), ""))
                    .isEmpty();
        }
    }
}
