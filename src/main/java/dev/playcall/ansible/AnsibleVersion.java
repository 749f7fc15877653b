package dev.playcall.ansible;

import dev.playcall.domain.Truncate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The version of ansible-core that a program belongs to.
 *
 * @param text as Ansible writes it, {@code 2.22.0b2}
 * @param prerelease whether it is a beta or a release candidate
 */
public record AnsibleVersion(String text, int major, int minor, boolean prerelease) {
    private static final Pattern CORE = Pattern.compile("\\[core ((\\d+)\\.(\\d+)[\\d.]*([a-z]\\S*)?)]");
    private static final int PATIENCE = 30;
    private static final int LONGEST = 200;

    /**
     * Asks the program.
     *
     * @throws IOException it gives no version; the message is what it said instead
     */
    static AnsibleVersion of(Path program, String searchPath) throws IOException {
        var folder = Files.createTempDirectory("playcall-version");
        try {
            var said = ask(program, searchPath, folder);
            return parse(said)
                    .orElseThrow(() -> new IOException(Truncate.of(
                            said.lines().filter(l -> !l.isBlank()).findFirst().orElse("it says nothing"), LONGEST)));
        } finally {
            ScratchDirs.remove(folder);
        }
    }

    private static String ask(Path program, String searchPath, Path folder) throws IOException {
        var configuration = Files.writeString(folder.resolve("ansible.cfg"), "[defaults]\n");
        var builder = new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true);
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

    private static Optional<AnsibleVersion> parse(String said) {
        var found = CORE.matcher(said);
        return found.find()
                ? Optional.of(new AnsibleVersion(
                        found.group(1),
                        Integer.parseInt(found.group(2)),
                        Integer.parseInt(found.group(3)),
                        found.group(4) != null))
                : Optional.empty();
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
