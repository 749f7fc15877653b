package dev.playcall.content.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.playcall.config.Config;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.content.ContentException;
import dev.playcall.content.ContentLock;
import dev.playcall.content.DeployKeys;
import dev.playcall.testing.GitFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real git that dies, or can write no more, half-way through the files; and a gateway that dies with it. */
class CutOffTest {
    @TempDir
    Path base;

    private GitFixture fixture;
    private String before;

    /** Of three files that are new or other, the second in their order goes through a filter. */
    @BeforeEach
    void make() throws IOException {
        fixture = new GitFixture(base);
        fixture.push("Attributes", ".gitattributes", "playbooks/m.yml filter=hard\n", "playbooks/z.yml", "- old\n");
        fixture.git("pull", "--quiet");
        fixture.write(".git/info/exclude", "config/\ndata/\nhidden.yml\n");
        fixture.write("inventory/prod/status.yml", "ours: 1\n");
        fixture.push(
                "Much",
                "playbooks/deploy.yml",
                "- hosts: new\n",
                "playbooks/a.yml",
                "- new\n",
                "playbooks/m.yml",
                "- filtered\n",
                "playbooks/z.yml",
                "- new\n",
                "inventory/prod/status.yml",
                "theirs: 1\n");
        before = fixture.head();
    }

    private void filter(String command) throws IOException {
        fixture.git("config", "filter.hard.smudge", command);
        fixture.git("config", "filter.hard.clean", "cat");
        fixture.git("config", "filter.hard.required", "true");
    }

    private Config config() {
        return ConfigFile.load(fixture.home, Optional.empty(), Map.of());
    }

    private Checkouts checkouts() {
        return new Checkouts(this::config, new ContentLock(), System.getenv(), DeployKeys.none());
    }

    private FetchResult pull() throws ContentException {
        return checkouts().pull(Optional::empty).getFirst();
    }

    private void isAsBefore() throws IOException {
        assertThat(fixture.head()).isEqualTo(before);
        assertThat(fixture.git("status", "--porcelain", "--untracked-files=all"))
                .isEqualTo("?? inventory/prod/status.yml");
        assertThat(fixture.read("inventory/prod/status.yml")).isEqualTo("ours: 1\n");
        assertThat(fixture.read("playbooks/deploy.yml")).contains("first");
        assertThat(checkouts().unfinished()).isEmpty();
    }

    private void isThere() throws IOException {
        assertThat(fixture.read("playbooks/m.yml")).isEqualTo("- filtered\n");
        assertThat(fixture.read("playbooks/z.yml")).isEqualTo("- new\n");
        assertThat(fixture.read("inventory/prod/status.yml")).isEqualTo("ours: 1\n");
        assertThat(checkouts().unfinished()).isEmpty();
    }

    @Test
    void aGitThatFailsOrIsKilledHalfWayChangesNothing() throws Exception {
        filter("echo No space left on device >&2; exit 1");
        assertThatThrownBy(this::pull).isInstanceOf(ContentException.class).hasMessageContaining("is unchanged");
        isAsBefore();
        filter("kill -9 $PPID");
        assertThatThrownBy(this::pull).isInstanceOf(ContentException.class).hasMessageNotContaining("\n");
        isAsBefore();
        filter("cat");
        pull();
        isThere();
    }

    /** Begins, and is never heard of again. */
    private void die() throws IOException {
        filter("kill -9 $PPID");
        var inventory = fixture.home.resolve("inventory");
        var managedFiles = new ManagedFiles(fixture.home, inventory, fixture.home.resolve("playbooks"));
        var git = new Git(System.getenv(), DeployKeys.none());
        var checkout = new Checkout(
                git, config().git(), fixture.home, managedFiles, List.of(inventory), fixture.home.resolve("data/sync"));
        assertThatThrownBy(() -> checkout.move(checkout.look()).go()).isInstanceOf(ContentException.class);
        assertThat(checkouts().unfinished()).contains(fixture.home);
        assertThat(fixture.home.resolve(".git/index.lock")).exists();
        assertThat(fixture.read("playbooks/a.yml")).isEqualTo("- new\n");
        filter("cat");
    }

    @Test
    void theNextGatewayPutsBackWhatWasHalfDone() throws Exception {
        die();
        checkouts().repair();
        isAsBefore();
        pull();
        isThere();
    }

    @Test
    void whatSomebodyChangedSinceThenStays() throws Exception {
        die();
        fixture.write("playbooks/z.yml", "- mine\n");
        checkouts().repair();
        assertThat(fixture.read("playbooks/z.yml")).isEqualTo("- mine\n");
        assertThat(fixture.read("playbooks/deploy.yml")).contains("first");
        assertThatThrownBy(this::pull).hasMessageContaining("not committed: playbooks/z.yml");
    }

    @Test
    void whatWasOnlyNotToldIsFinished() throws Exception {
        var to = fixture.colleague("rev-parse", "HEAD");
        die();
        // The git of the dead gateway went on without it.
        Files.delete(fixture.home.resolve(".git/index.lock"));
        fixture.git("reset", "--quiet", "--hard", to);
        checkouts().repair();
        assertThat(fixture.head()).isEqualTo(to);
        isThere();
        assertThat(pull().hasChanges()).isFalse();
    }

    @Test
    void whatGitIgnoresIsNotWrittenOver() throws Exception {
        fixture.push("A hidden file", "hidden.yml", "theirs\n");
        fixture.write("hidden.yml", "mine\n");
        assertThatThrownBy(this::pull).hasMessageContaining("untracked files in the way: hidden.yml");
        assertThat(fixture.read("hidden.yml")).isEqualTo("mine\n");
        isAsBefore();
    }

    @Test
    void whoeverWorksThereWithGitIsNotDisturbed() throws Exception {
        fixture.write(".git/index.lock", "");
        assertThatThrownBy(this::pull).hasMessageContainingAll("another Git process", "index.lock");
        assertThat(fixture.home.resolve(".git/index.lock")).exists();
    }

    @Test
    void aForcedPushIsToldAsWhatItIs() throws Exception {
        pull();
        fixture.colleague("reset", "--quiet", "--hard", "HEAD~1");
        fixture.colleague("push", "--quiet", "--force", "origin", "HEAD:main");
        assertThatThrownBy(this::pull)
                .hasMessageContainingAll("origin/main was rewritten", "1 commit of", "reset --keep origin/main");
        fixture.colleague("push", "--quiet", "--force", "origin", "HEAD:main");
        fixture.push("Something else", "playbooks/deploy.yml", "- hosts: else\n");
        assertThatThrownBy(this::pull).hasMessageContainingAll("origin/main was rewritten", "reset --keep origin/main");
        fixture.git("checkout", "--quiet", "--", "inventory");
        fixture.git("reset", "--quiet", "--keep", "origin/main");
        assertThat(pull().hasChanges()).isFalse();
    }

    @Test
    void pointersOfLfsAreNotTakenForFiles() throws Exception {
        fixture.push(
                "A large file",
                ".gitattributes",
                "*.bin filter=lfs diff=lfs\n",
                "playbooks/files/app.bin",
                "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n");
        assertThat(pull().notes())
                .anySatisfy(n -> assertThat(n).contains("git-lfs", "playbooks/files/app.bin", "lfs pull"));
    }
}
