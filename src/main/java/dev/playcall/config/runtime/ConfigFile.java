package dev.playcall.config.runtime;

import dev.playcall.config.Config;
import dev.playcall.config.ConfigOrigins;
import dev.playcall.config.EnvSubstitution;
import dev.playcall.config.Overrides;
import dev.playcall.config.Section;
import dev.playcall.config.binding.ConfigBinding;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Problem;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.config.yaml.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code config/playcall.yml}. */
public final class ConfigFile {
    private static final String MASK = "[secret]";
    /** A shorter value would black out ordinary words. */
    private static final int SHORTEST_SECRET = 4;

    private final Path home;
    private final Map<String, String> environment;
    private final List<Problem> problems = new ArrayList<>();

    private ConfigFile(Path home, Map<String, String> environment) {
        this.home = home.toAbsolutePath().normalize();
        this.environment = environment;
    }

    /**
     * Reads the configuration.
     *
     * @param home the folder that relative paths count from, unless {@code file} is in a folder called {@code config}: then
     *     they count from the folder that holds that one
     * @param file another file than {@code config/playcall.yml}, which must then exist
     * @throws ConfigException with every problem at once
     */
    public static Config load(Path home, Optional<Path> file, Map<String, String> environment) {
        return read(home, file, environment).config();
    }

    /** The same together with what stands in the file. */
    public static LoadedConfig read(Path home, Optional<Path> file, Map<String, String> environment) {
        return new ConfigFile(file.flatMap(ConfigFile::project).orElse(home), environment).read(file);
    }

    /** The folder that holds the {@code config} folder of this file; empty when the file is in no such folder. */
    private static Optional<Path> project(Path file) {
        return Optional.ofNullable(file.toAbsolutePath().normalize().getParent())
                .filter(folder -> folder.endsWith("config"))
                .flatMap(folder -> Optional.ofNullable(folder.getParent()));
    }

    private LoadedConfig read(Optional<Path> chosen) {
        var file = chosen.map(f -> f.toAbsolutePath().normalize()).orElse(home.resolve("config/playcall.yml"));
        var yaml = chosen.isPresent() || Files.exists(file) ? yaml(file) : Optional.<Yaml>empty();
        var envSubstitution = new EnvSubstitution(environment, problems);
        var overrides = new Overrides(environment);
        var configOrigins = new ConfigOrigins();
        var root = new Section("", yaml, problems, Optional.of(envSubstitution), Optional.of(overrides), configOrigins);
        var config = new ConfigBinding(home, root, envSubstitution, environment).bind();
        root.end();
        overrides.end(ConfigBinding.SECTIONS, problems);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems.stream()
                    .map(p -> new Problem(p.place(), masked(p.message(), envSubstitution.secrets())))
                    .distinct()
                    .toList());
        }
        var effective = configOrigins.all(value -> masked(value, config.secrets()));
        return new LoadedConfig(shown(file).toString(), config, LoadedConfig.written(yaml), effective);
    }

    private Optional<Yaml> yaml(Path file) {
        Stream.of(file, file.getParent()).filter(Objects::nonNull).forEach(this::refuseOpen);
        try {
            return YamlFile.read(file, shown(file)).root();
        } catch (ConfigException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    private Path shown(Path file) {
        return file.startsWith(home) ? home.relativize(file) : file;
    }

    /** Whoever can write this file decides what is executed. */
    private void refuseOpen(Path path) {
        try {
            if (Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE)) {
                problems.add(new Problem(
                        shown(path).toString(),
                        "world-writable, so any user could change what is executed (chmod o-w " + path + ")"));
            }
        } catch (IOException | UnsupportedOperationException e) {
            // Reading it says what is wrong; a file system without such rights has none to check.
        }
    }

    /** A message quotes what is wrong, and that may be a token put under the wrong key. */
    private static String masked(String message, List<String> secrets) {
        var clean = message;
        var longestFirst = secrets.stream()
                .filter(s -> s.length() >= SHORTEST_SECRET)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        for (var secret : longestFirst) {
            clean = clean.replace(secret, MASK);
        }
        return clean;
    }
}
