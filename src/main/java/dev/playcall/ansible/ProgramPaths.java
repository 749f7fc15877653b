package dev.playcall.ansible;

import dev.playcall.runner.Launcher.CannotLaunchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the programs a run needs on a search path. */
public final class ProgramPaths {
    /** Where Debian's own Python is, which Debian's Ansible belongs to; a version manager's shim is slower and another one. */
    private static final Path SYSTEM_PYTHON = Path.of("/usr/bin/python3");

    private final String searchPath;

    public ProgramPaths(String searchPath) {
        this.searchPath = searchPath.isBlank() ? "/usr/local/bin:/usr/bin:/bin" : searchPath;
    }

    public Optional<Path> find(String program) {
        return Arrays.stream(searchPath.split(":", -1))
                .filter(p -> p.startsWith("/"))
                .map(p -> Path.of(p, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The Python that runs our own programs. */
    public Optional<Path> python() {
        return Stream.of(SYSTEM_PYTHON).filter(Files::isExecutable).findFirst().or(() -> find("python3"));
    }

    /** The same for a run. */
    String interpreter() throws CannotLaunchException {
        return python().map(Path::toString)
                .orElseThrow(() -> new CannotLaunchException("python3 is not installed (apt-get install python3)"));
    }

    /**
     * The version of the installed Ansible; empty where none is.
     *
     * @throws IOException it does not work: the message is what it said
     */
    public Optional<AnsibleVersion> ansibleVersion() throws IOException {
        var program = find("ansible-playbook");
        return program.isEmpty() ? Optional.empty() : Optional.of(AnsibleVersion.of(program.get(), searchPath));
    }

    String searchPath() {
        return searchPath;
    }
}
