package dev.playcall.venv;

import dev.playcall.content.ContentException;
import dev.playcall.content.ExternalProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code python3 -m venv}, and the pip that it puts into the environment. */
record PipInstaller(VenvBuilder builder, List<String> sources) implements PackageInstaller {
    PipInstaller {
        sources = List.copyOf(sources);
    }

    @Override
    public String maker() {
        return "python3 -m venv";
    }

    @Override
    public String name() {
        return "pip";
    }

    @Override
    public void create(Path python, Path folder) throws IOException, ContentException {
        var made = builder.run(
                folder.resolveSibling(""), Map.of(), python.toString(), "-I", "-m", "venv", folder.toString());
        if ((made.out() + made.err()).contains("ensurepip is not")) {
            throw new ContentException(
                    "python3 cannot make environments on this machine (apt-get install python3-venv)");
        }
        if (made.code() != 0) {
            throw VenvBuilder.failed(maker(), made, "apt-get install python3-venv");
        }
    }

    @Override
    public List<String> install(Path folder, VenvSpec spec) throws IOException, ContentException {
        var wanted = folder.resolve(".requirements.txt");
        var report = folder.resolve(".report.json");
        Files.write(
                wanted, spec.isLocked() ? spec.lock().packages() : spec.needs().pythonPackages());
        var options = new ArrayList<>(
                List.of("--no-input", "--ignore-installed", "--report=" + report, "--requirement=" + wanted));
        if (spec.isLocked()) {
            options.add("--require-hashes");
        }
        options.addAll(sources);
        var ended = pip(folder, "install", options);
        if (ended.code() != 0) {
            throw VenvBuilder.failed(name(), ended, "");
        }
        return PipReport.lock(report);
    }

    @Override
    public void check(Path folder) throws IOException, ContentException {
        var check = pip(folder, "check", List.of());
        if (check.code() != 0) {
            throw new ContentException("its packages do not fit: "
                    + ExternalProgram.line(check.out().lines().findFirst().orElse("pip check failed")));
        }
    }

    private ExternalProgram.Ended pip(Path folder, String command, List<String> options)
            throws IOException, ContentException {
        var python = folder.resolve("bin/python").toString();
        var begin = Stream.of(python, "-I", "-m", "pip", command, "--disable-pip-version-check");
        return builder.run(
                folder, Map.of(), Stream.concat(begin, options.stream()).toArray(String[]::new));
    }
}
