package dev.playcall.content.git;

import dev.playcall.config.file.FileTrees;
import dev.playcall.content.ContentException;
import dev.playcall.content.ExternalProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The submodules of a checkout, also those within others. What a commit wants of them is fetched beforehand, where nothing
 * that runs read is touched; then they go where the checkout goes, without asking anybody.
 */
final class Submodules {
    private static final String DRAFT = ".new-";
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Git git;
    private final Path root;
    private final String remote;
    private final Duration timeout;

    Submodules(Git git, Path root, String remote, Duration timeout) {
        this.git = git;
        this.root = root;
        this.remote = remote;
        this.timeout = timeout;
    }

    /** One repository: the checkout itself, or what git keeps of a submodule. */
    private record Repository(Path gitDir, Path files, String shown, String remote) {}

    /**
     * One submodule as a commit wants it.
     *
     * @param url empty where it says none, so that nobody can fetch it
     */
    private record Link(String path, String name, String commit, String url) {}

    /** Paths of those that the commit has, where they can be fetched from. */
    List<String> of(String commit) throws ContentException {
        return List.copyOf(links(here(), commit).keySet());
    }

    /** Those of the commit that were never brought here. */
    List<String> missing(String commit) throws ContentException {
        return of(commit).stream().filter(p -> !isThere(root.resolve(p))).toList();
    }

    private static boolean isThere(Path folder) {
        return Files.exists(folder.resolve(".git"));
    }

    private Repository here() throws ContentException {
        return new Repository(gitDir(root), root, "", remote);
    }

    private Path gitDir(Path folder) throws ContentException {
        return Path.of(good(git.ask(folder, "rev-parse", "--absolute-git-dir"), folder.toString())
                .line());
    }

    private Git.Output good(Git.Output output, String what) throws ContentException {
        if (!output.isGood()) {
            throw new ContentException(what + ": " + output.errorMessage());
        }
        return output;
    }

    /** Has every commit here that the submodules of this one need. The files stay as they are. */
    void fetch(String from, String to) throws ContentException {
        fetch(here(), Optional.of(from), to);
    }

    private void fetch(Repository in, Optional<String> from, String to) throws ContentException {
        var links = links(in, to);
        if (links.isEmpty()) {
            return;
        }
        var before = from.isPresent() ? links(in, from.get()) : Map.<String, Link>of();
        for (var link : links.values()) {
            var old = Optional.ofNullable(before.get(link.path()));
            var url = url(in, link, old);
            var module = module(in, link);
            if (!Files.isDirectory(module.gitDir())) {
                take(module, url);
            }
            if (!has(module, link.commit())) {
                renew(link, module, url);
            }
            fetch(module, old.map(Link::commit).filter(c -> isHad(module, c)), link.commit());
        }
    }

    private boolean isHad(Repository module, String commit) {
        try {
            return has(module, commit);
        } catch (ContentException e) {
            return false;
        }
    }

    private boolean has(Repository module, String commit) throws ContentException {
        return git.askBare(module.gitDir(), "cat-file", "-e", commit + "^{commit}")
                .isGood();
    }

    private Repository module(Repository in, Link link) throws ContentException {
        var files = in.files().resolve(link.path());
        var kept = in.gitDir().resolve("modules").resolve(link.name());
        return new Repository(
                isThere(files) ? gitDir(files) : kept,
                files,
                in.shown().isEmpty() ? link.path() : in.shown() + "/" + link.path(),
                "origin");
    }

    /** Brought here whole, or not at all. */
    private void take(Repository module, String url) throws ContentException {
        var modules = module.gitDir().resolveSibling("");
        try {
            Files.createDirectories(modules);
            var draft = Files.createTempDirectory(modules, DRAFT);
            try {
                var output = git.reachFetched(
                        draft,
                        timeout,
                        List.of(
                                "clone",
                                "--quiet",
                                "--no-checkout",
                                "--separate-git-dir=" + draft.resolve("git"),
                                "--",
                                url,
                                draft.resolve("files").toString()));
                refuse(output, module, url);
                Files.move(draft.resolve("git"), module.gitDir(), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                FileTrees.delete(draft);
            }
        } catch (IOException e) {
            throw new ContentException(modules + " cannot be written: " + e.getMessage());
        }
    }

    private void refuse(Git.Output output, Repository module, String url) throws ContentException {
        if (!output.isGood()) {
            throw new ContentException("submodule " + module.shown() + " of " + root + " cannot be fetched from "
                    + ExternalProgram.line(url) + ": " + RemoteErrors.errorMessage(output, url));
        }
    }

    /** Many servers give out single commits; for the others all branches have to do. */
    private void renew(Link link, Repository module, String url) throws ContentException {
        refuse(fetched(module, url, "+refs/heads/*:refs/remotes/origin/*"), module, url);
        if (!has(module, link.commit()) && !fetched(module, url, link.commit()).isGood()) {
            throw new ContentException("submodule " + module.shown() + " of " + root + ": its commit "
                    + link.commit().substring(0, 10) + " is not at " + ExternalProgram.line(url)
                    + "; push it there, then sync again");
        }
    }

    private Git.Output fetched(Repository module, String url, String what) throws ContentException {
        return git.reachFetched(
                module.gitDir(), timeout, Git.bare(module.gitDir(), "fetch", "--quiet", "--", url, what));
    }

    /** What somebody configured here counts, unless it is only what the repository said until now. */
    private String url(Repository in, Link link, Optional<Link> old) throws ContentException {
        var configured = git.askBare(in.gitDir(), "config", "submodule." + link.name() + ".url")
                .line();
        boolean theirs = configured.isEmpty()
                || old.filter(o -> o.url().equals(configured)).isPresent();
        return theirs ? link.url() : configured;
    }

    private Map<String, Link> links(Repository in, String commit) throws ContentException {
        var declared = git.askBare(in.gitDir(), "config", "--blob", commit + ":.gitmodules", "-z", "--list");
        if (!declared.isGood()) {
            return Map.of(); // it has none
        }
        var modules = declared(declared.parts());
        var links = new LinkedHashMap<String, Link>();
        for (var entry : good(git.askBare(in.gitDir(), "ls-tree", "-r", "-z", commit), in.shown())
                .parts()) {
            var path = entry.substring(entry.indexOf('\t') + 1);
            var output = modules.get(path);
            if (entry.startsWith("160000 ")
                    && output != null
                    && !output.getOrDefault("update", "").equals("none")) {
                var url = RelativeUrl.url(base(in), output.getOrDefault("url", ""));
                links.put(path, link(path, output.getOrDefault("name", ""), entry.split("[ \t]", 4)[2], url));
            }
        }
        return links;
    }

    private String base(Repository in) throws ContentException {
        return git.askBare(in.gitDir(), "config", "remote." + in.remote() + ".url")
                .line();
    }

    /** A name is a path below our own folder, and an address that begins with a dash would be an option. */
    private Link link(String path, String name, String commit, String url) throws ContentException {
        boolean bad = name.isEmpty() || List.of(name.split("/", -1)).contains("..") || name.startsWith("/");
        if (bad || url.isEmpty() || url.startsWith("-")) {
            throw new ContentException(
                    "submodule " + path + " of " + root + " has no proper name and url in .gitmodules");
        }
        return new Link(path, name, commit, url);
    }

    /** By path: what .gitmodules says of each. */
    private static Map<String, Map<String, String>> declared(List<String> entries) {
        var byName = new TreeMap<String, Map<String, String>>();
        for (var entry : entries) {
            int end = entry.indexOf('\n');
            var key = end < 0 ? entry : entry.substring(0, end);
            int dot = key.lastIndexOf('.');
            if (end >= 0 && key.startsWith("submodule.") && dot > "submodule.".length()) {
                var name = key.substring("submodule.".length(), dot);
                byName.computeIfAbsent(name, n -> new HashMap<>(Map.of("name", n)))
                        .put(key.substring(dot + 1), entry.substring(end + 1));
            }
        }
        var byPath = new TreeMap<String, Map<String, String>>();
        byName.values().forEach(output -> byPath.put(output.getOrDefault("path", ""), output));
        return byPath;
    }

    /** Brings them to what the commit says, which is the one that is checked out. Everything has been fetched. */
    void update(String from, String to, List<String> paths, boolean force) throws ContentException {
        if (paths.isEmpty()) {
            return;
        }
        var moved = moved(from, to).stream().filter(paths::contains).toList();
        if (!moved.isEmpty()) {
            good(git.ask(root, words(List.of("submodule", "--quiet", "sync", "--"), moved)), root.toString());
        }
        var update = new ArrayList<>(
                List.of("submodule", "--quiet", "update", "--init", "--recursive", "--no-fetch", "--checkout"));
        if (force) {
            update.add("--force");
        }
        update.add("--");
        update.addAll(paths);
        var output = git.reach(root, LONG, update);
        if (!output.isGood()) {
            throw new ContentException(
                    root + " is unchanged; its submodules cannot be updated: " + output.errorMessage());
        }
    }

    /** Whose address is another one now, where nobody here has said something else. */
    private List<String> moved(String from, String to) throws ContentException {
        var before = links(here(), from);
        var moved = new ArrayList<String>();
        for (var link : links(here(), to).values()) {
            var old = Optional.ofNullable(before.get(link.path())).map(Link::url);
            boolean other = old.filter(u -> !u.equals(link.url())).isPresent();
            if (other
                    && url(here(), link, Optional.ofNullable(before.get(link.path())))
                            .equals(link.url())) {
                moved.add(link.path());
            }
        }
        return moved;
    }

    private static String[] words(List<String> first, List<String> then) {
        var all = new ArrayList<>(first);
        all.addAll(then);
        return all.toArray(String[]::new);
    }

    /** Takes away the files of a submodule that is not wanted any more, where nobody has left anything there. */
    void remove(String path) throws ContentException {
        var folder = root.resolve(path);
        if (isThere(folder)
                && git.ask(folder, "status", "--porcelain", "--ignored", "--untracked-files=all")
                        .line()
                        .isEmpty()) {
            clear(path);
        }
    }

    void clear(String path) throws ContentException {
        try {
            FileTrees.delete(root.resolve(path));
        } catch (IOException e) {
            throw new ContentException(root.resolve(path) + " cannot be removed: " + e.getMessage());
        }
    }
}
