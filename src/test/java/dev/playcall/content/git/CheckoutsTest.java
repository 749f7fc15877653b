package dev.playcall.content.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.playcall.config.Config;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.content.ContentException;
import dev.playcall.content.ContentLock;
import dev.playcall.content.DeployKeys;
import dev.playcall.domain.Revision;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.testing.GitFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real repositories: what is pulled, what is refused and why, and that nobody's work is lost. */
class CheckoutsTest {
    private static final EnvironmentName PROD = new EnvironmentName("prod");

    @TempDir
    Path base;

    private GitFixture fixture;
    private final ContentLock contentLock = new ContentLock();

    @BeforeEach
    void make() throws IOException {
        fixture = new GitFixture(base);
    }

    private Config config() {
        return ConfigFile.load(fixture.home, Optional.empty(), Map.of());
    }

    private Checkouts checkouts() {
        return new Checkouts(this::config, contentLock, System.getenv(), DeployKeys.none());
    }

    private FetchResult pull() throws ContentException {
        return checkouts().pull(Optional::empty).getFirst();
    }

    private void isRefused(String... words) throws IOException {
        var before = fixture.head();
        assertThatThrownBy(this::pull)
                .isInstanceOf(ContentException.class)
                .hasMessageContainingAll(words)
                .extracting(e -> String.valueOf(e.getMessage()).lines().count())
                .isEqualTo(1L);
        assertThat(fixture.head()).isEqualTo(before);
    }

    @Test
    void whatIsNewIsTakenAndNamed() throws Exception {
        var first = fixture.head();
        fixture.push("Fix the port", "playbooks/deploy.yml", "- hosts: all\n  tasks: []\n");
        var last = fixture.push(
                "Add staging",
                "inventory/staging/hosts.yml",
                "all: { hosts: { s1: } }\n",
                "playbooks/roles/web/tasks/main.yml",
                "[]\n");
        assertThat(checkouts().hasChanges()).isTrue();
        var fetchResult = pull();
        assertThat(fixture.head()).isEqualTo(last);
        assertThat(fetchResult.from()).isEqualTo(first);
        assertThat(fetchResult.commits())
                .extracting(FetchResult.Commit::subject)
                .containsExactly("Add staging", "Fix the port");
        assertThat(fetchResult.playbooks()).containsExactly("deploy");
        assertThat(fetchResult.environments()).containsExactly("staging");
        assertThat(fetchResult.files()).contains("playbooks/roles/web/tasks/main.yml");
        assertThat(fetchResult.notes()).isEmpty();
        assertThat(checkouts().hasChanges()).isFalse();
        assertThat(pull().hasChanges()).isFalse();
    }

    @Test
    void anEditIsNamedAndStays() throws Exception {
        fixture.push("Fix the port", "playbooks/deploy.yml", "- hosts: web\n");
        fixture.write("playbooks/deploy.yml", "- hosts: mine\n");
        fixture.write("inventory/prod/hosts.yml", "all: { hosts: { h2: } }\n");
        isRefused("not committed", "playbooks/deploy.yml", "inventory/prod/hosts.yml");
        assertThat(fixture.read("playbooks/deploy.yml")).isEqualTo("- hosts: mine\n");
    }

    @Test
    void whatPlaycallWritesIsNobodysEdit() throws Exception {
        fixture.push("Somebody committed it", "inventory/prod/status.yml", "theirs: true\n");
        fixture.write("inventory/prod/status.yml", "ours: 1\n");
        pull();
        assertThat(fixture.read("inventory/prod/status.yml")).isEqualTo("ours: 1\n");
        fixture.push("And again", "inventory/prod/status.yml", "theirs: 2\n", "playbooks/deploy.yml", "- hosts: x\n");
        fixture.write("inventory/prod/.status.yml.new", "half\n");
        assertThat(pull().notes()).isEmpty();
        assertThat(fixture.read("inventory/prod/status.yml")).isEqualTo("ours: 1\n");
        assertThat(fixture.read("playbooks/deploy.yml")).isEqualTo("- hosts: x\n");
        fixture.pushWithout("Out with it", "inventory/prod/status.yml");
        pull();
        assertThat(fixture.read("inventory/prod/status.yml")).isEqualTo("ours: 1\n");
    }

    @Test
    void whatGitDoesNotKnowIsToldAndNeverWrittenOver() throws Exception {
        fixture.write("playbooks/hotfix.yml", "- hosts: all\n");
        fixture.push("Fix", "playbooks/deploy.yml", "- hosts: web\n");
        assertThat(pull().notes()).containsExactly("not in git: playbooks/hotfix.yml");
        fixture.push("The same name", "playbooks/hotfix.yml", "- hosts: theirs\n");
        isRefused("in the way", "playbooks/hotfix.yml");
        assertThat(fixture.read("playbooks/hotfix.yml")).isEqualTo("- hosts: all\n");
    }

    @Test
    void twoHistoriesAreRefused() throws Exception {
        fixture.push("Theirs", "playbooks/deploy.yml", "- hosts: web\n");
        fixture.write("playbooks/other.yml", "- hosts: all\n");
        fixture.git("add", "--all");
        fixture.git("commit", "--quiet", "-m", "Mine");
        isRefused("diverged", "1 here and 1 there");
    }

    @Test
    void whatIsNotPushedIsToldAndNothingElse() throws Exception {
        fixture.write("playbooks/other.yml", "- hosts: all\n");
        fixture.git("add", "--all");
        fixture.git("commit", "--quiet", "-m", "Mine");
        var fetchResult = pull();
        assertThat(fetchResult.hasChanges()).isFalse();
        assertThat(fetchResult.notes()).singleElement().asString().contains("lacks 1 commit of", "push");
    }

    @Test
    void noBranchNoRemoteNoCheckoutAreEachTheirOwnLine() throws Exception {
        fixture.git("checkout", "--quiet", "--detach");
        isRefused("detached", "git switch");
        fixture.git("checkout", "--quiet", "main");
        fixture.git("checkout", "--quiet", "-b", "mine");
        isRefused("origin", "cannot be read", "mine");
        fixture.write("config/playcall.yml", "git: { branch: main }\n");
        isRefused("is on mine", "git.branch says main");
        fixture.git("checkout", "--quiet", "main");
        fixture.git("remote", "rename", "origin", "upstream");
        isRefused("no remote origin", "git.remote can be upstream");
        fixture.git("remote", "remove", "upstream");
        isRefused("no remote origin", "git remote add");
        assertThatThrownBy(() -> new Checkouts(
                                () -> config(base.resolve("nowhere")), contentLock, Map.of(), DeployKeys.none())
                        .pull(Optional::empty))
                .hasMessageContaining("is in a checkout of git");
    }

    private static Config config(Path home) {
        return ConfigFile.load(home, Optional.empty(), Map.of());
    }

    /** A remote that wants a password, and one that never answers. */
    @Test
    @Timeout(60)
    void nobodyIsAskedForAPasswordAndNothingHangs() throws Exception {
        try (var server = new java.net.ServerSocket(0, 50, java.net.InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> refuse(server));
            fixture.git(
                    "remote", "set-url", "origin", "http://bob:hunter2@127.0.0.1:" + server.getLocalPort() + "/x.git");
            isRefused("origin", "cannot be read", "Authentication failed");
            assertThatThrownBy(this::pull)
                    .message()
                    .contains("credential helper")
                    .doesNotContain("hunter2");
        }
        try (var silent = new java.net.ServerSocket(0, 50, java.net.InetAddress.getLoopbackAddress())) {
            fixture.git("remote", "set-url", "origin", "http://127.0.0.1:" + silent.getLocalPort() + "/x.git");
            fixture.write("config/playcall.yml", "git: { timeout: 1s }\n");
            isRefused("did not end within 1 s");
        }
    }

    private static void refuse(java.net.ServerSocket server) {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                var read = socket.getInputStream().read(new byte[4096]);
                assertThat(read).isPositive();
                socket.getOutputStream()
                        .write(("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"git\"\r\n"
                                        + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                                .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    @Test
    void anObjectionChangesNothing() throws Exception {
        fixture.push("Fix", "playbooks/deploy.yml", "- hosts: web\n");
        var before = fixture.head();
        assertThatThrownBy(() -> checkouts().pull(() -> Optional.of("#7 works")))
                .isInstanceOfSatisfying(
                        ContentException.class, e -> assertThat(e.isPassing()).isTrue());
        assertThat(fixture.head()).isEqualTo(before);
    }

    /** A run that is being prepared sees one state of the files: nothing is replaced before it is done. */
    @Test
    void nothingIsReplacedWhileARunIsPrepared() throws Exception {
        fixture.push("Fix", "playbooks/deploy.yml", "- hosts: web\n");
        var before = fixture.head();
        CompletableFuture<FetchResult> sync;
        try (var _ = contentLock.readLock()) {
            sync = CompletableFuture.supplyAsync(() -> {
                try {
                    return pull();
                } catch (ContentException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThatThrownBy(() -> sync.get(1, TimeUnit.SECONDS))
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
            assertThat(fixture.head()).isEqualTo(before);
            assertThat(fixture.read("playbooks/deploy.yml")).contains("first");
        }
        assertThat(sync.get(20, TimeUnit.SECONDS).hasChanges()).isTrue();
    }

    @Test
    void severalAtOnceAreNotInEachOthersWay() throws Exception {
        var last = fixture.push("Fix", "playbooks/deploy.yml", "- hosts: web\n");
        var checkouts = checkouts();
        var all = java.util.stream.IntStream.range(0, 6)
                .mapToObj(_ -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return checkouts.pull(Optional::empty).getFirst().to();
                    } catch (ContentException e) {
                        throw new IllegalStateException(e.why(), e);
                    }
                }))
                .toList();
        assertThat(all).allSatisfy(one -> assertThat(one.join()).isEqualTo(last));
        assertThat(fixture.head()).isEqualTo(last);
        assertThat(fixture.git("status", "--porcelain")).isEmpty();
    }

    @Test
    void ofTwoCheckoutsNoneIsChangedWhenOneRefuses() throws Exception {
        var other = new GitFixture(Files.createDirectory(base.resolve("second")));
        Files.writeString(
                Files.createDirectories(fixture.home.resolve("config")).resolve("playcall.yml"),
                "paths: { inventory: " + other.home.resolve("inventory") + " }\n");
        fixture.push("Fix", "playbooks/deploy.yml", "- hosts: web\n");
        other.push("More hosts", "inventory/prod/hosts.yml", "all: { hosts: { h9: } }\n");
        other.write("inventory/prod/hosts.yml", "all: { hosts: { mine: } }\n");
        isRefused("inventory/prod/hosts.yml");
        other.git("checkout", "--", ".");
        assertThat(checkouts().pull(Optional::empty))
                .extracting(p -> p.playbooks() + " " + p.environments())
                .containsExactly("[deploy] []", "[] [prod]");
        assertThat(checkouts().revision(PROD))
                .contains(new Revision(
                        Optional.of(fixture.head()),
                        Optional.of(other.head()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false));
    }

    /** As {@code init} has it: the repository is elsewhere, and what Playcall keeps lies in a checkout of its own. */
    @Test
    void theCheckoutAroundTheDataFolderIsNotWhereAnInventoryComesFrom() throws Exception {
        var other = new GitFixture(Files.createDirectory(base.resolve("second")));
        Files.createDirectories(fixture.home.resolve("data/environments"));
        Files.writeString(
                Files.createDirectories(fixture.home.resolve("config")).resolve("playcall.yml"),
                "paths: { project: " + other.home + ", playbooks: " + other.home.resolve("playbooks")
                        + ", inventory: data/environments }\n"
                        + "environments: { prod: { inventory: [inventory/prod/hosts.yml] } }\n");
        assertThat(checkouts().revision(PROD)).contains(Revision.at(other.head(), false));
    }

    @Test
    void aRevisionSaysWhetherTheFilesAreThoseOfTheCommit() throws Exception {
        var clean = Revision.at(fixture.head(), false);
        assertThat(checkouts().revision(PROD)).contains(clean);
        fixture.write("inventory/prod/status.yml", "ours: 1\n");
        fixture.write("inventory/other/hosts.yml", "all: { hosts: { o1: } }\n");
        fixture.write("README.md", "not what a run is made of\n");
        assertThat(checkouts().revision(PROD)).contains(clean);
        fixture.write("roles/web/tasks/main.yml", "[]\n");
        var edited = checkouts().revision(PROD).orElseThrow();
        assertThat(edited.edited()).isTrue();
        assertThat(edited.brief()).endsWith(", with local edits");
        assertThat(Revision.of(edited.text())).isEqualTo(edited);
        assertThat(new Checkouts(() -> config(base.resolve("nowhere")), contentLock, Map.of(), DeployKeys.none())
                        .revision(PROD))
                .isEmpty();
    }

    @Test
    void sshIsToldToAskNobody() throws Exception {
        fixture.git("remote", "set-url", "origin", "ssh://127.0.0.1:1/x.git");
        isRefused("origin", "cannot be read");
        fixture.git("remote", "set-url", "origin", "ssh://127.0.0.1/x.git");
        var ssh = base.resolve("ssh");
        Files.writeString(ssh, "#!/bin/sh\necho \"$@\" >&2\nexit 255\n");
        assertThat(ssh.toFile().setExecutable(true)).isTrue();
        fixture.git("config", "core.sshCommand", ssh.toString());
        assertThatThrownBy(this::pull).hasMessageContaining("BatchMode=yes");
    }

    @Test
    void namesThatWouldBeOptionsAreRefused() {
        for (var key : List.of("branch: \"--upload-pack=x\"", "remote: \"-x\"", "branch: \"a..b\"", "interval: 3s")) {
            assertThatThrownBy(() -> {
                        fixture.write("config/playcall.yml", "git: { " + key + " }\n");
                        config();
                    })
                    .hasMessageContaining("config/playcall.yml:1")
                    .hasMessageContaining("git." + key.substring(0, key.indexOf(":")));
        }
    }
}
