package dev.playcall.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.domain.Value;
import dev.playcall.domain.name.PlaybookName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A playbook with {@code vars_prompt} never runs with None. */
class PromptsTest {
    private static final String ASK = """
        - hosts: all
          vars_prompt:
            - { name: release, prompt: "Which release?", private: no }
            - { name: colour, default: blue }
          tasks: []
        """;

    @TempDir
    Path home;

    @Test
    void promptsWithoutDefaultAreFoundInImportedPlaybooksToo() throws IOException {
        try (var fixture = new CommandFixture(home, "  roles: {}\n")) {
            fixture.write("playbooks/inner.yml", ASK);
            fixture.write("playbooks/outer.yml", "- import_playbook: inner.yml\n- import_playbook: outer.yml\n");
            fixture.write("playbooks/none.yml", "- import_playbook: parts/later.yml\n");
            fixture.later(Duration.ofSeconds(2));
            var catalogs = new DiskCatalogs(fixture.config(), fixture.clock);
            assertThat(prompts(catalogs, "outer")).containsExactly("release");
            assertThat(prompts(catalogs, "none")).isEmpty();

            // An imported playbook may lie outside of what is otherwise watched.
            fixture.write("playbooks/parts/later.yml", ASK);
            fixture.later(Duration.ofSeconds(2));
            assertThat(prompts(catalogs, "none")).containsExactly("release");
        }
    }

    private static List<String> prompts(DiskCatalogs catalogs, String playbook) {
        return catalogs.current()
                .playbook(new PlaybookName(playbook))
                .orElseThrow()
                .prompts();
    }

    @Test
    void aRunWithoutTheAnswerIsRefusedAndWithItStarts() throws IOException {
        try (var fixture = new CommandFixture(home, "  roles: {}\n")) {
            fixture.write("playbooks/deploy.yml", ASK);
            fixture.later(Duration.ofSeconds(2));
            assertThat(new DiskCatalogs(fixture.config(), fixture.clock)
                            .current()
                            .problems())
                    .isEmpty();
            assertThat(fixture.say("slack:U1", CommandFixture.start("deploy", "staging")))
                    .isInstanceOfSatisfying(
                            Reply.Invalid.class,
                            no -> assertThat(no.message()).contains("release is required (Which release?)"));
            var run = fixture.asked(
                    "slack:U1", CommandFixture.start("deploy", "staging").with(Map.of("release", "v9")));
            assertThat(run.request().variables()).containsEntry("release", new Value.Text("v9"));

            fixture.write("playbooks/deploy.meta.yml", "variables:\n  release: { pattern: 'v[0-9]+' }\n");
            fixture.later(Duration.ofSeconds(2));
            assertThat(fixture.say(
                            "slack:U1",
                            CommandFixture.start("deploy", "staging").with(Map.of("release", "9"))))
                    .isInstanceOfSatisfying(
                            Reply.Invalid.class, no -> assertThat(no.message()).contains("does not match v[0-9]+"));
        }
    }

    /** Ansible hides what is typed unless it is told not to. */
    @Test
    void theAnswerOfAHiddenPromptIsASecret() throws IOException {
        try (var fixture = new CommandFixture(home, "  roles: {}\n")) {
            fixture.write("playbooks/deploy.yml", ASK.replace(", private: no", ""));
            fixture.later(Duration.ofSeconds(2));
            assertThat(fixture.say(
                            "slack:U1",
                            CommandFixture.start("deploy", "staging").with(Map.of("release", "v9"))))
                    .isInstanceOfSatisfying(
                            Reply.Invalid.class, no -> assertThat(no.message()).contains("release is secret"));
        }
    }

    @Test
    void whatNoRunMayBeGivenAndWhatAnsibleWouldHashStaysUnanswered() throws IOException {
        try (var fixture = new CommandFixture(home, "  roles: {}\n")) {
            for (var prompt : List.of("name: ansible_user", "name: release, encrypt: sha512_crypt")) {
                fixture.write("playbooks/deploy.yml", ASK.replace("name: release", prompt));
                fixture.later(Duration.ofSeconds(2));
                var name = prompt.replaceAll("name: |,.*", "");
                assertThat(fixture.say("slack:U1", CommandFixture.start("deploy", "staging")))
                        .isInstanceOfSatisfying(
                                Reply.Invalid.class,
                                no -> assertThat(no.message()).contains("asks for \"" + name + "\""));
                assertThat(new DiskCatalogs(fixture.config(), fixture.clock)
                                .current()
                                .problems())
                        .anyMatch(p -> p.toString().contains("asks for " + name));
            }
        }
    }
}
