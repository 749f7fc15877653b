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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real submodules: they are at exactly what the checkout records, or everything is as it was before. */
class SubmodulesTest {
    private static final String TASKS = "roles/lib/tasks/main.yml";

    @TempDir
    Path base;

    private GitFixture fixture;
    private GitFixture lib;
    private Map<String, String> environment;

    @BeforeEach
    void make() throws IOException {
        fixture = new GitFixture(Files.createDirectory(base.resolve("main")));
        lib = new GitFixture(Files.createDirectory(base.resolve("lib")));
        // Git lets a submodule come from this disk only where its user says so.
        var own = Files.writeString(base.resolve("gitconfig"), "[protocol \"file\"]\n\tallow = always\n");
        environment = new HashMap<>(System.getenv());
        environment.put("GIT_CONFIG_GLOBAL", own.toString());
        lib.push("First", "tasks/main.yml", "[]\n");
        add(fixture, lib, "roles/lib");
        fixture.push("Take the role in");
    }

    private static void add(GitFixture to, GitFixture module, String path) throws IOException {
        to.colleague("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", module.remote.toString(), path);
    }

    private Checkouts checkouts() {
        return new Checkouts(this::config, new ContentLock(), environment, DeployKeys.none());
    }

    private Config config() {
        return ConfigFile.load(fixture.home, Optional.empty(), Map.of());
    }

    private FetchResult pull() throws ContentException {
        return checkouts().pull(Optional::empty).getFirst();
    }

    /** The colleague records what the role is now. */
    private void follow(String subject) throws IOException {
        fixture.colleague("-c", "protocol.file.allow=always", "submodule", "--quiet", "update", "--remote");
        fixture.push(subject);
    }

    private void isRefused(String... words) throws IOException {
        var head = fixture.head();
        var tasks = Files.exists(fixture.home.resolve(TASKS)) ? fixture.read(TASKS) : "";
        assertThatThrownBy(this::pull)
                .isInstanceOf(ContentException.class)
                .hasMessageContainingAll(words)
                .hasMessageNotContaining("\n");
        assertThat(fixture.head()).isEqualTo(head);
        assertThat(Files.exists(fixture.home.resolve(TASKS)) ? fixture.read(TASKS) : "")
                .isEqualTo(tasks);
        assertThat(fixture.home.resolve("data/sync"))
                .satisfiesAnyOf(
                        p -> assertThat(p).doesNotExist(), p -> assertThat(p).isEmptyDirectory());
    }

    private void isClean() throws IOException {
        assertThat(fixture.git("status", "--porcelain", "--untracked-files=all"))
                .isEmpty();
    }

    @Test
    void theyGoWhereTheCheckoutGoesAlsoThoseInsideOthers() throws Exception {
        pull();
        assertThat(fixture.read(TASKS)).isEqualTo("[]\n");
        var inner = new GitFixture(Files.createDirectory(base.resolve("inner")));
        add(lib, inner, "files/inner");
        lib.push("Second", "tasks/main.yml", "- debug:\n");
        follow("Follow the role");
        lib.push("Third, which nobody has recorded", "tasks/main.yml", "- fail:\n");
        assertThat(checkouts().hasChanges()).isTrue();
        assertThat(fixture.read(TASKS)).isEqualTo("[]\n");
        assertThat(pull().count()).isEqualTo(1);
        assertThat(fixture.read(TASKS)).isEqualTo("- debug:\n");
        assertThat(fixture.home.resolve("roles/lib/files/inner/playbooks/deploy.yml"))
                .exists();
        isClean();
        fixture.colleague("rm", "--quiet", "roles/lib");
        fixture.push("Without the role");
        pull();
        assertThat(fixture.home.resolve("roles/lib")).doesNotExist();
        isClean();
    }

    @Test
    void oneThatNobodyBroughtHereComesWithoutAnyNews() throws Exception {
        fixture.git("pull", "--quiet");
        assertThat(fixture.home.resolve(TASKS)).doesNotExist();
        assertThat(pull().notes()).containsExactly("submodules that were not here yet: roles/lib");
        assertThat(fixture.read(TASKS)).isEqualTo("[]\n");
        assertThat(pull().notes()).isEmpty();
    }

    @Test
    void oneThatCannotBeFetchedLeavesEverythingAsItWas() throws Exception {
        var away = base.resolve("away.git");
        Files.move(lib.remote, away);
        isRefused("submodule roles/lib of " + fixture.home, "cannot be fetched from " + lib.remote);
        Files.move(away, lib.remote);
        pull();
        lib.push("Second", "tasks/main.yml", "- debug:\n");
        follow("Follow the role");
        // As if the colleague had forgotten to push the role.
        var gone = fixture.colleague("rev-parse", "HEAD:roles/lib");
        lib.colleague("reset", "--quiet", "--hard", "HEAD~1");
        lib.colleague("push", "--quiet", "--force", "origin", "HEAD:main");
        lib.git("-C", lib.remote.toString(), "reflog", "expire", "--expire=now", "--all");
        lib.git("-C", lib.remote.toString(), "gc", "--quiet", "--prune=now");
        isRefused("submodule roles/lib", "its commit " + gone.substring(0, 10), "push it there");
        isClean();
    }

    @Test
    void whatIsChangedInsideIsNamedAndStays() throws Exception {
        pull();
        lib.push("Second", "tasks/main.yml", "- debug:\n");
        follow("Follow the role");
        fixture.write(TASKS, "- mine:\n");
        isRefused("not committed: " + TASKS);
        fixture.git("-C", "roles/lib", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "-am", "Mine");
        isRefused("roles/lib (another commit than is recorded)", "git submodule update");
        fixture.git("submodule", "--quiet", "update");
        fixture.write("roles/lib/extra.yml", "mine\n");
        lib.push("Third", "extra.yml", "theirs\n", "tasks/main.yml", "- fail:\n");
        follow("Follow it again");
        isRefused(fixture.home + " is unchanged; its submodules cannot be updated", "extra.yml");
        assertThat(fixture.read("roles/lib/extra.yml")).isEqualTo("mine\n");
        Files.delete(fixture.home.resolve("roles/lib/extra.yml"));
        isClean();
        pull();
        assertThat(fixture.read(TASKS)).isEqualTo("- fail:\n");
    }

    @Test
    void whatLiesWhereOneIsToBeIsInTheWay() throws Exception {
        fixture.write("roles/lib/mine.yml", "mine\n");
        isRefused("in the way", "roles/lib");
        assertThat(fixture.read("roles/lib/mine.yml")).isEqualTo("mine\n");
    }

    @Test
    void oneThatHasMovedIsFollowed() throws Exception {
        pull();
        var moved = base.resolve("moved.git");
        Files.move(lib.remote, moved);
        lib.colleague("remote", "set-url", "origin", moved.toString());
        lib.push("Second", "tasks/main.yml", "- debug:\n");
        fixture.colleague("config", "-f", ".gitmodules", "submodule.roles/lib.url", moved.toString());
        fixture.colleague("submodule", "--quiet", "sync");
        follow("The role has moved");
        pull();
        assertThat(fixture.read(TASKS)).isEqualTo("- debug:\n");
        assertThat(fixture.git("config", "submodule.roles/lib.url")).isEqualTo(moved.toString());
    }

    @Test
    void anAddressMayCountFromAnother() {
        assertThat(RelativeUrl.url("ssh://git@host:22/team/main.git", "../lib.git"))
                .isEqualTo("ssh://git@host:22/team/lib.git");
        assertThat(RelativeUrl.url("git@host:main.git", "../lib.git")).isEqualTo("git@host:lib.git");
        assertThat(RelativeUrl.url("git@host:team/main", "../../other/lib")).isEqualTo("git@host:other/lib");
        assertThat(RelativeUrl.url("/srv/git/main/", "./lib")).isEqualTo("/srv/git/main/lib");
        assertThat(RelativeUrl.url("/srv/git/main", "https://host/lib")).isEqualTo("https://host/lib");
    }
}
