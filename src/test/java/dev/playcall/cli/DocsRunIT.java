package dev.playcall.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.chat.command.CommandCatalogue;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.testing.Gateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the manual shows for the chat and for the command line is done by a gateway: with the samples, nothing of it may be
 * unknown, unexpected or without a word, though much is refused because what it names is not there.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DocsRunIT {
    /** They serve, ask, or write outside of the folder; each has a test of its own. */
    private static final Set<String> APART =
            Set.of("serve", "demo", "console", "init", "restore", "backup", "bench", "measure", "export", "migrate");

    private static final Set<Path> SAMPLES = Set.of(Path.of("playbooks"), Path.of("playbooks", "agents"));
    private static final String OF_SOURCE = "token-of-the-backup-source-0123456789";
    private static final Pattern CURL = Pattern.compile("(?m)^curl (?:.*\\\\\\n)*.*$");

    @TempDir
    private static Path home;

    private static Gateway gateway;

    @BeforeAll
    static void start() throws IOException {
        gateway = Gateway.warm(home);
        copy("inventory");
        copy("playbooks");
        gateway.file("config/playcall.yml", """
            ansible: { max_parallel_runs: 1 }
            notify:
              sources: { backup: { kind: notices, token: %s } }
            """.formatted(OF_SOURCE));
        gateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** The samples; of a playbook what is known of it, as none has to do anything here. */
    private static void copy(String folder) throws IOException {
        try (var all = Files.walk(Path.of(folder))) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                boolean isPlaybook = folder.equals("playbooks") && SAMPLES.contains(file.getParent()) && isYaml(file);
                gateway.file(
                        file.toString(),
                        isPlaybook ? "- hosts: all\n  gather_facts: false\n  tasks: []\n" : Files.readString(file));
            }
        }
    }

    private static boolean isYaml(Path file) {
        return file.toString().endsWith(".yml") && !file.toString().endsWith(".meta.yml");
    }

    @Test
    void everyCommandOfTheChatInTheManualIsDone() throws IOException {
        var catalog = new DiskCatalogs(ConfigFile.load(home, Optional.empty(), Map.of()), Clock.systemUTC()).current();
        var odd = new TreeMap<String, String>();
        var lines = new LinkedHashSet<String>();
        for (var page : DocsCommandsTest.pages().toList()) {
            DocsCommandsTest.typedInChat(page).stream()
                    .filter(line -> !DocsCommandsTest.NAMES.contains(line))
                    .filter(line -> CommandCatalogue.find(catalog, line.split(" ", 2)[0])
                            .isPresent())
                    .forEach(lines::add);
        }
        for (var line : lines) {
            var answer = gateway.post("/api/v1/console", Map.of("text", line, "width", 200));
            var said = answer.statusCode() == 200
                    ? Gateway.json(answer).path("text").asText()
                    : answer.body();
            if (answer.statusCode() != 200 || said.isBlank() || said.contains("unexpected") || said.contains("rror")) {
                odd.put(line, said);
            }
        }
        assertThat(odd).isEmpty();
        assertThat(lines).hasSizeGreaterThan(80);
    }

    /** With a token of the gateway, or of the source that posts to a hook; first, as other commands close the gateway. */
    @Test
    @Order(1)
    void everyRequestOfCurlInTheManualIsAnswered() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");
        var token = gateway.inProcess("", Map.of(), "token", "create", "manual", "--scope", "view,start")
                .out()
                .replaceAll("(?s).*?(playcall_\\S+).*", "$1");
        int seen = 0;
        for (var page : DocsCommandsTest.pages().toList()) {
            for (var shown : CURL.matcher(Files.readString(page)).results().toList()) {
                var line = shown.group()
                        .replace("http://127.0.0.1:8080", gateway.address().toString())
                        .replaceFirst("^curl", "curl --silent --show-error --fail-with-body");
                var builder = new ProcessBuilder("sh", "-c", line).redirectErrorStream(true);
                builder.environment().put("TOKEN", line.contains("/hooks/") ? OF_SOURCE : token);
                var process = builder.start();
                var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor())
                        .as(page + ": " + line + "\n" + said)
                        .isZero();
                seen++;
            }
        }
        assertThat(seen).isGreaterThan(1);
    }

    @Test
    void everyCommandOfTheShellInTheManualIsDone() throws IOException {
        var odd = new TreeMap<String, String>();
        var done = new LinkedHashSet<List<String>>();
        for (var page : DocsCommandsTest.pages().toList()) {
            for (var shown : DocsCommandsTest.commands(page).toList()) {
                var words = DocsCommandsTest.typed(shown);
                if (!APART.contains(words.getFirst())
                        && words.stream().noneMatch(w -> w.matches("[/~].*"))
                        && done.add(words)) {
                    var told = gateway.inProcess("", Map.of(), words.toArray(String[]::new));
                    if (told.code() > Main.CANCELLED || (told.out() + told.err()).isBlank()) {
                        odd.put(String.join(" ", words), told.code() + " " + told.out() + told.err());
                    }
                }
            }
        }
        assertThat(odd).isEmpty();
        assertThat(done).hasSizeGreaterThan(40);
    }
}
