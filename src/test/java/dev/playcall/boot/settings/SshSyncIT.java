package dev.playcall.boot.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.content.ContentException;
import dev.playcall.content.ContentLock;
import dev.playcall.content.git.Checkouts;
import dev.playcall.domain.name.Person;
import dev.playcall.security.secret.Redactor;
import dev.playcall.security.secret.SecretKind;
import dev.playcall.security.secret.SecretRef;
import dev.playcall.security.secret.SecretService;
import dev.playcall.security.secret.SecretText;
import dev.playcall.store.Database;
import dev.playcall.testing.GitFixture;
import dev.playcall.testing.MemorySecrets;
import dev.playcall.testing.TestSshd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A remote behind a real ssh server, with a key that Playcall keeps: what is told until it works, and that nothing hangs. */
@Timeout(120)
class SshSyncIT {
    @TempDir
    Path base;

    private Checkouts checkouts(GitFixture fixture, SecretService secrets) {
        var config = ConfigFile.load(fixture.home, Optional.empty(), Map.of());
        return new Checkouts(
                () -> config, new ContentLock(), System.getenv(), new GitKeys(secrets, GitKeys.place(config)));
    }

    private static void isRefused(Checkouts checkouts, String... words) {
        assertThatThrownBy(() -> checkouts.pull(Optional::empty))
                .isInstanceOf(ContentException.class)
                .hasMessageContainingAll(words)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aKeptKeyFetchesFromAKnownHost() throws Exception {
        var fixture = new GitFixture(Files.createDirectory(base.resolve("main")));
        var lib = new GitFixture(Files.createDirectory(base.resolve("lib")));
        try (var sshd = new TestSshd(base.resolve("sshd"), 1);
                var database = Database.open("jdbc:sqlite:" + base.resolve("p.db"), Clock.systemUTC())) {
            var secrets = MemorySecrets.vault(database.secrets(), base.resolve("keys.json"), new Redactor(List.of()));
            var checkouts = checkouts(fixture, secrets);
            var known = base.resolve("known_hosts");
            fixture.git("remote", "set-url", "origin", "ssh://" + sshd.place() + fixture.remote);
            fixture.git(
                    "config",
                    "core.sshCommand",
                    "ssh -F /dev/null -o IdentityAgent=none -o UserKnownHostsFile=" + known);
            var port = sshd.place().replaceFirst(".*:", "");
            isRefused(
                    checkouts,
                    "origin of " + fixture.home,
                    "the host key of 127.10.0.1 is not known",
                    "ssh-keyscan -p " + port + " 127.10.0.1 >> ~/.ssh/known_hosts");
            assertThat(known).doesNotExist();

            var mine = sshd.knownHosts();
            Files.writeString(known, mine);
            isRefused(checkouts, "Permission denied", "./playcall secret set NAME --kind git_key");

            assertThat(secrets.set(
                            SecretRef.global("fetch"),
                            SecretKind.GIT_KEY,
                            new SecretText(sshd.clientKey()),
                            new Person("web:ada")))
                    .isEmpty();
            fixture.colleague(
                    "-c",
                    "protocol.file.allow=always",
                    "submodule",
                    "--quiet",
                    "add",
                    "../../lib/remote.git",
                    "roles/lib");
            var last = fixture.push("With a role from beside");
            assertThat(checkouts.pull(Optional::empty).getFirst().to()).isEqualTo(last);
            assertThat(fixture.home.resolve("roles/lib/playbooks/deploy.yml")).exists();
            assertThat(fixture.home.resolve("data/sync-keys")).isEmptyDirectory();
            assertThat(lib.head()).isEqualTo(fixture.git("-C", "roles/lib", "rev-parse", "HEAD"));

            var other = mine.replaceFirst(
                    "AAAA.*", Files.readString(base.resolve("sshd/client.pub")).replaceAll("^\\S+ (\\S+)[^$]*", "$1"));
            Files.writeString(known, other);
            isRefused(
                    checkouts,
                    "the host key of [127.10.0.1]:" + port + " is not the one in known_hosts",
                    "ssh-keygen -R");
        }
    }
}
