package dev.playcall.content.git;

import dev.playcall.config.Config;
import dev.playcall.content.ContentException;
import dev.playcall.domain.Revision;
import dev.playcall.domain.format.TextFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One checkout of git: what its remote has that it has not, and how it gets there without losing anybody's work. */
final class Checkout {
    private static final int NAMED = 5;

    private final Git git;
    private final Config.Git settings;
    private final Path root;
    private final ManagedFiles managedFiles;
    private final List<Path> places;
    private final Path notes;
    private final Submodules submodules;

    /**
     * @param managedFiles which of its files are Playcall's own
     * @param places what runs are made of; what lies there and git does not know is told
     * @param notes where it is written down that a checkout is between two commits
     */
    Checkout(Git git, Config.Git settings, Path root, ManagedFiles managedFiles, List<Path> places, Path notes) {
        this.git = git;
        this.settings = settings;
        this.root = root;
        this.managedFiles = managedFiles;
        this.places = places.stream().filter(p -> p.startsWith(root)).toList();
        this.notes = notes;
        this.submodules = new Submodules(git, root, settings.remote(), settings.timeout());
    }

    Path root() {
        return root;
    }

    /**
     * What could be pulled.
     *
     * @param tracking the remote's branch as git names it here
     * @param missing submodules that were never brought here
     */
    record Plan(Checkout checkout, String branch, String tracking, String from, String to, List<String> missing) {
        Plan {
            missing = List.copyOf(missing);
        }

        boolean hasChanges() {
            return !from.equals(to);
        }

        /** Whether anything here is to be different. */
        boolean isWork() {
            return hasChanges() || !missing.isEmpty();
        }
    }

    /** How it stands, without asking the remote. */
    CheckoutStatus standing() {
        Optional<String> blocker = Optional.empty();
        try {
            refuseUnfit(Worktree.known(git, root));
        } catch (ContentException e) {
            blocker = Optional.of(e.why());
        }
        return new GitStatus(git, root, managedFiles, places).at(settings.remote(), blocker);
    }

    /** Asks the remotes. Nothing here is different afterwards but what is known of them. */
    Plan look() throws ContentException {
        var now = Worktree.known(git, root);
        refuseUnfit(now);
        fetch(now.branch());
        var tracking = settings.remote() + "/" + now.branch();
        var target = answer("rev-parse", "--verify", "--quiet", "refs/remotes/" + tracking + "^{commit}");
        boolean ahead = isPart(target, now.commit());
        if (!target.equals(now.commit()) && (ahead || !isPart(now.commit(), target))) {
            refuseRewritten(tracking, now.commit(), target);
        }
        if (!ahead && !isPart(now.commit(), target)) {
            throw new ContentException("%s and %s have diverged: %s here and %s there;"
                            .formatted(root, tracking, commits(target, now.commit()), commits(now.commit(), target))
                    + " bring them together there (git pull --rebase) and push");
        }
        return plan(now.branch(), tracking, now.commit(), ahead ? now.commit() : target);
    }

    private Plan plan(String branch, String tracking, String from, String to) throws ContentException {
        submodules.fetch(from, to);
        return new Plan(this, branch, tracking, from, to, submodules.missing(to));
    }

    /** Here is what the remote once had, and somebody has pushed something else in its place. */
    private void refuseRewritten(String tracking, String here, String there) throws ContentException {
        var fork = git.ask(root, "merge-base", "--fork-point", "refs/remotes/" + tracking, here);
        if (fork.isGood() && fork.line().equals(here)) {
            throw new ContentException(
                    "%s was rewritten (a forced push): %s of %s %s not in it any more; if that is meant:"
                                    .formatted(
                                            tracking,
                                            counted(commits(there, here)),
                                            root,
                                            commits(there, here).equals("1") ? "is" : "are")
                            + " git -C " + root + " reset --keep " + tracking + ", then sync again");
        }
    }

    private static String counted(String commits) {
        return commits + (commits.equals("1") ? " commit" : " commits");
    }

    private void refuseUnfit(Worktree now) throws ContentException {
        if (!now.hasCommit()) {
            throw new ContentException(root + " has no commit yet");
        }
        var wanted = settings.branch().isBlank() ? "the branch it should follow" : settings.branch();
        if (!now.isOnBranch()) {
            throw new ContentException(root + " is on no branch (detached at " + Revision.brief(now.commit())
                    + "): switch it to " + wanted + " (git switch)");
        }
        if (!settings.branch().isBlank() && !settings.branch().equals(now.branch())) {
            throw new ContentException(root + " is on " + now.branch() + ", and git.branch says " + settings.branch()
                    + ": switch it (git switch " + settings.branch() + "), or change git.branch");
        }
        if (!git.ask(root, "config", "remote." + settings.remote() + ".url").isGood()) {
            var remotes = git.ask(root, "remote").line().replace("\n", ", ");
            throw new ContentException(root + " has no remote " + settings.remote()
                    + (remotes.isEmpty() ? ": add one (git remote add)" : "; git.remote can be " + remotes));
        }
        refuseEdited(now);
    }

    private void refuseEdited(Worktree now) throws ContentException {
        var edited = new ArrayList<>(managedFiles.without(now.edited()));
        for (var module : now.modules()) {
            boolean elsewhere = module.startsWith(Worktree.ELSEWHERE);
            var path = elsewhere ? module.substring(1) : module;
            edited.remove(path);
            edited.addAll(elsewhere ? List.of(path + " (another commit than is recorded)") : inside(path));
        }
        if (!edited.isEmpty()) {
            throw new ContentException("changed in " + root + " and not committed: " + named(edited)
                    + "; commit and push there, or revert it (git restore"
                    + (now.modules().isEmpty() ? "" : ", git submodule update") + "), then sync again");
        }
    }

    private List<String> inside(String module) throws ContentException {
        var files = Worktree.known(git, root.resolve(module)).edited();
        return files.isEmpty()
                ? List.of(module)
                : files.stream().map(f -> module + "/" + f).toList();
    }

    private void fetch(String branch) throws ContentException {
        var words = List.of(
                "fetch",
                "--quiet",
                "--recurse-submodules=no",
                settings.remote(),
                "+refs/heads/" + branch + ":refs/remotes/" + settings.remote() + "/" + branch);
        var what = settings.remote() + " of " + root + " cannot be read: ";
        var url =
                git.ask(root, "config", "remote." + settings.remote() + ".url").line();
        Git.Output output;
        try {
            output = git.reach(root, settings.timeout(), words);
        } catch (ContentException e) {
            throw new ContentException(what + e.why());
        }
        if (!output.isGood()) {
            throw new ContentException(what + RemoteErrors.errorMessage(output, url));
        }
    }

    private boolean isPart(String commit, String of) throws ContentException {
        return git.ask(root, "merge-base", "--is-ancestor", commit, of).isGood();
    }

    private String commits(String from, String to) throws ContentException {
        return answer("rev-list", "--count", from + ".." + to);
    }

    private String answer(String... words) throws ContentException {
        var output = git.ask(root, words);
        if (!output.isGood()) {
            throw new ContentException(root + ": " + output.errorMessage());
        }
        return output.line();
    }

    /** How it would go there. Only while nobody else changes anything. */
    CheckoutUpdate move(Plan plan) throws ContentException {
        return move(new SyncJournal(SyncJournal.place(notes, root), root, plan.from(), plan.to(), plan.missing()));
    }

    /** The same plan from where the checkout is now: somebody may have been quicker. */
    Plan renewed(Plan plan) throws ContentException {
        var now = Worktree.known(git, root);
        refuseEdited(now);
        var here = now.commit();
        if (!isPart(here, plan.to()) && !isPart(plan.to(), here)) {
            throw ContentException.passing(root + " was changed by someone else meanwhile; sync again");
        }
        return here.equals(plan.from())
                ? plan
                : plan(plan.branch(), plan.tracking(), here, isPart(plan.to(), here) ? here : plan.to());
    }

    private CheckoutUpdate move(SyncJournal way) {
        return new CheckoutUpdate(git, managedFiles, submodules, way);
    }

    /** Brings to its end what was cut off. */
    void repair(SyncJournal way) throws ContentException {
        new SyncRecovery(git, way, move(way)).repair();
    }

    /** What is to be said when it is there. */
    FetchResult results(Plan plan) throws ContentException {
        var more = new ArrayList<String>();
        if (!plan.hasChanges()) {
            var ahead = commits(plan.tracking(), plan.from());
            if (!ahead.equals("0")) {
                more.add(plan.tracking() + " lacks " + counted(ahead) + " of " + root + "; push them");
            }
        }
        if (!plan.missing().isEmpty()) {
            more.add("submodules that were not here yet: " + named(plan.missing()));
        }
        var unknown = managedFiles.without(Worktree.whole(git, root, places).unknown());
        if (!unknown.isEmpty()) {
            more.add("not in git: " + named(unknown));
        }
        var pointers = LfsPointers.in(git, root);
        if (!pointers.isEmpty()) {
            more.add("only pointers of git-lfs, and not the files themselves: " + named(pointers)
                    + "; apt-get install git-lfs, then as Playcall's user git lfs install, and git -C " + root
                    + " lfs pull");
        }
        return new ChangeSummary(git, root, managedFiles).of(plan, more);
    }

    /** The commit, and whether what lies at these places is exactly that. */
    Optional<Worktree> at(List<Path> these) throws ContentException {
        var now = Worktree.whole(
                git, root, these.stream().filter(p -> p.startsWith(root)).toList());
        return Optional.of(new Worktree(
                        now.commit(),
                        now.branch(),
                        managedFiles.without(now.edited()),
                        managedFiles.without(now.unknown()),
                        now.modules()))
                .filter(Worktree::hasCommit);
    }

    static String named(List<String> files) {
        return TextFormat.list(files, NAMED);
    }
}
