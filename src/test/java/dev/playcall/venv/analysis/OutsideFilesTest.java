package dev.playcall.venv.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.file.RolesPath;
import dev.playcall.venv.analysis.PlaybookAnalyzer.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who writes a playbook learns nothing of files that the gateway can read and they cannot. */
class OutsideFilesTest {
    @TempDir
    Path folder;

    private Analysis analysis(String tasks) throws IOException {
        var project = Files.createDirectories(folder.resolve("project"));
        var playbooks = Files.createDirectories(project.resolve("playbooks"));
        Files.writeString(folder.resolve("shadow"), "root:*:20228\n");
        Files.writeString(folder.resolve("notes"), "- s3cret.key.word: {}\n");
        Files.createSymbolicLink(playbooks.resolve("link.yml"), folder.resolve("notes"));
        Files.writeString(project.resolve("beside.yml"), "- amazon.aws.ec2_instance: {}\n");
        var playbook = Files.writeString(playbooks.resolve("site.yml"), "- hosts: all\n  tasks: [" + tasks + "]\n");
        return new PlaybookAnalyzer(playbooks, () -> new RolesPath(project, Optional.empty()), () -> ">=2.14")
                .analyze(playbook, Needs.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"include_tasks: %s/shadow", "import_tasks: ../../notes", "include_tasks: link.yml"})
    void aFileOutsideTheProjectIsNamedAndNotShown(String task) throws IOException {
        var found = analysis("{" + task.formatted(folder) + "}").unresolved();
        assertThat(found)
                .singleElement()
                .satisfies(f -> assertThat(f.message()).isEqualTo("it is outside the project, so it is not analyzed"));
        assertThat(found.toString()).doesNotContain("20228", "s3cret");
    }

    @Test
    void aFileBesideThePlaybooksIsOfTheProject() throws IOException {
        assertThat(analysis("{include_tasks: ../beside.yml}").collections()).contains("amazon.aws");
    }
}
