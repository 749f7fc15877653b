package dev.playcall.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.cli.CommandInProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./playcall env} without a gateway that runs; the real Ansible looks at each new inventory. */
class EnvironmentIT {
    @TempDir
    Path home;

    @BeforeEach
    void start() throws IOException {
        for (var folder : new String[] {"config", "playbooks", "inventory/prod"}) {
            Files.createDirectories(home.resolve(folder));
        }
        Files.writeString(home.resolve("inventory/prod/hosts.yml"), "all: { hosts: { h1: } }\n");
        Files.writeString(home.resolve("config/playcall.yml"), "");
    }

    private CommandInProcess.Result env(String input, String... words) {
        var all = new String[words.length + 2];
        all[0] = "--embedded";
        all[1] = "env";
        System.arraycopy(words, 0, all, 2, words.length);
        return CommandInProcess.run(home, Map.of(), input, all);
    }

    private String done(String... words) {
        var result = env("", words);
        assertThat(result.code()).as(result.toString()).isZero();
        return result.out();
    }

    @Test
    void environmentsAreManagedAndTheirPolicyIsWrittenFromAFile() throws IOException {
        assertThat(done("create", "preview", "web-1=10.0.0.1", "--copy-from", "prod"))
                .contains("preview is created with 2 hosts");
        var file = home.resolve("policy.yml");
        Files.writeString(file, "protected: true\n");
        assertThat(done("policy", "preview", "--file", file.toString())).contains("policy of preview is changed");
        assertThat(done("policy", "preview")).isEqualTo("protected: true\n");
        var wrong = env("protectd: true\n", "policy", "preview", "--file", "-");
        assertThat(wrong.code()).isNotZero();
        assertThat(wrong.err())
                .contains("config.yml:1", "did you mean protected?")
                .hasLineCount(1);
        assertThat(env("", "policy", "preview", "--file", "nowhere.yml").err()).contains("nowhere.yml cannot be read");
        assertThat(env("", "policy", "../etc").err()).contains("an environment name has");
    }
}
