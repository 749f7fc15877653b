package dev.playcall.library;

import dev.playcall.config.Config;
import dev.playcall.domain.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One checkout of git: what its remote has that it has not, and how it gets there without losing anybody's work. */
final class Checkout {
    private static final int SHOWN = 20;
    private static final int NAMED = 5;
    private static final int LISTED = 500;

    private final Git git;
    private final Config.Git settings;
    private final Path root;
    private final Ours ours;
    private final List<Path> places;

    /**
     * @param ours which of its files are Playcall's own
     * @param places what runs are made of; what lies there and git does not know is told
     */
    Checkout(Git git, Config.Git settings, Path root, Ours ours, List<Path> places) {
        this.git = git;
        this.settings = settings;
        this.root = root;
        this.ours = ours;
        this.places = places.stream().filter(p -> p.startsWith(root)).toList();
    }

    Path root() {
        return root;
    }

    /**
     * What could be pulled.
     *
     * @param tracking the remote's branch as git names it here
     */
    record Plan(Checkout checkout, String branch, String tracking, String from, String to) {
        boolean isNews() {
            return !from.equals(to);
        }
    }

    /** Asks the remote. Nothing here is different afterwards but what is known of the remote. */
    Plan look() throws RefusedException {
        var now = Worktree.known(git, root);
        refuseUnfit(now);
        var branch = now.branch();
        fetch(branch);
        var tracking = settings.remote() + "/" + branch;
        var target = answer("rev-parse", "--verify", "--quiet", "refs/remotes/" + tracking + "^{commit}");
        if (isPart(target, now.commit())) {
            return new Plan(this, branch, tracking, now.commit(), now.commit());
        }
        if (!isPart(now.commit(), target)) {
            throw new RefusedException("%s and %s have gone apart: %s here and %s there are not in the other;"
                            .formatted(root, tracking, commits(target, now.commit()), commits(now.commit(), target))
                    + " bring them together there (git pull --rebase) and push");
        }
        return new Plan(this, branch, tracking, now.commit(), target);
    }

    private void refuseUnfit(Worktree now) throws RefusedException {
        if (!now.hasCommit()) {
            throw new RefusedException(root + " has no commit yet");
        }
        var wanted = settings.branch().isBlank() ? "the branch it should follow" : settings.branch();
        if (!now.isOnBranch()) {
            throw new RefusedException(root + " is on no branch (detached at " + Revision.brief(now.commit())
                    + "): switch it to " + wanted + " (git switch)");
        }
        if (!settings.branch().isBlank() && !settings.branch().equals(now.branch())) {
            throw new RefusedException(root + " is on " + now.branch() + ", and git.branch says " + settings.branch()
                    + ": switch it (git switch " + settings.branch() + "), or change git.branch");
        }
        if (!git.ask(root, "config", "remote." + settings.remote() + ".url").isGood()) {
            var remotes = git.ask(root, "remote").line().replace("\n", ", ");
            throw new RefusedException(root + " has no remote " + settings.remote()
                    + (remotes.isEmpty() ? ": add one (git remote add)" : "; git.remote can be " + remotes));
        }
        refuseEdited(now);
    }

    private void refuseEdited(Worktree now) throws RefusedException {
        var edited = ours.without(now.edited());
        if (!edited.isEmpty()) {
            throw new RefusedException("changed in " + root + " and not committed: " + named(edited)
                    + "; commit and push there, or undo it (git restore), then sync again");
        }
    }

    private void fetch(String branch) throws RefusedException {
        var words = new ArrayList<>(git.quietly(root));
        words.addAll(List.of(
                "fetch",
                "--quiet",
                settings.remote(),
                "+refs/heads/" + branch + ":refs/remotes/" + settings.remote() + "/" + branch));
        var said = git.ask(root, settings.timeout(), words.toArray(String[]::new));
        if (!said.isGood()) {
            throw new RefusedException(
                    settings.remote() + " of " + root + " cannot be read: " + said.complaint() + remedy(said.err()));
        }
    }

    private static String remedy(String said) {
        if (said.contains("Host key verification failed")) {
            return " (its host key is not in known_hosts of Playcall's user)";
        }
        return said.matches("(?s).*(terminal prompts disabled|could not read (Username|Password)|Permission denied"
                        + "|Authentication failed|returned error: 40[13]).*")
                ? " (Playcall's user needs a key or a credential helper that asks nobody)"
                : "";
    }

    private boolean isPart(String commit, String of) throws RefusedException {
        return git.ask(root, "merge-base", "--is-ancestor", commit, of).isGood();
    }

    private String commits(String from, String to) throws RefusedException {
        return answer("rev-list", "--count", from + ".." + to);
    }

    private String answer(String... words) throws RefusedException {
        var said = git.ask(root, words);
        if (!said.isGood()) {
            throw new RefusedException(root + ": " + said.complaint());
        }
        return said.line();
    }

    /** Goes there. Only while nobody else changes anything. */
    Pulled advance(Plan plan) throws RefusedException {
        var notes = new ArrayList<String>();
        if (plan.isNews()) {
            refuseEdited(Worktree.known(git, root));
            merge(plan);
            submodules().ifPresent(notes::add);
        } else {
            var ahead = commits(plan.tracking(), plan.from());
            if (!ahead.equals("0")) {
                notes.add(plan.tracking() + " lacks " + ahead + " commits of " + root + "; push them");
            }
        }
        var unknown = ours.without(Worktree.whole(git, root, places).unknown());
        if (!unknown.isEmpty()) {
            notes.add("not in git: " + named(unknown));
        }
        return pulled(plan, notes);
    }

    private void merge(Plan plan) throws RefusedException {
        var incoming = git.ask(root, "diff", "--name-only", "--no-renames", "-z", plan.from(), plan.to())
                .parts();
        try {
            Map<String, byte[]> kept = Map.of();
            try {
                kept = ours.putAway(git, Worktree.known(git, root).edited(), incoming);
                var said = git.ask(root, Duration.ofMinutes(5), "merge", "--ff-only", "--quiet", plan.to());
                if (!said.isGood()) {
                    throw new RefusedException(root + " stays as it was: " + hindered(said));
                }
            } finally {
                ours.putBack(kept);
            }
        } catch (IOException e) {
            throw new RefusedException(root + " cannot be written: " + e.getMessage());
        }
    }

    /** Files that git does not know and that would be written over are listed line by line. */
    private static String hindered(Git.Said said) {
        var files = said.err()
                .lines()
                .filter(l -> l.startsWith("\t"))
                .map(String::strip)
                .toList();
        return files.isEmpty()
                ? said.complaint()
                : "in the way and not in git: " + named(files) + "; move them away, then sync again";
    }

    private Optional<String> submodules() throws RefusedException {
        if (!Files.exists(root.resolve(".gitmodules"))) {
            return Optional.empty();
        }
        var words = new ArrayList<>(git.quietly(root));
        words.addAll(List.of("submodule", "--quiet", "update", "--init", "--recursive"));
        var said = git.ask(root, settings.timeout(), words.toArray(String[]::new));
        return said.isGood() ? Optional.empty() : Optional.of("submodules are not up to date: " + said.complaint());
    }

    private Pulled pulled(Plan plan, List<String> notes) throws RefusedException {
        if (!plan.isNews()) {
            var last = log("-1", plan.from());
            return new Pulled(
                    root,
                    plan.tracking(),
                    plan.from(),
                    plan.to(),
                    last,
                    0,
                    List.of(),
                    new TreeSet<>(),
                    new TreeSet<>(),
                    notes);
        }
        var range = plan.from() + ".." + plan.to();
        var files = git.ask(root, "diff", "--name-only", "--no-renames", "-z", plan.from(), plan.to())
                .parts();
        var playbooks = new TreeSet<String>();
        var environments = new TreeSet<String>();
        ours.without(files).forEach(f -> sort(root.resolve(f), playbooks, environments));
        return new Pulled(
                root,
                plan.tracking(),
                plan.from(),
                plan.to(),
                log("-" + SHOWN, range),
                Integer.parseInt(answer("rev-list", "--count", range)),
                files.stream().limit(LISTED).toList(),
                playbooks,
                environments,
                notes);
    }

    private void sort(Path file, Set<String> playbooks, Set<String> environments) {
        if (file.startsWith(ours.inventory())
                && ours.inventory().relativize(file).getNameCount() > 1) {
            environments.add(ours.inventory().relativize(file).getName(0).toString());
        } else if (file.startsWith(ours.playbooks())) {
            var below = ours.playbooks().relativize(file);
            var name = below.toString().replaceFirst("(\\.meta)?\\.yml$", "");
            if (below.getNameCount() == 1 && below.toString().endsWith(".yml") && !name.equals("requirements")) {
                playbooks.add(name);
            }
        }
    }

    private List<Pulled.Commit> log(String... which) throws RefusedException {
        var words = new ArrayList<>(List.of("log", "-z", "--format=%H%x1f%an%x1f%ct%x1f%s"));
        words.addAll(List.of(which));
        return git.ask(root, words.toArray(String[]::new)).parts().stream()
                .map(p -> p.split("\u001f", 4))
                .map(p -> new Pulled.Commit(p[0].strip(), p[1], Instant.ofEpochSecond(Long.parseLong(p[2])), p[3]))
                .toList();
    }

    /** The commit, and whether what lies at these places is exactly that. */
    Optional<Worktree> at(List<Path> these) throws RefusedException {
        var now = Worktree.whole(
                git, root, these.stream().filter(p -> p.startsWith(root)).toList());
        return Optional.of(new Worktree(
                        now.commit(), now.branch(), ours.without(now.edited()), ours.without(now.unknown())))
                .filter(Worktree::hasCommit);
    }

    static String named(List<String> files) {
        int rest = files.size() - NAMED;
        return String.join(", ", files.subList(0, Math.min(NAMED, files.size())))
                + (rest > 0 ? " and " + rest + " more" : "");
    }
}
