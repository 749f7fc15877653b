package dev.playcall.venv;

import dev.playcall.config.Config;
import dev.playcall.content.ContentException;
import dev.playcall.content.ExternalProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes an environment in a folder with {@code python3 -m venv} and pip, or with uv where that is, and with ansible-galaxy. For one thread. */
final class VenvBuilder {
    private static final Pattern NOT_CONNECTED = Pattern.compile(
            "Failed to establish a new connection: \\[Errno -?\\d+] ([A-Za-z ]+)|Tunnel connection failed: [\\w ]+"
                    + "|certificate verify failed|Read timed out|Connect(?:ion)? timed out"
                    + "|(?:failed to lookup address information|tcp connect error): ([A-Za-z ]+)");

    /** Before what uv says in the end; the lines below it belong to it. */
    private static final String REASON_OF_UV = "╰─▶ ";

    private final ExternalProgram programs;
    private final Config.Venv settings;
    private final BuildWatch watch;
    private final PackageInstaller installer;
    private final List<BuildStep> steps = new ArrayList<>();

    /** @param environment of the gateway; what begins with {@code PIP_}, {@code UV_} or {@code ANSIBLE_GALAXY_} is passed on */
    VenvBuilder(Map<String, String> environment, Config.Venv settings, BuildWatch watch) {
        this.programs = ExternalProgram.ordinary(
                environment, name -> Stream.of("PIP_", "UV_", "ANSIBLE_GALAXY_").anyMatch(name::startsWith));
        this.settings = settings;
        this.watch = watch;
        this.installer = UvInstaller.find(environment, settings.wheels().isPresent())
                .<PackageInstaller>map(uv -> new UvInstaller(this, uv, sources()))
                .orElseGet(() -> new PipInstaller(this, sources()));
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
        var galaxy = new CollectionInstaller(this, settings.collections(), folder, project);
        galaxy.refuseMissing(collections, spec.lock().collections());
        step(installer.maker(), () -> {
            installer.create(python, folder);
            return folder;
        });
        var packages = step(installer.name(), () -> installer.install(folder, spec));
        var installed = collections.isEmpty()
                ? List.<String>of()
                : step(
                        "ansible-galaxy",
                        () -> galaxy.install(collections, spec.lock().collections()));
        step("checks", () -> {
            prove(folder);
            return folder;
        });
        return new VenvLock(packages, installed);
    }

    /** The steps so far, each with its time. */
    List<BuildStep> steps() {
        return List.copyOf(steps);
    }

    private <T> T step(String name, StoreLock.Work<T> work) throws IOException, ContentException {
        watch.doing(name);
        var begun = System.nanoTime();
        var done = work.work();
        steps.add(new BuildStep(name, Duration.ofNanos(System.nanoTime() - begun)));
        return done;
    }

    /** Where packages come from, as pip and uv both take it. */
    private List<String> sources() {
        if (settings.wheels().isPresent()) {
            return List.of("--no-index", "--find-links=" + settings.wheels().get());
        }
        return settings.indexUrl().isEmpty() ? List.of() : List.of("--index-url=" + settings.indexUrl());
    }

    private void prove(Path folder) throws IOException, ContentException {
        installer.check(folder);
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
        return programs.run(
                List.of(command), folder, environment, new ExternalProgram.Limit(settings.timeout(), watch));
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
        var text = error.map(e -> e.replaceFirst("^((?i:error)[:!]|\\[ERROR]:) ", ""))
                .or(() -> lines.isEmpty() ? Optional.empty() : Optional.of(lines.getLast()))
                .orElse("it ended with " + ended.code());
        return new ContentException(
                program + ": " + ExternalProgram.line(text) + (remedy.isEmpty() ? "" : " (" + remedy + ")"));
    }

    private static Optional<String> errorLine(List<String> lines) {
        return ofUv(lines)
                .or(() -> Stream.of("ERROR: No matching", "ERROR! ", "ERROR: ", "[ERROR]: ", "Error: ", "error: ")
                        .flatMap(begin ->
                                lines.stream().filter(l -> l.startsWith(begin)).limit(1))
                        .findFirst());
    }

    private static Optional<String> ofUv(List<String> lines) {
        var said = lines.stream().dropWhile(l -> !l.startsWith(REASON_OF_UV)).toList();
        return said.isEmpty()
                ? Optional.empty()
                : Optional.of(said.stream()
                        .takeWhile(l -> !l.startsWith("hint:"))
                        .collect(Collectors.joining(" "))
                        .substring(REASON_OF_UV.length()));
    }

    private static Optional<String> unreachable(String line) {
        return NOT_CONNECTED
                .matcher(line)
                .results()
                .map(m -> m.group(1) != null ? m.group(1) : m.group(2) != null ? m.group(2) : m.group())
                .findFirst();
    }
}
