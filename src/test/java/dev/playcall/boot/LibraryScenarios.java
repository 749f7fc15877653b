package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.testing.GitFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What every platform owes those who keep the configuration, the playbooks and the inventory. */
final class LibraryScenarios {
    private LibraryScenarios() {}

    static List<ChatScenarios.Scenario> all() {
        return Stream.of(reload(), playbooks(), sync(), settings())
                .flatMap(List::stream)
                .toList();
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
                    assertThat(s.say("alice", "reload").text()).contains("no changes", "server.public_url");
                }),
                always("`reload` of a bad file says the line and changes nothing", s -> {
                    s.house().file("config/playcall.yml", "schedule:\n  timezone: Asia/Tokyo\nansible:\n  fork: 3\n");
                    assertThat(s.say("alice", "reload").text())
                            .contains("nothing was changed", "config/playcall.yml:4", "did you mean forks");
                    assertThat(s.say("alice", "schedule add \"30 2 * * *\" deploy staging")
                                    .text())
                            .doesNotContain("Tokyo");
                    assertThat(s.say("alice", "reload now").text()).contains("takes no arguments");
                }));
    }

    private static List<ChatScenarios.Scenario> sync() {
        return List.of(always("`sync` says what came from git, and over whose edit or run it does not go", s -> {
            var git = pushed(s, "Fix the port", "playbooks/deploy.yml");
            assertThat(s.say("alice", "sync").text())
                    .contains("origin/main at", "1 commit newer", "playbooks deploy", "Fix the port", "Ada");
            assertThat(s.say("bob", "sync").text()).contains("Fix the port", "no changes");
            pushed(git, "Add a check", "playbooks/check.yml");
            s.house().file("playbooks/ping.yml", "- hosts: mine\n");
            assertThat(s.say("alice", "sync").text())
                    .contains("not committed: playbooks/ping.yml", "git restore", "then sync again");
            s.house().file("playbooks/ping.yml", "- hosts: all\n  tasks: []\n");
            s.say("alice", "deploy staging version=v1");
            s.house().begin("deploy");
            assertThat(s.say("alice", "sync").text()).contains("#1 is running", "sync now");
            assertThat(s.say("alice", "sync now").text()).contains("Add a check");
            assertThat(s.house().text("playbooks/check.yml")).contains("Add a check");
            assertThat(s.say("alice", "galaxy install --again").text()).contains("no requirements.yml");
            assertThat(s.say("bob", "venv analyze deploy --no-lint").text())
                    .contains("the environment of deploy.yml", "SHA-256", "ansible-core");
            assertThat(s.say("bob", "venv analyze dploy").text()).contains("did you mean deploy?");
        }));
    }

    private static GitFixture pushed(ChatStage s, String subject, String file) {
        var git = s.house().inGit();
        pushed(git, subject, file);
        return git;
    }

    private static void pushed(GitFixture git, String subject, String file) {
        try {
            git.push(subject, file, "# " + subject + "\n- hosts: all\n  tasks: []\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ChatScenarios.Scenario> settings() {
        return List.of(always(
                "`settings` are set and reset, and an invalid value is refused with the allowed ones", s -> {
                    assertThat(s.say("alice", "settings set ansible.forks lots").text())
                            .contains("ansible.forks", "allowed: ", "1");
                    assertThat(s.say("alice", "settings set ansible.fork 5").text())
                            .contains("did you mean ansible.forks");
                    assertThat(s.say("alice", "settings set ansible.forks 20").text())
                            .contains("ansible.forks is 20 now, was 50", "settings reset ansible.forks");
                    assertThat(s.say("bob", "settings").text()).contains("ansible.forks", "20", "alice");
                    assertThat(s.say("bob", "settings reset ansible.forks").text())
                            .contains("ansible.forks is 50 again");
                }));
    }

    private static List<ChatScenarios.Scenario> playbooks() {
        return List.of(always("`playbook show` reads one out, and to take one away its name is said twice", s -> {
            assertThat(s.say("alice", "playbook show migrate").text())
                    .contains("Migrate the database", "target (required)", "hosts: all");
            assertThat(s.say("alice", "playbook show migrat").text()).contains("did you mean migrate");
            assertThat(s.say("alice", "playbook delete migrate").text()).contains("playbook delete migrate migrate");
            assertThat(s.say("alice", "playbook").text()).contains("show, restore or delete");
        }));
    }
}
