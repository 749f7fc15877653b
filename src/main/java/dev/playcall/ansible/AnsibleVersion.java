package dev.playcall.ansible;

import dev.playcall.domain.Truncate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of ansible-core that a program belongs to.
 *
 * @param text as Ansible writes it, {@code 2.22.0b2}
 * @param prerelease whether it is a beta or a release candidate
 */
public record AnsibleVersion(String text, int major, int minor, boolean prerelease) {
    private static final String NUMBER = "((\\d+)\\.(\\d+)[\\d.]*([a-z]\\S*)?)";
    private static final Pattern CORE = Pattern.compile("\\[core " + NUMBER + "]");
    private static final Pattern RELEASE = Pattern.compile(NUMBER + "\\s*");
    /** In every program that ansible-core installs. */
    private static final String MAIN = "from ansible.cli.playbook import main";
    /** Says nothing where a library is missing without which the program would not start. */
    private static final String ASK_RELEASE = """
        from importlib.util import find_spec
        from ansible.release import __version__
        print(__version__ if all(map(find_spec, ("jinja2", "yaml", "packaging"))) else "")
        """;

    private static final int PATIENCE = 30;
    private static final int LONGEST = 200;

    /**
     * Asks the Python of the program, which takes a tenth of what the program itself takes to say it, or else the program.
     *
     * @throws IOException it gives no version; the message is what it said instead
     */
    static AnsibleVersion of(Path program, String searchPath) throws IOException {
        var folder = Files.createTempDirectory("playcall-version");
        try {
            var release = release(program, searchPath, folder);
            if (release.isPresent()) {
                return release.get();
            }
            var said = ask(List.of(program.toString(), "--version"), searchPath, folder);
            var core = CORE.matcher(said);
            if (core.find()) {
                return of(core);
            }
            throw new IOException(Truncate.of(
                    said.lines().filter(l -> !l.isBlank()).findFirst().orElse("it says nothing"), LONGEST));
        } finally {
            ScratchDirs.remove(folder);
        }
    }

    private static Optional<AnsibleVersion> release(Path program, String searchPath, Path folder) throws IOException {
        var interpreter = PythonShebang.interpreter(program);
        if (interpreter.isEmpty()
                || !Files.readString(program, StandardCharsets.ISO_8859_1).contains(MAIN)) {
            return Optional.empty();
        }
        var argv = new ArrayList<>(interpreter.get());
        argv.addAll(List.of("-c", ASK_RELEASE));
        try {
            var said = RELEASE.matcher(ask(argv, searchPath, folder));
            return said.matches() ? Optional.of(of(said)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // the program itself says what is wrong
        }
    }

    /** @param folder empty, as Python would import what lies where it is started */
    private static String ask(List<String> argv, String searchPath, Path folder) throws IOException {
        var configuration = Files.writeString(folder.resolve("ansible.cfg"), "[defaults]\n");
        var builder = new ProcessBuilder(argv).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !name.equals("HOME"));
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        searchPath,
                        "LC_ALL",
                        "C.UTF-8",
                        "ANSIBLE_CONFIG",
                        configuration.toString(),
                        "ANSIBLE_LOCAL_TEMP",
                        folder.toString()));
        var process = builder.start();
        process.getOutputStream().close();
        process.onExit().orTimeout(PATIENCE, TimeUnit.SECONDS).exceptionally(_ -> process.destroyForcibly());
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static AnsibleVersion of(Matcher found) {
        return new AnsibleVersion(
                found.group(1),
                Integer.parseInt(found.group(2)),
                Integer.parseInt(found.group(3)),
                found.group(4) != null);
    }

    /** Whether it is older than this release of ansible-core 2. */
    public boolean isBefore(int release) {
        return major < 2 || (major == 2 && minor < release);
    }

    /** Whether it is newer than this release of ansible-core 2. */
    public boolean isAfter(int release) {
        return major > 2 || (major == 2 && minor > release);
    }
}
