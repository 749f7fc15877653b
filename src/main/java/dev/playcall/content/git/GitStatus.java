package dev.playcall.content.git;

import dev.playcall.content.ContentException;
import dev.playcall.content.git.CheckoutStatus.Distance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks at a checkout without asking its remote. */
record GitStatus(Git git, Path root, ManagedFiles ours, List<Path> places) {

    CheckoutStatus at(String remote, Optional<String> blocker) {
        try {
            var now = Worktree.known(git, root);
            var whole = Worktree.whole(git, root, places);
            var follows = now.isOnBranch() ? remote + "/" + now.branch() : "";
            return new CheckoutStatus(
                    root,
                    now.isOnBranch() ? now.branch() : "",
                    now.hasCommit() ? new CommitLog(git, root).of("-1").stream().findFirst() : Optional.empty(),
                    follows,
                    url(remote),
                    follows.isEmpty() ? Optional.empty() : distance(follows),
                    ours.without(now.edited()),
                    ours.without(whole.unknown()),
                    lastFetch(),
                    blocker);
        } catch (ContentException e) {
            return CheckoutStatus.unreadable(root, e.why());
        }
    }

    private String url(String remote) throws ContentException {
        return git.ask(root, "config", "remote." + remote + ".url").line().replaceAll("//[^/@\\s]*@", "//");
    }

    private Optional<Distance> distance(String follows) throws ContentException {
        var output = git.ask(root, "rev-list", "--left-right", "--count", "HEAD...refs/remotes/" + follows);
        var counts = output.line().split("\\s+", 2);
        return output.isGood() && counts.length == 2
                ? Optional.of(new Distance(Integer.parseInt(counts[0]), Integer.parseInt(counts[1])))
                : Optional.empty();
    }

    /** Whoever fetches leaves this behind, by hand or through us. */
    private Optional<Instant> lastFetch() throws ContentException {
        var output = git.ask(root, "rev-parse", "--git-path", "FETCH_HEAD");
        try {
            var mark = root.resolve(output.line());
            return output.isGood() && Files.exists(mark)
                    ? Optional.of(Files.getLastModifiedTime(mark).toInstant())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
