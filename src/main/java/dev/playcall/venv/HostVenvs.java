package dev.playcall.venv;

import dev.playcall.config.file.AtomicFile;
import dev.playcall.config.file.FileTrees;
import dev.playcall.config.yaml.CanonicalYaml;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.config.yaml.YamlFile;
import dev.playcall.content.ContentException;
import dev.playcall.domain.name.EnvironmentName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which environments each host has, as files: {@code localhost.yml} and {@code <environment>/<host>.yml}. These files are the truth; the
 * variable {@code installed_venvs} of the inventories follows them. Safe for threads.
 */
public final class HostVenvs {
    private static final String ENDING = ".yml";
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._:-]{0,200}");

    private final Path folder;

    HostVenvs(Path folder) {
        this.folder = folder;
    }

    /** Writes what a host has; the same content is the same file to the byte. */
    public synchronized void write(VenvHost host, Collection<HostVenv> venvs) throws ContentException {
        try {
            var file = file(host);
            var text = text(host, venvs);
            if (Files.exists(file) ? Files.readString(file).equals(text) : venvs.isEmpty()) {
                return;
            }
            Files.createDirectories(file.getParent());
            AtomicFile.write(file, text);
        } catch (IOException e) {
            throw new ContentException("the environments of " + host.name() + " cannot be written: " + e.getMessage());
        }
    }

    /** Has one more written, or another in place of one of the same name. */
    public synchronized void add(VenvHost host, HostVenv venv) throws ContentException {
        var left = new ArrayList<>(of(host));
        left.removeIf(v -> v.name().equals(venv.name()));
        left.add(venv);
        write(host, left);
    }

    /** Has those of these names written no more. */
    public synchronized void remove(VenvHost host, Collection<String> names) throws ContentException {
        var left = new ArrayList<>(of(host));
        left.removeIf(v -> names.contains(v.name()));
        write(host, left);
    }

    /** By name; empty for a host that has none. */
    public List<HostVenv> of(VenvHost host) throws ContentException {
        var file = file(host);
        return Files.isRegularFile(file) ? read(file) : List.of();
    }

    /** Whether what a host has was written down after this moment. */
    public boolean isWrittenSince(VenvHost host, Instant moment) throws ContentException {
        var file = file(host);
        try {
            return Files.exists(file)
                    && Files.getLastModifiedTime(file).toInstant().isAfter(moment);
        } catch (IOException e) {
            return false;
        }
    }

    /** All hosts that have a file, by name of their environment; that of the gateway's machine comes first. */
    public SortedMap<VenvHost, List<HostVenv>> all() throws ContentException {
        var all = new TreeMap<VenvHost, List<HostVenv>>(Comparator.comparing((VenvHost h) ->
                        h.environment().map(EnvironmentName::value).orElse(""))
                .thenComparing(VenvHost::name));
        try {
            if (Files.isRegularFile(file(VenvHost.HERE))) {
                all.put(VenvHost.HERE, of(VenvHost.HERE));
            }
            for (var environment : FileTrees.in(folder)) {
                if (Files.isDirectory(environment)) {
                    addHosts(environment, all);
                }
            }
            return all;
        } catch (IOException e) {
            throw new ContentException("the environments of hosts cannot be read: " + e.getMessage());
        }
    }

    private void addHosts(Path environment, Map<VenvHost, List<HostVenv>> all) throws IOException, ContentException {
        var name = Optional.of(environment.toFile().getName())
                .filter(EnvironmentName::isValid)
                .map(EnvironmentName::new);
        for (var file : name.isPresent() ? FileTrees.in(environment) : List.<Path>of()) {
            var host = file.toFile().getName().replaceFirst("\\.yml$", "");
            if (file.toString().endsWith(ENDING) && HOST.matcher(host).matches()) {
                var key = new VenvHost(name, host);
                all.put(key, of(key));
            }
        }
    }

    private Path file(VenvHost host) throws ContentException {
        if (!HOST.matcher(host.name()).matches()) {
            throw new ContentException("a host called \"" + host.name() + "\" cannot have environments: its name is no"
                    + " name of a file");
        }
        var below = host.environment().map(e -> folder.resolve(e.value())).orElse(folder);
        return below.resolve(host.name() + ENDING);
    }

    private static String text(VenvHost host, Collection<HostVenv> venvs) {
        var text = new StringBuilder("hostname: " + CanonicalYaml.quoted(host.name()) + "\ninstalled_venvs:"
                + (venvs.isEmpty() ? " []\n" : "\n"));
        venvs.stream().sorted(Comparator.comparing(HostVenv::name)).forEach(v -> {
            text.append("  - name: ").append(CanonicalYaml.quoted(v.name()));
            text.append("\n    path: ").append(CanonicalYaml.quoted(v.path()));
            text.append("\n    installed_date: ")
                    .append(CanonicalYaml.quoted(
                            v.installed().truncatedTo(ChronoUnit.SECONDS).toString()));
            text.append("\n    requirements: ").append(CanonicalYaml.quoted(v.requirements()));
            text.append(v.size() > 0 ? "\n    size: " + v.size() + "\n" : "\n");
        });
        return text.toString();
    }

    private List<HostVenv> read(Path file) throws ContentException {
        var shown = Path.of(folder.toFile().getName()).resolve(folder.relativize(file));
        try {
            var found = new ArrayList<HostVenv>();
            if (YamlFile.read(file, shown).root().orElse(null) instanceof Yaml.Mapping root
                    && root.entries().get("installed_venvs") instanceof Yaml.Sequence venvs) {
                for (var item : venvs.items()) {
                    found.add(venv(item instanceof Yaml.Mapping m ? m.entries() : Map.of()));
                }
            }
            return found;
        } catch (ConfigException e) {
            throw new ContentException(e.problems().getFirst().toString());
        } catch (DateTimeException | NumberFormatException e) {
            throw new ContentException(shown + ": each of installed_venvs needs name, path and installed_date, such as"
                    + " 2024-01-15T10:30:00Z");
        }
    }

    private static HostVenv venv(Map<String, Yaml> entries) {
        return new HostVenv(
                text(entries, "name"),
                text(entries, "path"),
                Instant.parse(text(entries, "installed_date")),
                text(entries, "requirements"),
                entries.containsKey("size") ? Long.parseLong(text(entries, "size")) : 0);
    }

    private static String text(Map<String, Yaml> entries, String key) {
        return entries.get(key) instanceof Yaml.Scalar scalar ? scalar.text() : "";
    }

    /**
     * An environment that a host has.
     *
     * @param name of the specification that it is for
     * @param path on the host
     * @param requirements stands for what it was made of; several names with the same share one folder
     * @param size in bytes when it was made; 0 where that is not kept
     */
    public record HostVenv(String name, String path, Instant installed, String requirements, long size) {}

    /**
     * A host that has environments. The same name in two inventories may be two machines.
     *
     * @param environment whose inventory has it; empty for the gateway's own machine
     */
    public record VenvHost(Optional<EnvironmentName> environment, String name) {
        /** The gateway's own machine. */
        public static final VenvHost HERE = new VenvHost(Optional.empty(), "localhost");

        public static VenvHost of(EnvironmentName environment, String name) {
            return name.equals(HERE.name()) ? HERE : new VenvHost(Optional.of(environment), name);
        }

        public boolean isHere() {
            return environment.isEmpty();
        }
    }
}
