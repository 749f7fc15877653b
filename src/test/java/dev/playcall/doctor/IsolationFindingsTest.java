package dev.playcall.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.playcall.ansible.ProgramPaths;
import dev.playcall.chat.PlatformFinding;
import dev.playcall.config.runtime.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IsolationFindingsTest {
    @TempDir
    private Path home;

    @BeforeEach
    void open() throws IOException {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        write("playbooks/deploy.yml", "- hosts: all\n");
        write("inventory/prod/hosts.yml", "all: { hosts: { web-1: { ansible_ssh_private_key_file: /etc/shadow } } }\n");
    }

    private void write(String name, String text) throws IOException {
        var file = home.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private List<String> found(String ansible) throws IOException {
        write("config/playcall.yml", "ansible: " + ansible + "\n");
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        return new IsolationFindings(config, new ProgramPaths(""))
                .all().stream().map(IsolationFindingsTest::line).toList();
    }

    private static String line(PlatformFinding finding) {
        return finding.level() + " " + finding.text();
    }

    @Test
    void aUserThatIsNotThereIsAnErrorWithItsRemedy() throws IOException {
        assertThat(found("{ run_as: no-such-user }"))
                .containsExactly("ERROR ansible.run_as: there is no user no-such-user on this machine:"
                        + " useradd --system --create-home no-such-user");
    }

    @Test
    void whatTheUserCannotReadAndWhatItMustNotReadIsNamed() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root may become another user");
        var playbook = home.resolve("playbooks/deploy.yml");
        Files.setPosixFilePermissions(playbook, PosixFilePermissions.fromString("rw-------"));
        assertThat(found("{ run_as: nobody }"))
                .contains(
                        "ERROR ansible.run_as: nobody cannot read " + playbook + ": chmod -R o+rX " + playbook
                                + ", or let a group of nobody do so",
                        "ERROR ansible.run_as: nobody cannot read /etc/shadow: chmod -R o+rX /etc/shadow, or let a"
                                + " group of nobody do so",
                        "WARNING ansible.run_as: nobody can read " + home.resolve("config/playcall.yml") + ": chmod o= "
                                + home.resolve("config/playcall.yml"));
    }

    @Test
    void whatIsTheGatewaysOwnIsNoComplaintAlsoInsideTheRepository() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root may become another user");
        write("inventory/prod/hosts.yml", "all: { hosts: { web-1: } }\n");
        for (var own : List.of("data/playcall.db", "data/environments/prod/status.yml", "logs/1.log")) {
            write(own, "-\n");
            Files.setPosixFilePermissions(home.resolve(own), PosixFilePermissions.fromString("rw-------"));
        }
        write("deploy.yml", "- hosts: all\n");
        write("config/playcall.yml", """
            paths: { playbooks: ., inventory: data/environments }
            environments: { prod: { inventory: [inventory/prod/hosts.yml] } }
            ansible: { run_as: nobody }
            """);
        Files.setPosixFilePermissions(
                home.resolve("config/playcall.yml"), PosixFilePermissions.fromString("rw-------"));
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        var found = new IsolationFindings(config, new ProgramPaths("")).all();
        assertThat(found.stream().map(IsolationFindingsTest::line))
                .noneMatch(line -> line.contains("/data") || line.contains("/logs") || line.contains("/config"));
    }

    @Test
    void eachLimitIsSaidWithWhatHoldsIt() throws IOException {
        assertThat(found("{ limits: { memory: 2GB, open_files: 1024 } }"))
                .anySatisfy(line -> assertThat(line)
                        .containsPattern("ansible.limits.memory: 2 GB(:| for all).*(control group|each process)"))
                .contains("OK ansible.limits.open_files: 1024 for each process of a run");
        assertThat(found("{}")).isEmpty();
    }
}
