package dev.playcall.content.git;

import dev.playcall.content.ContentException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds out what is different in a checkout between two commits, in the words of those who run playbooks. */
record ChangeSummary(Git git, Path root, ManagedFiles ours) {
    private static final int SHOWN = 20;
    private static final int LISTED = 500;

    /** @param notes what else there is to say */
    FetchResult of(Checkout.Plan plan, List<String> notes) throws ContentException {
        if (!plan.hasChanges()) {
            var last = log("-1", plan.from());
            return new FetchResult(
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
        return new FetchResult(
                root,
                plan.tracking(),
                plan.from(),
                plan.to(),
                log("-" + SHOWN, range),
                Integer.parseInt(git.ask(root, "rev-list", "--count", range).line()),
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

    private List<FetchResult.Commit> log(String... which) throws ContentException {
        return new CommitLog(git, root).of(which);
    }
}
