package dev.playcall.venv;

import dev.playcall.config.Config;
import dev.playcall.content.ContentException;
import dev.playcall.content.ExternalProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes an environment in a folder with {@code python3 -m venv}, pip and ansible-galaxy. */
final class VenvBuilder {
    private static final Pattern NOT_CONNECTED = Pattern.compile(
            "Failed to establish a new connection: \\[Errno -?\\d+] ([A-Za-z ]+)|Tunnel connection failed: [\\w ]+"
                    + "|certificate verify failed|Read timed out|Connect(?:ion)? timed out");

    private final ExternalProgram programs;
    private final Config.Venv settings;
    private final BooleanSupplier stop;

    /**
     * @param environment of the gateway; what begins with {@code PIP_} or {@code ANSIBLE_GALAXY_} is passed on
     * @param stop whether nobody wants it any more
     */
    VenvBuilder(Map<String, String> environment, Config.Venv settings, BooleanSupplier stop) {
        this.programs = ExternalProgram.ordinary(
                environment, name -> name.startsWith("PIP_") || name.startsWith("ANSIBLE_GALAXY_"));
        this.settings = settings;
        this.stop = stop;
    }

    /** The version of a Python, {@code 3.11}. */
    String version(Path python) throws IOException, ContentException {
        var ended = run(
                Path.of("/"),
                Map.of(),
                python.toString(),
                "-I",
                "-c",
                "import sys; print('%d.%d' % sys.version_info[:2])");
        return ended.out().strip();
    }

    /**
     * Makes it and proves it.
     *
     * @param folder where it will stay; not there yet
     * @param project where ansible.cfg is
     * @param collections that it has to have itself
     * @return what it is made of
     */
    VenvLock build(Path python, Path folder, VenvSpec spec, Path project, List<String> collections)
            throws IOException, ContentException {
        var made = run(folder.resolveSibling(""), Map.of(), python.toString(), "-I", "-m", "venv", folder.toString());
        if (made.code() != 0) {
            throw failed("python3 -m venv", made, "apt-get install python3-venv");
        }
        var packages = packages(folder, spec);
        var galaxy = new CollectionInstaller(this, settings.collections(), folder, project);
        var installed = galaxy.install(collections, spec.lock().collections());
        prove(folder);
        return new VenvLock(packages, installed);
    }

    private List<String> packages(Path folder, VenvSpec spec) throws IOException, ContentException {
        boolean isLocked = !spec.lock().isEmpty();
        var wanted = folder.resolve(".requirements.txt");
        var report = folder.resolve(".report.json");
        Files.write(wanted, isLocked ? spec.lock().packages() : spec.needs().pythonPackages());
        var command = new ArrayList<>(List.of(
                folder.resolve("bin/python").toString(),
                "-I",
                "-m",
                "pip",
                "install",
                "--disable-pip-version-check",
                "--no-input",
                "--ignore-installed",
                "--report=" + report,
                "--requirement=" + wanted));
        if (isLocked) {
            command.add("--require-hashes");
        }
        settings.wheels().ifPresent(w -> command.addAll(List.of("--no-index", "--find-links=" + w)));
        if (settings.wheels().isEmpty() && !settings.indexUrl().isEmpty()) {
            command.add("--index-url=" + settings.indexUrl());
        }
        var ended = run(folder, Map.of(), command.toArray(String[]::new));
        if (ended.code() != 0) {
            throw failed("pip", ended, "");
        }
        return PipReport.lock(report);
    }

    private void prove(Path folder) throws IOException, ContentException {
        var python = folder.resolve("bin/python").toString();
        var check = run(folder, Map.of(), python, "-I", "-m", "pip", "--disable-pip-version-check", "check");
        if (check.code() != 0) {
            throw new ContentException("its packages do not fit: "
                    + ExternalProgram.line(check.out().lines().findFirst().orElse("pip check failed")));
        }
        var program = folder.resolve("bin/ansible-playbook");
        if (!Files.isExecutable(program)) {
            throw new ContentException("ansible-playbook is not in it after the installation of ansible-core");
        }
        var ended = run(
                folder,
                Map.of("ANSIBLE_LOCAL_TEMP", folder.resolve(".tmp").toString()),
                program.toString(),
                "--version");
        if (ended.code() != 0) {
            throw failed("ansible-playbook --version", ended, "");
        }
    }

    ExternalProgram.Ended run(Path folder, Map<String, String> environment, String... command)
            throws IOException, ContentException {
        return programs.run(List.of(command), folder, environment, new ExternalProgram.Limit(settings.timeout(), stop));
    }

    /** Its most telling line. */
    static ContentException failed(String program, ExternalProgram.Ended ended, String remedy) {
        var lines = (ended.err() + "\n" + ended.out())
                .lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .toList();
        // pip ends with "no matching distribution" when it could ask nobody.
        var error = lines.stream()
                .flatMap(l -> unreachable(l).stream())
                .findFirst()
                .map(why -> "the package index cannot be reached: " + why)
                .or(() -> errorLine(lines));
        var text = error.map(e -> e.replaceFirst("^(ERROR[:!]|\\[ERROR]:|Error:) ", ""))
                .or(() -> lines.isEmpty() ? Optional.empty() : Optional.of(lines.getLast()))
                .orElse("it ended with " + ended.code());
        return new ContentException(
                program + ": " + ExternalProgram.line(text) + (remedy.isEmpty() ? "" : " (" + remedy + ")"));
    }

    private static Optional<String> errorLine(List<String> lines) {
        return Stream.of("ERROR: No matching", "ERROR! ", "ERROR: ", "[ERROR]: ", "Error: ")
                .flatMap(
                        begin -> lines.stream().filter(l -> l.startsWith(begin)).limit(1))
                .findFirst();
    }

    private static Optional<String> unreachable(String line) {
        return NOT_CONNECTED
                .matcher(line)
                .results()
                .map(m -> m.group(1) == null ? m.group() : m.group(1))
                .findFirst();
    }
}
