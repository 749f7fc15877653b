package dev.playcall.library;

import dev.playcall.library.Standing.Distance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks at a checkout without asking its remote. */
record Glance(Git git, Path root, Ours ours, List<Path> places) {

    Standing at(String remote, Optional<String> hindrance) {
        try {
            var now = Worktree.known(git, root);
            var whole = Worktree.whole(git, root, places);
            var follows = now.isOnBranch() ? remote + "/" + now.branch() : "";
            return new Standing(
                    root,
                    now.isOnBranch() ? now.branch() : "",
                    now.hasCommit() ? new CommitLog(git, root).of("-1").stream().findFirst() : Optional.empty(),
                    follows,
                    url(remote),
                    follows.isEmpty() ? Optional.empty() : distance(follows),
                    ours.without(now.edited()),
                    ours.without(whole.unknown()),
                    asked(),
                    hindrance);
        } catch (RefusedException e) {
            return Standing.unreadable(root, e.why());
        }
    }

    private String url(String remote) throws RefusedException {
        return git.ask(root, "config", "remote." + remote + ".url").line().replaceAll("//[^/@\\s]*@", "//");
    }

    private Optional<Distance> distance(String follows) throws RefusedException {
        var said = git.ask(root, "rev-list", "--left-right", "--count", "HEAD...refs/remotes/" + follows);
        var counts = said.line().split("\\s+", 2);
        return said.isGood() && counts.length == 2
                ? Optional.of(new Distance(Integer.parseInt(counts[0]), Integer.parseInt(counts[1])))
                : Optional.empty();
    }

    /** Whoever fetches leaves this behind, by hand or through us. */
    private Optional<Instant> asked() throws RefusedException {
        var said = git.ask(root, "rev-parse", "--git-path", "FETCH_HEAD");
        try {
            var mark = root.resolve(said.line());
            return said.isGood() && Files.exists(mark)
                    ? Optional.of(Files.getLastModifiedTime(mark).toInstant())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
