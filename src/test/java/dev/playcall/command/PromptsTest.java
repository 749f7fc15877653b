package dev.playcall.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.playbook.Prompts;
import dev.playcall.domain.Value;
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
            - { name: release, prompt: "Which release?" }
            - { name: colour, default: blue }
          tasks: []
        """;

    @TempDir
    Path home;

    @Test
    void promptsWithoutDefaultAreFoundInImportedPlaybooksToo() throws IOException {
        try (var house = new DeskHouse(home, "  roles: {}\n")) {
            house.write("playbooks/inner.yml", ASK);
            house.write("playbooks/outer.yml", "- import_playbook: inner.yml\n- import_playbook: outer.yml\n");
            assertThat(Prompts.without(home.resolve("playbooks/outer.yml"))).containsExactly("release");
            assertThat(Prompts.without(home.resolve("playbooks/none.yml"))).isEmpty();
        }
    }

    @Test
    void aRunWithoutTheAnswerIsRefusedAndWithItStarts() throws IOException {
        try (var house = new DeskHouse(home, "  roles: {}\n")) {
            house.write("playbooks/deploy.yml", ASK);
            house.later(Duration.ofSeconds(2));
            assertThat(house.say("slack:U1", DeskHouse.start("deploy", "staging")))
                    .isInstanceOfSatisfying(
                            Reply.Invalid.class,
                            no -> assertThat(no.message())
                                    .contains("asks for \"release\"", "playbooks/deploy.meta.yml"));
            assertThat(new DiskCatalogs(house.config(), house.clock).current().problems())
                    .anyMatch(p -> p.toString().contains("asks for release"));

            house.write("playbooks/deploy.meta.yml", "variables:\n  release: { type: text }\n");
            house.later(Duration.ofSeconds(2));
            assertThat(house.say("slack:U1", DeskHouse.start("deploy", "staging")))
                    .isInstanceOfSatisfying(
                            Reply.Invalid.class, no -> assertThat(no.message()).contains("release is required"));
            var run =
                    house.asked("slack:U1", DeskHouse.start("deploy", "staging").with(Map.of("release", "v9")));
            assertThat(run.request().variables()).containsEntry("release", new Value.Text("v9"));
            assertThat(List.copyOf(run.request().variables().keySet())).contains("release");
        }
    }
}
