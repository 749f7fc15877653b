package dev.playcall.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is refused is told what is wrong, and not something else. */
class StartRefusalsTest {
    @TempDir
    private Path home;

    private CommandFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new CommandFixture(home, "  bindings: [{ role: admin, people: [web:root] }]\n");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private String refused(String operation, String playbook, Map<String, Object> variables) {
        var command = new StartCommand(
                operation,
                "production",
                Optional.of(playbook).filter(p -> !p.isEmpty()),
                "",
                List.of(),
                false,
                false,
                variables,
                "",
                "");
        return fixture.say("web:root", command) instanceof Reply.Invalid invalid ? invalid.line() : "was not refused";
    }

    @Test
    void aPlaybookThatIsBrokenIsNotOneThatIsNotThere() throws IOException {
        fixture.write("playbooks/deploy.meta.yml", "titel: Deploy\n");
        fixture.later(Duration.ofSeconds(2));
        assertThat(refused("play", "deploy", Map.of()))
                .contains("deploy is left out", "playbooks/deploy.meta.yml:1", "did you mean title");
        assertThat(refused("deploy", "", Map.of())).contains("playbooks/deploy.meta.yml:1");
        assertThat(refused("play", "deplay", Map.of())).contains("there is no playbook \"deplay\"");
    }

    private static StartCommand templated(StartCommand start, String template) {
        return new StartCommand(
                start.operation(),
                start.environment(),
                start.playbook(),
                start.limit(),
                start.tags(),
                start.check(),
                start.diff(),
                start.variables(),
                start.name(),
                start.description(),
                start.override(),
                start.options(),
                start.task(),
                template);
    }

    @Test
    void aTemplateGivesWhatIsNotGivenAndIsNamedWhenItIsNotThere() throws IOException {
        fixture.write("playbooks/plain.yml", "- hosts: all\n");
        fixture.write(
                "playbooks/plain.meta.yml",
                "variables: { colour: { required: true }, size: {} }\n"
                        + "templates: { prod: { colour: red, size: big } }\n");
        fixture.later(Duration.ofSeconds(2));
        var start = new StartCommand(
                "play",
                "production",
                Optional.of("plain"),
                "",
                List.of(),
                false,
                false,
                Map.of("size", "small"),
                "",
                "");
        assertThat(fixture.say("web:root", start)).isInstanceOf(Reply.Invalid.class);
        var made = (Reply.Accepted) fixture.say("web:root", templated(start, "prod"));
        assertThat(made.run().request().variables()).hasToString("{colour=Text[text=red], size=Text[text=small]}");
        assertThat(((Reply.Invalid) fixture.say("web:root", templated(start, "prd"))).line())
                .isEqualTo("there is no template \"prd\"; there is prod \u2014 did you mean prod?");
        var adhoc = templated(StartCommand.of("adhoc", "production"), "prod");
        assertThat(((Reply.Invalid) fixture.say("web:root", adhoc)).field()).isIn("module", "template");
    }

    @Test
    void whoGivesAVariableToAPlaybookWithoutAnyIsToldWhereTheyAreNamed() throws IOException {
        fixture.write("playbooks/plain.yml", "- hosts: all\n");
        fixture.later(Duration.ofSeconds(2));
        assertThat(refused("play", "plain", Map.of("version", "v1")))
                .contains("\"version\" is not a variable", "plain.meta.yml");
    }
}
