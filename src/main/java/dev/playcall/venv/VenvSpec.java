package dev.playcall.venv;

import dev.playcall.domain.name.PlaybookName;
import dev.playcall.venv.analysis.Analysis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The Python environment that a playbook needs.
 *
 * @param name of the playbook and of its content, {@code deploy_a1b2c3d4}: letters, digits and underscores
 * @param source the file of the playbook, {@code deploy.yml}
 * @param created when this specification was first written
 * @param lock exactly what its environment was made of
 * @param requirements the name of the folder of that environment; empty before the first time
 */
public record VenvSpec(
        String name, String source, Analysis needs, Instant created, VenvLock lock, String requirements) {
    private static final int BRIEF = 8;

    static VenvSpec of(PlaybookName playbook, String file, Analysis needs, int digits, Instant created) {
        var words = playbook.value().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        var name = words + "_" + needs.sha256().substring(0, digits);
        return new VenvSpec(name, file, needs, created, VenvLock.NONE, "");
    }

    /** The first digits of the hash, as its name has them. */
    public String contentHash() {
        return name.substring(name.lastIndexOf('_') + 1);
    }

    /** Whether it is known exactly what its environment is made of. */
    public boolean isLocked() {
        return !lock.isEmpty();
    }

    /** The same, of which the versions are not known. */
    VenvSpec unlocked() {
        return new VenvSpec(name, source, needs, created, VenvLock.NONE, "");
    }

    /** What it needs, for people, a line each. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("SHA-256: " + needs.sha256());
        lines.add("Collections: " + listed(needs.collections()));
        lines.add("Python packages: " + listed(needs.pythonPackages()));
        if (!needs.python().isEmpty()) {
            lines.add("Python: " + needs.python());
        }
        if (!needs.systemPackages().isEmpty()) {
            lines.add("Packages of the system (bindep), which Playcall does not install: "
                    + listed(needs.systemPackages()));
        }
        lines.add("Files: " + listed(needs.files()));
        needs.unresolved().forEach(f -> lines.add("Unknown: " + f));
        return lines;
    }

    private static String listed(List<String> texts) {
        return texts.isEmpty() ? "none" : String.join(", ", texts);
    }

    static int usualDigits() {
        return BRIEF;
    }
}
