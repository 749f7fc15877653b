package dev.playcall.cli.init;

import dev.playcall.boot.settings.RefusedException;
import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.layout.PlaybookLayout;
import dev.playcall.chat.command.CommandCatalogue;
import dev.playcall.config.Config;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.config.yaml.YamlSplice.CannotSpliceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** {@code ./playcall init}: says what a repository has and writes the configuration for it; no file of it is changed. */
public final class RepositoryInit {
    private final Path home;
    private final Path file;
    private final Map<String, String> environment;
    private final PrintWriter out;

    /**
     * @param home the folder that holds {@code config/}
     * @param file the configuration
     * @param environment of this process
     */
    public RepositoryInit(Path home, Path file, Map<String, String> environment, PrintWriter out) {
        this.home = home;
        this.file = file;
        this.environment = environment;
        this.out = out;
    }

    /**
     * How it is done.
     *
     * @param replace whether what is set to something else is replaced
     * @param token asks for one by its question; empty when nobody is there or none is given
     */
    public record Options(boolean replace, Function<String, Optional<String>> token) {}

    /** A folder, or the address of a repository, which is cloned into {@code repositories/}. */
    public Path repository(String given) {
        return new RepositoryClone(home, environment, out).of(given);
    }

    /** Writes the configuration; nothing is written when it would not be valid. */
    public Config write(Path repository, Options options) {
        var survey = RepositorySurvey.of(repository);
        out.println("Repository " + repository + ":");
        survey.environments()
                .forEach((name, files) -> out.println("  environment " + name + ": " + String.join(", ", files)));
        PlaybookLayout.of(survey.playbooks())
                .playbooks()
                .forEach((name, path) -> out.println("  playbook " + name + ": " + repository.relativize(path)));
        survey.found().forEach(line -> out.println("  " + line));
        try {
            var before = Files.exists(file) ? Files.readString(file) : "";
            var edit = edited(before, repository, survey, options);
            replace(before, edit);
            edit.kept().forEach(line -> out.println("  " + line));
        } catch (IOException e) {
            throw new RefusedException(file + " cannot be written: " + e.getMessage());
        } catch (CannotSpliceException e) {
            throw new RefusedException(file + " cannot be changed by a program: " + e.why());
        }
        survey.problems().forEach(line -> out.println("  not used: " + line));
        if (home.startsWith(repository)) {
            out.println("  Playcall keeps config/, data/ and logs/ in " + home + ": add them to .gitignore");
        }
        var config = ConfigFile.load(home, Optional.of(file), environment);
        GroupedEnvironments.proposal(new DiskCatalogs(config, Clock.systemUTC()).current(), repository)
                .ifPresent(line -> out.println("  " + line));
        return config;
    }

    private ConfigEdit edited(String before, Path repository, RepositorySurvey survey, Options options)
            throws CannotSpliceException {
        var edit = new ConfigEdit(before, options.replace());
        edit.path("project", shown(repository));
        edit.path("playbooks", shown(survey.playbooks()));
        // What Playcall itself makes stays out of the repository.
        edit.path("inventory", "data/environments");
        for (var entry : survey.environments().entrySet()) {
            edit.environment(entry.getKey(), entry.getValue());
        }
        tokens(edit, options);
        return edit;
    }

    private static void tokens(ConfigEdit edit, Options options) throws CannotSpliceException {
        for (var token : List.of(
                List.of("slack", "bot_token", "Slack bot token (xoxb-…, empty for none): "),
                List.of("slack", "app_token", "Slack app token (xapp-…, empty for none): "),
                List.of("discord", "token", "Discord bot token (empty for none): "))) {
            var given = options.token().apply(token.get(2));
            if (given.isPresent()) {
                edit.token(token.get(0), token.get(1), given.get());
            }
        }
    }

    private String shown(Path path) {
        return path.equals(home)
                ? "."
                : path.startsWith(home) ? home.relativize(path).toString() : path.toString();
    }

    private void replace(String before, ConfigEdit edit) throws IOException {
        var after = edit.text();
        if (after.equals(before)) {
            out.println("  " + file + " is up to date");
            return;
        }
        var folder = Files.createDirectories(
                Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(home));
        var draft = Files.createTempFile(folder, ".playcall", ".yml");
        try {
            Files.writeString(draft, after);
            ConfigFile.load(home, Optional.of(draft), environment);
            Files.setPosixFilePermissions(draft, permissions(edit));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        out.println("  " + file + " is written");
    }

    /** As they were, but a token is for nobody else to read. */
    private Set<PosixFilePermission> permissions(ConfigEdit edit) throws IOException {
        var own = PosixFilePermissions.fromString("rw-------");
        var now = Files.exists(file) ? Files.getPosixFilePermissions(file) : own;
        return edit.hasToken() && now.contains(PosixFilePermission.OTHERS_READ) ? own : now;
    }

    /** Pings all hosts, and says what to type in chat. False when nothing can be run. */
    public boolean end(Config config, boolean ping) {
        var catalog = new DiskCatalogs(config, Clock.systemUTC()).current();
        if (ping) {
            var first = new FirstPing(config.paths().project(), environment);
            catalog.environments().values().forEach(e -> out.println(first.of(e)));
        }
        var said = command(catalog);
        out.println();
        out.println(
                said.map(s -> "Start Playcall with ./playcall serve" + option() + ". Then type in ./playcall console"
                                + option() + ", or with a slash in Slack and Discord: " + s)
                        .orElse("There is nothing to run yet: see the lines above."));
        return said.isPresent();
    }

    /** Of every command where the configuration is not the one that is found by itself. */
    private String option() {
        var usual = home.resolve("config/playcall.yml").toAbsolutePath().normalize();
        return file.equals(usual) || file.toString().equals(environment.get("PLAYCALL_CONFIG"))
                ? ""
                : " --config " + file;
    }

    private static Optional<String> command(Catalog catalog) {
        var played = CommandCatalogue.play(catalog, "deploy");
        return played.map(p -> p.startsWith("play deploy ") ? p.substring("play ".length()) : p);
    }
}
