package dev.playcall.content.git;

import dev.playcall.config.file.FileTrees;
import dev.playcall.content.ContentException;
import dev.playcall.content.ExternalProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One checkout on its way from one commit to another with its submodules: it arrives whole, or goes back to where it was.
 * Only while nobody else changes anything.
 */
final class CheckoutUpdate {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final int NEW = 0;

    private final Git git;
    private final ManagedFiles managedFiles;
    private final Submodules submodules;
    private final SyncJournal way;
    private final Path root;

    CheckoutUpdate(Git git, ManagedFiles managedFiles, Submodules submodules, SyncJournal way) {
        this.git = git;
        this.managedFiles = managedFiles;
        this.submodules = submodules;
        this.way = way;
        this.root = way.root();
    }

    /** What is different, by what is done to it. */
    private record Difference(List<String> added, List<String> others) {
        List<String> all() {
            var all = new ArrayList<>(added);
            all.addAll(others);
            return all;
        }
    }

    private Difference difference() throws ContentException {
        var parts = git.ask(root, "diff", "--name-status", "--no-renames", "-z", way.from(), way.to())
                .parts();
        var difference = new Difference(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i + 1 < parts.size(); i += 2) {
            (parts.get(i).charAt(NEW) == 'A' ? difference.added() : difference.others()).add(parts.get(i + 1));
        }
        return difference;
    }

    /** Makes sure that it can be undone, then begins. Whoever catches what is thrown here goes {@link #back}. */
    void go() throws ContentException {
        refuseLocked();
        var difference = difference();
        var mine = managedFiles.among(difference.all());
        refuseInTheWay(difference, mine);
        try {
            way.begin(managedFiles, mine);
            managedFiles.clear(git, Worktree.known(git, root).edited(), mine);
        } catch (IOException e) {
            throw new ContentException(root + " is unchanged; it cannot be written: " + e.getMessage());
        }
        if (!way.from().equals(way.to())) {
            var output = git.reach(root, TIMEOUT, List.of("merge", "--ff-only", "--quiet", way.to()));
            if (!output.isGood()) {
                throw new ContentException(root + " is unchanged: " + FilesInTheWay.blockedBy(output));
            }
        }
        arrive();
    }

    private void refuseLocked() throws ContentException {
        var lock = lock();
        if (Files.exists(lock)) {
            throw new ContentException("another Git process is running in " + root
                    + ", or was interrupted: wait a moment, or remove " + lock + "; then sync again");
        }
    }

    private Path lock() throws ContentException {
        return Path.of(git.ask(root, "rev-parse", "--absolute-git-dir").line()).resolve("index.lock");
    }

    /** Git itself would write over files that it was told to ignore. */
    private void refuseInTheWay(Difference difference, List<String> mine) throws ContentException {
        var files = new ArrayList<String>();
        for (var file : difference.added()) {
            if (!mine.contains(file) && FilesInTheWay.isInTheWay(root.resolve(file))) {
                files.add(file);
            }
        }
        way.fresh().stream().filter(f -> FilesInTheWay.isFull(root.resolve(f))).forEach(files::add);
        if (!files.isEmpty()) {
            throw new ContentException(root + " is unchanged; untracked files in the way: " + Checkout.named(files)
                    + "; move them away, then sync again");
        }
    }

    /** The last part of the way, when the checkout itself is there. */
    void arrive() throws ContentException {
        submodules.update(way.from(), way.to(), submodules.of(way.to()), false);
        var wanted = new HashSet<>(submodules.of(way.to()));
        for (var path : submodules.of(way.from())) {
            if (!wanted.contains(path)) {
                submodules.remove(path);
            }
        }
    }

    /** Has everything as it was before, but for files that are neither as they were nor as they were to be. */
    void back(Set<String> excluded, boolean force) throws ContentException {
        if (!Files.exists(way.folder())) {
            return; // nothing was begun
        }
        try {
            undo(excluded, force);
            settle();
        } catch (IOException | ContentException e) {
            throw new ContentException(root + " is between two commits and cannot be reset: " + e.getMessage()
                    + "; runs are refused until then: fix it, then sync again");
        }
    }

    private void undo(Set<String> excluded, boolean force) throws ContentException, IOException {
        var difference = difference();
        if (!ExternalProgram.isAtWork(root)) {
            // There was none when we began, so it is of a git of ours that was killed.
            Files.deleteIfExists(lock());
        }
        // First what takes room: the disk may be full.
        for (var path : way.fresh()) {
            submodules.clear(path);
        }
        for (var path : difference.added()) {
            removeFile(path, excluded);
        }
        good(git.ask(root, "reset", "--quiet", way.from()));
        var modules = new ArrayList<>(submodules.of(way.from()));
        restore(difference.others().stream()
                .filter(f -> !excluded.contains(f) && !modules.contains(f))
                .toList());
        for (var path : way.fresh()) {
            if (modules.remove(path)) {
                Files.createDirectories(root.resolve(path));
            }
        }
        if (!way.from().equals(way.to())) {
            submodules.update(way.to(), way.from(), modules, force);
        }
    }

    private void restore(List<String> files) throws ContentException, IOException {
        if (files.isEmpty()) {
            return;
        }
        var list = Files.writeString(way.folder().resolve("files"), String.join("\0", files));
        good(git.reach(
                root,
                TIMEOUT,
                List.of(
                        "--literal-pathspecs",
                        "restore",
                        "--quiet",
                        "--pathspec-from-file=" + list,
                        "--pathspec-file-nul")));
    }

    private void removeFile(String path, Set<String> excluded) throws IOException {
        var file = root.resolve(path);
        if (excluded.contains(path) || Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.deleteIfExists(file);
        var folder = file.resolveSibling("");
        while (!folder.equals(root) && FileTrees.in(folder).isEmpty()) {
            Files.deleteIfExists(folder);
            folder = folder.resolveSibling("");
        }
    }

    private void good(Git.Output output) throws ContentException {
        if (!output.isGood()) {
            throw new ContentException(output.errorMessage());
        }
    }

    /** Files that are neither as they were nor as they were to be, and that no writing was cut off at: somebody's. */
    Set<String> strange() throws ContentException, IOException {
        var strange = new HashSet<>(
                git.ask(root, "diff", "--name-only", "-z", way.from()).parts());
        strange.retainAll(git.ask(root, "diff", "--name-only", "-z", way.to()).parts());
        strange.retainAll(difference().others());
        for (var path : List.copyOf(strange)) {
            if (isCutOff(path)) {
                strange.remove(path);
            }
        }
        return strange;
    }

    private boolean isCutOff(String path) throws ContentException, IOException {
        var file = root.resolve(path);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        var whole = git.ask(root, "cat-file", "-p", way.to() + ":" + path).out().getBytes(StandardCharsets.UTF_8);
        var there = Files.readAllBytes(file);
        int same = Arrays.mismatch(whole, there);
        return there.length == 0 || same == there.length;
    }

    /** It is where it should be: nothing more is to be remembered. */
    void settle() throws ContentException {
        try {
            if (Files.exists(way.folder())) {
                managedFiles.putBack(way.kept());
                way.end();
            }
        } catch (IOException e) {
            throw new ContentException(root + " cannot be written: " + e.getMessage());
        }
    }
}
