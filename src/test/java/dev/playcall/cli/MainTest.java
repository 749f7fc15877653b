package dev.playcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says to those who do not know it yet. */
class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int said(String... words) {
        return Main.execute(new PrintWriter(out), new PrintWriter(err), words);
    }

    @Test
    void helpIsACommandToo() {
        assertThat(said("help")).isEqualTo(Main.OK);
        assertThat(out.toString()).contains("Usage: playcall", "retry", "retry the failed hosts");
        assertThat(said("help", "retry")).isEqualTo(Main.OK);
        assertThat(out.toString()).contains("Usage: playcall retry");
    }

    @Test
    void eachCommandExplainsItselfWithAnExampleOfItsOwn() {
        assertThat(said("run", "--help")).isEqualTo(Main.OK);
        assertThat(out.toString()).contains("Usage: playcall run", "run deploy production version=v1.2.3");
        assertThat(said("token", "create", "--help")).isEqualTo(Main.OK);
        assertThat(out.toString()).contains("token create ci --scope view,start");
        assertThat(said("lock", "--help")).isEqualTo(Main.OK);
        assertThat(out.toString()).contains("Usage: playcall lock <env>", "lock production database restore --for 2h");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void whatIsWrongIsOneLineWithTheNearestRightThing() {
        var right = Map.of(
                List.of("depoly", "production"), "there is no command depoly; did you mean deploy?",
                List.of("tokn", "list"), "there is no command tokn; did you mean token?",
                List.of("token", "lst"), "there is no command lst; did you mean list?",
                List.of("deploy", "production", "--limt", "web"), "there is no option --limt; did you mean --limit?",
                List.of("runs", "--outptu", "json"), "there is no option --outptu; did you mean --output?",
                List.of("runs", "-o", "jsn"), "--output: \"jsn\" is not one of table, json, yaml; did you mean json?",
                List.of("runs", "-o"), "--output needs a value: FORMAT",
                List.of("token", "create", "ci", "--scope", "view", "--days", "x"), "--days: \"x\" is not a number",
                List.of("backup"), "FILE is missing",
                List.of("queue", "--bogus"), "there is no option --bogus");
        right.forEach((words, line) -> {
            err.getBuffer().setLength(0);
            assertThat(said(words.toArray(String[]::new))).as(line).isEqualTo(Main.USAGE);
            assertThat(err.toString()).startsWith("playcall: ").contains(line).hasLineCount(1);
        });
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aCommandThatIsMissingBecauseOfAMistakeNamesTheMistake(@TempDir Path home) throws Exception {
        Files.createDirectories(home.resolve("config"));
        Files.createDirectories(home.resolve("playbooks"));
        Files.writeString(home.resolve("playbooks/deploy.yml"), "- hosts: all\n");
        Files.writeString(home.resolve("playbooks/deploy.meta.yml"), "titel: x\n");
        assertThat(CommandInProcess.run(home, Map.of(), "", "deploy", "production")
                        .err())
                .contains("there is no command deploy; playbooks/deploy.meta.yml:1", "did you mean title?");
        Files.writeString(home.resolve("config/playcall.yml"), "store: { password: \"${NOT_SET}\" }\n");
        assertThat(CommandInProcess.run(home, Map.of(), "", "deploy", "production")
                        .err())
                .contains("operations are not known: config/playcall.yml:1", "NOT_SET");
    }

    @Test
    void whoWouldBeToldIsPrintedForPrograms(@TempDir Path home) throws Exception {
        var config = Files.createDirectories(home.resolve("config")).resolve("playcall.yml");
        Files.writeString(config, """
            notify:
              receivers: { night: { webhook: "https://example.org/hook" } }
              route: { receiver: night, match: ["severity>=warning"], group_by: [environment] }
            """);
        var json = routes(home, "-o", "json");
        assertThat(new ObjectMapper().readTree(json.out()).path("receivers"))
                .singleElement()
                .satisfies(r -> {
                    assertThat(r.path("receiver").asText()).isEqualTo("night");
                    assertThat(r.path("group").path("environment").asText()).isEqualTo("production");
                });
        assertThat(routes(home, "-o", "yaml").out()).contains("receiver: night").contains("why:");
        assertThat(routes(home).out()).contains("told:\n  night  by ");
    }

    private static CommandInProcess.Result routes(Path home, String... format) {
        var words = Stream.concat(
                Stream.of("routes", "test", "environment=production", "severity=error"), Stream.of(format));
        var result = CommandInProcess.run(home, Map.of(), "", words.toArray(String[]::new));
        assertThat(result.code()).as(result.err()).isEqualTo(Main.OK);
        return result;
    }

    @Test
    void benchmarksAreFoundInACheckout() {
        assertThat(said("bench", "--help")).isEqualTo(Main.OK);
        assertThat(out.toString()).contains("Usage: bench", "--rounds", "bench history");
        assertThat(said("bench", "coffee")).isEqualTo(Main.USAGE);
        assertThat(err.toString()).hasLineCount(1).contains("there is no benchmark \"coffee\"");
    }

    /** Its class path is that of an installation. */
    @Test
    void anInstallationSaysThatItHasNoBenchmarks() throws Exception {
        var jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("test-classes"))
                .map(entry -> Path.of(entry).toUri())
                .toList();
        var urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toURL();
        }
        try (var installation = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            var execute = installation
                    .loadClass(Main.class.getName())
                    .getDeclaredMethod("execute", PrintWriter.class, PrintWriter.class, String[].class);
            execute.setAccessible(true);
            assertThat(execute.invoke(null, new PrintWriter(out), new PrintWriter(err), new String[] {"bench", "chat"}))
                    .isEqualTo(Main.USAGE);
        }
        assertThat(err.toString()).hasLineCount(1).contains("an installation does not have");
    }
}
