package dev.playcall.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.boot.GatewayMode;
import dev.playcall.cli.CommandInProcess.Result;
import dev.playcall.cli.client.GatewayClient;
import dev.playcall.cli.client.HttpGateway;
import dev.playcall.cli.client.Terminal;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.testing.RepositoryFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * After {@code init --yes} a repository of any usual layout has the hosts, the variables and the results that
 * {@code ansible-playbook} gives there by hand, and its files are as they were. The flat layout is
 * that of {@code windows}, with the line ends of that; all others have those of Unix.
 */
class RepositoriesIT {
    private static final Pattern RECAP = Pattern.compile(
            "(?m)^(\\S+) +: ok=(\\d+) +changed=(\\d+) +unreachable=(\\d+) +failed=(\\d+) +skipped=(\\d+)"
                    + " +rescued=(\\d+) +ignored=(\\d+)");
    private static final Pattern REMEDY = Pattern.compile("environments: \\{ (production: \\{.*}) }");
    private static final List<String> COUNTS =
            List.of("ok", "changed", "unreachable", "failed", "skipped", "rescued", "ignored");
    /** Those where {@code validate} has more to read than hosts and a playbook: a run of it is three of Ansible. */
    private static final Set<String> VALIDATED = Set.of("folders", "settings", "vault", "collections", "constructed");

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Map<String, String> environment() {
        return Map.of("PATH", System.getenv("PATH"), "HOME", folder.toString(), "PLAYCALL_SERVER_PORT", "0");
    }

    private Result playcall(String... words) {
        return CommandInProcess.run(folder.resolve("home"), environment(), "", words);
    }

    private String byHand(String inventory, String playbook, String variables) {
        var argv = new ArrayList<>(List.of("ansible-playbook", "--inventory=" + inventory));
        Stream.of(variables.split(" ", -1)).filter(v -> !v.isEmpty()).forEach(v -> argv.add("--extra-vars=" + v));
        argv.add(playbook);
        var said = folder.resolve("by-hand.txt").toFile();
        var builder = new ProcessBuilder(argv)
                .directory(folder.resolve("hand").toFile())
                .redirectErrorStream(true)
                .redirectOutput(said);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        System.getenv("PATH"),
                        "HOME",
                        folder.toString(),
                        "LC_ALL",
                        "C.UTF-8",
                        "ANSIBLE_STDOUT_CALLBACK",
                        "default"));
        try {
            assertThat(builder.start().waitFor(2, TimeUnit.MINUTES)).isTrue();
            return Files.readString(said.toPath());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode ended(HttpGateway gateway, String command) {
        var started = gateway.run(command, Terminal.current());
        assertThat(started.run()).as(started.text()).isPresent();
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> gateway.run(started.run().getAsLong()),
                        run -> !List.of("queued", "running")
                                .contains(run.path("status").asText()));
    }

    private static SortedMap<String, String> recap(String said) {
        var found = new TreeMap<String, String>();
        RECAP.matcher(said).results().forEach(line -> {
            var counts = new StringBuilder();
            for (int i = 0; i < COUNTS.size(); i++) {
                counts.append(COUNTS.get(i))
                        .append('=')
                        .append(line.group(i + 2))
                        .append(' ');
            }
            found.put(line.group(1), counts.toString());
        });
        return found;
    }

    private static SortedMap<String, String> recap(JsonNode stats) {
        var found = new TreeMap<String, String>();
        stats.properties().forEach(host -> {
            var counts = new StringBuilder();
            COUNTS.forEach(c ->
                    counts.append(c).append('=').append(host.getValue().path(c)).append(' '));
            found.put(host.getKey(), counts.toString());
        });
        return found;
    }

    private Map<String, JsonNode> variables(String out) throws IOException {
        var found = new HashMap<String, JsonNode>();
        try (var all = Files.list(folder.resolve(out))) {
            for (var file : all.toList()) {
                found.put(String.valueOf(file.getFileName()), JSON.readTree(file.toFile()));
            }
        }
        return found;
    }

    private void repositories(String layout) throws IOException {
        var name = layout.equals("windows") ? "flat" : layout;
        for (var copy : List.of("hand", "repo")) {
            RepositoryFixture.copy(name, folder.resolve(copy), folder.resolve("variables-" + copy));
            if (layout.equals("windows")) {
                RepositoryFixture.windowsLineEnds(folder.resolve(copy));
            }
        }
        RepositoryFixture.commit(folder.resolve("repo"));
    }

    /** Nothing of an inventory is executed until the operator writes what init says. */
    private void allow(String said) throws IOException {
        var remedy = REMEDY.matcher(said);
        if (remedy.find()) {
            var file = folder.resolve("home/config/playcall.yml");
            Files.writeString(
                    file, Files.readString(file).replaceFirst("production: \\{ inventory.*", remedy.group(1)));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        root        | production.ini            | site.yaml                 | site production             | ''
        folders     | inventory/production      | playbooks/web/deploy.yml  | web.deploy production       | ''
        settings    | inventories/production    | site.yml                  | site production             | ''
        become      | inventories/production    | site.yml                  | site production             | ''
        vault       | inventories/production    | site.yml                  | site production             | ''
        prompts     | inventories/production    | site.yml                  | site production             | release=1.2
        collections | inventories/production    | plays/site.yml            | plays.site production       | ''
        windows     | inventories/production    | site.yml                  | site production             | ''
        links       | inventories/production    | site.yml                  | site production             | ''
        ranges      | environments/production   | site.yml                  | site production             | ''
        constructed | inventories/production    | site.yml                  | site production             | ''
        outcomes    | hosts                     | site.yml                  | site default                | ''
        """)
    void aRunIsWhatItIsByHand(String layout, String inventory, String playbook, String play, String variables)
            throws Exception {
        repositories(layout);
        var repo = folder.resolve("repo");
        var hand = CompletableFuture.supplyAsync(() -> byHand(inventory, playbook, variables));
        var init = playcall("init", repo.toString(), "--yes", "--no-ping");
        assertThat(init.code()).as(init.out() + init.err()).isZero();
        allow(init.out());
        var config = ConfigFile.load(folder.resolve("home"), Optional.empty(), environment());
        try (var client = GatewayClient.open(config, GatewayMode.WORKING)) {
            var run = ended(client.gateway(), ("play " + play + " " + variables).strip());
            var said = hand.join();
            assertThat(recap(run.path("stats")))
                    .as(said + run)
                    .isEqualTo(recap(said))
                    .isNotEmpty();
            assertThat(variables("variables-repo")).isEqualTo(variables("variables-hand"));
            if (VALIDATED.contains(layout)) {
                var validated = ended(client.gateway(), "validate " + play.replaceFirst(".* ", ""));
                assertThat(validated.path("status").asText())
                        .as(validated.toString())
                        .isEqualTo("success");
            }
        }
        assertThat(RepositoryFixture.git(repo, "status", "--porcelain", "--ignored"))
                .isEmpty();
    }
}
