package dev.playcall.testing;

import dev.playcall.config.file.FileTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** A remote repository, the checkout Playcall works in, and the one of a colleague who pushes; all with the real git. */
public final class GitFixture {
    private final Path base;
    public final Path remote;
    public final Path home;
    private final Path colleague;

    /** Everything below a folder; the checkout holds playbooks and an inventory. */
    public GitFixture(Path base) throws IOException {
        this.base = base.toRealPath();
        this.remote = this.base.resolve("remote.git");
        this.home = this.base.resolve("home");
        this.colleague = this.base.resolve("colleague");
        Template.copyTo(this.base);
    }

    /** Made once and copied, which takes a tenth of the ten calls of git that make it. */
    private static final class Template {
        static final Path FOLDER = make();

        private static Path make() {
            try {
                var folder = MemoryFolder.make("git").toRealPath();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
                var remote = folder.resolve("remote.git").toString();
                var colleague = folder.resolve("colleague");
                var home = folder.resolve("home");
                GitFixture.git(folder, "init", "--quiet", "--template=", "--bare", "--initial-branch=main", remote);
                withoutMaintenance(Path.of(remote));
                GitFixture.git(folder, "clone", "--quiet", "--template=", remote, colleague.toString());
                identity(colleague);
                write(
                        colleague,
                        "playbooks/deploy.yml",
                        "- hosts: all\n  gather_facts: false\n  tasks: [{ debug: { msg: first } }]\n");
                write(colleague, "inventory/prod/hosts.yml", "all: { hosts: { h1: { ansible_connection: local } } }\n");
                GitFixture.push(colleague, "Begin");
                GitFixture.git(folder, "clone", "--quiet", "--template=", remote, home.toString());
                identity(home);
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void remove(Path folder) {
            try {
                FileTrees.delete(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The checkouts name their remote by its path. */
        static void copyTo(Path base) throws IOException {
            try (var all = Files.walk(FOLDER)) {
                for (var file : all.toList()) {
                    var to = base.resolve(FOLDER.relativize(file));
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(to);
                    } else if (file.endsWith(".git/config")) {
                        Files.writeString(to, Files.readString(file).replace(FOLDER.toString(), base.toString()));
                    } else {
                        Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
                    }
                }
            }
        }
    }

    private GitFixture(Path base, Path home) throws IOException {
        this.base = base.toRealPath();
        this.remote = this.base.resolve("remote.git");
        this.home = home.toRealPath();
        this.colleague = this.base.resolve("colleague");
        git(this.base, "init", "--quiet", "--bare", "--initial-branch=main", remote.toString());
        withoutMaintenance(remote);
        git(home, "init", "--quiet", "--initial-branch=main");
        identity(home);
        write(home, ".git/info/exclude", "config/\ndata/\nlogs/\n");
        git(home, "add", "--all");
        git(home, "commit", "--quiet", "-m", "Begin");
        git(home, "remote", "add", "origin", remote.toString());
        git(home, "push", "--quiet", "origin", "HEAD:main");
        git(this.base, "clone", "--quiet", remote.toString(), colleague.toString());
        identity(colleague);
    }

    /** The same around playbooks and an inventory that are there. */
    public static GitFixture around(Path home) throws IOException {
        return new GitFixture(Files.createDirectories(home.resolve("data/git")), home);
    }

    /** In the checkout of the colleague. */
    public String colleague(String... words) throws IOException {
        return git(colleague, words);
    }

    /** Or each push looks for something to tidy up there. */
    private static void withoutMaintenance(Path remote) throws IOException {
        git(remote, "config", "receive.autogc", "false");
    }

    private static void identity(Path folder) throws IOException {
        git(folder, "config", "user.name", "Ada");
        git(folder, "config", "user.email", "ada@example.org");
        git(folder, "config", "maintenance.auto", "false");
    }

    /** A colleague commits these files (path, text, path, text, …) and pushes; the commit. */
    public String push(String subject, String... files) throws IOException {
        for (int i = 0; i < files.length; i += 2) {
            write(colleague, files[i], files[i + 1]);
        }
        return push(colleague, subject);
    }

    private static String push(Path colleague, String subject) throws IOException {
        git(colleague, "add", "--all");
        git(colleague, "commit", "--quiet", "-m", subject);
        git(colleague, "push", "--quiet", "origin", "HEAD:main");
        return Files.readString(colleague.resolve(".git/refs/heads/main")).strip();
    }

    /** A colleague takes a file away. */
    public String pushWithout(String subject, String file) throws IOException {
        Files.delete(colleague.resolve(file));
        return push(subject);
    }

    public void write(String file, String text) throws IOException {
        write(home, file, text);
    }

    private static void write(Path folder, String file, String text) throws IOException {
        var path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    public String read(String file) throws IOException {
        return Files.readString(home.resolve(file));
    }

    /** In the checkout. */
    public String git(String... words) throws IOException {
        return git(home, words);
    }

    public String head() throws IOException {
        return git("rev-parse", "HEAD");
    }

    private static String git(Path folder, String... words) throws IOException {
        var command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(words));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return said.strip();
    }
}
