package dev.playcall.venv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.playcall.catalog.file.RolesPath;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.testing.ManualClock;
import dev.playcall.venv.analysis.Analysis;
import dev.playcall.venv.analysis.PlaybookAnalyzer;
import dev.playcall.venv.analysis.PlaybookAnalyzer.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecFilesTest {
    private static final PlaybookName NAME = new PlaybookName("Start-rtorrent.droplet");

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock(Instant.parse("2024-01-15T10:30:00.123Z"));
    private SpecFiles specs;

    @BeforeEach
    void open() {
        specs = new SpecFiles(folder.resolve("venv_specs"), clock);
    }

    private Analysis needs(String module) throws IOException {
        var playbook = folder.resolve("site.yml");
        Files.writeString(playbook, "- hosts: all\n  tasks: [{" + module + ": }]\n");
        return new PlaybookAnalyzer(folder, () -> new RolesPath(folder, Optional.empty()), () -> ">=2.14")
                .analyze(playbook, Needs.NONE);
    }

    @Test
    void aSpecificationHasTheKeysOfItsDocument() throws IOException {
        var spec =
                specs.save(NAME, "Start-rtorrent.droplet.yml", needs("community.digitalocean.digital_ocean_droplet"));
        assertThat(spec.name()).matches("start_rtorrent_droplet_[0-9a-f]{8}");
        assertThat(Files.readString(folder.resolve("venv_specs").resolve(spec.name() + ".yml")))
                .isEqualTo("""
                    name: "%s"
                    source_playbook: "Start-rtorrent.droplet.yml"
                    content_hash: "%s"
                    collections:
                      - "community.digitalocean"
                    python_packages:
                      - "ansible-core>=2.14"
                      - "requests"
                      - "urllib3"
                    created: "2024-01-15T10:30:00Z"
                    sha256: "%s"
                    files:
                      - "site.yml"
                    python: ""
                    unresolved: []
                    """.formatted(
                                spec.name(), spec.contentHash(), spec.needs().sha256()));
        assertThat(spec.needs().sha256()).startsWith(spec.contentHash());
    }

    @Test
    void writtenAgainItIsTheSameToTheByte() throws IOException {
        var first = specs.save(NAME, "a.yml", needs("ping"));
        var file = folder.resolve("venv_specs").resolve(first.name() + ".yml");
        var text = Files.readString(file);
        clock.go(Duration.ofDays(3));
        var again = specs.save(NAME, "a.yml", needs("ping"));
        assertThat(Files.readString(file)).isEqualTo(text);
        assertThat(again.name()).isEqualTo(first.name());
        assertThat(specs.find(first.name()).map(VenvSpec::needs)).contains(first.needs());
        assertThat(specs.names()).containsExactly(first.name());
    }

    @Test
    void anotherContentHasAnotherName() throws IOException {
        assertThat(specs.save(NAME, "a.yml", needs("ping")).name())
                .isNotEqualTo(specs.save(NAME, "a.yml", needs("setup")).name());
    }

    @Test
    void twoThatShareTheirFirstDigitsAreTwo() throws IOException {
        var one = new Analysis("a1b2c3d4" + "0".repeat(56), List.of(), List.of(), List.of(), "", List.of(), List.of());
        var two = new Analysis("a1b2c3d4" + "1".repeat(56), List.of(), List.of(), List.of(), "", List.of(), List.of());
        assertThat(specs.save(NAME, "a.yml", one).contentHash()).isEqualTo("a1b2c3d4");
        assertThat(specs.save(NAME, "a.yml", two).contentHash()).isEqualTo("a1b2c3d41111");
        assertThat(specs.names()).hasSize(2).allMatch(n -> specs.find(n).isPresent());
    }

    @Test
    void aNameThatIsAPathIsNone() {
        assertThat(specs.find("../site")).isEmpty();
        assertThat(specs.find("a/b")).isEmpty();
        assertThat(specs.find("a\nb")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "python_packages: [foo; rm]",
                "python_packages: ['--index-url=http://127.0.0.1/']",
                "collections: [../../acme]",
                "source_playbook: ../../etc/passwd",
                "lock: ['foo==1 --hash=sha256:00 -e .']",
                "lock: [\"foo==1\\n-e .\"]",
                "locked_collections: ['https://127.0.0.1/a.tar.gz']",
                "requirements: ../../bin",
                "python: '>=3; x'",
            })
    void whatSomebodyWroteIntoAFileIsNeverPartOfACommand(String line) throws IOException {
        var spec = specs.save(NAME, "a.yml", needs("ping"));
        var file = folder.resolve("venv_specs").resolve(spec.name() + ".yml");
        var key = line.replaceFirst(":.*", "");
        Files.writeString(
                file, Files.readString(file).replaceFirst("(?m)^" + key + ":.*\n(  - .*\n)*", "") + line + "\n");
        assertThatThrownBy(() -> specs.find(spec.name()))
                .isInstanceOf(ConfigException.class)
                .hasMessageMatching("venv_specs/\\S+\\.yml: \"" + key + "\" has a value that Playcall does not write:"
                        + " .*; remove the file, and analyze the playbook again");
    }

    @Test
    void aFileThatSomebodyChangedIsRefusedWithItsRemedy() throws IOException {
        var spec = specs.save(NAME, "a.yml", needs("ping"));
        var file = folder.resolve("venv_specs").resolve(spec.name() + ".yml");
        Files.writeString(file, Files.readString(file).replace(spec.needs().sha256(), "f".repeat(64)));
        assertThatThrownBy(() -> specs.find(spec.name()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("venv_specs/" + spec.name()
                        + ".yml: its name does not belong to its sha256; remove the file, and analyze the"
                        + " playbook again");
    }
}
