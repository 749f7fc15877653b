package dev.playcall.venv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.playcall.content.ContentException;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.venv.HostVenvs.HostVenv;
import dev.playcall.venv.HostVenvs.VenvHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which environments a host has, as a file. */
class HostVenvsTest {
    private static final HostVenv TORRENT = new HostVenv(
            "start_rtorrent_droplet_a1b2c3d4",
            "/home/ansible/venvs/start_rtorrent_droplet_a1b2c3d4",
            Instant.parse("2024-01-15T10:35:00Z"),
            "7f3c",
            1234);
    private static final VenvHost NIGHT = VenvHost.of(new EnvironmentName("prod"), "night2.lan");

    @TempDir
    private Path home;

    private HostVenvs hosts;

    @BeforeEach
    void open() {
        hosts = new HostVenvs(home.resolve("host_venvs"));
    }

    @Test
    void theFileIsTheOneThatIsDocumentedAndTheSameContentIsTheSameBytes() throws Exception {
        hosts.write(NIGHT, List.of());
        assertThat(home.resolve("host_venvs")).doesNotExist();
        hosts.add(NIGHT, TORRENT);
        var file = home.resolve("host_venvs/prod/night2.lan.yml");
        assertThat(file).hasContent("""
            hostname: "night2.lan"
            installed_venvs:
              - name: "start_rtorrent_droplet_a1b2c3d4"
                path: "/home/ansible/venvs/start_rtorrent_droplet_a1b2c3d4"
                installed_date: "2024-01-15T10:35:00Z"
                requirements: "7f3c"
                size: 1234
            """);
        var before = Files.getLastModifiedTime(file);
        hosts.add(NIGHT, TORRENT);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
        var first = new HostVenv("another_00000000", "/v", Instant.EPOCH, "", 0);
        hosts.add(NIGHT, first);
        assertThat(hosts.of(NIGHT)).containsExactly(first, TORRENT);
        hosts.write(VenvHost.HERE, List.of(first));
        assertThat(hosts.all().keySet()).containsExactly(VenvHost.HERE, NIGHT);
        hosts.remove(NIGHT, List.of(TORRENT.name(), first.name()));
        assertThat(file).hasContent("hostname: \"night2.lan\"\ninstalled_venvs: []\n");
        assertThat(home.resolve("host_venvs/prod")).isDirectoryContaining(f -> f.equals(file));
    }

    @Test
    void aBrokenFileAndANameThatIsNoFileAreRefused() throws Exception {
        hosts.add(NIGHT, TORRENT);
        Files.writeString(home.resolve("host_venvs/prod/night2.lan.yml"), "installed_venvs: [{name: x}]\n");
        assertThatThrownBy(() -> hosts.of(NIGHT))
                .isInstanceOf(ContentException.class)
                .hasMessageContaining("host_venvs/prod/night2.lan.yml")
                .hasMessageContaining("installed_date");
        var outside = VenvHost.of(new EnvironmentName("prod"), "../localhost");
        assertThatThrownBy(() -> hosts.add(outside, TORRENT)).hasMessageContaining("no name of a file");
    }
}
