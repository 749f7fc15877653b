package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What every platform owes those who keep the configuration, the playbooks and the inventory. */
final class LibraryScenarios {
    private LibraryScenarios() {}

    static List<ChatScenarios.Scenario> all() {
        return Stream.of(reload(), playbooks()).flatMap(List::stream).toList();
    }

    private static ChatScenarios.Scenario always(String name, Consumer<ChatStage> play) {
        return new ChatScenarios.Scenario(name, Set.of(), play);
    }

    private static List<ChatScenarios.Scenario> reload() {
        return List.of(
                always("`reload` takes a good file, says what changed and what needs a restart", s -> {
                    s.house().file("config/playcall.yml", """
                            schedule: { timezone: Asia/Tokyo }
                            server: { public_url: "https://playcall.example.org" }
                            """);
                    assertThat(s.say("alice", "reload").text())
                            .contains("schedule.timezone", "needs a restart: server.public_url");
                    assertThat(s.say("alice", "schedule add \"30 2 * * *\" deploy staging")
                                    .text())
                            .contains("Asia/Tokyo");
                    assertThat(s.say("alice", "reload").text()).contains("nothing changed", "server.public_url");
                }),
                always("`reload` of a bad file says the line and changes nothing", s -> {
                    s.house().file("config/playcall.yml", "schedule:\n  timezone: Asia/Tokyo\nansible:\n  fork: 3\n");
                    assertThat(s.say("alice", "reload").text())
                            .contains("nothing was changed", "config/playcall.yml:4", "did you mean forks");
                    assertThat(s.say("alice", "schedule add \"30 2 * * *\" deploy staging")
                                    .text())
                            .doesNotContain("Tokyo");
                    assertThat(s.say("alice", "reload now").text()).contains("takes no words");
                }));
    }

    private static List<ChatScenarios.Scenario> playbooks() {
        return List.of(always("`playbook show` reads one out, and to take one away its name is said twice", s -> {
            assertThat(s.say("alice", "playbook show migrate").text())
                    .contains("Migrate the database", "target (required)", "hosts: all");
            assertThat(s.say("alice", "playbook show migrat").text()).contains("did you mean migrate");
            assertThat(s.say("alice", "playbook delete migrate").text()).contains("playbook delete migrate migrate");
            assertThat(s.say("alice", "playbook").text()).contains("show|restore|delete");
        }));
    }
}
