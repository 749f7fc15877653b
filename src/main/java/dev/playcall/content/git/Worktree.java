package dev.playcall.content.git;

import dev.playcall.content.ContentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the files of a checkout stand, as {@code git status} says it.
 *
 * @param modules which of the edited are submodules; those with another commit than the checkout wants begin with {@link #ELSEWHERE}
 */
record Worktree(String commit, String branch, List<String> edited, List<String> unknown, List<String> modules) {
    static final String ELSEWHERE = "/";

    private static final String NO_COMMIT = "(initial)";
    private static final String NO_BRANCH = "(detached)";

    /** The checkout around a folder: what git itself would find, without asking it. */
    static Optional<Path> around(Path folder) {
        try {
            for (var at = folder.toRealPath(); at != null; at = at.getParent()) {
                if (Files.exists(at.resolve(".git"))) {
                    return Optional.of(at);
                }
            }
        } catch (IOException e) {
            return Optional.empty(); // not there, and so in no checkout
        }
        return Optional.empty();
    }

    /** What git knows of and is different now. */
    static Worktree known(Git git, Path root) throws ContentException {
        return of(git, root, "no", List.of());
    }

    /** The same of these places only, with what git does not know. */
    static Worktree whole(Git git, Path root, List<Path> places) throws ContentException {
        return of(git, root, "all", places.stream().filter(Files::exists).toList());
    }

    private static Worktree of(Git git, Path root, String unknown, List<Path> places) throws ContentException {
        var words = new ArrayList<>(List.of(
                "--no-optional-locks",
                "status",
                "--porcelain=v2",
                "--branch",
                "-z",
                "--untracked-files=" + unknown,
                "--ignore-submodules=untracked",
                "--"));
        places.forEach(p -> words.add(p.toString()));
        var output = git.ask(root, words.toArray(String[]::new));
        if (!output.isGood()) {
            throw new ContentException(root + " cannot be read: " + output.errorMessage());
        }
        return read(output.parts());
    }

    private static Worktree read(List<String> parts) {
        var commit = NO_COMMIT;
        var branch = NO_BRANCH;
        var edited = new ArrayList<String>();
        var unknown = new ArrayList<String>();
        var modules = new ArrayList<String>();
        for (int i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            switch (part.charAt(0)) {
                case '#' -> {
                    commit = after(part, "# branch.oid ", commit);
                    branch = after(part, "# branch.head ", branch);
                }
                case '1' -> {
                    edited.add(field(part, 8));
                    module(part).ifPresent(modules::add);
                }
                case '2' -> {
                    edited.add(field(part, 9));
                    i++; // where it was before
                }
                case 'u' -> edited.add(field(part, 10));
                case '?' -> unknown.add(field(part, 1));
                default -> {}
            }
        }
        return new Worktree(commit, branch, edited, unknown, modules);
    }

    private static Optional<String> module(String part) {
        var state = field(part, 2);
        return state.startsWith("S")
                ? Optional.of((state.startsWith("SC") ? ELSEWHERE : "") + field(part, 8))
                : Optional.empty();
    }

    private static String after(String part, String name, String otherwise) {
        return part.startsWith(name) ? part.substring(name.length()) : otherwise;
    }

    private static String field(String part, int number) {
        return part.split(" ", number + 1)[number];
    }

    boolean hasCommit() {
        return !commit.equals(NO_COMMIT);
    }

    boolean isOnBranch() {
        return !branch.equals(NO_BRANCH);
    }
}
