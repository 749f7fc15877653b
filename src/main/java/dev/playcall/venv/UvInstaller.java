package dev.playcall.venv;

import dev.playcall.content.ContentException;
import dev.playcall.content.ExternalProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** uv, which does both faster. */
record UvInstaller(VenvBuilder builder, Path program, List<String> sources) implements PackageInstaller {
    private static final Map<String, String> SETTINGS = Map.of("UV_PYTHON_DOWNLOADS", "never", "UV_NO_PROGRESS", "1");
    /** Where no project is that uv would take settings from. */
    private static final Path ROOT = Path.of("/");

    private static final Pattern LOCKED = Pattern.compile("[^\\s=]+==\\S+( --hash=sha256:[0-9a-f]{64})+");

    UvInstaller {
        sources = List.copyOf(sources);
    }

    /**
     * The program, where it is to be used: not where pip has settings, which uv does not read.
     *
     * @param own environment of the gateway
     * @param isOffline whether no index is asked, so that such settings say nothing
     */
    static Optional<Path> find(Map<String, String> own, boolean isOffline) {
        return !isOffline && hasPipSettings(own)
                ? Optional.empty()
                : Stream.of(own.getOrDefault("PATH", "").split(":", -1))
                        .filter(p -> p.startsWith("/"))
                        .map(p -> Path.of(p, "uv"))
                        .filter(Files::isExecutable)
                        .findFirst();
    }

    private static boolean hasPipSettings(Map<String, String> own) {
        var home = own.getOrDefault("HOME", "/nonexistent");
        return own.keySet().stream().anyMatch(n -> n.startsWith("PIP_"))
                || Stream.of("/etc", "/etc/xdg/pip", home + "/.config/pip", home + "/.pip")
                        .anyMatch(f -> Files.exists(Path.of(f, "pip.conf")));
    }

    @Override
    public String maker() {
        return "uv venv";
    }

    @Override
    public String name() {
        return "uv pip";
    }

    @Override
    public void create(Path python, Path folder) throws IOException, ContentException {
        uv(maker(), List.of("venv", "--python", python.toString(), folder.toString()));
    }

    @Override
    public List<String> install(Path folder, VenvSpec spec) throws IOException, ContentException {
        var lock = spec.isLocked() ? spec.lock().packages() : resolved(folder, spec);
        var wanted = Files.write(folder.resolve(".requirements.txt"), lock);
        pip("install", folder, List.of("--require-hashes", "--requirement=" + wanted), sources);
        return lock;
    }

    private List<String> resolved(Path folder, VenvSpec spec) throws IOException, ContentException {
        var needed = Files.write(folder.resolve(".needed.in"), spec.needs().pythonPackages());
        var found = folder.resolve(".needed.txt");
        var options = List.of(
                "--generate-hashes", "--no-header", "--no-annotate", "--output-file=" + found, needed.toString());
        pip("compile", folder, options, sources);
        return lock(Files.readString(found));
    }

    /** What {@code uv pip compile} writes, a line for each package. */
    static List<String> lock(String written) throws ContentException {
        var lines = new TreeSet<String>();
        for (var line : written.replaceAll("\\s*\\\\\\R\\s*", " ").split("\\R", -1)) {
            var bare = line.strip();
            if (!bare.isEmpty() && !bare.startsWith("#")) {
                if (!LOCKED.matcher(bare).matches()) {
                    throw new ContentException(
                            "uv pip: there is no hash for " + bare.split(" ", 2)[0] + "; a newer uv may find one");
                }
                lines.add(bare);
            }
        }
        return List.copyOf(lines);
    }

    @Override
    public void check(Path folder) throws IOException, ContentException {
        pip("check", folder, List.of(), List.of());
    }

    private void pip(String command, Path folder, List<String> options, List<String> more)
            throws IOException, ContentException {
        var all = new ArrayList<>(
                List.of("pip", command, "--python", folder.resolve("bin/python").toString()));
        all.addAll(options);
        all.addAll(more);
        uv(name(), all);
    }

    private ExternalProgram.Ended uv(String shown, List<String> arguments) throws IOException, ContentException {
        var command = Stream.concat(Stream.of(program.toString()), arguments.stream());
        var ended = builder.run(ROOT, SETTINGS, command.toArray(String[]::new));
        if (ended.code() != 0) {
            throw VenvBuilder.failed(shown, ended, "");
        }
        return ended;
    }
}
